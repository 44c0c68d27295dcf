"""A process that counts: `python -m tests.core.count_up URL TIMES`, each time in a transaction.

It reads, adds in Python and writes back, as services do; four tasks at once, as in a desk.
"""

import asyncio
import sys

from sqlalchemy import select

from hotline.database import Database
from hotline.tickets.rows import TicketCounterRow

YEAR = 1999
TASKS = 4


async def count_up(url: str, times: int) -> None:
    database = Database(url)

    async def count(share: int) -> None:
        for _ in range(share):
            async with database.write() as session:
                row = await session.scalar(
                    select(TicketCounterRow).where(TicketCounterRow.year == YEAR).with_for_update()
                )
                assert row is not None
                row.last = row.last + 1

    async with asyncio.TaskGroup() as tasks:
        for _ in range(TASKS):
            tasks.create_task(count(times // TASKS))
    await database.close()


if __name__ == "__main__":
    asyncio.run(count_up(sys.argv[1], int(sys.argv[2])))

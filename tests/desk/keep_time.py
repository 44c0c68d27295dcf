"""A process that keeps time as the desk does: `python -m tests.desk.keep_time`.

Over the hotline of its environment; it says "changed" after each timer, and goes on until it is
killed.
"""

import asyncio

from desk.timekeeper import Timekeeper
from hotline.core import open_hotline
from hotline.settings import load_settings
from tests.core.fire_timers import handlers


async def main() -> None:
    async with open_hotline(load_settings()) as hotline:
        await Timekeeper(hotline, handlers(), on_change=lambda: print("changed", flush=True)).run()


if __name__ == "__main__":
    asyncio.run(main())

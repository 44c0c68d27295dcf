"""Mails that open nothing: counted, with why; and how much one sender has sent."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.intake.messages import Arrived, cleaned, noted
from hotline.intake.rows import ASIDE, IntakeMessageRow
from hotline.journal import write_entry


async def note_aside(hotline: Hotline, arrived: Arrived, reason: str) -> bool:
    """Count a mail that opens nothing; False if it was counted before. Its words are not kept."""
    async with hotline.database.write() as session:
        row = await noted(session, hotline, cleaned(arrived), ASIDE, reason)
        if row is None:
            return False
        await write_entry(
            session, hotline.now(), "intake.set_aside", "system", message=row.id, reason=reason
        )
        return True


async def count_since(session: AsyncSession, address: str, since: datetime) -> int:
    """How many mails have come from the address since then, whatever became of them."""
    counted = select(func.count()).where(
        IntakeMessageRow.email == address, IntakeMessageRow.created_at >= since
    )
    return await session.scalar(counted) or 0

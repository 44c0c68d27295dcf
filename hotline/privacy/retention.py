"""What has been kept long enough goes: every night, by the periods of the settings."""

import asyncio
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.journal import EntryRow, write_entry
from hotline.privacy import outside
from hotline.privacy.periods import PERIODS, Period

DONE = "retention.done"
_BATCH = 100
_MAIL = "mail"


@dataclass(frozen=True)
class Gone:
    """How much of a kind went, or would go; `before` is None where it is kept for ever."""

    kind: str
    days: int
    before: datetime | None
    count: int


@dataclass(frozen=True)
class Run:
    at: datetime
    dry_run: bool
    kinds: tuple[Gone, ...]

    def to_json(self, hotline: Hotline) -> dict[str, Any]:
        zone = hotline.calendar.timezone
        return {
            "at": self.at.astimezone(zone).isoformat(timespec="seconds"),
            "dry_run": self.dry_run,
            "kinds": [
                {
                    **asdict(gone),
                    "before": gone.before.astimezone(zone).isoformat(timespec="seconds")
                    if gone.before
                    else None,
                }
                for gone in self.kinds
            ],
        }


async def run(hotline: Hotline, *, dry_run: bool = False) -> Run:
    """Let go what is due, kind by kind and batch by batch, and journal how much it was.

    Conflict while another run is under way, in whatever process.
    """
    now = hotline.now()
    if dry_run:
        would = [await _count(hotline, now, period) for period in PERIODS]
        would.append(await _mail(hotline, now, dry_run=True))
        return Run(now, True, tuple(would))
    with _alone(hotline):
        gone = [await _let_go(hotline, now, period) for period in PERIODS]
        gone.append(await _mail(hotline, now, dry_run=False))
        await outside.sweep_files(hotline)
        await outside.sweep_engine(hotline)
        async with hotline.database.write() as session:
            counts: dict[str, Any] = {it.kind: it.count for it in gone}
            await write_entry(session, now, DONE, "system", **counts)
        await outside.empty_log(hotline)
    return Run(now, False, tuple(gone))


async def last_done_at(session: AsyncSession) -> datetime | None:
    """When the last run ended; None if there has been none."""
    at: datetime | None = await session.scalar(
        select(EntryRow.at).where(EntryRow.kind == DONE).order_by(EntryRow.id.desc()).limit(1)
    )
    return at


def last_due_at(hotline: Hotline) -> datetime:
    """The last moment, up to now, at which a run was to begin."""
    zone, at = hotline.calendar.timezone, hotline.settings.retention.at_time
    local = hotline.now().astimezone(zone)
    today = datetime.combine(local.date(), at, zone)
    return today if today <= local else datetime.combine(local.date() - timedelta(days=1), at, zone)


async def _let_go(hotline: Hotline, now: datetime, period: Period) -> Gone:
    days, before = _before(hotline, now, period.kind)
    if before is None:
        return Gone(period.kind, days, None, 0)
    total = 0
    while True:
        async with hotline.database.write() as session:
            ids = list(await session.scalars(period.due(hotline, before).limit(_BATCH)))
            if ids:
                await period.done(session, hotline, ids)
        total += len(ids)
        if len(ids) < _BATCH:
            return Gone(period.kind, days, before, total)
        await asyncio.sleep(0)  # turns go first


async def _count(hotline: Hotline, now: datetime, period: Period) -> Gone:
    days, before = _before(hotline, now, period.kind)
    if before is None:
        return Gone(period.kind, days, None, 0)
    async with hotline.database.read() as session:
        due = period.due(hotline, before).order_by(None).subquery()
        total = await session.scalar(select(func.count()).select_from(due)) or 0
    return Gone(period.kind, days, before, total)


async def _mail(hotline: Hotline, now: datetime, *, dry_run: bool) -> Gone:
    days, before = _before(hotline, now, _MAIL)
    if before is None:
        return Gone(_MAIL, days, None, 0)
    if dry_run:
        return Gone(_MAIL, days, before, await outside.count_mail(hotline, before))
    return Gone(_MAIL, days, before, await outside.sweep_mail(hotline, before=before))


def _before(hotline: Hotline, now: datetime, kind: str) -> tuple[int, datetime | None]:
    days = int(getattr(hotline.settings.retention, f"{kind}_days"))
    return days, now - timedelta(days=days) if days else None


@contextmanager
def _alone(hotline: Hotline) -> Iterator[None]:
    """One run at a time of all processes on this machine; a killed one leaves nothing behind."""
    file = hotline.settings.var_dir / "retention.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("a run is under way already") from None
        yield

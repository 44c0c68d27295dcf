"""What of a person lies outside the database: bytes of files, the engine's events, mail as files.

Each is swept by what the database still knows, so a sweep may be repeated and one that broke off
is finished by the next: the erasing of a person or the night's retention.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from sqlalchemy import make_url, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import stored_files
from hotline.conversations.rows import EngineSessionRow, FileRow
from hotline.core import Hotline
from hotline.errors import Unavailable
from hotline.privacy.marks import Marks

BUSY_S = 30.0
_CHUNK = 500
_A_DAY_S = 86_400.0  # a file that came in just now may have no row yet
_CHECKPOINT_TRIES, _AGAIN_S = 20, 0.25
_MAIL_AT = "%Y%m%dT%H%M%S"  # how `notices.mail` begins a file's name


async def sweep_engine(hotline: Hotline, *, compact: bool = False) -> int:
    """Delete the engine's events of sessions that are in no table of ours any longer.

    `compact` rewrites its file, so that nothing is left between the rows either. Gives how many
    events went. What the engine has in memory it forgets within the hour (`bot/store.py`), and
    never writes again: no turn of a session that is gone is sent to it.
    """
    file = hotline.settings.var_dir / "tracker.db"
    if not file.exists():
        return 0
    # First theirs, then ours: a session is in our table before the engine hears of it.
    try:
        senders = await asyncio.to_thread(_senders, file)
        async with hotline.database.read() as session:
            known = set(await session.scalars(select(EngineSessionRow.sender_id)))
        gone = await asyncio.to_thread(_forget, file, senders - known)
    except sqlite3.OperationalError as failure:
        raise Unavailable(f"the engine's events in {file}: {failure}; try again") from failure
    if compact:
        await asyncio.to_thread(_compacted, file)
    return gone


async def sweep_files(hotline: Hotline, hashes: Collection[str] | None = None) -> int:
    """Delete the bytes that no row refers to; of these `hashes`, or of all older than a day."""
    if hashes is None:
        hashes = await asyncio.to_thread(_old_hashes, stored_files.folder(hotline.settings))
    swept = 0
    for chunk in _chunks(sorted(hashes)):
        # Writing, so that no upload of the same content is stored in between.
        async with hotline.database.write() as session:
            await _no_other_file(session)
            known = set(
                await session.scalars(select(FileRow.sha256).where(FileRow.sha256.in_(chunk)))
            )
            swept += sum(_unlinked(hotline, sha256) for sha256 in chunk if sha256 not in known)
    return swept


async def sweep_mail(
    hotline: Hotline, *, marks: Marks | None = None, before: datetime | None = None
) -> int:
    """Delete the mails that development keeps as files: those to or about a person, or old ones."""
    folder = hotline.settings.var_dir / "mail"
    files = await asyncio.to_thread(lambda: sorted(folder.glob("*.eml")))
    local = before.astimezone(hotline.calendar.timezone).strftime(_MAIL_AT) if before else ""
    gone = 0
    for file in files:
        is_old = bool(local) and file.name < local
        if is_old or (marks and await asyncio.to_thread(_is_about, file, marks)):
            file.unlink(missing_ok=True)
            gone += 1
    return gone


async def count_mail(hotline: Hotline, before: datetime) -> int:
    local = before.astimezone(hotline.calendar.timezone).strftime(_MAIL_AT)
    return sum(file.name < local for file in (hotline.settings.var_dir / "mail").glob("*.eml"))


async def compact_database(hotline: Hotline, tables: Iterable[str]) -> bool:
    """Leave nothing of deleted rows in the database's files; whether that was reached.

    SQLite's file is rewritten and its log emptied. PostgreSQL's space is freed for use again, and
    overwritten by what comes next.
    """
    url = make_url(hotline.settings.database_url)
    if hotline.database.is_sqlite:
        return await asyncio.to_thread(_compacted, Path(str(url.database)))
    async with hotline.database.engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in sorted(tables):
            await outside.execute(text(f"VACUUM {table}"))
    return True


async def empty_log(hotline: Hotline) -> bool:
    """After deleting from SQLite: its log has the old pages until it is emptied."""
    if not hotline.database.is_sqlite:
        return True
    file = Path(str(make_url(hotline.settings.database_url).database))
    return await asyncio.to_thread(_log_emptied, file)


def _senders(file: Path) -> set[str]:
    with closing(_opened(file)) as database:
        if not _has_events(database):
            return set()
        return {sender for (sender,) in database.execute("SELECT DISTINCT sender_id FROM events")}


def _forget(file: Path, senders: set[str]) -> int:
    gone = 0
    with closing(_opened(file)) as database:
        for sender in sorted(senders):
            gone += database.execute("DELETE FROM events WHERE sender_id = ?", (sender,)).rowcount
    _log_emptied(file)
    return gone


def _has_events(database: sqlite3.Connection) -> bool:
    found = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone()
    return found is not None


def _compacted(file: Path) -> bool:
    try:
        with closing(_opened(file)) as database:
            database.execute("VACUUM")
    except sqlite3.OperationalError:  # somebody writes for longer than we wait
        return False
    return _log_emptied(file)


def _log_emptied(file: Path) -> bool:
    """Whether nobody read so long from the old pages that they had to stay."""
    with closing(_opened(file)) as database:
        database.execute("PRAGMA busy_timeout=250")  # by our own count instead
        for _ in range(_CHECKPOINT_TRIES):
            busy, _pages, _moved = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                return True
            time.sleep(_AGAIN_S)
    return False


def _opened(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file, timeout=BUSY_S, isolation_level=None)
    database.execute("PRAGMA secure_delete=ON")
    return database


async def _no_other_file(session: AsyncSession) -> None:
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE files IN SHARE MODE"))


def _unlinked(hotline: Hotline, sha256: str) -> bool:
    try:
        stored_files.path_of(hotline.settings, sha256).unlink()
    except FileNotFoundError:
        return False
    return True


def _old_hashes(folder: Path) -> set[str]:
    oldest = time.time() - _A_DAY_S
    return {file.name for file in folder.glob("*/*") if os.stat(file).st_mtime < oldest}


def _is_about(file: Path, marks: Marks) -> bool:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain", "html"))
    words = body.get_content() if body is not None else ""
    return marks.is_in("\n".join([*(str(value) for value in message.values()), words]))


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))

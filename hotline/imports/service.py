"""An import: what is in order is compared with what is there and written, in one transaction.

A row is found again by its key. What a file does not name stays; nothing is ever deleted.
"""

import asyncio
from collections.abc import Iterator, Sequence

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.imports.checking import Entry, checked
from hotline.imports.columns import length_of
from hotline.imports.kinds import NAMES, Kind, kind_of
from hotline.imports.outcome import Outcome
from hotline.imports.tables import Table
from hotline.imports.writing import Writing
from hotline.journal import write_entry
from hotline.partners.rows import PartnerRow
from wording.text import strip_control

SYSTEM = "system"

_AT_ONCE = 500  # rows; their keys are looked up together
_ONE_BY_ONE = 7_210_002  # the key of PostgreSQL's advisory lock: imports wait for each other
_LONGEST_SOURCE = length_of(PartnerRow.source)


def named_kind(hotline: Hotline, name: str) -> Kind:
    """The kind of file of that name; NotFound says which there are."""
    if name not in NAMES:
        raise NotFound(f"what can be imported is {', '.join(NAMES)}")
    partners = hotline.settings.partners
    return kind_of(name, partners.tiers, partners.regions)


async def import_table(
    hotline: Hotline,
    kind: Kind,
    table: Table,
    *,
    source: str,
    who: str = SYSTEM,
    dry_run: bool = False,
) -> Outcome:
    """Write the rows that are in order, journal the run, and tell what is wrong with the others.

    `source` is the name of the file, for rows that do not say one; `who` stands in the journal.
    A dry run does the same and takes it back. BadInput if it is no table of this kind, Conflict
    if somebody else wrote the same rows just now: then nothing is written.
    """
    today = hotline.today()
    # In a thread, for the desk goes on meanwhile: ten thousand rows take a second.
    entries, faults = await asyncio.to_thread(checked, kind, table, today)
    source = strip_control(source).strip()[:_LONGEST_SOURCE] or kind.name
    outcome = Outcome(faults=faults)
    try:
        async with hotline.database.write() as session:
            if not hotline.database.is_sqlite:
                lock = text("SELECT pg_advisory_xact_lock(:key)")
                await session.execute(lock, {"key": _ONE_BY_ONE})
            writing = Writing(hotline, session, kind, today, source, outcome)
            for some in _in_parts(sorted(entries, key=lambda entry: entry.key)):
                await writing.write(some)
            if dry_run:
                await session.rollback()
            else:
                await _journal(hotline, session, kind, outcome, who)
    except IntegrityError as failure:
        raise Conflict("somebody else changed the same records just now; import again") from failure
    outcome.faults.sort(key=lambda fault: fault.line)
    return outcome


async def _journal(
    hotline: Hotline, session: AsyncSession, kind: Kind, outcome: Outcome, who: str
) -> None:
    await write_entry(
        session,
        hotline.now(),
        "import.done",
        who,
        records=kind.name,
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        errors=len(outcome.faults),
    )


def _in_parts(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for start in range(0, len(entries), _AT_ONCE):
        yield entries[start : start + _AT_ONCE]

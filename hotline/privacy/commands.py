"""`hotline person …` and `hotline retention …`; each gives back text, or data printed as JSON."""

from argparse import Namespace
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import open_hotline
from hotline.errors import BadInput
from hotline.privacy import erasing, export, retention
from hotline.privacy.person import Person, find_contact, find_visitor
from hotline.settings import load_settings


async def export_person(arguments: Namespace) -> str:
    async with open_hotline(load_settings()) as hotline:
        async with hotline.database.read() as session:
            person = await _person(session, arguments)
        target = Path(arguments.out or f"person-{person.contact_id or 'visitor'}.zip")
        with _new(target) as file:
            found = await export.collect(hotline, person, internal_notes=arguments.internal)
            await export.write_zip(hotline, found, file)
    return f"{target}: {len(found.data['conversations'])} conversations, " + (
        f"{len(found.data['tickets'])} tickets, {len(found.files)} files"
    )


async def erase_person(arguments: Namespace) -> Any:
    erase = erasing.erase_visitor if arguments.address else erasing.erase_contact
    async with open_hotline(load_settings()) as hotline:
        erased = await erase(
            hotline,
            _address(arguments),
            also_open=arguments.also_open,
            dry_run=arguments.dry_run,
        )
    if arguments.json:
        return erased.to_json()
    rows = [f"{table:<20} {count:>6}" for table, count in sorted(erased.rows.items())]
    done = "would erase" if erased.dry_run else "erased"
    lines = [
        "was erased already" if erased.already else done,
        *rows,
        f"{'named by others':<20} {erased.masked:>6}",
        f"{'files':<20} {erased.files:>6}",
        f"{'engine events':<20} {erased.engine_events:>6}",
        f"{'mails':<20} {erased.mails:>6}",
    ]
    if erased.open_tickets:
        lines.append(f"still open: {', '.join(erased.open_tickets)}")
    if not erased.complete:
        lines.append("the database's log is being read and keeps old pages: run the command again")
    if not erased.dry_run:
        lines.append("backups are not touched: see docs/privacy.md")
    return "\n".join(lines)


async def run_retention(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline:
        done = await retention.run(hotline, dry_run=arguments.dry_run)
        told = done.to_json(hotline)
    if arguments.json:
        return told
    return "\n".join(
        f"{gone['kind']:<22} {gone['count']:>7}  "
        + (f"before {gone['before']}" if gone["before"] else "kept for ever")
        for gone in told["kinds"]
    )


def _new(target: Path) -> BinaryIO:
    try:
        return target.open("xb")
    except FileExistsError:
        raise BadInput(f"{target} is there already") from None


async def _person(session: AsyncSession, arguments: Namespace) -> Person:
    find = find_visitor if arguments.address else find_contact
    return await find(session, _address(arguments))


def _address(arguments: Namespace) -> str:
    """A contact's e-mail or a visitor's address: one of the two."""
    if bool(arguments.email) == bool(arguments.address):
        raise BadInput("give a contact's EMAIL, or --address EMAIL for a visitor")
    return str(arguments.email or arguments.address)

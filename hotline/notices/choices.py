"""What people choose to get by mail."""

from collections.abc import Collection

from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import BadInput, NotFound
from hotline.journal import write_entry
from hotline.notices import kinds
from hotline.partners.rows import ContactRow
from hotline.partners.service import Contact
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff


async def choose(hotline: Hotline, contact: Contact, choice: str) -> None:
    """`choice` is one of `kinds.CHOICES`; the same again changes nothing."""
    if choice not in kinds.CHOICES:
        raise BadInput("no such choice", field="mails", reason="unknown")
    async with hotline.database.write() as session:
        row = await locked_row(session, ContactRow, ContactRow.id == contact.id)
        if row is None or row.erased_at is not None:
            raise NotFound("no such contact")
        if row.mails == choice:
            return
        row.mails = choice
        await write_entry(
            session, hotline.now(), "contact.mails", "partner", contact=row.id, to=choice
        )


async def choice_of(hotline: Hotline, contact: Contact) -> str:
    async with hotline.database.read() as session:
        row = await session.get(ContactRow, contact.id)
    return row.mails if row else kinds.ALL


async def switch(hotline: Hotline, staff: Staff, wanted: Collection[str]) -> None:
    """Of what may be switched off `staff` gets `wanted` by mail, and nothing else."""
    off = [kind for kind in kinds.OPTIONAL if kind not in wanted]
    async with hotline.database.write() as session:
        row = await locked_row(session, StaffRow, StaffRow.id == staff.id)
        if row is None:
            raise NotFound("no such account")
        if list(row.no_mails) == off:
            return
        row.no_mails = off
        await write_entry(
            session, hotline.now(), "staff.mails", f"staff:{staff.id}", staff=staff.id, off=off
        )

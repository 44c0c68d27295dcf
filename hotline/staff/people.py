"""What an administrator does for the people on staff: add, change, let go, take back, reset.

Nobody is deleted: the journal and the tickets keep the name of whoever has left. Each act is one
transaction, journalled, and only an administrator's.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.holding import hold
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked as locked_conversation
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import BadInput, Conflict, NotAllowed, NotFound
from hotline.journal import write_entry
from hotline.permissions import ADMINISTRATORS
from hotline.staff import passwords, second_step, sessions
from hotline.staff.rows import StaffRow
from hotline.staff.service import LANGUAGES, Staff, require_known, snapshot
from hotline.tickets.rows import TicketRow
from wording.emails import find_emails

TEMPORARY_FOR = timedelta(days=3)
_LONGEST_NAME, _LONGEST_EMAIL = 80, 254
_OPEN = ("new", "open", "waiting_partner", "waiting_other")


@dataclass(frozen=True)
class Person:
    """What is said of somebody; names of 1-80 characters, one language at least."""

    email: str
    name: str
    name_en: str
    role: str
    queues: tuple[str, ...]
    languages: tuple[str, ...] = LANGUAGES


@dataclass(frozen=True)
class Account:
    """Somebody as an administrator sees them; `version` is what a change of it names."""

    staff: Staff
    version: int


@dataclass(frozen=True)
class Work:
    """What somebody has: numbers and states of tickets, not what they are about."""

    tickets: tuple[tuple[str, str, str], ...]  # number, queue, state
    conversations: int


def require_administrator(by: Staff) -> None:
    if by.role not in ADMINISTRATORS:
        raise NotAllowed("this is for administrators")


async def accounts(session: AsyncSession) -> list[Account]:
    """Everybody, who has left last."""
    rows = await session.scalars(select(StaffRow).order_by(StaffRow.active.desc(), StaffRow.id))
    return [Account(snapshot(row), row.version) for row in rows]


async def account(session: AsyncSession, staff_id: int) -> Account:
    row = await session.get(StaffRow, staff_id)
    if row is None:
        raise NotFound("no such member of staff")
    return Account(snapshot(row), row.version)


async def work_of(session: AsyncSession, staff_id: int, limit: int = 200) -> Work:
    """The open tickets that `staff_id` has, oldest first, and how many live conversations."""
    tickets = await session.execute(
        select(TicketRow.number, TicketRow.queue, TicketRow.state)
        .where(TicketRow.assignee_id == staff_id, TicketRow.state.in_(_OPEN))
        .order_by(TicketRow.id)
        .limit(limit)
    )
    conversations = await session.scalar(
        select(func.count())
        .select_from(ConversationRow)
        .where(ConversationRow.holder == "person", ConversationRow.staff_id == staff_id)
    )
    return Work(tuple((row[0], row[1], row[2]) for row in tickets), conversations or 0)


async def add(hotline: Hotline, by: Staff, person: Person) -> tuple[Staff, str]:
    """Somebody new, and the temporary password that they are to be told.

    BadInput names the field that does not fit; Conflict if the address is somebody's.
    """
    require_administrator(by)
    person = _checked(person)
    password = passwords.temporary()
    hashed = await passwords.hashed(password)
    now = hotline.now()
    async with hotline.database.write() as session:
        await _require_free(session, person.email, None)
        row = StaffRow(active=True, password_hash=hashed, temporary_until=now + TEMPORARY_FOR)
        _fill(row, person)
        session.add(row)
        await session.flush()
        await _note(session, hotline, by, "staff.added", row, role=row.role)
        return snapshot(row), password


async def change(hotline: Hotline, by: Staff, staff_id: int, person: Person, version: int) -> Staff:
    """Say it anew; rights hold from the next act on. Conflict if it was changed meanwhile."""
    require_administrator(by)
    person = _checked(person)
    async with hotline.database.write() as session:
        row = await _locked(session, staff_id)
        if row.version != version:
            raise Conflict("somebody else was there first", version=row.version)
        if by.id == staff_id and person.role != row.role:
            raise NotAllowed("nobody changes their own role", reason="own_role", field="role")
        await _require_free(session, person.email, staff_id)
        before = {field: getattr(row, field) for field in vars(person)}
        _fill(row, person)
        row.version += 1
        # What has changed, never the names and addresses themselves.
        changed = sorted(field for field in before if before[field] != getattr(row, field))
        roles = {"role_before": before["role"], "role": row.role} if "role" in changed else {}
        await _note(session, hotline, by, "staff.changed", row, changed=changed, **roles)
        await _require_one_administrator(session)
        return snapshot(row)


async def let_go(hotline: Hotline, by: Staff, staff_id: int) -> Staff:
    """`staff_id` signs in no more: sessions end, live conversations wait for somebody else.

    The tickets stay with them until somebody takes them over; `work_of` lists them.
    """
    require_administrator(by)
    if by.id == staff_id:
        raise NotAllowed("nobody lets themselves go", reason="own_account", field="leave")
    async with hotline.database.write() as session:
        row = await _locked(session, staff_id)
        if not row.active:
            return snapshot(row)
        row.active = False
        row.version += 1
        actor = f"staff:{by.id}"
        ids = await session.scalars(
            select(ConversationRow.id)
            .where(ConversationRow.holder == "person", ConversationRow.staff_id == staff_id)
            .order_by(ConversationRow.id)
        )
        for conversation_id in ids.all():
            held = await locked_conversation(session, conversation_id)
            if held.staff_id == staff_id:
                await hold(session, hotline, held, "queue", None, "conversation.queued", actor)
        await sessions.end_all_in(session, hotline.now(), by.id, staff_id)
        await _note(session, hotline, by, "staff.left", row)
        await _require_one_administrator(session)
        return snapshot(row)


async def take_back(hotline: Hotline, by: Staff, staff_id: int) -> tuple[Staff, str]:
    """`staff_id` works here again, with a temporary password."""
    return await _with_temporary(hotline, by, staff_id, "staff.returned", returns=True)


async def reset_password(hotline: Hotline, by: Staff, staff_id: int) -> tuple[Staff, str]:
    """A temporary password in place of the one there was; every session ends."""
    return await _with_temporary(hotline, by, staff_id, "staff.password_reset", returns=False)


async def reset_second_step(hotline: Hotline, by: Staff, staff_id: int) -> None:
    """Whoever has lost phone and spare codes signs in by the password, and sets it up anew."""
    require_administrator(by)
    async with hotline.database.read() as session:
        await account(session, staff_id)
    await second_step.remove(hotline, by, staff_id)


async def end_sessions(hotline: Hotline, by: Staff, staff_id: int) -> int:
    require_administrator(by)
    async with hotline.database.read() as session:
        found = await account(session, staff_id)
    return await sessions.end_all(hotline, by, found.staff)


async def _with_temporary(
    hotline: Hotline, by: Staff, staff_id: int, kind: str, *, returns: bool
) -> tuple[Staff, str]:
    require_administrator(by)
    password = passwords.temporary()
    hashed = await passwords.hashed(password)
    now = hotline.now()
    async with hotline.database.write() as session:
        row = await _locked(session, staff_id)
        if row.active is returns:
            raise Conflict("somebody else was there first", version=row.version)
        row.active, row.password_hash = True, hashed
        row.temporary_until = now + TEMPORARY_FOR
        row.version += 1
        await sessions.end_all_in(session, now, by.id, staff_id)
        await _note(session, hotline, by, kind, row)
        return snapshot(row), password


def _checked(person: Person) -> Person:
    email = person.email.strip().lower()
    if len(email) > _LONGEST_EMAIL or [found.value for found in find_emails(email)] != [email]:
        raise BadInput("this is no e-mail address", reason="email", field="email")
    names = {"name": person.name.strip(), "name_en": person.name_en.strip()}
    for field, name in names.items():
        if not 0 < len(name) <= _LONGEST_NAME:
            raise BadInput("a name has 1 to 80 characters", reason="name", field=field)
    require_known(person.role, person.queues)
    if not person.languages or set(person.languages) - set(LANGUAGES):
        raise BadInput("one language at least", reason="languages", field="languages")
    return Person(email, names["name"], names["name_en"], person.role, person.queues,
                  person.languages)  # fmt: skip


def _fill(row: StaffRow, person: Person) -> None:
    row.email, row.name, row.name_en = person.email, person.name, person.name_en
    row.role, row.queues, row.languages = person.role, list(person.queues), list(person.languages)


async def _locked(session: AsyncSession, staff_id: int) -> StaffRow:
    row = await locked_row(session, StaffRow, StaffRow.id == staff_id)
    if row is None:
        raise NotFound("no such member of staff")
    return row


async def _require_free(session: AsyncSession, email: str, staff_id: int | None) -> None:
    other = await session.scalar(select(StaffRow.id).where(StaffRow.email == email))
    if other is not None and other != staff_id:
        raise BadInput("somebody has this address", reason="taken", field="email")


async def _require_one_administrator(session: AsyncSession) -> None:
    """After the journal's entry, behind which two who do so at once come one after the other."""
    left = await session.scalar(
        select(func.count())
        .select_from(StaffRow)
        .where(StaffRow.active, StaffRow.role.in_(ADMINISTRATORS))
    )
    if not left:
        raise NotAllowed("somebody has to look after the people", reason="last", field="role")


async def _note(
    session: AsyncSession, hotline: Hotline, by: Staff, kind: str, row: StaffRow, **more: Any
) -> None:
    await session.flush()
    await write_entry(session, hotline.now(), kind, f"staff:{by.id}", staff=row.id, **more)

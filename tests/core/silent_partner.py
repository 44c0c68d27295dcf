"""Tickets that wait for a partner who says nothing: time passes, and what silence has done."""

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desk.letters import laid_out
from hotline.core import Hotline
from hotline.notices.queueing import note_news
from hotline.notices.sending import mail_next
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets.queries import locked_by_id
from hotline.tickets.rows import TicketRow
from hotline.tickets.silence import reset
from hotline.tickets.silence_steps import HANDLERS
from hotline.tickets.ticket import Ticket
from hotline.timers.rows import TimerRow
from hotline.timers.service import fire_next
from tests.core.desk_work import brought_to, journal

TAIPEI = ZoneInfo("Asia/Taipei")
_OF_SILENCE = ("解決了嗎", "已結案", "請在")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


async def fire_all(hotline: Hotline, *, mailing: bool = True) -> None:
    while await fire_next(hotline, HANDLERS):
        pass
    while await note_news(hotline):
        pass
    while mailing and await mail_next(hotline, laid_out):
        pass


async def fire_at(hotline: Hotline, moment: str, *, mailing: bool = True) -> None:
    hotline.clock.set(at(moment))
    await fire_all(hotline, mailing=mailing)


async def reset_all(hotline: Hotline) -> None:
    """As a change of the calendar does for every ticket that waits for its partner."""
    waits = TicketRow.state.in_(("resolved", "waiting_partner"))
    async with hotline.database.read() as session:
        ids = list(await session.scalars(select(TicketRow.id).where(waits).order_by(TicketRow.id)))
    for ticket_id in ids:
        async with hotline.database.write() as session:
            row = await locked_by_id(session, ticket_id)
            assert row is not None
            await reset(session, hotline, row)


async def steps(hotline: Hotline) -> list[str]:
    """What silence has done so far."""
    entries = await journal(hotline, "ticket.reminded", "ticket.moved")
    return [
        entry.detail.get("step") or entry.detail["move"]
        for entry in entries
        if entry.actor == "bot"
    ]


async def due(hotline: Hotline) -> dict[str, str]:
    """What is still to be done, by the timer's last word, at the hotline's own time."""
    async with hotline.database.read() as session:
        rows = await session.scalars(select(TimerRow).where(TimerRow.done_at.is_(None)))
    return {
        row.key.rpartition(":")[2]: f"{row.due_at.astimezone(TAIPEI):%Y-%m-%d %H:%M}"
        for row in rows
        if row.key.startswith("silence:")
    }


def letters(hotline: Hotline) -> list[EmailMessage]:
    """The mails about silence that were written, oldest first."""
    folder = hotline.settings.var_dir / "mail"
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [mail for mail in mails if any(words in mail["Subject"] for words in _OF_SILENCE)]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def waiting(hotline: Hotline, contact: Contact | None, staff: Staff, since: str) -> Ticket:
    hotline.clock.set(at(since))
    return await brought_to(hotline, contact, staff, "waiting_partner")


async def resolved(hotline: Hotline, contact: Contact | None, staff: Staff, since: str) -> Ticket:
    hotline.clock.set(at(since))
    return await brought_to(hotline, contact, staff, "resolved")


def talk_of(ticket: Ticket) -> str:
    assert ticket.conversation_id is not None
    return ticket.conversation_id

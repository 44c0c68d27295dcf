"""What somebody on staff is to look at: theirs, nobody's of their level, the most urgent first."""

from datetime import timedelta

from hotline.core import Hotline
from hotline.escalations import records
from hotline.escalations.records import Escalation
from hotline.escalations.service import take_notice
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import opened


async def raised(
    hotline: Hotline,
    ticket: Ticket,
    level: str,
    to: Staff | None,
    minutes: int = 30,
    after: Escalation | None = None,
) -> Escalation:
    async with hotline.database.write() as session:
        return await records.write(
            session,
            hotline,
            ticket.id,
            why="unanswered" if after else "wish",
            level=level,
            to=to,
            by=hotline.now() + timedelta(minutes=minutes),
            after=after.id if after else None,
        )


async def open_for(hotline: Hotline, staff: Staff, limit: int = 50) -> list[int]:
    async with hotline.database.read() as session:
        found = [it.id for it in await records.open_for(session, staff, limit)]
        # As many as the bars of a page count.
        counted = await session.scalar(records.tickets_before(staff.id, staff.role, limit))
    assert counted == len(found)
    return found


async def test_theirs_and_nobodys_of_their_level_the_most_urgent_first(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket, other = [await opened(hotline, contact, key=key) for key in ("k1", "k2")]
    later = await raised(hotline, ticket, "lead", lead, minutes=60)
    nobodys = await raised(hotline, other, "lead", None, minutes=10)
    own = await raised(hotline, ticket, "engineer", engineer)
    assert await open_for(hotline, lead) == [nobodys.id, later.id]
    assert await open_for(hotline, lead, limit=1) == [nobodys.id]
    assert await open_for(hotline, engineer) == [own.id]


async def test_of_a_ticket_the_most_urgent_stands_for_all_and_notice_is_of_all(
    hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await raised(hotline, ticket, "lead", lead, minutes=60)
    urgent = await raised(hotline, ticket, "lead", lead, minutes=10)
    assert await open_for(hotline, lead) == [urgent.id]
    await take_notice(hotline, lead, urgent.id)
    assert await open_for(hotline, lead) == []


async def test_what_somebody_took_notice_of_is_not_open_any_more(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    own = await raised(hotline, ticket, "lead", lead)
    await take_notice(hotline, engineer, own.id)
    assert await open_for(hotline, lead) == []


async def test_what_climbed_stays_open_until_somebody_further_up_took_notice(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    first = await raised(hotline, ticket, "engineer", engineer)
    second = await raised(hotline, ticket, "lead", lead, after=first)
    third = await raised(hotline, ticket, "lead", lead, minutes=90, after=second)
    assert await open_for(hotline, engineer) == [first.id]
    await take_notice(hotline, lead, third.id)
    assert await open_for(hotline, engineer) == []
    assert await open_for(hotline, lead) == []


async def test_of_a_ticket_that_is_done_with_nothing_is_open(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, engineer, ticket.number)
    standing = await raised(hotline, ticket, "lead", lead)
    assert await open_for(hotline, lead) == [standing.id]
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    assert await open_for(hotline, lead) == []

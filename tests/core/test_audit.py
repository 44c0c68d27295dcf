"""What staff saw and did, as it is read from the journal."""

from datetime import date, timedelta

import pytest

from hotline import audit
from hotline.audit import CONVERSATION_VIEWED, Wanted
from hotline.core import Hotline
from hotline.errors import NotAllowed
from hotline.journal import VIEWED, entries_of_ticket
from hotline.looking import Look
from hotline.partners.service import Contact
from hotline.staff import sessions
from hotline.staff.service import Staff
from hotline.tickets import handling
from tests.conftest import OTHER_COMPANY, contact_of
from tests.core.desk_work import journal, look_at, opened


async def kinds(hotline: Hotline, by: Staff, wanted: Wanted) -> list[str]:
    return [entry.kind for entry in (await audit.read(hotline, by, wanted)).entries]


async def test_whoever_looks_again_within_half_an_hour_is_noted_once(
    hotline: Hotline, engineer: Staff, lead: Staff, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    for _ in range(2):
        await look_at(hotline, Look(engineer, ticket_id=ticket.id, kind=VIEWED))
        await look_at(hotline, Look(lead, ticket_id=ticket.id, kind=VIEWED))
    assert len(await journal(hotline, VIEWED)) == 2
    hotline.clock.advance(timedelta(minutes=31))
    await look_at(hotline, Look(engineer, ticket_id=ticket.id, kind=VIEWED))
    assert len(await journal(hotline, VIEWED)) == 3
    for file in ("f1", "f2", "f1"):
        await audit.viewed(
            hotline, engineer, audit.FILE_VIEWED, conversation_id=ticket.conversation_id, file=file
        )
    assert len(await journal(hotline, audit.FILE_VIEWED)) == 2
    async with hotline.database.read() as session:
        history = await entries_of_ticket(session, ticket.id)
    assert VIEWED not in {entry.kind for entry in history}


async def test_it_is_read_by_person_by_ticket_by_company_and_by_day(
    hotline: Hotline, engineer: Staff, lead: Staff, contact: Contact
) -> None:
    mine = await opened(hotline, contact)
    theirs = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="k2")
    await handling.claim(hotline, engineer, mine.number)
    await look_at(hotline, Look(engineer, mine.conversation_id, kind=CONVERSATION_VIEWED))
    await look_at(hotline, Look(lead, theirs.conversation_id, theirs.id, kind=VIEWED))
    await sessions.begin(hotline, engineer, "")
    today = hotline.today()
    of_mine = [CONVERSATION_VIEWED, "ticket.claimed"]
    assert await kinds(hotline, lead, Wanted(engineer.id)) == ["staff.signed_in", *of_mine]
    assert await kinds(hotline, lead, Wanted(ticket=mine.number)) == of_mine
    assert await kinds(hotline, lead, Wanted(partner="P-1001")) == of_mine
    assert await kinds(hotline, lead, Wanted(lead.id, ticket=theirs.number)) == [VIEWED]
    assert await kinds(hotline, lead, Wanted(engineer.id, partner="P-1002")) == []
    assert await kinds(hotline, lead, Wanted(engineer.id, day=today)) == [
        "staff.signed_in", *of_mine,
    ]  # fmt: skip
    assert await kinds(hotline, lead, Wanted(engineer.id, day=today - timedelta(days=1))) == []
    assert await kinds(hotline, lead, Wanted(day=date.max)) == []
    assert await kinds(hotline, lead, Wanted(ticket="T26-999999-9")) == []


async def test_it_comes_in_pages_and_the_reading_is_in_it(hotline: Hotline, lead: Staff) -> None:
    for _ in range(3):
        await sessions.begin(hotline, lead, "")
    first = await audit.read(hotline, lead, Wanted(lead.id), limit=2)
    assert (len(first.entries), first.before) == (2, first.entries[-1].id)
    rest = await audit.read(hotline, lead, Wanted(lead.id), first.before, limit=2)
    assert (len(rest.entries), rest.before) == (1, None)
    whole = await audit.read(hotline, lead, Wanted(lead.id), limit=audit.MOST_EXPORTED)
    assert [entry.kind for entry in whole.entries[:2]] == ["audit.viewed"] * 2
    assert whole.entries[0].detail == {
        "entries": 1, "wanted": {"staff": lead.id, "before": first.before},
    }  # fmt: skip
    [exported] = await journal(hotline, "audit.exported")
    assert exported.detail == {"entries": 5, "wanted": {"staff": lead.id}}


async def test_nobody_else_reads_it(hotline: Hotline, engineer: Staff) -> None:
    with pytest.raises(NotAllowed):
        await audit.read(hotline, engineer, Wanted())
    assert await journal(hotline, "audit.viewed") == []

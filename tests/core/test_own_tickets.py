"""A contact's own tickets without a conversation: which, in what order, and where they act."""

from datetime import timedelta

import pytest

from hotline.conversations.rows import EngineSessionRow
from hotline.conversations.service import locked
from hotline.conversations.turns import Incoming, has_form, receive
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.journal import entries_of_ticket
from hotline.partners.service import Contact, colleagues_with
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, own, page_acts, queries, talks
from hotline.tickets.history import staff_words
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.own import Wanted
from hotline.tickets.page_acts import Said
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    journal,
    notes_on,
    opened,
    said,
    ticket_row,
)


async def found(hotline: Hotline, contact: Contact, wanted: Wanted | None = None) -> list[str]:
    wanted = wanted or Wanted()
    async with hotline.database.read() as session:
        tickets = await own.page_of(session, hotline, contact, wanted)
        assert await own.count(session, hotline, contact, wanted) == len(tickets)
    return [ticket.number for ticket in tickets]


async def test_one_rule_says_what_a_contact_sees_with_a_conversation_and_without(
    hotline: Hotline, contact: Contact
) -> None:
    theirs = await opened(hotline, await contact_of(hotline, COLLEAGUE), key="colleague")
    other = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="other")
    visitor = await opened(hotline, None, key="visitor")
    given = {"email": {"value": CONTACT.title(), "status": "known"}}
    mailed = await open_ticket(
        hotline,
        visitor.conversation_id or "",
        NewTicket("mailed", "admin_order", "貨還沒到", 3, facts=given),
    )
    mine = await opened(hotline, contact, key="mine")
    conversation = await conversation_row(hotline, mine.conversation_id)
    async with hotline.database.read() as session:
        for ticket in (theirs, other, visitor, mailed, mine):
            sees = queries.may_see_as(hotline, contact, ticket)
            assert sees == (ticket in (theirs, mailed, mine))
            assert sees == queries.may_see(hotline, conversation, ticket)
        by_talk = await queries.open_tickets_for(session, hotline, conversation)
    assert sorted(ticket.number for ticket in by_talk) == sorted(await found(hotline, contact))
    with pytest.raises(NotFound):
        await own.read(hotline, contact, other.number)


async def test_the_last_closed_come_last_and_old_ones_only_when_searched(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old, lately, just_now = [
        await brought_to(hotline, contact, engineer, "closed", key=f"closed{n}") for n in range(3)
    ]
    for ticket, days in ((old, own.CLOSED_DAYS + 1), (lately, own.CLOSED_DAYS - 1)):
        async with hotline.database.write() as session:
            row = await queries.locked(session, ticket.number)
            row.closed_at = TUESDAY_MORNING - timedelta(days=days)
    late = await opened(hotline, contact, key="late")
    soon = await opened(hotline, contact, key="soon", severity=1)
    assert await found(hotline, contact) == [
        ticket.number for ticket in (soon, late, just_now, lately)
    ]
    assert await found(hotline, contact, Wanted(words=old.number)) == [old.number]
    assert await found(hotline, contact, Wanted(words="100%")) == []


async def test_nobody_speaks_in_a_colleagues_conversation(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    colleague = await contact_of(hotline, COLLEAGUE)
    assert (await talks.talk_about(hotline, contact, ticket, "zh-TW")).id == ticket.conversation_id
    theirs = await talks.talk_about(hotline, colleague, ticket, "en")
    assert (theirs.contact, theirs.last_ticket, theirs.language) == (colleague, ticket.number, "en")
    assert (await talks.talk_about(hotline, colleague, ticket, "en")).id == theirs.id
    running = await talks.speak_of(
        hotline, colleague, ticket, "zh-TW", running=ticket.conversation_id
    )
    assert running.id == theirs.id


async def test_speaking_of_a_resolved_ticket_asks_whether_it_is_solved(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    other = await opened(hotline, contact, key="other")
    talk = await talks.speak_of(hotline, contact, ticket, "zh-TW", running=other.conversation_id)
    assert talk.id == other.conversation_id
    assert (talk.last_ticket, talk.asking) == (
        ticket.number,
        {"kind": "solved", "ticket": ticket.number},
    )
    told = (await said(hotline, talk.id))[-1]
    assert ticket.number in told.text
    assert [button["payload"] for button in told.buttons] == [
        f"desk:solved:{ticket.number}",
        f"desk:unsolved:{ticket.number}",
    ]


async def test_an_act_is_done_once_however_often_it_is_sent(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    talk = ticket.conversation_id or ""
    words = Said("form-1", "面板紅燈", "面板紅燈")
    assert await page_acts.add(hotline, talk, ticket.number, words)
    before = len(await journal(hotline))
    assert not await page_acts.add(hotline, talk, ticket.number, words)
    assert len(await journal(hotline)) == before
    assert await notes_on(hotline, ticket) == ["面板紅燈"]


async def test_a_refusal_is_answered_and_the_words_are_kept(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    talk = ticket.conversation_id or ""
    await answers.close(hotline, talk, ticket.number)
    with pytest.raises(Conflict):
        await page_acts.add(hotline, talk, ticket.number, Said("f", "還有一件事", "還有一件事"))
    asked, told = (await said(hotline, talk))[-2:]
    assert (asked.text, told.sender) == ("還有一件事", "bot")
    assert ticket.number in told.text
    assert await notes_on(hotline, ticket) == []


async def test_who_may_not_see_a_ticket_does_nothing_to_it(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    stranger = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="other")
    talk = stranger.conversation_id or ""
    for n, act in enumerate((page_acts.add, page_acts.close, page_acts.reopen)):
        with pytest.raises(NotFound):
            await act(hotline, talk, ticket.number, Said(f"f{n}", "x", "x"))
    with pytest.raises(NotFound):
        await page_acts.rate(hotline, talk, ticket.number, 5, Said("f9", "5"))
    assert await ticket_row(hotline, ticket.number) == ticket


@pytest.mark.parametrize("score", [0, 6, -1])
async def test_no_score_beyond_the_five_is_kept_or_said(
    hotline: Hotline, contact: Contact, score: int
) -> None:
    ticket = await opened(hotline, contact)
    before = await said(hotline, ticket.conversation_id)
    with pytest.raises(BadInput):
        await page_acts.rate(
            hotline, ticket.conversation_id or "", ticket.number, score, Said("f", "9")
        )
    assert await said(hotline, ticket.conversation_id) == before


async def test_only_what_staff_said_on_the_ticket_is_told_of_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    other = await open_ticket(
        hotline, ticket.conversation_id or "", NewTicket("k2", "admin_order", "另一件", 3)
    )
    await handling.reply(hotline, engineer, ticket.number, "備品在路上", claims=True)
    await handling.reply(hotline, engineer, other.number, "週五到貨", claims=True)
    await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請補序號")
    await receive(hotline, ticket.conversation_id or "", Incoming("c1", "78A1234"))
    async with hotline.database.read() as session:
        entries = await entries_of_ticket(session, ticket.id)
        words = await staff_words(session, ticket, entries)
    assert [message.text for message in words] == ["備品在路上", "請補序號"]


async def test_whom_of_the_company_to_ask(hotline: Hotline, contact: Contact) -> None:
    colleague = await contact_of(hotline, COLLEAGUE)
    async with hotline.database.read() as session:
        asked = await colleagues_with(session, colleague, {"owner"})
        assert contact in asked
        assert {one.partner_id for one in asked} == {contact.partner_id}
        assert await colleagues_with(session, contact, {"owner"}) == []


async def test_a_talk_about_a_ticket_leaves_a_form_alone(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    other = await opened(hotline, contact, key="other")
    running = other.conversation_id or ""
    await fills_a_form(hotline, running)
    before = await said(hotline, running)
    talk = await talks.speak_of(hotline, contact, ticket, "zh-TW", running=running)
    assert talk.id == ticket.conversation_id
    await fills_a_form(hotline, talk.id)
    begun = await talks.speak_of(hotline, contact, ticket, "zh-TW", running=running)
    assert begun.id not in (running, ticket.conversation_id)
    assert (begun.contact, begun.last_ticket) == (contact, ticket.number)
    assert not await has_form(hotline, begun.id)
    assert ticket.number in (await said(hotline, begun.id))[-1].text
    assert await said(hotline, running) == before


async def fills_a_form(hotline: Hotline, conversation_id: str) -> None:
    sender = f"{conversation_id}-form"
    async with hotline.database.write() as session:
        session.add(
            EngineSessionRow(
                sender_id=sender,
                conversation_id=conversation_id,
                form="report_form",
                opened_at=hotline.now(),
            )
        )
        await session.flush()
        (await locked(session, conversation_id)).engine_sender = sender


@pytest.mark.parametrize("words", ["T26-{n}", "t26 {n}", "T26-{padded}"])
async def test_a_number_is_found_without_its_zeros_and_check_digit(
    hotline: Hotline, contact: Contact, words: str
) -> None:
    ticket = await opened(hotline, contact)
    await opened(hotline, contact, key="other")
    padded = ticket.number.split("-")[1]
    written = words.format(n=int(padded), padded=padded)
    assert await found(hotline, contact, Wanted(words=written)) == [ticket.number]

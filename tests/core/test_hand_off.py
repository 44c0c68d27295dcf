"""Wanting a person: what is promised is there; offers come, lapse and go to who is free."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from hotline.conversations import holding, waits
from hotline.conversations.notes import notes_of
from hotline.conversations.rows import WaitRow
from hotline.conversations.service import Conversation, find, start
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotAllowed
from hotline.hand_off import offers
from hotline.hand_off.keeping import keep_up
from hotline.hand_off.wanting import want_person
from hotline.partners.service import Contact
from hotline.staff import presence, sessions
from hotline.staff.service import Staff
from hotline.tickets import queries
from tests.conftest import staff_of
from tests.core.desk_work import conversation_row, journal, said, says

ADMIN = "meiling.xie@hotline.example"


@pytest.fixture
async def talk(hotline: Hotline, contact: Contact) -> Conversation:
    return await began(hotline, contact)


async def began(hotline: Hotline, contact: Contact | None) -> Conversation:
    return (await start(hotline, contact))[0]


async def wants(hotline: Hotline, talk: Conversation) -> tuple[str, bool]:
    told, is_waiting = await want_person(hotline, talk.id, "zh-TW")
    return told.text, is_waiting


async def wait_of(hotline: Hotline, talk: Conversation) -> WaitRow | None:
    async with hotline.database.read() as session:
        return await waits.current(session, talk.id)


async def offered_to(hotline: Hotline, talk: Conversation) -> int | None:
    wait = await wait_of(hotline, talk)
    return wait.offered_to_id if wait else None


def later(hotline: Hotline, **much: int) -> None:
    hotline.clock.advance(timedelta(**much))


async def test_nobody_there_is_said_at_once_with_what_can_be_had(
    hotline: Hotline, talk: Conversation
) -> None:
    told, is_waiting = await want_person(hotline, talk.id, "zh-TW")
    assert not is_waiting
    assert [button["payload"] for button in told.buttons] == [
        "/leave_message",
        "desk:voice",
        "/other_request",
        "/deny",
    ]
    assert (await conversation_row(hotline, talk.id)).holder == "bot"


@pytest.mark.parametrize("gone", ["away", "silent", "signed out", "administrator"])
async def test_who_is_not_there_is_not_promised(
    hotline: Hotline, talk: Conversation, engineer: Staff, gone: str
) -> None:
    if gone == "administrator":
        await presence.beat(hotline, [(await staff_of(hotline, ADMIN)).id])
    elif gone == "signed out":
        own = await sessions.begin(hotline, engineer, "")
        await sessions.end(hotline, engineer, engineer, own.id)
    else:
        await presence.stand(hotline, engineer, "away" if gone == "away" else "available")
        later(hotline, seconds=60 if gone == "away" else 91)
    _told, is_waiting = await wants(hotline, talk)
    assert not is_waiting


async def test_whoever_is_free_is_named_and_asked(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "available")
    told, is_waiting = await wants(hotline, talk)
    assert is_waiting
    assert engineer.name in told
    assert await offered_to(hotline, talk) == engineer.id
    [entry] = await journal(hotline, "conversation.offered")
    assert (entry.conversation_id, entry.detail) == (talk.id, {"staff": engineer.id})
    again, still = await wants(hotline, talk)  # the wish said twice
    assert still
    assert engineer.name not in again
    assert len(await journal(hotline, "conversation.queued")) == 1


async def test_busy_people_are_there_but_not_asked(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "busy")
    told, is_waiting = await wants(hotline, talk)
    assert is_waiting
    assert "第 1 位" in told
    assert await keep_up(hotline) == 0
    await presence.stand(hotline, engineer, "available")
    assert await keep_up(hotline) == 1
    assert await offered_to(hotline, talk) == engineer.id


async def test_nobody_is_asked_for_more_than_fits(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "available")
    most = hotline.settings.hand_off.chats_at_once
    talks = [await began(hotline, contact) for _ in range(most + 1)]
    for talk in talks[:most]:
        await wants(hotline, talk)
        await holding.take(hotline, engineer, talk.id)
        later(hotline, seconds=1)
    told, _ = await wants(hotline, talks[most])
    assert engineer.name not in told
    await holding.give_back(hotline, engineer, talks[0].id)
    await keep_up(hotline)
    assert await offered_to(hotline, talks[most]) == engineer.id


async def test_an_offer_not_accepted_goes_to_the_next_and_the_partner_is_told_once(
    hotline: Hotline, talk: Conversation, engineer: Staff, lead: Staff
) -> None:
    for staff in (engineer, lead):
        await presence.stand(hotline, staff, "available")
    await says(hotline, talk.id, "主機開不了機", "11111111-1111-4111-8111-111111111111")
    _told, _ = await wants(hotline, talk)
    first = await offered_to(hotline, talk)
    seen = (await conversation_row(hotline, talk.id)).last_seq
    later(hotline, seconds=30)
    await presence.beat(hotline, [engineer.id, lead.id])
    await keep_up(hotline)  # it lapses
    await keep_up(hotline)  # and is offered on
    second = await offered_to(hotline, talk)
    assert {first, second} == {engineer.id, lead.id}
    [news] = await said(hotline, talk.id, after=seen)
    assert "第 1 位" in news.text
    later(hotline, seconds=30)
    await presence.beat(hotline, [engineer.id, lead.id])
    for _ in range(2):
        await keep_up(hotline)
    assert await offered_to(hotline, talk) == first  # everybody has had it: it comes back
    assert len(await said(hotline, talk.id, after=seen)) == 1


async def test_an_offer_does_not_sit_with_somebody_who_is_gone(
    hotline: Hotline, talk: Conversation, engineer: Staff, lead: Staff
) -> None:
    await presence.stand(hotline, engineer, "available")
    await wants(hotline, talk)
    await presence.stand(hotline, engineer, "away")
    await presence.stand(hotline, lead, "available")
    for _ in range(2):
        await keep_up(hotline)
    assert await offered_to(hotline, talk) == lead.id
    wait = await wait_of(hotline, talk)
    assert wait is not None
    assert wait.passed_by == []


async def test_passing_it_on_is_only_for_whom_it_is_offered(
    hotline: Hotline, talk: Conversation, engineer: Staff, lead: Staff
) -> None:
    await presence.stand(hotline, engineer, "available")
    await wants(hotline, talk)
    with pytest.raises(Conflict):
        await offers.pass_on(hotline, lead, talk.id)
    await offers.pass_on(hotline, engineer, talk.id)
    await presence.stand(hotline, lead, "available")
    await keep_up(hotline)
    assert await offered_to(hotline, talk) == lead.id
    await holding.take(hotline, engineer, talk.id)  # a colleague who takes it anyway is faster
    with pytest.raises(Conflict) as refused:
        await offers.pass_on(hotline, lead, talk.id)
    assert refused.value.fields["holder"] == engineer.name


async def test_taking_ends_the_wait_and_counts_for_what_is_expected(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "busy")
    for _ in range(3):
        talk = await began(hotline, contact)
        await wants(hotline, talk)
        later(hotline, seconds=105)
        await presence.beat(hotline, [engineer.id])
        await holding.take(hotline, engineer, talk.id)
    told, _ = await wants(hotline, await began(hotline, contact))
    assert "第 1 位" in told
    assert "約 2 分鐘" in told
    later(hotline, seconds=1)
    told, _ = await wants(hotline, await began(hotline, contact))
    assert "第 2 位" in told
    assert "約 4 分鐘" in told


async def test_waiting_too_long_becomes_a_ticket_with_what_was_said(
    hotline: Hotline, talk: Conversation, contact: Contact, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "busy")
    await says(hotline, talk.id, "標案規格要確認 明天截標", "11111111-1111-4111-8111-111111111111")
    await wants(hotline, talk)
    later(hotline, minutes=9, seconds=30)
    assert await keep_up(hotline) == 0
    later(hotline, seconds=30)
    assert await keep_up(hotline) == 1
    now = await conversation_row(hotline, talk.id)
    assert now.holder == "bot"
    assert now.last_ticket
    async with hotline.database.read() as session:
        ticket = await queries.find(session, now.last_ticket)
        outcome = await session.scalar(select(WaitRow.outcome))
    assert ticket.description == "標案規格要確認 明天截標"
    assert ticket.callback == "due"
    assert outcome == waits.MESSAGE
    told = (await said(hotline, talk.id))[-1]
    assert now.last_ticket in told.text
    assert str(contact.phone) in told.text
    assert await keep_up(hotline) == 0


async def test_at_closing_time_nobody_waits_on(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    hotline.clock.advance(datetime.fromisoformat("2026-12-01T16:58:00+08:00") - hotline.now())
    await presence.stand(hotline, engineer, "busy")
    await wants(hotline, talk)
    later(hotline, minutes=2)
    await keep_up(hotline)
    now = await conversation_row(hotline, talk.id)
    told = (await said(hotline, talk.id))[-1].text
    assert now.holder == "bot"
    assert now.last_ticket
    assert now.last_ticket in told
    assert "休息" in told


async def test_an_outage_told_while_waiting_is_opened_as_one(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "busy")
    await wants(hotline, talk)
    await says(hotline, talk.id, "主機當機了 產線全停", "11111111-1111-4111-8111-111111111111")
    later(hotline, minutes=10)
    await keep_up(hotline)
    number = (await conversation_row(hotline, talk.id)).last_ticket
    async with hotline.database.read() as session:
        ticket = await queries.find(session, number or "")
    assert (ticket.intent, ticket.severity) == ("technical_hardware", 1)


async def test_a_visitor_without_a_number_is_answered_where_they_are(
    hotline: Hotline, engineer: Staff
) -> None:
    talk = await began(hotline, None)
    await presence.stand(hotline, engineer, "busy")
    await wants(hotline, talk)
    later(hotline, minutes=10)
    await keep_up(hotline)
    assert "在這裡回覆您" in (await said(hotline, talk.id))[-1].text


async def test_who_takes_it_in_that_moment_has_it_and_no_ticket_is_made(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "busy")
    await wants(hotline, talk)
    later(hotline, minutes=10)
    await holding.take(hotline, engineer, talk.id)
    assert await keep_up(hotline) == 0
    assert (await conversation_row(hotline, talk.id)).last_ticket is None


async def test_handing_on_to_a_colleague_asks_them_first(
    hotline: Hotline, talk: Conversation, engineer: Staff, lead: Staff
) -> None:
    for staff in (engineer, lead):
        await presence.stand(hotline, staff, "available")
    await holding.take(hotline, engineer, talk.id)
    await holding.hand_on(hotline, engineer, talk.id, "要核准折扣", to=lead)
    assert lead.name in (await said(hotline, talk.id))[-1].text
    await keep_up(hotline)
    assert await offered_to(hotline, talk) == lead.id
    async with hotline.database.read() as session:
        [note] = await notes_of(session, talk.id)
    assert (note.text, note.staff_id) == ("要核准折扣", engineer.id)
    await offers.pass_on(hotline, lead, talk.id)
    await keep_up(hotline)
    assert await offered_to(hotline, talk) == engineer.id


async def test_handing_on_to_a_queue_asks_who_has_it(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await holding.take(hotline, engineer, talk.id)
    await holding.hand_on(hotline, engineer, talk.id, "訂單的事", queue="admin")
    wait = await wait_of(hotline, talk)
    assert wait is not None
    assert wait.queue == "admin"


async def test_handing_on_needs_a_note_a_receiver_and_the_conversation(
    hotline: Hotline, talk: Conversation, engineer: Staff, lead: Staff
) -> None:
    await holding.take(hotline, engineer, talk.id)
    for note, to, queue in (
        (" ", lead, None),
        ("好", None, None),
        ("好", lead, "admin"),
        ("好", engineer, None),
    ):
        with pytest.raises(BadInput):
            await holding.hand_on(hotline, engineer, talk.id, note, to=to, queue=queue)
    with pytest.raises(NotAllowed):
        await holding.hand_on(hotline, engineer, talk.id, "好", to=await staff_of(hotline, ADMIN))
    with pytest.raises(Conflict):
        await holding.hand_on(hotline, lead, talk.id, "好", to=engineer)


async def test_a_closed_conversation_goes_on_when_the_partner_writes(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await holding.take(hotline, engineer, talk.id)
    closed = await holding.close(hotline, engineer, talk.id)
    assert (closed.holder, closed.staff) == ("nobody", None)
    assert "再寫一句" in (await said(hotline, talk.id))[-1].text
    await says(hotline, talk.id, "還有一件事", "11111111-1111-4111-8111-111111111111")
    assert (await conversation_row(hotline, talk.id)).holder == "bot"


async def test_presence_is_said_by_those_who_handle_conversations(
    hotline: Hotline, engineer: Staff
) -> None:
    with pytest.raises(BadInput):
        await presence.stand(hotline, engineer, "asleep")
    with pytest.raises(NotAllowed):
        await presence.stand(hotline, await staff_of(hotline, ADMIN), "available")


async def test_signing_in_makes_available_again(hotline: Hotline, engineer: Staff) -> None:
    await presence.stand(hotline, engineer, "away")
    await sessions.begin(hotline, engineer, "")
    async with hotline.database.read() as session:
        own = await presence.presence_of(session, engineer)
    assert own.stands == "available"
    assert own.is_there(hotline)


async def test_a_console_that_beats_often_writes_seldom(hotline: Hotline, engineer: Staff) -> None:
    async def beat() -> datetime | None:
        await presence.beat(hotline, [engineer.id])
        async with hotline.database.read() as session:
            return (await presence.presence_of(session, engineer)).beat_at

    first = await beat()
    later(hotline, seconds=10)
    assert await beat() == first
    later(hotline, seconds=10)
    assert await beat() != first


async def test_conversations_wait_as_long_as_the_queue_has_them(
    hotline: Hotline, talk: Conversation, engineer: Staff
) -> None:
    await presence.stand(hotline, engineer, "busy")
    await wants(hotline, talk)
    await holding.leave_queue(hotline, talk.id, "partner")
    assert await wait_of(hotline, talk) is None
    await wants(hotline, talk)
    async with hotline.database.read() as session:
        outcomes = list(await session.scalars(select(WaitRow.outcome).order_by(WaitRow.id)))
        assert (await find(session, talk.id)).holder == "queue"
    assert outcomes == [waits.LEFT, None]

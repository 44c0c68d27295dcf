"""Messages from elsewhere: keys, whose number it is, and the ticket that comes of one."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from hotline.calls import backs
from hotline.conversations import messages
from hotline.conversations.messages import File
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound, Unauthorized
from hotline.intake import keys, matching
from hotline.intake.messages import Arrived, Recording, WrongTime, take
from hotline.intake.rows import IntakeMessageRow
from hotline.partners.rows import ContactRow
from hotline.privacy import erasing, retention
from hotline.tickets.rows import TicketRow
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, TUESDAY_MORNING, contact_of, set_clock
from tests.core.desk_work import journal, ticket_row
from tests.core.personal import left_in_database
from tests.core.test_retention import later

VOICE = File("f" * 32, "vm-0007.wav", "audio/wav", 16_044, "a" * 64)


def arrived(**said: object) -> Arrived:
    usual = Arrived(
        source="intake:pbx",
        repeat_key="one",
        digest="d",
        received_at=TUESDAY_MORNING,
        caller="0912-345-678",
        text="請王志豪回電談報價",
    )
    return replace(usual, **said)  # type: ignore[arg-type]  # fields of the tests' own


async def row_of(hotline: Hotline, number: str) -> IntakeMessageRow:
    async with hotline.database.read() as session:
        row = await session.scalar(
            select(IntakeMessageRow)
            .join(TicketRow, TicketRow.id == IntakeMessageRow.ticket_id)
            .where(TicketRow.number == number)
        )
    assert row is not None
    return row


async def set_phone(hotline: Hotline, email: str, phone: str) -> None:
    async with hotline.database.write() as session:
        row = await session.scalar(select(ContactRow).where(ContactRow.email == email))
        assert row is not None
        row.phone = phone


async def matched(hotline: Hotline, said: str) -> str | None:
    async with hotline.database.read() as session:
        row = await matching.contact_by_number(session, said)
    return row.email if row else None


async def test_a_key_is_good_until_it_ends_and_kept_as_a_hash_only(hotline: Hotline) -> None:
    key = await keys.add(hotline, "pbx")
    async with hotline.database.read() as session:
        assert (await keys.source_of(session, key)).code == "intake:pbx"
    assert await left_in_database(hotline, key) == []
    with pytest.raises(Conflict):
        await keys.add(hotline, "pbx")
    await keys.end(hotline, "pbx")
    for wrong in (key, "", "intake_nothing"):
        async with hotline.database.read() as session:
            with pytest.raises(Unauthorized) as refused:
                await keys.source_of(session, wrong)
        assert refused.value.message == "this key is not valid"
    with pytest.raises(NotFound):
        await keys.end(hotline, "pbx")
    renewed = await keys.add(hotline, "pbx")
    assert renewed != key
    async with hotline.database.read() as session:
        [source] = await keys.everyone(session)
    assert (source.name, source.ended_at) == ("pbx", None)


@pytest.mark.parametrize("name", ["", "PBX", "7up", "a" * 14, "pbx main", "總機"])
async def test_a_name_that_cannot_be_one_is_refused(hotline: Hotline, name: str) -> None:
    with pytest.raises(BadInput):
        await keys.add(hotline, name)


@pytest.mark.parametrize(
    "said", ["0912345678", "0912-345-678", "+886 912 345 678", "886912345678", "（０９１２）345678"]
)
async def test_a_number_in_any_writing_is_its_contact(hotline: Hotline, said: str) -> None:
    assert await matched(hotline, said) == CONTACT


@pytest.mark.parametrize("said", ["anonymous", "", "0912345679", "12345678", "912345678912345"])
async def test_a_number_that_is_nobodys_is_nobody(hotline: Hotline, said: str) -> None:
    assert await matched(hotline, said) is None


async def test_a_number_that_two_have_tells_nobody_but_an_extension_does(hotline: Hotline) -> None:
    await set_phone(hotline, CONTACT, "02-2345-6789#12")
    await set_phone(hotline, COLLEAGUE, "(02)2345-6789 分機 34")
    assert await matched(hotline, "02-23456789") is None
    assert await matched(hotline, "02-23456789 #34") == COLLEAGUE
    assert await matched(hotline, "02-23456789 #99") is None


async def test_a_voice_message_of_a_contact_waits_for_a_call(hotline: Hotline) -> None:
    taken = await take(hotline, arrived(text="", recording=Recording(VOICE, 65.2)))
    ticket, row = await ticket_row(hotline, taken.number), await row_of(hotline, taken.number)
    contact = await contact_of(hotline, CONTACT)
    assert taken.fresh
    assert ticket.contact == contact
    assert (ticket.partner_id, ticket.intent, ticket.queue) == (
        contact.partner_id,
        "leave_message",
        "other",
    )
    assert (ticket.source, ticket.subject) == ("intake:pbx", "語音留言（1:05）")
    assert (ticket.callback, ticket.fact("phone")) == ("due", "0912-345-678")
    assert (row.state, row.phone, row.audio_seconds) == ("matched", "0912-345-678", 65.2)
    assert ticket.conversation_id is not None
    async with hotline.database.read() as session:
        [said] = await messages.messages_after(session, ticket.conversation_id, 0)
        assert await messages.unanswered(session) == []
        [back] = await backs.waiting(session, hotline)
    assert said.file is not None
    assert (said.sender, said.text, said.file.id) == ("partner", "", VOICE.id)
    assert (said.file.seconds, said.file.ticket_id) == (65.2, ticket.id)  # it is played from lists
    assert row.audio_id == VOICE.id
    assert back.ticket.number == taken.number
    [entry] = await journal(hotline, "intake.taken")
    assert entry.detail == {"message": row.id, "state": "matched"}


async def test_a_stranger_is_kept_for_staff_to_say_who_it_is(hotline: Hotline) -> None:
    taken = await take(hotline, arrived(caller="02-2700-0000 王小明"))
    ticket, row = await ticket_row(hotline, taken.number), await row_of(hotline, taken.number)
    assert (ticket.contact, ticket.identity_verified) == (None, False)
    assert (row.state, row.phone) == ("unmatched", "02-2700-0000")
    assert ticket.fact("contact") == "02-2700-0000 王小明"
    assert ticket.description == "請王志豪回電談報價"


async def test_an_outage_goes_where_outages_go_and_still_waits_for_a_call(hotline: Hotline) -> None:
    taken = await take(hotline, arrived(text="機房的 Power 主機開不了機，明天下午回電"))
    ticket = await ticket_row(hotline, taken.number)
    assert (ticket.intent, ticket.queue, ticket.audience) == (
        "leave_message",
        "technical",
        "engineer",
    )
    assert (ticket.severity, ticket.callback) == (1, "due")
    assert ticket.fact("needed_by") == "2026-12-02 afternoon"


async def test_at_night_the_promise_counts_from_the_next_opening(hotline: Hotline) -> None:
    night = TUESDAY_MORNING.replace(hour=22, minute=40)
    set_clock(hotline.settings, night)
    hotline.clock._look()
    ticket = await ticket_row(hotline, (await take(hotline, arrived(received_at=night))).number)
    local = ticket.first_response_due.astimezone(hotline.calendar.timezone)
    assert local.isoformat() == "2026-12-02T13:00:00+08:00"  # 240 open minutes from 9:00


async def test_the_same_again_is_the_same_ticket_and_makes_nothing_twice(hotline: Hotline) -> None:
    first = await take(hotline, arrived())
    second = await take(hotline, arrived())
    assert (second.number, second.fresh) == (first.number, False)
    with pytest.raises(Conflict):
        await take(hotline, arrived(digest="another"))
    other = await take(hotline, arrived(source="intake:other"))
    assert other.number != first.number
    async with hotline.database.read() as session:
        assert len(list(await session.scalars(select(IntakeMessageRow)))) == 2
        assert len(list(await session.scalars(select(TicketRow)))) == 2


async def test_many_at_the_same_moment_are_one(hotline: Hotline) -> None:
    taken = await asyncio.gather(*(take(hotline, arrived()) for _ in range(8)))
    assert len({one.number for one in taken}) == 1
    assert sum(one.fresh for one in taken) == 1
    async with hotline.database.read() as session:
        assert len(list(await session.scalars(select(TicketRow)))) == 1


@pytest.mark.parametrize("late", [timedelta(minutes=6), -timedelta(days=7, minutes=1)])
async def test_a_moment_that_cannot_be_is_refused(hotline: Hotline, late: timedelta) -> None:
    with pytest.raises(WrongTime):
        await take(hotline, arrived(received_at=TUESDAY_MORNING + late))
    week_ago = await take(
        hotline, arrived(received_at=TUESDAY_MORNING - timedelta(days=6, hours=23))
    )
    assert week_ago.fresh


async def test_a_password_that_was_left_is_not_kept(hotline: Hotline) -> None:
    await take(hotline, arrived(text="密碼是 Abc12345! 請處理"))
    assert await left_in_database(hotline, "Abc12345!") == []


async def test_who_is_erased_has_left_no_message(hotline: Hotline) -> None:
    await take(hotline, arrived(text="我是陳怡君，請回 0912-345-678"))
    await erasing.erase_contact(hotline, CONTACT, also_open=True)
    assert await left_in_database(hotline, "0912-345-678") == []
    assert await left_in_database(hotline, "請回") == []


async def test_after_its_time_nothing_says_who_called(hotline: Hotline) -> None:
    taken = await take(hotline, arrived(caller="02-2700-0000 王小明"))
    async with hotline.database.write() as session:
        row = await session.scalar(select(TicketRow).where(TicketRow.number == taken.number))
        assert row is not None
        row.state, row.closed_at = "closed", hotline.now()
    later(hotline, 366)
    done = await retention.run(hotline)
    assert {gone.kind: gone.count for gone in done.kinds}["intake"] == 1
    left = await row_of(hotline, taken.number)
    assert (left.caller, left.phone) == ("", "")


async def test_another_companys_number_is_its_own_contact(hotline: Hotline) -> None:
    await set_phone(hotline, OTHER_COMPANY, "+886-933-123-456")
    taken = await take(hotline, arrived(caller="0933123456"))
    ticket = await ticket_row(hotline, taken.number)
    assert ticket.contact is not None
    assert ticket.contact.email == OTHER_COMPANY

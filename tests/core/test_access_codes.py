"""Proving an address by a code: whom it lets in, how often it may be tried, what nobody learns."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import event, select

from hotline.access_codes import heard, rules, service
from hotline.access_codes.codes import NewCode, Wait
from hotline.access_codes.rows import AccessCodeRow
from hotline.access_codes.service import Checked
from hotline.conversations.service import Conversation, start
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.tickets import queries
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, TUESDAY_MORNING, contact_of
from tests.core.desk_work import (
    conversation_row,
    everything_journalled,
    journal,
    opened,
    says,
)

VISITOR, NOBODY = "service@qingtian.example", "nobody@nowhere.example"
HERE = "203.0.113.7"


async def visitors_ticket(hotline: Hotline, email: str = "Service@Qingtian.example") -> Ticket:
    """A ticket that a visitor opened in a conversation of its own, leaving an address."""
    conversation, _greeting = await start(hotline, None)
    facts = {"email": {"value": email, "status": "known"}}
    request = NewTicket("visitor", "technical_hardware", "主機開不了機", 3, facts=facts)
    return await open_ticket(hotline, conversation.id, request)


async def visitor(hotline: Hotline) -> str:
    conversation, _greeting = await start(hotline, None)
    return conversation.id


async def asked(
    hotline: Hotline, conversation_id: str, address: str = CONTACT, caller: str = HERE
) -> NewCode:
    new = await service.new_code(hotline, conversation_id, caller, address)
    assert isinstance(new, NewCode)
    return new


async def proven(hotline: Hotline, conversation_id: str, address: str) -> Conversation:
    new = await asked(hotline, conversation_id, address)
    assert (await service.check(hotline, conversation_id, new.code)).verdict == "right"
    return await conversation_row(hotline, conversation_id)


def later(hotline: Hotline, by: timedelta) -> None:
    hotline.clock.set(hotline.now() + by)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def mails(hotline: Hotline) -> list[EmailMessage]:
    files = sorted((hotline.settings.var_dir / "mail").glob("*.eml"))
    read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [message for message in read if isinstance(message, EmailMessage)]


async def test_the_code_to_a_contacts_address_signs_the_contact_in(any_hotline: Hotline) -> None:
    mine = await visitor(any_hotline)
    ticket = await opened(any_hotline, await contact_of(any_hotline, COLLEAGUE))

    new = await asked(any_hotline, mine)
    checked = await service.check(any_hotline, mine, new.code)

    contact = await contact_of(any_hotline, CONTACT)
    assert checked == Checked("right", contact=contact)
    conversation = await conversation_row(any_hotline, mine)
    assert (conversation.contact, conversation.proven_email, conversation.asking) == (
        contact,
        None,
        None,
    )
    async with any_hotline.database.read() as session:
        assert await queries.find_for(session, any_hotline, conversation, ticket.number) == ticket
        assert await queries.open_tickets_for(session, any_hotline, conversation) == [ticket]
    [entry] = await journal(any_hotline, "conversation.identified")
    assert (entry.conversation_id, entry.detail) == (mine, {"contact": contact.id})


async def test_the_code_to_a_visitors_address_shows_the_visitors_tickets(
    any_hotline: Hotline,
) -> None:
    ticket, stranger = await visitors_ticket(any_hotline), await visitor(any_hotline)
    mine = await visitor(any_hotline)
    before = await conversation_row(any_hotline, mine)
    async with any_hotline.database.read() as session:
        with pytest.raises(NotFound):
            await queries.find_for(session, any_hotline, before, ticket.number)
        assert await queries.count_open_for(session, any_hotline, before) == 0

    conversation = await proven(any_hotline, mine, VISITOR)

    assert (conversation.contact, conversation.proven_email) == (None, VISITOR)
    assert conversation.is_known
    async with any_hotline.database.read() as session:
        assert await queries.find_for(session, any_hotline, conversation, ticket.number) == ticket
        assert await queries.open_tickets_for(session, any_hotline, conversation) == [ticket]
        assert await queries.count_open_for(session, any_hotline, conversation) == 1
        other = await conversation_row(any_hotline, stranger)
        assert await queries.open_tickets_for(session, any_hotline, other) == []


async def test_a_visitors_address_opens_no_companys_ticket(any_hotline: Hotline) -> None:
    theirs = await opened(any_hotline, await contact_of(any_hotline, CONTACT))
    conversation = await proven(any_hotline, await visitor(any_hotline), NOBODY)
    async with any_hotline.database.read() as session:
        with pytest.raises(NotFound):
            await queries.find_for(session, any_hotline, conversation, theirs.number)
        assert await queries.open_tickets_for(session, any_hotline, conversation) == []


async def test_a_contact_sees_what_was_opened_before_signing_in(any_hotline: Hotline) -> None:
    ticket = await visitors_ticket(any_hotline, CONTACT)
    assert ticket.conversation_id is not None
    here = await proven(any_hotline, ticket.conversation_id, CONTACT)
    elsewhere = (await start(any_hotline, await contact_of(any_hotline, CONTACT)))[0]
    colleague = (await start(any_hotline, await contact_of(any_hotline, COLLEAGUE)))[0]
    async with any_hotline.database.read() as session:
        for conversation in (here, elsewhere):
            assert queries.may_see(any_hotline, conversation, ticket)
            assert await queries.open_tickets_for(session, any_hotline, conversation) == [ticket]
        assert not queries.may_see(any_hotline, colleague, ticket)
        assert await queries.open_tickets_for(session, any_hotline, colleague) == []


async def test_a_code_works_once_and_where_it_was_asked_for(any_hotline: Hotline) -> None:
    mine, other = await visitor(any_hotline), await visitor(any_hotline)
    new = await asked(any_hotline, mine)
    theirs = await asked(any_hotline, other)
    if theirs.code != new.code:  # once in a million
        assert (await service.check(any_hotline, other, new.code)).verdict == "wrong"
    verdicts = await asyncio.gather(*(service.check(any_hotline, mine, new.code) for _ in range(3)))
    assert sorted(checked.verdict for checked in verdicts) == ["gone", "gone", "right"]


async def test_a_new_code_takes_the_place_of_the_one_before(any_hotline: Hotline) -> None:
    mine = await visitor(any_hotline)
    first, second = await asked(any_hotline, mine), await asked(any_hotline, mine)
    if first.code != second.code:
        assert (await service.check(any_hotline, mine, first.code)).verdict == "wrong"
    assert (await service.check(any_hotline, mine, second.code)).verdict == "right"


@pytest.mark.parametrize(
    ("after", "verdict"), [(timedelta(minutes=9, seconds=59), "right"), (rules.LIFETIME, "gone")]
)
async def test_a_code_lives_ten_minutes_by_the_hotlines_clock(
    any_hotline: Hotline, after: timedelta, verdict: str
) -> None:
    mine = await visitor(any_hotline)
    any_hotline.clock.set(TUESDAY_MORNING)
    new = await asked(any_hotline, mine)
    async with any_hotline.database.read() as session:
        sent_at = await session.scalar(select(AccessCodeRow.sent_at))
    assert sent_at is not None
    any_hotline.clock.set(sent_at + after)
    assert (await service.check(any_hotline, mine, new.code)).verdict == verdict


async def test_five_wrong_tries_lock_for_a_quarter_of_an_hour(any_hotline: Hotline) -> None:
    mine = await visitor(any_hotline)
    new = await asked(any_hotline, mine)
    told = [await service.check(any_hotline, mine, wrong(new.code)) for _ in range(5)]
    assert told[:4] == [Checked("wrong", tries_left=left) for left in (4, 3, 2, 1)]
    assert told[4] == Checked("locked", minutes=15)

    later(any_hotline, timedelta(minutes=5))
    assert (await service.check(any_hotline, mine, new.code)).verdict == "locked"
    again = await service.new_code(any_hotline, mine, HERE, NOBODY)
    assert again == Wait(10, locked=True)

    later(any_hotline, timedelta(minutes=10))
    assert (await service.check(any_hotline, mine, new.code)).verdict == "gone"
    fresh = await service.new_code(any_hotline, mine, HERE)
    assert isinstance(fresh, NewCode)
    assert fresh.address == CONTACT
    assert (await service.check(any_hotline, mine, fresh.code)).verdict == "right"


async def test_an_address_gets_five_codes_an_hour_whoever_asks(any_hotline: Hotline) -> None:
    for number in range(rules.PER_ADDRESS):
        await asked(any_hotline, await visitor(any_hotline), caller=str(number))
    mine = await visitor(any_hotline)
    assert await service.new_code(any_hotline, mine, "x", CONTACT) == Wait(60, locked=False)
    assert isinstance(await service.new_code(any_hotline, mine, "x", NOBODY), NewCode)
    later(any_hotline, rules.WITHIN)
    assert isinstance(await service.new_code(any_hotline, mine, "x", CONTACT), NewCode)


async def test_a_conversation_gets_five_codes_an_hour_for_whatever_address(
    any_hotline: Hotline,
) -> None:
    mine = await visitor(any_hotline)
    for number in range(rules.PER_CONVERSATION):
        await asked(any_hotline, mine, f"a{number}@nowhere.example", caller=str(number))
    assert isinstance(await service.new_code(any_hotline, mine, "x", NOBODY), Wait)


async def test_a_caller_gets_thirty_codes_an_hour_in_however_many_conversations(
    any_hotline: Hotline,
) -> None:
    for number in range(rules.PER_CALLER):
        await asked(any_hotline, await visitor(any_hotline), f"a{number}@nowhere.example")
    mine = await visitor(any_hotline)
    assert isinstance(await service.new_code(any_hotline, mine, HERE, NOBODY), Wait)
    assert isinstance(await service.new_code(any_hotline, mine, "elsewhere", NOBODY), NewCode)


async def test_together_they_are_no_way_around_the_limit(any_hotline: Hotline) -> None:
    rooms = [await visitor(any_hotline) for _ in range(9)]
    got = await asyncio.gather(
        *(service.new_code(any_hotline, room, room, CONTACT) for room in rooms)
    )
    assert sum(isinstance(one, NewCode) for one in got) == rules.PER_ADDRESS


async def test_sending_again_without_an_address_sends_nothing(any_hotline: Hotline) -> None:
    assert await service.new_code(any_hotline, await visitor(any_hotline), HERE) is None


async def test_neither_code_nor_caller_is_kept_in_clear_and_the_journal_has_no_person(
    any_hotline: Hotline,
) -> None:
    mine = await visitor(any_hotline)
    new = await asked(any_hotline, mine)
    await service.check(any_hotline, mine, wrong(new.code))
    await service.check(any_hotline, mine, new.code)
    async with any_hotline.database.read() as session:
        row = await session.scalar(select(AccessCodeRow))
    assert row is not None
    assert new.code not in row.code_hash
    assert (len(row.code_hash), len(row.caller)) == (64, 64)
    told = await everything_journalled(any_hotline)
    assert not any(secret in told for secret in (new.code, CONTACT, HERE))
    kinds = [entry.kind for entry in await journal(any_hotline)]
    assert kinds[-3:] == ["access_code.asked", "access_code.wrong", "conversation.identified"]


async def test_yesterdays_codes_are_forgotten(any_hotline: Hotline) -> None:
    await asked(any_hotline, await visitor(any_hotline))
    later(any_hotline, rules.KEPT_FOR + timedelta(minutes=1))
    await asked(any_hotline, await visitor(any_hotline), NOBODY)
    async with any_hotline.database.read() as session:
        assert list(await session.scalars(select(AccessCodeRow.email))) == [NOBODY]


@contextmanager
def statements(hotline: Hotline) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    heard_of: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        heard_of.append(statement)

    engine = hotline.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    yield heard_of
    event.remove(engine, "before_cursor_execute", hear)


async def test_a_known_and_an_unknown_address_are_the_same_work(any_hotline: Hotline) -> None:
    await visitors_ticket(any_hotline)
    done = []
    for address in (CONTACT, VISITOR, NOBODY):
        mine = await visitor(any_hotline)
        with statements(any_hotline) as work:
            new = await asked(any_hotline, mine, address)
            await service.check(any_hotline, mine, wrong(new.code))
        done.append(work)
    assert len(done[0]) > 5
    assert done[0] == done[1] == done[2]


async def test_only_a_known_address_gets_mail(any_hotline: Hotline) -> None:
    await visitors_ticket(any_hotline)
    for language, address in (("zh-TW", NOBODY), ("zh-TW", CONTACT), ("en", VISITOR)):
        later(any_hotline, timedelta(seconds=2))
        await service.send(any_hotline, NewCode("042137", address), language)

    chinese, english = mails(any_hotline)
    assert (chinese["To"], english["To"]) == (CONTACT, VISITOR)
    assert chinese["Subject"] == "晨曦資訊夥伴專線驗證碼"
    assert chinese.get_content().startswith("您的驗證碼：042137\n\n10 分鐘內有效")
    assert english["Subject"] == "Daybreak Systems partner hotline: your code"
    assert english.get_content().startswith("Your code: 042137\n\nIt is valid for 10 minutes")


async def test_a_pasted_code_is_stored_as_dots_and_given_to_the_desk_only(
    any_hotline: Hotline,
) -> None:
    mine = await visitor(any_hotline)
    await asked(any_hotline, mine)
    received = await says(any_hotline, mine, "驗證碼是 １２３ ４５６", "c1")
    assert (received.message.text, received.message.payload) == (heard.MASK, heard.GAVE_CODE)
    assert received.code == "123456"
    assert "123456" not in repr(received)
    again = await says(any_hotline, mine, "驗證碼是 １２３ ４５６", "c1")
    assert (again.fresh, again.code) == (False, None)


async def test_six_digits_are_no_code_when_nobody_asked_or_long_ago(any_hotline: Hotline) -> None:
    mine = await visitor(any_hotline)
    assert (await says(any_hotline, mine, "123456", "c1")).message.text == "123456"
    await asked(any_hotline, mine)
    later(any_hotline, heard.STANDS_FOR + timedelta(minutes=1))
    assert (await says(any_hotline, mine, "123456", "c2")).message.payload is None


async def test_a_code_in_english_changes_no_language(any_hotline: Hotline) -> None:
    mine = await visitor(any_hotline)
    await asked(any_hotline, mine)
    assert (await says(any_hotline, mine, "my code is 123456", "c1")).message.language == "zh-TW"

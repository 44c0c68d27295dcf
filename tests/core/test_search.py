"""Searching tickets: what finds them, and that the index follows what is written."""

import pytest
from sqlalchemy import delete, select, update

from hotline.conversations.messages import append
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.partners.service import Contact
from hotline.privacy.erasing import erase_contact
from hotline.search import finding, index
from hotline.search.rows import TicketWordRow
from hotline.search.words import normal, wanted_words
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import brought_to, opened, says
from tests.desk.people import new_id

SAID = "台中廠的主機板壞了，風扇很吵，錯誤碼 B7001234，IPMI sign-in 也不行，麻煩 Dr. Chen"


async def found(hotline: Hotline, words: str) -> list[str]:
    async with hotline.database.read() as session:
        result = await finding.search(session, words)
    assert result.total == len(result.tickets)
    return [ticket.number for ticket in result.tickets]


async def with_facts(hotline: Hotline, contact: Contact, **facts: str) -> Ticket:
    conversation, _greeting = await start(hotline, contact)
    kept = {kind: {"value": value, "status": "known"} for kind, value in facts.items()}
    request = NewTicket("facts", "technical_hardware", "電源有聲音", 3, facts=kept)
    ticket = await open_ticket(hotline, conversation.id, request)
    async with hotline.database.write() as session:
        row = await session.get_one(ConversationRow, conversation.id)
        await append(session, row, hotline.now(), "partner", SAID)
        await append(session, row, hotline.now(), "bot", "助理的罐頭訊息")
    return ticket


@pytest.mark.parametrize(
    "words",
    [
        "T26-000001-5", "t260000015", "t26 000001 5", "Ｔ２６０００００１５", "000001",
        "電", "電源", "禾光", "heguang INFO", "陳怡君", "yichun.chen",
        "yichun.chen@heguang.example",
        "78a1234", "78a12", "78A-1234", "青田", "青田機械", "02-2345-6789", "0223456789",
        "+886 2 2345 6789", "2345 6789", "0912345678", "0912-345", "5678",
        "壞", "吵", "機板", "主機板", "主机板", "臺中", "台中厂", "ＩＰＭＩ", "b7001234", "sign-in",
        "sign", "主機板 風扇", "主機板壞了 B7001234 禾光", "「主機板」！！", "ipmi主機", "dr.",
    ],
)  # fmt: skip
async def test_a_ticket_is_found_by_what_people_know_of_it(hotline: Hotline, words: str) -> None:
    contact = await contact_of(hotline, CONTACT)
    facts = {"serial": "78A1234", "customer": "青田機械", "phone": "02-2345-6789"}
    ticket = await with_facts(hotline, contact, **facts)
    await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="other")
    assert await found(hotline, words) == [ticket.number]


@pytest.mark.parametrize(
    "words",
    [
        "known", "status", "%", "_", "\\", "'", "T26-000001-6", "罐頭", "主機板 不存在", "機主",
        "……？！", "，", " ", "", "78a9", "長" * 10_000, "x" * 10_000, "主機板" * 3000,
    ],
)  # fmt: skip
async def test_what_nobody_wrote_is_not_found(
    hotline: Hotline, contact: Contact, words: str
) -> None:
    await with_facts(hotline, contact, serial="78A1234", phone="02-2345-6789")
    assert await found(hotline, words) == []


async def test_a_long_text_is_indexed_and_a_long_search_asks_for_a_few_words(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await with_facts(hotline, contact)
    async with hotline.database.write() as session:
        row = await session.get_one(ConversationRow, ticket.conversation_id)
        await append(session, row, hotline.now(), "partner", "測" * 9_998 + "尾巴")
    assert await found(hotline, "尾巴") == [ticket.number]
    assert len(wanted_words("".join(map(chr, range(0x4E00, 0x7000))))) == 24


async def test_what_staff_write_is_found_and_what_a_ticket_is_about_follows_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, engineer, ticket.number)
    assert await found(hotline, "韌體") == []
    await handling.reply(hotline, engineer, ticket.number, "請更新韌體")
    await handling.note(hotline, engineer, ticket.number, "料件在倉庫")
    assert await found(hotline, "韌體") == await found(hotline, "倉庫") == [ticket.number]
    async with hotline.database.write() as session:
        row = await session.get_one(TicketRow, ticket.id)
        row.subject = "換了主旨"
    assert await found(hotline, "主旨") == [ticket.number]


async def test_a_change_that_is_taken_back_leaves_no_words(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)

    async def say_and_fail() -> None:
        async with hotline.database.write() as session:
            row = await session.get_one(ConversationRow, ticket.conversation_id)
            await append(session, row, hotline.now(), "partner", "彩虹")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await say_and_fail()
    assert await found(hotline, "彩虹") == []


async def test_a_search_finds_closed_tickets_too_the_newest_first_and_page_by_page(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    assert await found(hotline, "禾光") == [closed.number]
    for n in range(52):
        last = await opened(hotline, contact, key=f"more{n}")
    async with hotline.database.read() as session:
        first = await finding.search(session, "禾光")
        rest = await finding.search(session, "禾光", first.older_than)
        assert await finding.exact(session, f" {last.number.lower()} ") == last.number
        assert await finding.exact(session, "T26-000999-1") is None
    assert (len(first.tickets), first.total, first.is_counted) == (50, 53, True)
    assert first.tickets[0].number == last.number
    assert [ticket.number for ticket in rest.tickets][-1] == closed.number
    assert (len(rest.tickets), rest.total, rest.older_than) == (3, 53, None)


async def test_a_renamed_company_and_a_renamed_contact_are_found_by_their_new_names(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    async with hotline.database.write() as session:
        (await session.get_one(PartnerRow, contact.partner_id)).name_zh = "旭昇科技"
        (await session.get_one(ContactRow, contact.id)).name = "歐陽娜娜"
    assert await found(hotline, "旭昇") == await found(hotline, "歐陽") == [ticket.number]
    assert await found(hotline, "陳怡君") == []


async def test_an_erased_persons_words_find_nothing_any_more(
    hotline: Hotline, contact: Contact
) -> None:
    ticket = await with_facts(hotline, contact, serial="78A1234", customer="青田機械")
    colleagues = await opened(hotline, await contact_of(hotline, COLLEAGUE), key="colleague")
    assert colleagues.conversation_id is not None
    await says(hotline, colleagues.conversation_id, "請找陳怡君，她懂磁碟", new_id())
    assert len(await found(hotline, "陳怡君")) == 2
    await erase_contact(hotline, CONTACT, also_open=True)
    for words in ("主機板", "青田", "陳怡君", "yichun", "0912345678", "電源"):
        assert await found(hotline, words) == []
    assert await found(hotline, "磁碟") == [colleagues.number]
    assert await found(hotline, "78a1234") == await found(hotline, ticket.number) == [ticket.number]


async def rows(hotline: Hotline) -> list[tuple[str, int]]:
    async with hotline.database.read() as session:
        found = await session.execute(select(TicketWordRow.word, TicketWordRow.ticket_id))
        return sorted((word, ticket_id) for word, ticket_id in found)


async def test_the_index_is_filled_and_rebuilt_to_the_same(
    hotline: Hotline, contact: Contact
) -> None:
    await with_facts(hotline, contact, serial="78A1234")
    old = await opened(hotline, contact, key="old")
    kept = await rows(hotline)
    async with hotline.database.write() as session:
        await session.execute(delete(TicketWordRow))
    # One of before the index is indexed as a whole as soon as somebody says something there.
    assert old.conversation_id is not None
    await says(hotline, old.conversation_id, "倉庫", new_id())
    assert await found(hotline, "倉庫 禾光") == [old.number]
    assert (await index.fill(hotline.database), await index.fill(hotline.database)) == (1, 0)
    more = {(normal(word), old.id) for word in ("倉", "庫", "倉庫")}
    assert await rows(hotline) == sorted({*kept, *more})
    async with hotline.database.write() as session:
        word = update(TicketWordRow).where(TicketWordRow.word == "禾光")
        await session.execute(word.values(word="wrong"))
    for _ in range(2):
        assert await index.rebuild(hotline.database) == 2
        assert await rows(hotline) == sorted({*kept, *more})

"""The list of work: what is found, in which order, how many, and what stands beside it."""

import pytest

from hotline.conversations.service import find, start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling, queries, worklist
from hotline.tickets.moves import STATES
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from hotline.tickets.worklist import Wanted
from tests.conftest import CONTACT, ENGINEER, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import brought_to, opened


async def found(hotline: Hotline, wanted: Wanted) -> list[str]:
    async with hotline.database.read() as session:
        tickets = await worklist.page_of(session, wanted)
        assert await worklist.count(session, wanted) == len(tickets)
    return [ticket.number for ticket in tickets]


async def with_facts(hotline: Hotline, contact: Contact, **facts: str) -> Ticket:
    conversation, _greeting = await start(hotline, contact)
    kept = {kind: {"value": value, "status": "known"} for kind, value in facts.items()}
    request = NewTicket("facts", "technical_hardware", "風扇有聲音", 3, facts=kept)
    return await open_ticket(hotline, conversation.id, request)


async def test_running_clocks_come_first_then_what_waits_then_what_is_done(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    tickets = {
        state: await brought_to(hotline, contact, engineer, state, key=state) for state in STATES
    }
    listed = await found(hotline, Wanted(engineer.id))
    # Whom else we wait for is no answer to the partner: that first promise is due earlier.
    order = ("new", "open", "waiting_other", "waiting_partner", "resolved")
    assert listed == [tickets[state].number for state in order]
    assert await found(hotline, Wanted(engineer.id, filter="unclaimed")) == [tickets["new"].number]
    mine = await found(hotline, Wanted(engineer.id, filter="mine"))
    assert mine == [tickets[state].number for state in order[1:]]
    assert await found(hotline, Wanted(engineer.id, queue="presales")) == []


async def test_what_was_worked_on_and_handed_back_waits_for_a_claim_like_new_work(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await handling.set_state(hotline, engineer, ticket.number, "open", text="還沒好")
    assert await found(hotline, Wanted(engineer.id, filter="unclaimed")) == [ticket.number]


@pytest.mark.parametrize(
    "words",
    [
        "T26-000001-5", "t260000015", "t26 000001 5", "Ｔ２６０００００１５", "000001",
        "風扇", "禾光", "heguang INFO", "陳怡君", "yichun.chen",
        "78a1234", "青田", "02-2345-6789", "0223456789", "+886 2 2345 6789", "2345 6789",
        "0912345678", "0912-345",
    ],
)  # fmt: skip
async def test_a_ticket_is_found_by_what_people_know_of_it(
    any_hotline: Hotline, words: str
) -> None:
    contact = await contact_of(any_hotline, CONTACT)
    engineer = await staff_of(any_hotline, ENGINEER)
    facts = {"serial": "78A1234", "customer": "青田機械", "phone": "02-2345-6789"}
    ticket = await with_facts(any_hotline, contact, **facts)
    await opened(any_hotline, await contact_of(any_hotline, OTHER_COMPANY), key="other")
    assert await found(any_hotline, Wanted(engineer.id, words=words)) == [ticket.number]


@pytest.mark.parametrize("words", ["known", "%", "_", "T26-000001-6", "\\", "'", "status"])
async def test_what_nobody_wrote_is_not_found(
    hotline: Hotline, contact: Contact, engineer: Staff, words: str
) -> None:
    await with_facts(hotline, contact, phone="02-2345-6789")
    assert await found(hotline, Wanted(engineer.id, words=words)) == []


async def test_a_search_finds_closed_tickets_too(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    assert await found(hotline, Wanted(engineer.id)) == []
    assert await found(hotline, Wanted(engineer.id, words="禾光")) == [ticket.number]


async def test_counts_are_of_all_not_of_a_page(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    for n in range(5):
        await opened(hotline, contact, key=f"k{n}", severity=1 if n else 3)
    await opened(hotline, contact, key="quote", intent="presales_quote")
    wanted = Wanted(engineer.id)
    async with hotline.database.read() as session:
        pages = [await worklist.page_of(session, wanted, start, 4) for start in (0, 4)]
        assert [len(page) for page in pages] == [4, 2]
        assert await worklist.count(session, wanted) == await worklist.count_work(session) == 6
        assert await worklist.count_by_queue(session, wanted) == {"technical": 5, "presales": 1}
        assert await worklist.count_by_filter(session, wanted) == {
            "mine": 0,
            "unclaimed": 6,
            "down": 4,
        }


async def test_each_ticket_knows_its_neighbours_in_the_list(
    any_hotline: Hotline,
) -> None:
    hotline, contact = any_hotline, await contact_of(any_hotline, CONTACT)
    engineer = await staff_of(hotline, ENGINEER)
    tickets = [await opened(hotline, contact, key=f"k{n}", severity=n + 1) for n in range(3)]
    numbers = [ticket.number for ticket in tickets]
    wanted = Wanted(engineer.id)
    async with hotline.database.read() as session:
        beside = [await worklist.neighbours(session, wanted, ticket.id) for ticket in tickets]
        assert await worklist.next_unclaimed(session, wanted) == numbers[0]
        lost = await worklist.neighbours(session, Wanted(engineer.id, "presales"), tickets[0].id)
    assert beside == [(None, numbers[1]), (numbers[0], numbers[2]), (numbers[1], None)]
    assert lost == (None, None)


async def test_the_companys_open_tickets_are_counted(hotline: Hotline, contact: Contact) -> None:
    for n in range(7):
        ticket = await opened(hotline, contact, key=f"k{n}")
    async with hotline.database.read() as session:
        assert ticket.conversation_id is not None
        conversation = await find(session, ticket.conversation_id)
        assert await queries.count_open_for(session, hotline, conversation) == 7

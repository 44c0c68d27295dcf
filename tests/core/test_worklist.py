"""The list of work: what is found, in which order, how many, and what stands beside it."""

import pytest
from sqlalchemy import update

from hotline.conversations.service import find
from hotline.core import Hotline
from hotline.partners.rows import PartnerRow
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling, queries, worklist
from hotline.tickets.choices import SORTS, Choice
from hotline.tickets.moves import STATES
from hotline.tickets.worklist import Page, Wanted
from hotline.waiting import waiting_for
from tests.conftest import CONTACT, ENGINEER, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import brought_to, opened, says
from tests.desk.people import new_id


async def found(hotline: Hotline, wanted: Wanted) -> list[str]:
    async with hotline.database.read() as session:
        page = await worklist.page_of(session, wanted)
        assert await worklist.count(session, wanted) == len(page.tickets)
    return numbers_of(page)


def numbers_of(page: Page) -> list[str]:
    return [ticket.number for ticket in page.tickets]


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
    assert await found(hotline, Wanted(engineer.id, Choice(queue="presales"))) == []


async def test_what_was_worked_on_and_handed_back_waits_for_a_claim_like_new_work(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await handling.set_state(hotline, engineer, ticket.number, "open", text="還沒好")
    assert await found(hotline, Wanted(engineer.id, filter="unclaimed")) == [ticket.number]


async def test_counts_are_of_all_not_of_a_page(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    for n in range(5):
        await opened(hotline, contact, key=f"k{n}", severity=1 if n else 3)
    await opened(hotline, contact, key="quote", intent="presales_quote")
    wanted = Wanted(engineer.id)
    async with hotline.database.read() as session:
        assert await worklist.count(session, wanted) == 6
        by_queue = await worklist.count_by_queue(session, wanted)
        told = await waiting_for(session, hotline, engineer)
        assert by_queue == told.tickets == {"technical": 5, "presales": 1}
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
        lost = await worklist.neighbours(
            session, Wanted(engineer.id, Choice(queue="presales")), tickets[0].id
        )
    assert beside == [(None, numbers[1]), (numbers[0], numbers[2]), (numbers[1], None)]
    assert lost == (None, None)


async def test_the_companys_open_tickets_are_counted(hotline: Hotline, contact: Contact) -> None:
    for n in range(7):
        ticket = await opened(hotline, contact, key=f"k{n}")
    async with hotline.database.read() as session:
        assert ticket.conversation_id is not None
        conversation = await find(session, ticket.conversation_id)
        assert await queries.count_open_for(session, hotline, conversation) == 7


async def test_a_ticket_of_a_list_is_the_same_as_found_by_its_number(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await brought_to(hotline, contact, engineer, "waiting_partner", key="theirs")
    await opened(hotline, None, key="visitor")
    async with hotline.database.read() as session:
        page = await worklist.page_of(session, Wanted(engineer.id))
        found = [await queries.find(session, number) for number in numbers_of(page)]
    assert len(found) == 2
    assert list(page.tickets) == found


async def test_companies_of_one_name_stand_together_by_what_is_due(hotline: Hotline) -> None:
    contacts = [await contact_of(hotline, who) for who in (CONTACT, OTHER_COMPANY)]
    async with hotline.database.write() as session:
        await session.execute(update(PartnerRow).values(name_zh="同名"))
    tickets = [
        await opened(hotline, contacts[n % 2], key=f"k{n}", severity=4 - n) for n in range(4)
    ]
    numbers = [ticket.number for ticket in tickets]
    wanted = Wanted(1, Choice(sort="company"))
    assert await found(hotline, wanted) == numbers[::-1]
    async with hotline.database.read() as session:
        beside = await worklist.neighbours(session, wanted, tickets[1].id)
    assert beside == (numbers[2], numbers[0])


@pytest.mark.parametrize("sort", SORTS)
async def test_pages_go_on_where_the_last_one_ended_and_back(hotline: Hotline, sort: str) -> None:
    contacts = [await contact_of(hotline, who) for who in (CONTACT, OTHER_COMPANY)]
    for n in range(7):
        await opened(hotline, contacts[n % 2], key=f"k{n}", severity=1 + n % 3)
    await opened(hotline, None, key="visitor")
    wanted = Wanted(1, Choice.read({"sort": sort}))
    async with hotline.database.read() as session:
        whole = await worklist.page_of(session, wanted)
        pages = [await worklist.page_of(session, wanted, limit=3)]
        while pages[-1].has_behind:
            last = pages[-1].tickets[-1].id
            pages.append(await worklist.page_of(session, wanted, behind=last, limit=3))
        back = await worklist.page_of(session, wanted, before=pages[-1].tickets[0].id, limit=3)
    assert (len(whole.tickets), whole.has_before, whole.has_behind) == (8, False, False)
    assert [number for page in pages for number in numbers_of(page)] == numbers_of(whole)
    assert [page.has_before for page in pages] == [False, True, True]
    assert (numbers_of(back), back.has_before, back.has_behind) == (
        numbers_of(pages[1]),
        True,
        True,
    )


@pytest.mark.parametrize("sort", SORTS)
async def test_neighbours_are_those_of_the_list_in_every_order_and_choice(
    any_hotline: Hotline, sort: str
) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    contacts = [await contact_of(hotline, who) for who in (CONTACT, OTHER_COMPANY)]
    for n in range(4):
        ticket = await brought_to(hotline, contacts[n % 2], engineer, "open", key=f"k{n}")
        if n:
            assert ticket.conversation_id is not None
            await says(hotline, ticket.conversation_id, "還有黃燈", f"c{n}")
    await opened(hotline, None, key="visitor")
    for chosen, many in (({}, 5), ({"unread": "1"}, 3), ({"assignee": "me"}, 4)):
        wanted = Wanted(engineer.id, Choice.read({"sort": sort, **chosen}))
        async with hotline.database.read() as session:
            listed = (await worklist.page_of(session, wanted)).tickets
            beside = [await worklist.neighbours(session, wanted, one.id) for one in listed]
        numbers = [None, *(one.number for one in listed), None]
        assert len(listed) == many
        assert beside == list(zip(numbers[:-2], numbers[2:], strict=True))


async def test_orders_are_by_what_they_say(hotline: Hotline) -> None:
    here, there = [await contact_of(hotline, who) for who in (CONTACT, OTHER_COMPANY)]
    a = await opened(hotline, here, key="a", severity=3)
    b = await opened(hotline, there, key="b", severity=1)
    c = await opened(hotline, here, key="c", severity=2)
    ordered = {sort: await found(hotline, Wanted(1, Choice(sort=sort))) for sort in SORTS[1:]}
    assert ordered["newest"] == [c.number, b.number, a.number]
    assert ordered["severity"] == [b.number, c.number, a.number]
    assert ordered["company"] in ([c.number, a.number, b.number], [b.number, c.number, a.number])


async def test_each_choice_narrows(hotline: Hotline, contact: Contact, engineer: Staff) -> None:
    free = await opened(hotline, contact, key="free", severity=1)
    mine = await brought_to(hotline, contact, engineer, "open", key="mine")
    assert mine.conversation_id is not None
    await says(hotline, mine.conversation_id, "紅燈", new_id())
    await brought_to(hotline, contact, engineer, "waiting_partner", key="waits")
    visitors = await opened(hotline, None, key="visitor", intent="presales_quote")

    async def by(**chosen: str) -> list[str]:
        return await found(hotline, Wanted(engineer.id, Choice.read(chosen)))

    assert await by(state="open", assignee="me") == [mine.number]
    assert (
        await by(assignee=str(engineer.id), state="open") == await by(unread="1") == [mine.number]
    )
    assert await by(assignee="nobody", queue="technical") == [free.number]
    assert await by(severity="1") == [free.number]
    assert visitors.number not in await by(tier=contact.tier)
    assert await by(tier="nowhere") == await by(assignee="999999999") == []
    soon = Wanted(engineer.id, due_before=free.due_at)
    late = Wanted(engineer.id, due_before=free.first_response_due.replace(year=2030))
    assert free.number not in await found(hotline, soon)
    assert len(await found(hotline, late)) == 3  # what waits is not due


def test_what_is_unknown_is_not_chosen() -> None:
    said = {"queue": "x", "state": "closed", "severity": "9", "assignee": "²", "tier": "a b",
            "unread": "yes", "due": "x", "sort": "x", "more": "1"}  # fmt: skip
    assert Choice.read(said) == Choice()
    assert not Choice(queue="technical", sort="newest").narrows

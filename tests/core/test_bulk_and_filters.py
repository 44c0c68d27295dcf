"""Saved filters, giving tickets away, and one act on many: each as if it had been asked alone."""

from collections.abc import Awaitable

import pytest

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.partners.service import Contact
from hotline.staff.service import Staff, add_staff
from hotline.tickets import bulk, handling, saved_filters
from hotline.tickets.amending import ASSIGNEE, QUEUE, amend
from hotline.tickets.choices import Choice
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import brought_to, journal, opened, ticket_row


async def names(hotline: Hotline, staff: Staff) -> list[tuple[str, Choice]]:
    async with hotline.database.read() as session:
        return [(one.name, one.choice) for one in await saved_filters.filters_of(session, staff.id)]


async def test_a_filter_is_saved_replaced_and_removed_by_whose_it_is(
    hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    first, second = Choice(severity="1", assignee="me"), Choice(due="today", sort="severity")
    await saved_filters.save(hotline, engineer, "  急件  我的 ", first)
    assert await names(hotline, engineer) == [("急件 我的", first)]
    await saved_filters.save(hotline, engineer, "急件 我的", second)
    assert await names(hotline, engineer) == [("急件 我的", second)]
    assert await names(hotline, lead) == []
    async with hotline.database.read() as session:
        [saved] = await saved_filters.filters_of(session, engineer.id)
    with pytest.raises(NotFound):
        await saved_filters.remove(hotline, lead, saved.id)
    await saved_filters.remove(hotline, engineer, saved.id)
    assert await names(hotline, engineer) == []
    assert [e.actor for e in await journal(hotline, "filter.removed")] == [f"staff:{engineer.id}"]


async def test_a_filter_needs_a_name_and_there_are_only_so_many(
    hotline: Hotline, engineer: Staff
) -> None:
    for name in ("", "  ", "名" * 41):
        with pytest.raises(BadInput):
            await saved_filters.save(hotline, engineer, name, Choice())
    for n in range(saved_filters.MOST):
        await saved_filters.save(hotline, engineer, f"f{n}", Choice(severity="1"))
    with pytest.raises(Conflict):
        await saved_filters.save(hotline, engineer, "one more", Choice())
    await saved_filters.save(hotline, engineer, "f0", Choice(severity="2"))


async def test_many_are_acted_on_one_by_one_and_each_is_told(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    free, taken = [await opened(hotline, contact, key=key) for key in ("free", "taken")]
    await handling.claim(hotline, lead, taken.number)
    closed = await brought_to(hotline, contact, lead, "closed", key="closed")
    numbers = [free.number, taken.number, "T26-000999-1", free.number, closed.number]
    outcomes = await bulk.to_each(numbers, lambda n: handling.claim(hotline, engineer, n))
    told = [(it.number, it.ticket is not None, it.why, it.about) for it in outcomes]
    assert told == [
        (free.number, True, "", ""),
        (taken.number, False, "holder", lead.name),
        ("T26-000999-1", False, "gone", ""),
        (closed.number, False, *told[3][2:]),
    ]
    assert told[3][2] in ("holder", "state")
    kept = (await ticket_row(hotline, taken.number)).assignee
    assert kept is not None
    assert kept.id == lead.id
    by = [entry.actor for entry in await journal(hotline, "ticket.claimed")]
    assert by.count(f"staff:{engineer.id}") == 1


async def test_a_colleague_or_a_queue_is_given_to_many_whatever_stands_there(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    free, taken = [await opened(hotline, contact, key=key) for key in ("free", "taken")]
    await handling.claim(hotline, lead, taken.number)
    numbers = [free.number, taken.number]

    def to_engineer(number: str) -> Awaitable[Ticket]:
        return amend(hotline, engineer, number, ASSIGNEE, str(engineer.id))

    outcomes = await bulk.to_each(numbers, to_engineer)
    assert [(it.number, it.why) for it in outcomes] == [(free.number, ""), (taken.number, "holder")]
    kept = (await ticket_row(hotline, free.number)).assignee
    assert kept is not None
    assert kept.id == engineer.id
    moved = await bulk.to_each(numbers, lambda n: amend(hotline, lead, n, QUEUE, "presales"))
    assert [it.ticket.queue for it in moved if it.ticket] == ["presales", "presales"]


async def test_nobody_who_handles_no_tickets_is_given_one(
    hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    keeper = await add_staff(
        hotline.database,
        email="keeper@hotline.example",
        name="林管",
        name_en="Keeper Lin",
        role="administrator",
        queues=(),
        password="long enough 1",
    )
    ticket = await opened(hotline, contact)
    with pytest.raises(BadInput):
        await amend(hotline, lead, ticket.number, ASSIGNEE, str(keeper.id))

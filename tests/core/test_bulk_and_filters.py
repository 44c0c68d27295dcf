"""Saved filters, giving tickets away, and one act on many: each as if it had been asked alone."""

import pytest

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.partners.service import Contact
from hotline.staff.service import Staff, add_staff
from hotline.tickets import assigning, bulk, handling, saved_filters
from hotline.tickets.choices import Choice
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


async def test_a_ticket_is_given_to_a_colleague_by_who_may(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    given = await assigning.assign(hotline, engineer, ticket.number, lead.id)
    assert given.assignee is not None
    assert (given.assignee.id, given.state) == (lead.id, "open")
    with pytest.raises(Conflict) as refused:
        await assigning.assign(hotline, engineer, ticket.number, engineer.id)
    assert refused.value.fields["holder"] == lead.name
    await assigning.assign(hotline, lead, ticket.number, engineer.id)
    await assigning.assign(hotline, lead, ticket.number, engineer.id)  # is so already
    entries = await journal(hotline, "ticket.assigned")
    assert [(e.detail["before"], e.detail["to"]) for e in entries] == [
        (None, lead.id),
        (lead.id, engineer.id),
    ]
    with pytest.raises(NotFound):
        await assigning.assign(hotline, lead, ticket.number, 999)
    closed = await brought_to(hotline, contact, engineer, "closed", key="closed")
    with pytest.raises(Conflict):
        await assigning.assign(hotline, lead, closed.number, lead.id)


async def test_another_queue_has_its_own_promise_and_its_own_people(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    moved = await assigning.change_queue(hotline, engineer, ticket.number, "presales")
    assert (moved.queue, moved.assignee, moved.version) == ("presales", None, ticket.version + 1)
    await assigning.change_queue(hotline, lead, ticket.number, "presales")  # is so already
    [entry] = await journal(hotline, "ticket.queue_changed")
    assert (entry.detail["before"], entry.detail["queue"]) == ("technical", "presales")
    kept = await brought_to(hotline, contact, engineer, "open", key="kept")
    await assigning.change_queue(hotline, engineer, kept.number, "other")
    back = await assigning.change_queue(hotline, engineer, kept.number, "technical")
    assert (back.assignee, back.first_response_due) == (None, kept.first_response_due)
    with pytest.raises(BadInput):
        await assigning.change_queue(hotline, engineer, kept.number, "nowhere")


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


async def test_whoever_serves_the_new_queue_keeps_the_ticket(
    hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    both = await add_staff(
        hotline.database,
        email="both@hotline.example",
        name="林雙",
        name_en="Both Lin",
        role="specialist",
        queues=("technical", "presales"),
        password="long enough 1",
    )
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, both, ticket.number)
    moved = await assigning.change_queue(hotline, lead, ticket.number, "presales")
    assert moved.assignee is not None
    assert moved.assignee.id == both.id

"""Two tickets that are one matter: found, merged, undone; or only linked."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, merging, queries, told
from hotline.tickets.amending import amend
from hotline.tickets.duplicates import likely_duplicates
from hotline.tickets.ticket import Ticket
from hotline.timers.service import waiting
from tests.conftest import COLLEAGUE, OTHER_COMPANY, contact_of
from tests.core.desk_work import brought_to, journal, notes_on, opened, said, ticket_row

Open = Callable[[str], Awaitable[Ticket]]


@pytest.fixture
def open_one(hotline: Hotline, contact: Contact) -> Open:
    async def opening(key: str) -> Ticket:
        return await opened(hotline, contact, key=key)

    return opening


async def due_timers(hotline: Hotline, ticket: Ticket) -> list[str]:
    async with hotline.database.read() as session:
        return [t.key for t in await waiting(session) if f":{ticket.id}:" in t.key]


async def test_the_other_ticket_closes_its_clocks_stop_and_its_partner_is_told_where_to_look(
    hotline: Hotline, engineer: Staff, open_one: Open
) -> None:
    kept, gone = await open_one("one"), await open_one("two")
    assert await due_timers(hotline, gone) != []
    await merging.merge(hotline, engineer, kept.number, gone.number)
    after = await ticket_row(hotline, gone.number)
    assert (after.state, after.merged_into_id) == ("closed", kept.id)
    assert await due_timers(hotline, gone) == []
    message = (await said(hotline, gone.conversation_id))[-1]
    assert message.text.startswith(f"{gone.number} 和 {kept.number} 是同一件事")
    assert message.card is not None
    assert message.card["number"] == kept.number
    [merged] = await journal(hotline, "ticket.merged")
    assert (merged.ticket_id, merged.detail["into"]) == (gone.id, kept.id)
    [took] = await journal(hotline, "ticket.took_in")
    assert (took.ticket_id, took.detail["other"]) == (kept.id, gone.id)
    await merging.merge(hotline, engineer, kept.number, gone.number)  # a repeat
    assert len(await journal(hotline, "ticket.merged")) == 1


async def test_what_the_partner_adds_to_a_merged_ticket_gets_to_the_one_that_was_kept(
    hotline: Hotline, engineer: Staff, open_one: Open
) -> None:
    kept, gone = await open_one("one"), await open_one("two")
    await merging.merge(hotline, engineer, kept.number, gone.number)
    assert gone.conversation_id is not None
    reached = await answers.add(hotline, gone.conversation_id, gone.number, "還有一台也這樣")
    assert reached.number == kept.number
    assert await notes_on(hotline, kept) == ["還有一台也這樣"]
    status = await told.status_now(hotline, await ticket_row(hotline, gone.number), "zh-TW")
    assert status.text.startswith(f"{gone.number} 已經併到 {kept.number}")


@pytest.mark.parametrize("state", ["new", "open", "waiting_partner", "waiting_other", "resolved"])
async def test_undoing_restores_the_state_and_counts_the_clock_on(
    hotline: Hotline, contact: Contact, engineer: Staff, open_one: Open, state: str
) -> None:
    kept = await open_one("one")
    gone = await brought_to(hotline, contact, engineer, state, key="two")
    await merging.merge(hotline, engineer, kept.number, gone.number)
    hotline.clock.advance(timedelta(minutes=30))
    after = await merging.unmerge(hotline, engineer, gone.number)
    assert (after.state, after.merged_into_id, after.closed_at) == (state, None, None)
    assert after.assignee == gone.assignee
    if state in ("new", "open"):
        later = after.due_at - gone.due_at
        assert timedelta(minutes=29) < later < timedelta(minutes=31)
        assert await due_timers(hotline, gone) != []
    message = (await said(hotline, gone.conversation_id))[-1]
    assert message.text.startswith(f"{gone.number} 不再併在 {kept.number} 裡")
    assert len(await journal(hotline, "ticket.unmerged")) == 1
    assert len(await journal(hotline, "ticket.let_go")) == 1
    with pytest.raises(Conflict) as refused:
        await merging.unmerge(hotline, engineer, gone.number)
    assert refused.value.fields["reason"] == "not_merged"


async def refused_for(hotline: Hotline, staff: Staff, kept: Ticket, gone: Ticket) -> str:
    before = await ticket_row(hotline, gone.number)
    with pytest.raises(Conflict) as refused:
        await merging.merge(hotline, staff, kept.number, gone.number)
    assert await ticket_row(hotline, gone.number) == before
    return str(refused.value.fields.get("reason", refused.value.fields.get("holder")))


async def test_no_merge_goes_into_itself_in_a_circle_or_into_what_is_done(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff, open_one: Open
) -> None:
    one, two, three = await open_one("one"), await open_one("two"), await open_one("three")
    assert await refused_for(hotline, engineer, one, one) == "itself"
    await merging.merge(hotline, engineer, one.number, two.number)
    assert await refused_for(hotline, engineer, two, one) == "kept_merged"
    assert await refused_for(hotline, engineer, two, three) == "kept_merged"
    assert await refused_for(hotline, engineer, three, two) == "merged"
    done = await brought_to(hotline, contact, engineer, "resolved", key="done")
    assert await refused_for(hotline, engineer, done, three) == "kept_done"
    held = await brought_to(hotline, contact, lead, "open", key="held")
    assert await refused_for(hotline, engineer, one, held) == lead.name
    await merging.merge(hotline, engineer, three.number, one.number)  # with all that is in it
    async with hotline.database.read() as session:
        assert [t.id for t in await queries.merged_into(session, three.id)] == [one.id, two.id]
        assert (await queries.kept_of(session, await queries.find(session, two.number))).id == (
            three.id
        )


async def test_only_what_its_asker_may_see_takes_a_ticket_in(
    hotline: Hotline, engineer: Staff, open_one: Open
) -> None:
    mine = await open_one("one")
    stranger = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="theirs")
    visitors = await opened(hotline, None, key="visitor")
    for other in (stranger, visitors):
        assert await refused_for(hotline, engineer, mine, other) == "others"
    colleague = await opened(hotline, await contact_of(hotline, COLLEAGUE), key="colleague")
    await merging.merge(hotline, engineer, mine.number, colleague.number)
    with pytest.raises(NotFound):
        await merging.merge(hotline, engineer, mine.number, "T26-999999-9")


async def test_a_merged_ticket_that_staff_reopen_is_a_matter_of_its_own(
    hotline: Hotline, engineer: Staff, open_one: Open
) -> None:
    kept, gone = await open_one("one"), await open_one("two")
    await merging.merge(hotline, engineer, kept.number, gone.number)
    after = await handling.set_state(hotline, engineer, gone.number, "open", text="另一台")
    assert (after.state, after.merged_into_id) == ("open", None)


async def test_linked_tickets_stand_on_each_others_page_until_they_are_unlinked(
    hotline: Hotline, engineer: Staff, open_one: Open
) -> None:
    one, two = await open_one("one"), await open_one("two")
    await merging.link(hotline, engineer, two.number, one.number)
    await merging.link(hotline, engineer, one.number, two.number)  # the same one
    async with hotline.database.read() as session:
        assert [t.number for t in await merging.linked_to(session, one.id)] == [two.number]
        assert [t.number for t in await merging.linked_to(session, two.id)] == [one.number]
    assert len(await journal(hotline, "ticket.linked")) == 2  # one on each
    await merging.unlink(hotline, engineer, one.number, two.number)
    async with hotline.database.read() as session:
        assert await merging.linked_to(session, one.id) == []
    with pytest.raises(Conflict):
        await merging.link(hotline, engineer, one.number, one.number)


async def test_likely_duplicates_are_told_with_why(
    hotline: Hotline, contact: Contact, engineer: Staff, open_one: Open
) -> None:
    asked, same, words, other, old = [
        await open_one(key) for key in ("asked", "same", "words", "other", "old")
    ]
    stranger = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="stranger")
    for ticket, fact, value in (
        (asked, "serial", "78A1234"),
        (asked, "customer", "大立營造"),
        (same, "serial", "78A1234"),
        (stranger, "serial", "78A1234"),
        (words, "customer", "大立營造"),
        (other, "serial", "78B9999"),  # another machine
        (other, "customer", "大立營造"),
        (old, "serial", "78A1234"),
    ):
        await amend(hotline, engineer, ticket.number, fact, value, seen="")
    assert old.conversation_id is not None
    await answers.close(hotline, old.conversation_id, old.number)

    async def found() -> dict[str, tuple[str, ...]]:
        async with hotline.database.read() as session:
            row = await queries.find(session, asked.number)
            likely = await likely_duplicates(session, hotline, row)
        return {one.ticket.number: one.same.reasons for one in likely}

    serial = ("serial",)
    assert await found() == {
        old.number: serial, same.number: serial, words.number: ("customer", "words"),
    }  # fmt: skip
    hotline.clock.advance(timedelta(days=15))
    assert old.number not in await found()
    await merging.merge(hotline, engineer, asked.number, same.number)
    assert list(await found()) == [words.number]

"""What came in while closed: on the morning's list until it has an outcome, and told at opening."""

from datetime import datetime, timedelta

import pytest

from hotline.calls.backs import note_outcome
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.mornings.night import next_morning, night_before
from hotline.mornings.worklist import Item, count_waiting, morning
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling, merging
from hotline.timers.handlers import HANDLERS, set_what_a_start_needs
from hotline.timers.service import fire_next
from tests.core.desk_work import journal, opened

NIGHT = datetime.fromisoformat("2026-12-01T22:40:00+08:00")
MORNING = datetime.fromisoformat("2026-12-02T09:05:00+08:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def go_to(hotline: Hotline, moment: datetime) -> None:
    hotline.clock.advance(moment - hotline.now())


async def items(hotline: Hotline) -> list[Item]:
    async with hotline.database.read() as session:
        return list((await morning(session, hotline)).items)


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        ("2026-12-01T08:00", "2026-11-30T17:00", "2026-12-01T09:00"),  # before opening
        ("2026-12-01T10:15", "2026-11-30T17:00", "2026-12-01T09:00"),  # in the day
        ("2026-12-01T22:40", "2026-12-01T17:00", "2026-12-02T09:00"),  # after closing
        ("2026-12-05T11:00", "2026-12-04T17:00", "2026-12-07T09:00"),  # at the weekend
        ("2026-12-07T09:00", "2026-12-04T17:00", "2026-12-07T09:00"),  # as Monday opens
        ("2026-12-25T12:00", "2026-12-24T17:00", "2026-12-28T09:00"),  # a holiday on a Friday
    ],
)
def test_the_night_that_a_morning_is_about(
    hotline: Hotline, now: str, since: str, until: str
) -> None:
    found = night_before(hotline.calendar, at(now))
    assert found == (at(since), at(until))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-12-01T08:00", "2026-12-01T09:00"),
        ("2026-12-01T09:00", "2026-12-02T09:00"),
        ("2026-12-04T12:00", "2026-12-07T09:00"),
    ],
)
def test_the_next_morning(hotline: Hotline, now: str, then: str) -> None:
    assert next_morning(hotline.calendar, at(now)) == at(then)


async def test_what_came_in_while_open_is_not_on_the_list(
    hotline: Hotline, contact: Contact
) -> None:
    await opened(hotline, contact)
    go_to(hotline, MORNING)
    assert await items(hotline) == []


async def test_the_grave_come_first_and_nothing_leaves_without_an_outcome(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    go_to(hotline, NIGHT)
    usual = await opened(hotline, contact, key="k1", intent="admin_order", severity=3)
    down = await opened(hotline, contact, key="k2", severity=1)
    message = await opened(hotline, contact, key="k3", intent="leave_message", severity=3)
    go_to(hotline, MORNING)
    numbers = [item.ticket.number for item in await items(hotline)]
    assert numbers == [down.number, usual.number, message.number]
    async with hotline.database.read() as session:
        assert await count_waiting(session) == (3, 1)

    await note_outcome(hotline, engineer, message.number, "no_answer", "c1")
    await note_outcome(hotline, engineer, down.number, "reached", "c2")
    await handling.claim(hotline, engineer, usual.number)
    await handling.reply(hotline, engineer, usual.number, "明天出貨", "c3")
    found = {item.ticket.number: (item.outcome, item.tries) for item in await items(hotline)}
    assert found == {
        message.number: ("", 1),
        down.number: ("reached", 1),
        usual.number: ("answered", 0),
    }
    assert (await items(hotline))[0].ticket.number == message.number  # what waits is before


async def test_a_call_that_nobody_answered_waits_for_the_next_try_and_is_on_the_list_of_calls(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    go_to(hotline, NIGHT)
    ticket = await opened(hotline, contact, intent="admin_order")
    go_to(hotline, MORNING)
    agreed = at("2026-12-02T14:00")
    await note_outcome(hotline, engineer, ticket.number, "again", "c1", again_at=agreed)
    [item] = await items(hotline)
    assert (item.outcome, item.begins_at, item.ticket.callback) == ("", agreed, "due")
    await note_outcome(hotline, engineer, ticket.number, "not_needed", "c2")
    [item] = await items(hotline)
    assert item.outcome == "not_needed"
    with pytest.raises(Conflict):
        await note_outcome(hotline, engineer, ticket.number, "reached", "c3")


async def test_nobody_is_called_about_what_came_in_while_open(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact, intent="admin_order")
    with pytest.raises(Conflict):
        await note_outcome(hotline, engineer, ticket.number, "reached", "c1")


async def test_what_was_not_settled_is_on_the_next_mornings_list_as_well(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    go_to(hotline, NIGHT)
    left = await opened(hotline, contact, key="k1", intent="admin_order")
    done = await opened(hotline, contact, key="k2", intent="admin_order")
    go_to(hotline, MORNING)
    await note_outcome(hotline, engineer, done.number, "reached", "c1")
    go_to(hotline, MORNING + timedelta(days=1))
    assert [item.ticket.number for item in await items(hotline)] == [left.number]


async def test_at_opening_everybody_who_handles_tickets_is_told_how_much_there_is(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    await set_what_a_start_needs(hotline)
    go_to(hotline, NIGHT)
    await opened(hotline, contact, severity=1)
    go_to(hotline, MORNING)
    while await fire_next(hotline, HANDLERS):
        pass
    [entry] = await journal(hotline, "morning.began")
    assert (entry.detail["waiting"], entry.detail["severe"]) == (1, 1)
    assert {engineer.id, lead.id} <= set(entry.detail["to"])
    go_to(hotline, MORNING + timedelta(days=1))
    while await fire_next(hotline, HANDLERS):
        pass
    assert len(await journal(hotline, "morning.began")) == 2  # once each morning


async def test_a_morning_after_a_quiet_night_tells_nothing(hotline: Hotline) -> None:
    await set_what_a_start_needs(hotline)
    go_to(hotline, MORNING)
    while await fire_next(hotline, HANDLERS):
        pass
    assert await journal(hotline, "morning.began") == []


async def test_an_outcome_says_when_it_came_and_from_whom(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    go_to(hotline, NIGHT)
    kinds = ("called", "answered", "resolved", "merged", "kept", "waits")
    numbers = {
        kind: (await opened(hotline, contact, key=kind, intent="admin_order")).number
        for kind in kinds
    }
    go_to(hotline, MORNING)
    await note_outcome(hotline, engineer, numbers["called"], "no_answer", "c1")
    await note_outcome(hotline, lead, numbers["called"], "reached", "c2")
    for kind in ("answered", "resolved"):
        await handling.claim(hotline, engineer, numbers[kind])
    await handling.reply(hotline, engineer, numbers["answered"], "明天出貨", "c3")
    go_to(hotline, MORNING + timedelta(minutes=10))
    await handling.reply(hotline, engineer, numbers["answered"], "已出貨", "c4")
    await handling.set_state(hotline, engineer, numbers["resolved"], "resolved", text="已出貨")
    await merging.merge(hotline, lead, numbers["kept"], numbers["merged"])

    found = {item.ticket.number: item for item in await items(hotline)}
    told = {
        kind: (item.outcome, item.settled_by.id if item.settled_by else None)
        for kind, number in numbers.items()
        if (item := found[number])
    }
    assert told == {
        "called": ("reached", lead.id),
        "answered": ("answered", engineer.id),
        "resolved": ("answered", engineer.id),  # told as it was resolved
        "merged": ("merged", lead.id),
        "kept": ("", None),
        "waits": ("", None),
    }
    minutes = {
        kind: round((at - MORNING).total_seconds() / 60)
        for kind, number in numbers.items()
        if (at := found[number].settled_at)
    }
    assert minutes == {"called": 0, "answered": 0, "resolved": 10, "merged": 10}

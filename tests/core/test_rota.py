"""The rota is changed by leads alone, each change is in the journal, and nobody overlaps."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from hotline.core import Hotline
from hotline.errors import Conflict, NotAllowed, NotFound
from hotline.rota import service as rota
from hotline.rota.rows import DutyRow
from hotline.rota.rules import RotaFault, whole_minute
from hotline.rota.service import Duty
from hotline.rota.watching import ROTA_CHECK, check, ensure, tell_holes
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff
from hotline.timers.rows import TimerRow
from hotline.timers.service import fire_next
from tests.conftest import ENGINEER, LEAD
from tests.core.desk_work import journal

SPECIALIST = "jiarong.li@hotline.example"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
async def nobody_on_call(hotline: Hotline) -> None:
    """Without the demonstration's own turns."""
    async with hotline.database.write() as session:
        await session.execute(delete(DutyRow))


def refused(reason: str) -> "pytest.RaisesExc[RotaFault]":
    return pytest.raises(RotaFault, check=lambda fault: fault.fields["reason"] == reason)


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+08:00")


async def turns_of(hotline: Hotline) -> list[Duty]:
    """Every turn, the earliest first."""
    async with hotline.database.read() as session:
        return await rota.upcoming(session, local("01-01T00:00"), 400)


async def told(hotline: Hotline) -> list[tuple[str, str]]:
    """Who did what to the rota."""
    entries = await journal(hotline)
    return [(it.actor, it.kind) for it in entries if it.kind.startswith("rota.")]


async def deactivate(hotline: Hotline, email: str) -> None:
    async with hotline.database.write() as session:
        await session.execute(update(StaffRow).where(StaffRow.email == email).values(active=False))


async def test_a_lead_puts_somebody_on_call(hotline: Hotline, lead: Staff, engineer: Staff) -> None:
    begins, ends = local("12-01T17:00:30"), local("12-02T09:00")
    added = await rota.add(hotline, lead, f" {ENGINEER.upper()} ", begins, ends)
    assert (added.place, added.staff, added.instead_of) == (1, engineer, None)
    assert (added.begins_at, added.ends_at) == (local("12-01T17:00"), ends)
    assert await turns_of(hotline) == [added]
    [entry] = await journal(hotline, "rota.added")
    assert (entry.actor, entry.ticket_id, entry.conversation_id) == (f"staff:{lead.id}", None, None)
    assert entry.detail == {
        "duty_id": added.id,
        "staff_id": engineer.id,
        "place": 1,
        "begins_at": "2026-12-01T09:00:00+00:00",
        "ends_at": "2026-12-02T01:00:00+00:00",
    }


async def test_whoever_is_no_lead_changes_nothing(
    hotline: Hotline, lead: Staff, engineer: Staff
) -> None:
    turn = await rota.add(hotline, lead, ENGINEER, None, hotline.now() + DAY)
    with pytest.raises(NotAllowed):
        await rota.add(hotline, engineer, ENGINEER, None, hotline.now() + DAY, 2)
    with pytest.raises(NotAllowed):
        await rota.swap(hotline, engineer, turn.id, LEAD, turn.version)
    with pytest.raises(NotAllowed):
        await rota.remove(hotline, engineer, turn.id, turn.version)
    assert await turns_of(hotline) == [turn]
    assert await told(hotline) == [(f"staff:{lead.id}", "rota.added")]


async def test_the_command_line_may_and_is_called_system(hotline: Hotline) -> None:
    turn = await rota.add(hotline, None, ENGINEER, None, hotline.now() + DAY)
    turn = await rota.swap(hotline, None, turn.id, LEAD)
    await rota.remove(hotline, None, turn.id)
    kinds = ["rota.added", "rota.swapped", "rota.removed"]
    assert await told(hotline) == [("system", kind) for kind in kinds]


@pytest.mark.parametrize("email", ["nobody@hotline.example", "", SPECIALIST])
async def test_only_somebody_who_works_here_is_put_on_call(
    hotline: Hotline, lead: Staff, email: str
) -> None:
    await deactivate(hotline, SPECIALIST)
    turn = await rota.add(hotline, lead, ENGINEER, None, hotline.now() + DAY)
    with refused("staff"):
        await rota.add(hotline, lead, email, None, hotline.now() + DAY, 2)
    with refused("staff"):
        await rota.swap(hotline, lead, turn.id, email, turn.version)
    assert await turns_of(hotline) == [turn]


async def test_turns_of_one_place_do_not_overlap_and_a_refused_one_leaves_nothing(
    hotline: Hotline, lead: Staff, engineer: Staff
) -> None:
    day, night = local("12-02T09:00"), local("12-02T17:00")
    first = await rota.add(hotline, lead, ENGINEER, day, night)
    for begins, ends in (
        (day - HOUR, day + timedelta(minutes=1)),
        (night - timedelta(minutes=1), night + HOUR),
        (day + HOUR, night - HOUR),
        (day - HOUR, night + HOUR),
        (day, night),
    ):
        with pytest.raises(RotaFault) as overlap:
            await rota.add(hotline, lead, LEAD, begins, ends)
        assert overlap.value.fields == {
            "reason": "overlap",
            "duty_id": first.id,
            "staff_id": engineer.id,
            "begins_at": day.astimezone(first.begins_at.tzinfo).isoformat(),
            "ends_at": night.astimezone(first.ends_at.tzinfo).isoformat(),
        }
        assert overlap.value.message == (
            f"place 1 is taken by {ENGINEER} from 2026-12-02 09:00 to 2026-12-02 17:00"
        )
    assert await told(hotline) == [(f"staff:{lead.id}", "rota.added")]
    await rota.add(hotline, lead, LEAD, night, night + HOUR)
    await rota.add(hotline, lead, LEAD, day, night, 2)
    assert len(await turns_of(hotline)) == 3


async def test_of_several_who_add_the_same_time_at_once_one_comes_first(
    hotline: Hotline, lead: Staff
) -> None:
    begins = local("12-02T09:00")
    outcomes = await asyncio.gather(
        *(
            rota.add(hotline, lead, email, begins + late * HOUR, begins + 8 * HOUR)
            for late, email in enumerate((ENGINEER, LEAD, SPECIALIST, ENGINEER))
        ),
        return_exceptions=True,
    )
    assert [type(it) for it in outcomes].count(Duty) == 1
    assert [type(it) for it in outcomes].count(RotaFault) == 3
    assert len(await turns_of(hotline)) == len(await told(hotline)) == 1


async def test_a_whole_turn_is_swapped_and_says_whose_it_was(
    hotline: Hotline, lead: Staff, engineer: Staff
) -> None:
    turn = await rota.add(hotline, lead, ENGINEER, local("12-02T09:00"), local("12-03T09:00"))
    swapped = await rota.swap(hotline, lead, turn.id, LEAD, turn.version)
    assert (swapped.staff, swapped.instead_of) == (lead, engineer)
    assert (swapped.begins_at, swapped.ends_at) == (turn.begins_at, turn.ends_at)
    assert await turns_of(hotline) == [swapped]
    [entry] = await journal(hotline, "rota.swapped")
    assert (entry.detail["staff_id"], entry.detail["former_id"]) == (lead.id, engineer.id)

    # Handed on, it is still the engineer's turn that somebody does; given back, it is his own.
    again = await rota.swap(hotline, lead, turn.id, SPECIALIST, swapped.version)
    assert (again.staff.email, again.instead_of) == (SPECIALIST, engineer)
    back = await rota.swap(hotline, lead, turn.id, ENGINEER, again.version)
    assert (back.staff, back.instead_of) == (engineer, None)


async def test_a_part_of_a_turn_is_swapped_and_the_rest_stays(
    hotline: Hotline, lead: Staff, engineer: Staff
) -> None:
    begins, ends = local("12-02T09:00"), local("12-09T09:00")
    since, to = local("12-04T18:00"), local("12-05T09:00")
    turn = await rota.add(hotline, lead, ENGINEER, begins, ends)
    part = await rota.swap(hotline, lead, turn.id, LEAD, turn.version, begins_at=since, ends_at=to)
    assert [
        (it.staff, it.begins_at, it.ends_at, it.instead_of) for it in await turns_of(hotline)
    ] == [
        (engineer, begins, since, None),
        (lead, since, to, engineer),
        (engineer, to, ends, None),
    ]
    # Of the stand-in's part a part goes on: what stays is still in the engineer's place.
    await rota.swap(hotline, lead, part.id, SPECIALIST, part.version, begins_at=since + 2 * HOUR)
    assert [(it.staff.email, it.instead_of) for it in (await turns_of(hotline))[1:3]] == [
        (LEAD, engineer),
        (SPECIALIST, engineer),
    ]
    assert len({it.id for it in await turns_of(hotline)}) == 4


async def test_of_a_turn_that_has_begun_only_the_rest_is_swapped(
    hotline: Hotline, lead: Staff, engineer: Staff
) -> None:
    began = hotline.now()
    turn = await rota.add(hotline, lead, ENGINEER, None, began + DAY)
    hotline.clock.advance(3 * HOUR)
    now = whole_minute(hotline.now())
    with refused("past"):
        await rota.swap(hotline, lead, turn.id, LEAD, turn.version, begins_at=now - HOUR)
    await rota.swap(hotline, lead, turn.id, LEAD, turn.version)
    first, second = await turns_of(hotline)
    assert (first.staff, first.begins_at, first.ends_at) == (engineer, turn.begins_at, now)
    assert (second.staff, second.begins_at, second.ends_at) == (lead, now, turn.ends_at)
    hotline.clock.advance(2 * DAY)
    with refused("past"):
        await rota.swap(hotline, lead, second.id, SPECIALIST, second.version)
    assert await turns_of(hotline) == [first, second]


async def test_a_swap_with_oneself_or_of_no_turn_is_refused(hotline: Hotline, lead: Staff) -> None:
    turn = await rota.add(hotline, lead, ENGINEER, None, hotline.now() + DAY)
    with refused("same"):
        await rota.swap(hotline, lead, turn.id, ENGINEER, turn.version)
    with pytest.raises(NotFound):
        await rota.swap(hotline, lead, turn.id + 1, LEAD)


async def test_what_was_looked_at_before_a_change_is_a_conflict(
    hotline: Hotline, lead: Staff
) -> None:
    turn = await rota.add(hotline, lead, ENGINEER, local("12-02T09:00"), local("12-03T09:00"))
    swapped = await rota.swap(hotline, lead, turn.id, LEAD, turn.version)
    for act in (
        rota.swap(hotline, lead, turn.id, SPECIALIST, turn.version),
        rota.remove(hotline, lead, turn.id, turn.version),
    ):
        with pytest.raises(Conflict) as conflict:
            await act
        assert conflict.value.fields == {"version": swapped.version}
    assert await turns_of(hotline) == [swapped]


async def test_two_who_swap_the_same_turn_at_once_do_not_undo_each_other(
    hotline: Hotline, lead: Staff
) -> None:
    turn = await rota.add(hotline, lead, ENGINEER, local("12-02T09:00"), local("12-03T09:00"))
    outcomes = await asyncio.gather(
        rota.swap(hotline, lead, turn.id, LEAD, turn.version),
        rota.swap(hotline, lead, turn.id, SPECIALIST, turn.version),
        return_exceptions=True,
    )
    assert {type(it) for it in outcomes} == {Duty, Conflict}
    assert len(await turns_of(hotline)) == 1


async def test_a_number_that_comes_again_is_not_the_turn_that_was_looked_at(
    hotline: Hotline, lead: Staff
) -> None:
    begins, ends = local("12-02T09:00"), local("12-03T09:00")
    gone = await rota.add(hotline, lead, ENGINEER, begins, ends)
    await rota.remove(hotline, lead, gone.id, gone.version)
    new = await rota.add(hotline, lead, LEAD, begins, ends)
    with pytest.raises((Conflict, NotFound)):  # the same number on SQLite, another on PostgreSQL
        await rota.remove(hotline, lead, gone.id, gone.version)
    assert await turns_of(hotline) == [new]


async def test_a_coming_turn_is_removed_and_one_that_has_begun_ends_now(
    hotline: Hotline, lead: Staff
) -> None:
    running = await rota.add(hotline, lead, ENGINEER, None, hotline.now() + DAY)
    coming = await rota.add(hotline, lead, LEAD, running.ends_at, running.ends_at + DAY)
    assert (await rota.remove(hotline, lead, coming.id, coming.version)).id == coming.id
    hotline.clock.advance(2 * HOUR)
    now = whole_minute(hotline.now())
    ended = await rota.remove(hotline, lead, running.id, running.version)
    assert (ended.begins_at, ended.ends_at) == (running.begins_at, now)
    assert await turns_of(hotline) == [ended]
    with refused("past"):
        await rota.remove(hotline, lead, running.id, ended.version)
    kinds = [kind for _actor, kind in await told(hotline)]
    assert kinds == ["rota.added", "rota.added", "rota.removed", "rota.changed"]


async def test_who_is_on_call_and_who_comes_next(
    hotline: Hotline, lead: Staff, engineer: Staff
) -> None:
    now = hotline.now()
    await rota.add(hotline, lead, ENGINEER, None, now + DAY)
    await rota.add(hotline, lead, LEAD, None, now + 2 * DAY, 2)
    await rota.add(hotline, lead, LEAD, now + 36 * HOUR, now + 40 * HOUR)
    async with hotline.database.read() as session:
        assert await rota.on_call(session, now) == engineer
        assert await rota.on_call(session, now, place=2) == lead
        assert await rota.chain_at(session, now) == [engineer, lead]
        assert await rota.on_call(session, now + 30 * HOUR) is None
        assert await rota.chain_at(session, now + 30 * HOUR) == [lead]
        assert await rota.chain_at(session, now + 37 * HOUR) == [lead]  # once
        assert await rota.chain_at(session, now + 3 * DAY) == []


async def test_somebody_who_has_left_is_not_alerted_and_leaves_a_hole(
    hotline: Hotline, lead: Staff
) -> None:
    now = hotline.now()
    turn = await rota.add(hotline, lead, ENGINEER, None, now + 9 * DAY)
    assert await rota.holes_ahead(hotline) == []
    await deactivate(hotline, ENGINEER)
    async with hotline.database.read() as session:
        assert await rota.on_call(session, now) is None
        assert await rota.chain_at(session, now) == []
        [shown] = await rota.upcoming(session, now)
    assert (shown.id, shown.answering) == (turn.id, False)
    start = whole_minute(now)
    assert await rota.holes_ahead(hotline) == [(start, start + 7 * DAY)]
    swapped = await rota.swap(hotline, lead, turn.id, LEAD, turn.version)
    assert swapped.answering
    assert await rota.holes_ahead(hotline) == []


async def test_the_coming_turns_are_those_that_have_a_minute_in_the_days_asked_for(
    hotline: Hotline, lead: Staff
) -> None:
    now = whole_minute(hotline.now())
    running = await rota.add(hotline, lead, ENGINEER, None, now + DAY)
    coming = await rota.add(hotline, lead, ENGINEER, now + 2 * DAY, now + 3 * DAY)
    await rota.add(hotline, lead, ENGINEER, now + 7 * DAY, now + 8 * DAY)
    async with hotline.database.read() as session:
        assert await rota.upcoming(session, now + HOUR, 6) == [running, coming]
        assert await rota.upcoming(session, now + DAY, 6) == [coming]


async def test_the_history_has_the_newest_first_and_nothing_else(
    hotline: Hotline, lead: Staff
) -> None:
    turn = await rota.add(hotline, lead, ENGINEER, None, hotline.now() + DAY)
    await rota.swap(hotline, lead, turn.id, LEAD, turn.version)
    async with hotline.database.read() as session:
        changes = await rota.history(session, limit=5)
    assert [it.kind for it in changes] == ["rota.swapped", "rota.added"]
    assert {it.actor for it in changes} == {f"staff:{lead.id}"}


# Holes.


async def tell(hotline: Hotline) -> int:
    async with hotline.database.write() as session:
        return await tell_holes(session, hotline)


async def holes_told(hotline: Hotline) -> list[tuple[str | None, str | None]]:
    entries = await journal(hotline, "rota.hole")
    assert all(it.detail["place"] == 1 and it.actor == "system" for it in entries)
    return [(it.detail["begins_at"], it.detail["ends_at"]) for it in entries]


async def test_a_hole_of_the_coming_week_is_told_once_and_a_changed_one_again(
    hotline: Hotline, lead: Staff
) -> None:
    now = whole_minute(hotline.now())
    three, four, five = (now + days * DAY for days in (3, 4, 5))
    await rota.add(hotline, lead, ENGINEER, None, three)
    last = await rota.add(hotline, lead, ENGINEER, five, now + 20 * DAY)
    assert [await tell(hotline), await tell(hotline)] == [1, 0]
    hotline.clock.advance(3 * DAY + 5 * HOUR)  # in the middle of it
    assert await tell(hotline) == 0
    assert await holes_told(hotline) == [(three.isoformat(), five.isoformat())]
    added = await rota.add(hotline, lead, LEAD, four, five)
    assert await tell(hotline) == 1
    assert (await holes_told(hotline))[1:] == [(three.isoformat(), four.isoformat())]
    await rota.remove(hotline, lead, added.id)
    await rota.remove(hotline, lead, last.id)
    assert [await tell(hotline), await tell(hotline)] == [1, 0]
    assert (await holes_told(hotline))[2:] == [(three.isoformat(), None)]


async def test_a_rota_without_anybody_is_one_hole_day_after_day(hotline: Hotline) -> None:
    for _ in range(3):
        await tell(hotline)
        hotline.clock.advance(DAY)
    assert await holes_told(hotline) == [(None, None)]


async def test_a_hole_beyond_the_coming_week_is_told_when_it_has_come_near(
    hotline: Hotline, lead: Staff
) -> None:
    until = whole_minute(hotline.now()) + 8 * DAY
    await rota.add(hotline, lead, ENGINEER, None, until)
    assert await tell(hotline) == 0
    hotline.clock.advance(DAY + HOUR)
    assert await tell(hotline) == 1
    assert await holes_told(hotline) == [(until.isoformat(), None)]


async def test_the_rota_is_looked_at_each_day_when_the_hotline_opens(hotline: Hotline) -> None:
    for _ in range(2):  # a second desk that starts sets nothing
        async with hotline.database.write() as session:
            await ensure(session, hotline)
    handlers = {ROTA_CHECK: check}

    async def next_due() -> list[str]:
        while await fire_next(hotline, handlers):
            pass
        async with hotline.database.write() as session:
            await ensure(session, hotline)
            due = await session.scalars(select(TimerRow.due_at).where(TimerRow.done_at.is_(None)))
            return [at.astimezone(hotline.calendar.timezone).isoformat() for at in due]

    assert await next_due() == ["2026-12-02T09:00:00+08:00"]
    assert await holes_told(hotline) == [(None, None)]
    hotline.clock.set(local("12-02T08:59"))
    assert await next_due() == ["2026-12-02T09:00:00+08:00"]
    for now, then in (
        ("12-02T09:00", "2026-12-03T09:00:00+08:00"),
        ("12-04T15:00", "2026-12-05T09:00:00+08:00"),  # a Saturday has its opening as well
        ("12-05T09:00", "2026-12-06T09:00:00+08:00"),
        ("12-06T09:00", "2026-12-07T09:00:00+08:00"),
    ):
        hotline.clock.set(local(now))
        assert await next_due() == [then]
    assert await holes_told(hotline) == [(None, None)]

"""What an administrator does for the people on staff, and what nobody else may."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.conversations import holding
from hotline.conversations.service import find, start
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotAllowed, NotFound, Unauthorized
from hotline.partners.service import Contact
from hotline.staff import people, second_step, sessions, signing_in
from hotline.staff.people import Person
from hotline.staff.service import Staff, all_staff
from hotline.tickets import handling
from tests.conftest import ENGINEER, LEAD, staff_of
from tests.core.desk_work import brought_to, journal, opened
from tests.core.test_staff_sign_in import has_step
from tests.desk.people import PASSWORD

ADMINISTRATOR = "meiling.xie@hotline.example"
NEW = Person("new.one@hotline.example", "新人", "New One", "specialist", ("presales",), ("en",))


@pytest.fixture
async def administrator(hotline: Hotline) -> Staff:
    return await staff_of(hotline, ADMINISTRATOR)


async def version_of(hotline: Hotline, staff: Staff) -> int:
    async with hotline.database.read() as session:
        return (await people.account(session, staff.id)).version


def said_of(staff: Staff, **other: object) -> Person:
    it = Person(staff.email, staff.name, staff.name_en, staff.role, staff.queues, staff.languages)
    return replace(it, **other)  # type: ignore[arg-type]  # the fields of the test


async def test_somebody_new_signs_in_with_a_temporary_password_that_runs_out(
    hotline: Hotline, administrator: Staff
) -> None:
    added, password = await people.add(hotline, administrator, NEW)
    assert (added.languages, added.owes_renewal) == (("en",), True)
    found, _stamp = await signing_in.by_password(hotline, NEW.email, password)
    assert found == added
    own = await sessions.begin(hotline, found, "")
    await signing_in.change_password(hotline, own, password, "rain on the roof")
    assert not (await staff_of(hotline, NEW.email)).owes_renewal
    [entry] = await journal(hotline, "staff.added")
    assert entry.actor == f"staff:{administrator.id}"
    assert entry.detail == {"staff": added.id, "role": "specialist"}
    _staff, another = await people.reset_password(hotline, administrator, added.id)
    hotline.clock.advance(people.TEMPORARY_FOR + timedelta(seconds=1))
    with pytest.raises(Unauthorized):
        await signing_in.by_password(hotline, NEW.email, another)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": ENGINEER.upper()}, "email"),
        ({"name": "  "}, "name"),
        ({"name_en": "x" * 81}, "name_en"),
        ({"role": "king"}, "role"),
        ({"queues": ("kitchen",)}, "queues"),
        ({"languages": ()}, "languages"),
        ({"languages": ("fr",)}, "languages"),
    ],
)
async def test_what_does_not_fit_is_told_at_its_field(
    hotline: Hotline, administrator: Staff, other: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        await people.add(hotline, administrator, replace(NEW, **other))  # type: ignore[arg-type]
    assert refused.value.fields["field"] == field
    assert await journal(hotline, "staff.added") == []


async def test_a_change_holds_from_the_next_act_on_and_names_no_names(
    hotline: Hotline, administrator: Staff, engineer: Staff
) -> None:
    own = await sessions.begin(hotline, engineer, "")
    version = await version_of(hotline, engineer)
    said = said_of(engineer, role="channel_manager", name="王小豪")
    await people.change(hotline, administrator, engineer.id, said, version)
    async with hotline.database.read() as session:
        found = await sessions.live(session, own.id, hotline.now())
    assert found is not None
    assert found.staff.role == "channel_manager"
    [entry] = await journal(hotline, "staff.changed")
    assert entry.detail == {
        "staff": engineer.id, "changed": ["name", "role"], "role_before": "engineer",
        "role": "channel_manager",
    }  # fmt: skip
    with pytest.raises(Conflict):  # as it was looked at before
        await people.change(hotline, administrator, engineer.id, said, version)


async def test_who_is_let_go_is_signed_out_keeps_the_name_and_hands_on(
    hotline: Hotline, administrator: Staff, engineer: Staff, contact: Contact
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    await brought_to(hotline, contact, engineer, "resolved", key="k2")
    talk, _greeting = await start(hotline, contact)
    await holding.take(hotline, engineer, talk.id)
    own = await sessions.begin(hotline, engineer, "")
    async with hotline.database.read() as session:
        work = await people.work_of(session, engineer.id)
    assert work == people.Work(((ticket.number, "technical", "open"),), 1)
    left = await people.let_go(hotline, administrator, engineer.id)
    assert not left.active
    async with hotline.database.read() as session:
        assert await sessions.live(session, own.id, hotline.now()) is None
        assert (await find(session, talk.id)).holder == "queue"
        assert engineer.id not in {one.id for one in await all_staff(session)}
        names = {one.id: one.name for one in await all_staff(session, also_left=True)}
    assert names[engineer.id] == engineer.name
    with pytest.raises(Unauthorized):
        await signing_in.by_password(hotline, ENGINEER, PASSWORD)
    lead = await staff_of(hotline, LEAD)
    taken = await handling.take_over(hotline, lead, ticket.number)
    assert taken.assignee == lead
    back, password = await people.take_back(hotline, administrator, engineer.id)
    assert back.active
    await signing_in.by_password(hotline, ENGINEER, password)
    with pytest.raises(Conflict):
        await people.take_back(hotline, administrator, engineer.id)


async def test_a_lost_phone_is_reset_and_sessions_are_ended(
    hotline: Hotline, administrator: Staff, engineer: Staff
) -> None:
    await has_step(hotline, engineer)
    await sessions.begin(hotline, engineer, "")
    await people.reset_second_step(hotline, administrator, engineer.id)
    assert await people.end_sessions(hotline, administrator, engineer.id) == 1
    found, _stamp = await signing_in.by_password(hotline, ENGINEER, PASSWORD)
    assert not found.has_second_step
    async with hotline.database.read() as session:
        assert await second_step.spare_left(session, engineer) == 0
    [entry] = await journal(hotline, "staff.second_step_removed")
    assert (entry.actor, entry.detail["staff"]) == (f"staff:{administrator.id}", engineer.id)


async def test_an_administrator_is_left_whoever_acts_at_once(
    hotline: Hotline, administrator: Staff
) -> None:
    with pytest.raises(NotAllowed):
        await people.let_go(hotline, administrator, administrator.id)
    version = await version_of(hotline, administrator)
    said = said_of(administrator, role="lead")
    with pytest.raises(NotAllowed):
        await people.change(hotline, administrator, administrator.id, said, version)
    other, _password = await people.add(hotline, administrator, replace(NEW, role="administrator"))
    done = await asyncio.gather(
        people.let_go(hotline, administrator, other.id),
        people.let_go(hotline, other, administrator.id),
        return_exceptions=True,
    )
    assert sum(isinstance(one, NotAllowed) for one in done) == 1
    async with hotline.database.read() as session:
        left = [one for one in await all_staff(session) if one.role == "administrator"]
    assert len(left) == 1


async def test_only_an_administrator_manages_people_and_handles_no_tickets(
    hotline: Hotline, administrator: Staff, lead: Staff, contact: Contact
) -> None:
    for act in (people.let_go, people.take_back, people.reset_password, people.reset_second_step,
                people.end_sessions):  # fmt: skip
        with pytest.raises(NotAllowed):
            await act(hotline, lead, administrator.id)
        with pytest.raises(NotFound):
            await act(hotline, administrator, 4711)
    with pytest.raises(NotAllowed):
        await people.add(hotline, lead, NEW)
    ticket = await opened(hotline, contact)
    for handle in (
        handling.claim(hotline, administrator, ticket.number),
        handling.reply(hotline, administrator, ticket.number, "x", claims=True),
        handling.note(hotline, administrator, ticket.number, "x"),
        holding.take(hotline, administrator, str(ticket.conversation_id)),
    ):
        with pytest.raises(NotAllowed):
            await handle

"""The demonstration has a rota around its day, made once, and never in production."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from hotline import seed
from hotline.core import Hotline, open_hotline
from hotline.demonstration.rota import add_turns
from hotline.errors import NotAllowed
from hotline.rota import service as rota
from hotline.rota.rows import DutyRow
from hotline.rota.rules import overlapping
from hotline.rota.service import Duty
from hotline.settings import Settings
from hotline.staff.rows import StaffRow
from tests.conftest import ENGINEER, LEAD

DAY = timedelta(days=1)
COLLEAGUES = ("bohan.zhou@hotline.example", "junhong.chen@hotline.example")


async def emptied(hotline: Hotline) -> None:
    async with hotline.database.write() as session:
        await session.execute(delete(DutyRow))


async def turns_of(hotline: Hotline) -> list[Duty]:
    async with hotline.database.read() as session:
        return await rota.upcoming(session, hotline.now() - 30 * DAY, 90)


async def test_the_people_are_on_call_for_four_weeks_at_two_places(hotline: Hotline) -> None:
    await emptied(hotline)
    await seed.seed(hotline)
    turns = await turns_of(hotline)
    assert [(it.place, it.staff.email) for it in turns] == [(1, ENGINEER), (2, LEAD)] * 4
    zone = hotline.calendar.timezone
    begun = [f"{it.begins_at.astimezone(zone):%a %m-%d %H:%M}" for it in turns[::2]]
    assert begun == ["Mon 11-23 09:00", "Mon 11-30 09:00", "Mon 12-07 09:00", "Mon 12-14 09:00"]
    assert await rota.holes_ahead(hotline, 14) == []
    hotline.clock.advance(3 * DAY)
    await seed.seed(hotline)
    assert await turns_of(hotline) == turns


async def test_several_engineers_take_turns_and_one_stands_in(hotline: Hotline) -> None:
    await emptied(hotline)
    async with hotline.database.write() as session:
        session.add_all(
            StaffRow(email=email, name=email[:5], name_en=email[:5], role=role,
                     queues=["technical"], password_hash="-")
            for email, role in zip(COLLEAGUES, ("engineer", "lead"), strict=True)
        )  # fmt: skip
    await add_turns(hotline, [ENGINEER, LEAD, *COLLEAGUES])
    turns = await turns_of(hotline)
    firsts = [it for it in turns if it.place == 1]
    assert [it.staff.email for it in firsts] == [
        ENGINEER, COLLEAGUES[0], ENGINEER, COLLEAGUES[0], COLLEAGUES[0],
    ]  # fmt: skip
    assert [it.instead_of.email if it.instead_of else None for it in firsts] == [
        None, None, None, ENGINEER, None,
    ]  # fmt: skip
    assert [it.staff.email for it in turns if it.place == 2] == [LEAD, COLLEAGUES[1]] * 2
    for turn in turns:
        others = [it for it in turns if it != turn]
        assert overlapping(others, turn.place, (turn.begins_at, turn.ends_at)) is None
    assert await rota.holes_ahead(hotline, 14) == []


async def test_production_has_no_rota_of_the_demonstration(
    hotline: Hotline, settings: Settings
) -> None:
    await emptied(hotline)
    async with open_hotline(settings.model_copy(update={"env": "production"})) as production:
        with pytest.raises(NotAllowed):
            await seed.seed(production)
    assert await turns_of(hotline) == []

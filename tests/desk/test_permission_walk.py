"""Everybody asks for everything, and exactly those are let in whom the table lets in.

`make permissions` prints the same walk as a table.
"""

from collections import Counter

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request

from actions.permissions import ACTIONS
from desk import permissions
from desk.app import make_app
from desk.keys import HOTLINE
from desk.permissions import ANYBODY, HEARD, ROUTES, SIGNED_IN, SOURCE, staff_program
from desk.routes import healthz
from hotline.core import Hotline
from hotline.errors import NotAllowed
from hotline.settings import Settings
from tests.conftest import ENGINEER, LEAD
from tests.desk import action_walk, own_ticket_walk, record_walk
from tests.desk.conftest import staff_token
from tests.desk.people import bearer
from tests.desk.permission_people import WAS_ERASED
from tests.desk.permission_walk import AUDIENCES, opened_desk, walk


async def test_everybody_is_let_in_where_the_table_says_so_and_nowhere_else(
    settings: Settings, hotline: Hotline
) -> None:
    async with opened_desk(settings) as desk:
        steps = await walk(desk)
    wrong = [step for step in steps if not step.is_right]
    assert wrong == []
    lines = Counter(step.line for step in steps)
    assert set(lines) == {*ROUTES, *(f"{socket} hears {kind}" for socket, kind in HEARD)}
    assert min(lines.values()) > 50  # people each
    refused = [step for step in steps if not step.admitted]
    assert len(refused) > 1000
    sent_to_sign_in = [step.answer for step in refused if step.audience == SIGNED_IN.name]
    assert sent_to_sign_in
    assert all(answer.startswith("303 /sign-in?next=/my") for answer in sent_to_sign_in)
    # Each audience is somebody, and nobody who was erased is anybody. That another system is let in
    # by its key is seen where it hands over messages.
    let_in = {step.audience for step in steps if step.admitted}
    everybody = {audience.name for audience in (*ROUTES.values(), *HEARD.values())}
    assert let_in == everybody - {SOURCE.name}
    erased = {step.audience for step in steps if step.admitted and step.column == WAS_ERASED}
    assert erased == {ANYBODY.name}


async def test_whose_ticket_it_is_decides_on_the_own_page_and_a_refusal_is_journalled(
    settings: Settings, hotline: Hotline
) -> None:
    steps = await own_ticket_walk.walk(settings)
    assert [step for step in steps if not step.is_right] == []
    assert {step.line for step in steps} == {line for line in ROUTES if "/my/tickets/" in line}
    assert {step.who for step in steps if step.admitted} == {
        asker.name for asker in own_ticket_walk.ASKERS if asker.sees
    }


async def test_every_record_is_told_to_whom_the_table_says_and_never_another_companys(
    hotline: Hotline,
) -> None:
    steps = await record_walk.walk(hotline)
    assert [step for step in steps if not step.is_right] == []
    told = {(step.line, step.who) for step in steps if step.admitted}
    assert len(told) == 5 + 2 + 2 + 5 + 3 + 2  # as in the order of the askers who are contacts


async def test_every_action_speaks_of_a_ticket_to_those_who_see_it_and_to_nobody_else(
    hotline: Hotline,
) -> None:
    steps = await action_walk.walk(hotline)
    assert [step for step in steps if not step.is_right] == []
    assert {step.line for step in steps} == set(ACTIONS)
    assert {step.who for step in steps if step.admitted} == {
        asker.name for asker in action_walk.ASKERS if asker.sees
    }


def test_every_audience_of_the_table_is_somebody_in_the_walk() -> None:
    used = {audience.name for audience in (*ROUTES.values(), *HEARD.values())}
    assert used <= set(AUDIENCES)


def test_a_route_without_a_line_stops_the_start_and_says_what_to_write(settings: Settings) -> None:
    app = make_app(settings)
    app.router.add_get("/new/{number}", healthz)
    with pytest.raises(RuntimeError) as refused:
        permissions.check(app)
    told = 'in ROUTES of desk/permissions.py:\n    "GET /new/{number}": ...,'
    assert str(refused.value).endswith(told)


async def test_a_route_that_came_without_a_line_answers_nobody(settings: Settings) -> None:
    app = make_app(settings)
    app.router.add_get("/api/new", healthz)
    async with TestClient(TestServer(app)) as client:
        new, nowhere = await client.get("/api/new"), await client.get("/api/nowhere")
        assert (new.status, nowhere.status) == (404, 404)
        code = (await new.json())["error"]["code"]
        assert code == (await nowhere.json())["error"]["code"] == "not_found"


def test_a_line_without_a_route_stops_the_start_too() -> None:
    with pytest.raises(RuntimeError, match="lines without a route: GET /, "):
        permissions.check(web.Application())


@pytest.mark.parametrize(("email", "passes"), [(LEAD, True), (ENGINEER, False)])
async def test_a_line_may_be_for_one_role_of_staff(
    hotline: Hotline, email: str, passes: bool
) -> None:
    app = web.Application()
    app[HOTLINE] = hotline
    headers = bearer(await staff_token(hotline, email))
    request = make_mocked_request("GET", "/", headers=headers, app=app)
    if passes:
        await staff_program("lead").admit(request)
        return
    with pytest.raises(NotAllowed, match="this is for lead"):
        await staff_program("lead").admit(request)

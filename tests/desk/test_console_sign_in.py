"""Who comes in to the console, and where that leads; a form of another site does nothing there."""

import re

import pytest

from hotline import access
from hotline.core import Hotline
from hotline.journal import Entry
from hotline.staff.service import Staff
from tests.conftest import ENGINEER
from tests.core.desk_work import journal, ticket_row
from tests.desk.console_work import Work, sign_in
from tests.desk.people import PASSWORD, Client, page


async def by_people(hotline: Hotline) -> list[Entry]:
    """What was done, but for what the hotline does by itself meanwhile, as offering a chat."""
    return [entry for entry in await journal(hotline) if entry.actor != "system"]


async def test_signing_in_gives_a_cookie_that_script_cannot_read(
    client: Client, hotline: Hotline, engineer: Staff
) -> None:
    answer = await sign_in(client, f" {ENGINEER.upper()} ")
    assert (answer.status, answer.headers["Location"]) == (303, "/console")
    cookie = answer.cookies["hotline_staff"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert access.subject_of(hotline, access.STAFF_SESSION, cookie.value) == str(engineer.id)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (ENGINEER, "wrong-password"),
        (ENGINEER, ""),
        ("nobody@hotline.example", PASSWORD),
        ("", ""),
        ("' OR 1=1 --", PASSWORD),
    ],
)
async def test_a_wrong_password_and_an_unknown_person_are_refused_alike(
    client: Client, email: str, password: str
) -> None:
    answer = await sign_in(client, email, password)
    assert answer.status == 401
    assert "hotline_staff" not in answer.cookies
    reference = await sign_in(client, "x@y.example", "wrong")
    told, expected = [re.sub(r'value="[^"]*"', "", await one.text()) for one in (answer, reference)]
    assert told == expected


async def test_signing_out_ends_it(console: Client) -> None:
    answer = await console.post("/console/sign-out", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/console/sign-in")
    again = await console.get("/console", allow_redirects=False)
    assert (again.status, again.headers["Location"]) == (303, "/console/sign-in")


async def test_whoever_is_not_signed_in_is_sent_to_the_sign_in(
    client: Client, work: Work, a_month_ago: Hotline, hotline: Hotline
) -> None:
    number, talk = work.tickets["new"].number, work.queued
    tokens = (
        "",
        "nonsense",
        access.issue(a_month_ago, access.STAFF_SESSION, "1"),
        access.issue(hotline, access.STAFF_API, "1"),
        access.issue(hotline, access.PARTNER_SESSION, "1"),
        access.issue(hotline, access.STAFF_SESSION, "4711"),
    )
    known = await journal(hotline)
    for token in tokens:
        for method, path in (
            ("GET", ""),
            ("GET", f"/tickets/{number}"),
            ("GET", "/conversations"),
            ("GET", f"/conversations/{talk}"),
            ("GET", f"/conversations/{talk}/files/x"),
            ("POST", f"/tickets/{number}/claim"),
            ("POST", f"/tickets/{number}/resolve"),
            ("POST", f"/conversations/{talk}/take"),
        ):
            answer = await client.request(
                method,
                f"/console{path}",
                headers={"Cookie": f"hotline_staff={token}"},
                allow_redirects=False,
            )
            way_in = answer.headers["Location"].partition("?")[0]
            assert (answer.status, way_in) == (303, "/console/sign-in"), path
    assert await journal(hotline) == known


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("/console/tickets/T26-000001-5?queue=technical", None),
        ("/console?q=%E7%A6%BE", None),
        ("/console/search?q=%E7%A6%BE", None),
        ("//evil.example", "/console"),
        ("/console\\@evil.example", "/console"),
        ("https://evil.example/console", "/console"),
        ("/consoles", "/console"),
        ("/demo", "/console"),
        ("/console/\r\nSet-Cookie: a=b", "/console"),
    ],
)
async def test_signing_in_returns_to_the_page_that_was_wanted_if_it_is_ours(
    client: Client, wanted: str, where: str | None
) -> None:
    form = {"email": ENGINEER, "password": PASSWORD, "next": wanted}
    answer = await client.post("/console/sign-in", data=form, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, where or wanted)


async def test_the_way_in_keeps_the_page_that_was_wanted(client: Client) -> None:
    asked = await client.get("/console/tickets/T26-000001-5?queue=admin", allow_redirects=False)
    way_in = asked.headers["Location"]
    text = await page(client, way_in)
    assert 'name="next" value="/console/tickets/T26-000001-5?queue=admin"' in text


async def test_a_form_of_another_site_is_refused_and_changes_nothing(
    console: Client, hotline: Hotline, work: Work
) -> None:
    number = work.tickets["new"].number
    known = await by_people(hotline)
    for origin in ("https://elsewhere.example", "null", "http://127.0.0.1:1"):
        for path in (
            f"/tickets/{number}/claim",
            f"/tickets/{number}/resolve",
            f"/conversations/{work.queued}/take",
            "/sign-in",
            "/sign-out",
        ):
            answer = await console.post(
                f"/console{path}",
                headers={"Origin": origin},
                data={"text": "x", "email": ENGINEER, "password": PASSWORD},
                allow_redirects=False,
            )
            assert (answer.status, path, answer.cookies) == (403, path, {})
        live = await console.get(
            "/console/live",
            headers={"Origin": origin, "Upgrade": "websocket", "Connection": "Upgrade"},
        )
        assert live.status == 403
    assert await by_people(hotline) == known


async def test_a_form_of_our_own_site_is_taken(
    console: Client, hotline: Hotline, work: Work
) -> None:
    number = work.tickets["new"].number
    own = str(console.make_url("")).rstrip("/")
    answer = await console.post(
        f"/console/tickets/{number}/claim", headers={"Origin": own}, allow_redirects=False
    )
    assert answer.status == 303
    assert (await ticket_row(hotline, number)).state == "open"

"""Signing out ends the session itself, not only the browser's memory of it."""

import pytest
from aiohttp import WSMsgType

from hotline import access
from hotline.core import Hotline
from hotline.staff.service import Staff, add_staff
from tests.conftest import ENGINEER
from tests.desk.people import PASSWORD, Client, frame_of

NEW_PASSWORD = "another-password"


@pytest.fixture
async def cookie(client: Client) -> dict[str, str]:
    """The engineer's session, as whoever copied the cookie has it."""
    return await signed_in(client)


async def signed_in(client: Client) -> dict[str, str]:
    answer = await client.post(
        "/console/sign-in", data={"email": ENGINEER, "password": PASSWORD}, allow_redirects=False
    )
    return {"Cookie": f"hotline_staff={answer.cookies['hotline_staff'].value}"}


async def status_of(client: Client, cookie: dict[str, str]) -> int:
    client.session.cookie_jar.clear()
    answer = await client.get("/console", headers=cookie, allow_redirects=False)
    return int(answer.status)


async def test_a_copied_cookie_is_good_until_its_owner_signs_out(
    client: Client, cookie: dict[str, str]
) -> None:
    assert await status_of(client, cookie) == 200
    await client.post("/console/sign-out", headers=cookie)
    assert await status_of(client, cookie) == 303
    assert await status_of(client, await signed_in(client)) == 200


async def test_a_new_password_ends_the_sessions_of_the_old_one(
    client: Client, cookie: dict[str, str], hotline: Hotline, engineer: Staff
) -> None:
    await add_staff(
        hotline.database,
        email=engineer.email,
        name=engineer.name,
        name_en=engineer.name_en,
        role=engineer.role,
        queues=engineer.queues,
        password=NEW_PASSWORD,
    )
    assert await status_of(client, cookie) == 303


async def test_a_session_without_its_id_is_none(client: Client, hotline: Hotline) -> None:
    token = access.issue(hotline, access.STAFF_SESSION, "1")
    assert await status_of(client, {"Cookie": f"hotline_staff={token}"}) == 303


async def test_signing_out_closes_the_live_feeds_of_this_person_only(
    client: Client, cookie: dict[str, str]
) -> None:
    own = await client.ws_connect("/console/live", headers=cookie)
    client.session.cookie_jar.clear()  # it is another browser that signs in
    await client.post(
        "/console/sign-in",
        data={"email": "wenbin.zhang@hotline.example", "password": PASSWORD},
    )
    others = await client.ws_connect("/console/live")
    for socket in (own, others):
        await socket.send_json({"after": 0})
    # Both have heard of something, so both listen.
    await client.post("/api/conversations", json={})
    for socket in (own, others):
        await frame_of(socket, "entry")
    client.session.cookie_jar.clear()
    await client.post("/console/sign-out", headers=cookie)
    while (await own.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    assert own.close_code == 4401
    await client.post("/api/conversations", json={})
    await frame_of(others, "entry")
    assert not others.closed

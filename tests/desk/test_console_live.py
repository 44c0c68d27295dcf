"""The console's live feed: it tells of every change, misses nothing, and is for staff only."""

from aiohttp import CookieJar
from aiohttp.test_utils import TestClient

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from tests.core.desk_work import journal, opened, says
from tests.desk.people import Client


async def test_an_open_console_hears_of_every_change_and_catches_up(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    socket = await console.ws_connect("/console/live")
    await socket.send_json({"after": 0})
    ticket = await opened(hotline, contact)
    seen = [await socket.receive_json(timeout=30) for _ in range(4)]
    assert [(f["kind"], f["number"], f["queue"]) for f in seen] == [
        ("staff.signed_in", None, None),
        ("conversation.started", None, None),
        ("message.stored", None, None),
        ("ticket.opened", ticket.number, "technical"),
    ]
    await socket.close()
    await handling.claim(hotline, engineer, ticket.number)
    again = await console.ws_connect("/console/live")
    await again.send_json({"after": seen[-1]["id"]})
    frame = await again.receive_json(timeout=30)
    assert (frame["kind"], frame["number"]) == ("ticket.claimed", ticket.number)
    assert not any(word in str([*seen, frame]) for word in (contact.name, "Power"))


async def test_a_console_that_was_away_long_misses_nothing(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    conversation, _greeting = await start(hotline, contact)
    for n in range(230):
        await says(hotline, conversation.id, f"第 {n} 句", f"c{n}")
    socket = await console.ws_connect("/console/live")
    await socket.send_json({"after": 0})
    seen = [(await socket.receive_json(timeout=30))["id"] for _ in range(233)]
    assert seen == [entry.id for entry in await journal(hotline)]


async def test_the_live_feed_is_closed_to_whoever_is_not_signed_in(
    client: Client, console: Client
) -> None:
    for first in ("not JSON", "[]", "null", '{"after": "x"}', '{"after": 1e999}'):
        socket = await console.ws_connect("/console/live")
        await socket.send_str(first)
        await socket.receive(timeout=30)
        assert socket.close_code == 4401, first
    async with TestClient(client.server, cookie_jar=CookieJar(unsafe=True)) as stranger:
        socket = await stranger.ws_connect("/console/live")
        await socket.receive(timeout=30)
        assert socket.close_code == 4401

"""Other programs hear what happens, by a real HTTP server: signed, within limits, never inside."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr, ValidationError
from standardwebhooks import Webhook

from desk import webhooks
from desk.postman import Postman
from hotline.core import Hotline
from hotline.deliveries import DeliveryRow
from hotline.notices import undelivered
from hotline.notices.addresses import is_public
from hotline.notices.webhooks import put_aside_unknown
from hotline.partners.service import Contact
from hotline.settings import NoticesSettings, Settings, WebhookSettings
from hotline.staff.service import Staff
from tests.core.desk_work import WORDS, opened
from tests.core.notice_work import Postbox, deliveries, mailing_to, note_all, serving

SECRET = "whsec_" + "aG90bGluZS1zZWNyZXQtb2YtMzItYnl0ZXMtb3ItbW9yZQ=="
CHANNEL = "hook:teams"
HOUR = timedelta(hours=1)
STUCK_S = 30


@dataclass
class Receiver:
    """Another program: answers as told, else takes it; with `hangs` only once that is set."""

    statuses: list[int] = field(default_factory=list)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    hangs: asyncio.Event | None = None
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    arrivals: asyncio.Queue[None] = field(default_factory=asyncio.Queue)
    url: str = ""

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.asked.set()
        if self.hangs is not None:
            await self.hangs.wait()
        status = self.statuses.pop(0) if self.statuses else 204
        if status == 204:
            self.taken.append((dict(request.headers), body))
            self.arrivals.put_nowait(None)
        headers = {"Location": "/elsewhere"} if status == 302 else {}
        return web.Response(status=status, headers=headers, text="x" * 100_000 * (status != 204))


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    it = Receiver()
    app = web.Application()
    app.router.add_post("/{any:.*}", it.take)
    app.router.add_get("/{any:.*}", it.take)
    server = TestServer(app)
    await server.start_server()
    it.url = str(server.make_url("/hook"))
    yield it
    await server.close()


def calling(
    hotline: Hotline,
    url: str,
    *kinds: str,
    this_machine: bool = True,
    language: Literal["zh-TW", "en"] = "zh-TW",
) -> Hotline:
    asked = kinds or ("ticket.opened",)
    hook = WebhookSettings(name="teams", url=url, kinds=asked, language=language)
    secrets = hotline.settings.secrets.model_copy(update={"webhooks": {"teams": SecretStr(SECRET)}})
    update = {
        "webhooks": (hook,),
        "secrets": secrets,
        "notices": NoticesSettings(webhooks_to_this_machine=this_machine),
    }
    return replace(hotline, settings=hotline.settings.model_copy(update=update))


async def call_all(hotline: Hotline) -> None:
    await note_all(hotline)
    async with webhooks.opened(hotline.settings) as session:
        for step in webhooks.steps(hotline, session).values():
            while await step():
                pass


async def owed(hotline: Hotline) -> list[DeliveryRow]:
    return await deliveries(hotline, channel=CHANNEL)


async def test_it_is_signed_and_has_nothing_of_anybody_in_it(
    hotline: Hotline, contact: Contact, receiver: Receiver
) -> None:
    calls = calling(hotline, receiver.url)
    ticket = await opened(calls, contact)
    await call_all(calls)
    [(headers, body)] = receiver.taken
    at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    signed = Webhook(SECRET).sign(headers["webhook-id"], at, body.decode())
    assert headers["webhook-signature"] == signed
    said: dict[str, Any] = json.loads(body)
    assert (said["type"], said["data"]["number"]) == ("ticket.opened", ticket.number)
    assert said["text"].startswith(f"{ticket.number} 開單（技術支援，一般，12/1（二）14:15 前）")
    for anybodys in (WORDS, contact.name, contact.email, contact.phone or "-", contact.company_zh):
        assert anybodys not in body.decode()
    assert [row.state for row in await owed(calls)] == ["delivered"]


async def test_a_chat_program_shows_it_in_its_own_language(
    hotline: Hotline, contact: Contact, receiver: Receiver
) -> None:
    calls = calling(hotline, receiver.url, language="en")
    ticket = await opened(calls, contact)
    await call_all(calls)
    [(_headers, body)] = receiver.taken
    told = "opened (technical support, normal, due Tue 1 Dec 14:15)"
    assert json.loads(body)["text"].startswith(f"{ticket.number} {told}")


async def test_only_what_was_asked_for_is_told(
    hotline: Hotline, contact: Contact, receiver: Receiver
) -> None:
    calls = calling(hotline, receiver.url, "ticket.closed")
    await opened(calls, contact)
    await call_all(calls)
    assert receiver.taken == []


async def test_one_that_fails_is_called_again_with_the_same_id_and_recovers(
    hotline: Hotline, contact: Contact, receiver: Receiver
) -> None:
    calls = calling(hotline, receiver.url)
    await opened(calls, contact)
    receiver.statuses = [500, 302, 429]
    for tries in (1, 2, 3):
        await call_all(calls)
        [row] = await owed(calls)
        assert (row.state, row.failure, row.tries) == ("pending", "status", tries)
        assert row.next_at is not None
        calls.clock.set(row.next_at)
    assert receiver.taken == []  # a way to elsewhere is not followed
    await call_all(calls)
    [(headers, _body)] = receiver.taken
    assert headers["webhook-id"].startswith("delivery_")
    assert [row.state for row in await owed(calls)] == ["delivered"]


async def test_one_that_says_it_is_gone_is_switched_off_until_somebody_tries_again(
    hotline: Hotline, contact: Contact, lead: Staff, receiver: Receiver
) -> None:
    calls = calling(hotline, receiver.url)
    await opened(calls, contact)
    receiver.statuses = [410]
    await call_all(calls)
    await opened(calls, contact, key="k2")
    await call_all(calls)
    rows = await owed(calls)
    assert [(row.state, row.failure, row.tries) for row in rows] == [
        ("undelivered", "gone", 1),
        ("undelivered", "gone", 0),
    ]
    assert receiver.taken == []
    await undelivered.try_again(calls, lead, rows[0].id)
    await call_all(calls)
    assert len(receiver.taken) == 1


async def test_one_that_left_the_settings_is_for_somebody_to_see(
    hotline: Hotline, contact: Contact, receiver: Receiver
) -> None:
    calls = calling(hotline, receiver.url)
    await opened(calls, contact)
    await note_all(calls)
    await put_aside_unknown(calls)
    assert [row.state for row in await owed(calls)] == ["pending"]
    await put_aside_unknown(hotline)
    assert [row.failure for row in await owed(calls)] == ["unknown_hook"]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001",
        "127.1", "0", "10.1.2.3", "192.168.1.1", "169.254.169.254", "[fd00::1]",
    ],
)  # fmt: skip
async def test_nothing_inside_our_own_network_is_called(
    hotline: Hotline, contact: Contact, receiver: Receiver, host: str
) -> None:
    port = receiver.url.rpartition(":")[2]
    calls = calling(hotline, f"http://{host}:{port}", this_machine=False)
    await opened(calls, contact)
    await call_all(calls)
    assert not receiver.asked.is_set()
    [row] = await owed(calls)
    assert (row.state, row.failure) == ("pending", "inside")


def test_what_is_public_and_what_is_not() -> None:
    assert all(map(is_public, ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8")))
    inside = (
        "10.0.0.1", "100.64.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "127.0.0.1",
        "0.1.2.3", "224.0.0.1", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "nonsense",
    )  # fmt: skip
    assert not any(map(is_public, inside))


async def test_a_name_is_looked_at_where_the_connection_is_made() -> None:
    resolver = webhooks.PublicResolver()
    with pytest.raises(webhooks.Inside):
        await resolver.resolve("localhost", 443)
    await resolver.close()
    assert await webhooks.PublicResolver(this_machine_too=True).resolve("localhost", 443)


async def test_one_that_hangs_for_an_hour_holds_up_neither_mail_nor_another(
    hotline: Hotline, contact: Contact, receiver: Receiver
) -> None:
    postbox, receiver.hangs = Postbox(), asyncio.Event()
    async with serving(postbox) as port:
        base = calling(hotline, receiver.url)
        both = replace(base, settings=mailing_to(base.settings, port))
        await opened(both, contact)
        async with webhooks.opened(both.settings) as session:
            postman = Postman(
                both, {}, lambda _talk: False, webhooks.steps(both, session), look_s=0.01
            )
            running = asyncio.create_task(postman.run())
            async with asyncio.timeout(STUCK_S):
                await receiver.asked.wait()
                await postbox.arrived.wait()
                both.clock.advance(HOUR)
                postbox.arrived.clear()
                await opened(both, contact, key="k2")
                await postbox.arrived.wait()
                assert receiver.taken == []
                receiver.hangs.set()
                for _ in range(2):
                    await receiver.arrivals.get()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
    assert len(postbox.taken) == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kinds": ("ticket.nonsense",)}, "ticket.at_risk"),
        ({"kinds": ()}, "at least 1"),
        ({"name": "A b"}, "pattern"),
        ({"url": "ftp://x"}, "an address such as"),
    ],
)
def test_a_webhook_that_cannot_be_meant_stops_the_start(wrong: dict[str, Any], words: str) -> None:
    right: dict[str, Any] = {
        "name": "teams",
        "url": "https://hooks.example/x",
        "kinds": ("ticket.opened",),
    }
    assert WebhookSettings(**right)
    with pytest.raises(ValidationError, match=words):
        WebhookSettings(**(right | wrong))


async def test_without_webhooks_nothing_is_called(settings: Settings) -> None:
    async with webhooks.opened(settings) as session:
        assert isinstance(session, aiohttp.ClientSession)

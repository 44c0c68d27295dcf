"""How often is too often: refused in words, with the time to come again, and then free again."""

import asyncio
import math

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import make_mocked_request
from multidict import CIMultiDict

from desk.limits import MOST_KEYS, Rate, SignIns, address_of, take
from hotline import access
from hotline.core import Hotline
from hotline.settings import Settings
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import COLLEAGUE, ENGINEER, LEAD, contact_of
from tests.core.desk_work import said
from tests.desk.conftest import OpenDesk
from tests.desk.people import PASSWORD, Chat, Client, bearer, frame_of, new_id, refusal_of


class Ticks:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_rate_lets_so_many_through_and_tells_how_long_to_wait() -> None:
    ticks = Ticks()
    rate = Rate(2, 60, ticks)
    assert [take((rate, key)) for key in "aab"] == [0, 0, 0]
    ticks.at += 20
    assert take((rate, "a")) == 40
    ticks.at += 40
    assert [take((rate, "a")) for _ in range(3)] == [0, 0, 60]


def test_what_one_of_two_rates_refuses_counts_in_neither() -> None:
    ticks = Ticks()
    narrow, wide = Rate(1, 60, ticks), Rate(2, 600, ticks)
    assert take((narrow, "talk"), (wide, "here")) == 0
    assert [take((narrow, "talk"), (wide, "here")) for _ in range(5)] == [60] * 5
    assert take((narrow, "another talk"), (wide, "here")) == 0
    ticks.at += 60
    assert take((narrow, "talk"), (wide, "here")) == 540


def test_a_rate_counts_amounts_and_a_large_one_waits_for_enough_room() -> None:
    ticks = Ticks()
    rate = Rate(10, 60, ticks)
    for amount in (4, 3, 3):
        assert take((rate, "a"), amount=amount) == 0
        ticks.at += 10
    assert take((rate, "a"), amount=4) == 30
    assert take((rate, "a"), amount=5) == 40
    ticks.at += 60
    assert take((rate, "a"), amount=11) == 0  # alone


def test_ever_new_keys_cost_no_more_memory() -> None:
    rate = Rate(1, 60, Ticks())
    assert take((rate, "first")) == 0
    for n in range(MOST_KEYS):
        take((rate, str(n)))
    assert take((rate, "first")) == 0  # forgotten


def test_the_wait_after_failed_sign_ins_grows_and_ends_with_a_success() -> None:
    ticks = Ticks()
    sign_ins = SignIns(ticks)
    assert [sign_ins.wait_s("here") for _ in range(20)] == [0.0] * 20
    waits = []
    for _ in range(9):
        waits.append(sign_ins.wait_s("here"))
        ticks.at += waits[-1]
        assert sign_ins.wait_s("here") == 0.0
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert sign_ins.wait_s("elsewhere") == 0
    sign_ins.succeeded("here")
    assert [sign_ins.wait_s("here") for _ in range(20)] == [0.0] * 20


@pytest.mark.parametrize(
    ("forwarded", "behind_proxy", "address"),
    [
        ("198.51.100.7", False, "192.0.2.1"),
        ("198.51.100.7", True, "198.51.100.7"),
        ("made up, 198.51.100.7", True, "198.51.100.7"),
        ("::ffff:198.51.100.7", True, "198.51.100.7"),
        ("", True, "192.0.2.1"),
    ],
)
def test_an_address_is_the_callers_own_or_what_the_proxy_says(
    forwarded: str, behind_proxy: bool, address: str
) -> None:
    request = make_mocked_request("GET", "/", headers={"X-Forwarded-For": forwarded})
    found = address_of(request.clone(remote="192.0.2.1"), behind_proxy=behind_proxy)
    assert found == address


def test_a_proxy_may_write_its_word_into_a_line_of_its_own() -> None:
    lines = CIMultiDict([("X-Forwarded-For", "made up"), ("X-Forwarded-For", "198.51.100.7")])
    request = make_mocked_request("GET", "/", headers=lines)
    assert address_of(request, behind_proxy=True) == "198.51.100.7"


def test_the_addresses_of_one_ipv6_network_are_one() -> None:
    request = make_mocked_request("GET", "/")
    here, beside, elsewhere = (
        address_of(request.clone(remote=remote), behind_proxy=False)
        for remote in ("2001:db8:1:2::1", "2001:db8:1:2:3::4", "2001:db8:1:3::1")
    )
    assert here == beside != elsewhere


async def test_the_sixth_try_to_sign_in_has_to_wait_whoever_it_is(client: Client) -> None:
    told = []
    for email in (ENGINEER, "nobody@hotline.example"):
        for _ in range(5):
            assert (await sign_in(client, email, "wrong")).status == 401
        answer = await sign_in(client, email, PASSWORD)
        assert answer.status == 429
        assert 890 < int(answer.headers["Retry-After"]) <= 900
        assert "hotline_staff" not in answer.cookies
        told.append((await answer.text()).replace(email, ""))
    assert told[0] == told[1]
    assert "請等 15 分鐘" in told[0]


async def test_a_success_takes_the_failures_back(client: Client) -> None:
    for _ in range(2):
        for _ in range(4):
            assert (await sign_in(client, ENGINEER, "wrong")).status == 401
        assert (await sign_in(client, ENGINEER, PASSWORD)).status == 303
    assert (await sign_in(client, LEAD, PASSWORD)).status == 303


def limited(settings: Settings, **limits: int) -> Settings:
    return settings.model_copy(update={"limits": settings.limits.model_copy(update=limits)})


@pytest.fixture
def tight(settings: Settings) -> Settings:
    return limited(
        settings,
        conversations_per_10_minutes=2,
        visitor_conversations_per_10_minutes=2,
        messages_per_minute=2,
    )


async def test_too_many_conversations_of_one_address_are_refused_and_a_contacts_are_their_own(
    open_desk: OpenDesk, tight: Settings, hotline: Hotline, partner_token: str
) -> None:
    client = await open_desk(tight)
    colleague = access.partner_token(hotline, await contact_of(hotline, COLLEAGUE))
    for token in (None, partner_token, colleague):
        headers = bearer(token) if token else {}
        for _ in range(2):
            await Chat.begin(client, token)
        answer = await client.post("/api/conversations", json={}, headers=headers)
        assert await refusal_of(answer) == (429, "too_many")
        assert 540 < int(answer.headers["Retry-After"]) <= 600
        words = hotline.replies.text("too_many_for_long", "zh-TW", minutes=10)
        assert (await answer.json())["error"]["message"] == words


async def test_too_much_said_in_one_conversation_is_refused_and_not_stored(
    open_desk: OpenDesk, tight: Settings, hotline: Hotline
) -> None:
    client = await open_desk(tight)
    chat, other = await Chat.begin(client), await Chat.begin(client)
    await chat.say("一")
    await chat.say("二")
    assert await refusal_of(await chat.post({"id": new_id(), "text": "三"})) == (429, "too_many")
    socket = await chat.connect(after=1)
    await socket.send_json({"type": "message", "id": (one := new_id()), "text": "三"})
    refused = await frame_of(socket, "refused")
    assert (refused["id"], refused["error"]["code"]) == (one, "too_many")
    words = hotline.replies.text("too_many", "zh-TW", seconds=60)
    assert refused["error"]["message"] == words
    await other.say("一")
    assert [m.text for m in await said(hotline, chat.id) if m.sender == "partner"] == ["一", "二"]


async def refused_for_long(answer: ClientResponse, hotline: Hotline) -> bool:
    """Refused as too often, with the minutes in words and the seconds for programs."""
    assert await refusal_of(answer) == (429, "too_many")
    minutes = math.ceil(int(answer.headers["Retry-After"]) / 60)
    words = hotline.replies.text("too_many_for_long", "zh-TW", minutes=minutes)
    assert (await answer.json())["error"]["message"] == words
    return True


async def test_a_contacts_messages_are_counted_in_all_conversations_together(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, partner_token: str
) -> None:
    client = await open_desk(limited(settings, messages_per_10_minutes=3))
    chats = [await Chat.begin(client, partner_token) for _ in range(2)]
    await asyncio.gather(*(chat.say("你好") for chat in (*chats, chats[0])))
    for chat in chats:
        assert await refused_for_long(await chat.post({"id": new_id(), "text": "四"}), hotline)
    colleague = access.partner_token(hotline, await contact_of(hotline, COLLEAGUE))
    await (await Chat.begin(client, colleague)).say("你好")
    await (await Chat.begin(client)).say("你好")


async def test_a_visitors_messages_are_counted_by_address_and_are_fewer(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, partner_token: str
) -> None:
    client = await open_desk(limited(settings, visitor_messages_per_10_minutes=2))
    for _ in range(2):
        await (await Chat.begin(client)).say("你好")
    another = await Chat.begin(client)
    assert await refused_for_long(await another.post({"id": new_id(), "text": "三"}), hotline)
    signed_in = await Chat.begin(client, partner_token)
    for _ in range(3):
        await signed_in.say("你好")


@pytest.mark.both
async def test_a_visitors_conversation_that_leads_to_no_ticket_holds_so_many_messages_an_hour(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline
) -> None:
    client = await open_desk(limited(settings, visitor_messages_per_hour=2))
    chat, other = await Chat.begin(client), await Chat.begin(client)
    socket = await chat.connect()
    for one in (chat, chat, other):
        await one.say("你好")
    assert await refused_for_long(await chat.post({"id": new_id(), "text": "三"}), hotline)
    await open_ticket(hotline, chat.id, NewTicket("k1", "technical_hardware", "開不了機", 3))
    await chat.say("三")
    # The page has been listening since before there was a ticket.
    await socket.send_json({"type": "message", "id": (fourth := new_id()), "text": "四"})
    assert (await frame_of(socket, "stored"))["id"] == fourth


async def sign_in(client: Client, email: str, password: str):  # type: ignore[no-untyped-def]
    return await client.post(
        "/console/sign-in", data={"email": email, "password": password}, allow_redirects=False
    )

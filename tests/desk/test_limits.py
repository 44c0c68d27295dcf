"""How often is too often: refused in words, with the time to come again, and then free again."""

import pytest
from aiohttp.test_utils import make_mocked_request

from desk.limits import MOST_KEYS, Rate, SignIns, address_of
from hotline import access
from hotline.core import Hotline
from hotline.settings import Settings
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
    assert [rate.wait_s("a"), rate.wait_s("a"), rate.wait_s("b")] == [0, 0, 0]
    ticks.at += 20
    assert rate.wait_s("a") == 40
    ticks.at += 40
    assert [rate.wait_s("a"), rate.wait_s("a"), rate.wait_s("a")] == [0, 0, 60]


def test_ever_new_keys_cost_no_more_memory() -> None:
    rate = Rate(1, 60, Ticks())
    assert rate.wait_s("first") == 0
    for n in range(MOST_KEYS):
        rate.wait_s(str(n))
    assert rate.wait_s("first") == 0  # forgotten


def test_the_wait_after_failed_sign_ins_grows_and_ends_with_a_success() -> None:
    ticks = Ticks()
    sign_ins = SignIns(ticks)
    assert [sign_ins.wait_s("amy", "here") for _ in range(5)] == [0.0] * 5
    waits = []
    for _ in range(9):
        waits.append(sign_ins.wait_s("amy", "here"))
        ticks.at += waits[-1]
        assert sign_ins.wait_s("amy", "here") == 0.0
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    sign_ins.succeeded("amy", "here")
    assert [sign_ins.wait_s("amy", "here") for _ in range(5)] == [0.0] * 5


def test_one_address_that_tries_many_people_has_to_wait_too() -> None:
    sign_ins = SignIns(Ticks())
    assert [sign_ins.wait_s(str(n), "here") for n in range(20)] == [0.0] * 20
    assert sign_ins.wait_s("another", "here") == 15
    assert sign_ins.wait_s("another", "elsewhere") == 0


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
        assert 0 < int(answer.headers["Retry-After"]) <= 15
        assert "hotline_staff" not in answer.cookies
        told.append((await answer.text()).replace(email, ""))
    assert told[0] == told[1]
    assert "請等 1 分鐘" in told[0]


async def test_a_success_takes_the_failures_back(client: Client) -> None:
    for _ in range(2):
        for _ in range(4):
            assert (await sign_in(client, ENGINEER, "wrong")).status == 401
        assert (await sign_in(client, ENGINEER, PASSWORD)).status == 303
    assert (await sign_in(client, LEAD, PASSWORD)).status == 303


@pytest.fixture
def tight(settings: Settings) -> Settings:
    limits = {"conversations_per_10_minutes": 2, "messages_per_minute": 2}
    return settings.model_copy(update={"limits": settings.limits.model_copy(update=limits)})


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
        seconds = answer.headers["Retry-After"]
        words = hotline.replies.text("too_many", "zh-TW", seconds=seconds)
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
    await other.say("一")
    assert [m.text for m in await said(hotline, chat.id) if m.sender == "partner"] == ["一", "二"]


async def sign_in(client: Client, email: str, password: str):  # type: ignore[no-untyped-def]
    return await client.post(
        "/console/sign-in", data={"email": email, "password": password}, allow_redirects=False
    )

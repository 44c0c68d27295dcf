"""The chat in pages of somebody else: who may, what browsers are told, and tokens renewed."""

from datetime import timedelta

import pytest
from aiohttp import ClientResponse, WSServerHandshakeError

from desk.sessions import PARTNER_COOKIE
from desk.widget import CHAT_API
from hotline import access
from hotline.core import Hotline
from hotline.settings import Settings, WidgetSettings
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.desk.conftest import OpenDesk
from tests.desk.people import Chat, Client, bearer, frame_of, refusal_of

PORTAL, STRANGER = "https://portal.example", "https://elsewhere.example"
CORS = "Access-Control-"


@pytest.fixture
async def client(open_desk: OpenDesk, settings: Settings) -> Client:
    """A desk that lets one portal carry its chat."""
    widget = WidgetSettings(origins=(PORTAL,))
    return await open_desk(settings.model_copy(update={"widget": widget}))


def permissions(answer: ClientResponse) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name.startswith(CORS)}


async def ask_before(client: Client, path: str, origin: str) -> ClientResponse:
    return await client.options(
        path.format(id="x", file="y"),
        headers={
            "Origin": origin,
            f"{CORS}Request-Method": "POST",
            f"{CORS}Request-Headers": "authorization,content-type",
        },
    )


@pytest.mark.parametrize("path", CHAT_API)
async def test_a_portals_browser_may_send_tokens_and_json_to_the_chat(
    client: Client, path: str
) -> None:
    answer = await ask_before(client, path, PORTAL)
    assert answer.status == 204
    assert permissions(answer) == {
        f"{CORS}Allow-Origin": PORTAL,
        f"{CORS}Allow-Methods": "GET, POST",
        f"{CORS}Allow-Headers": "Authorization, Content-Type",
        f"{CORS}Max-Age": "600",
    }
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path", CHAT_API)
@pytest.mark.parametrize(
    "origin", [STRANGER, "null", "https://portal.example:444", "http://portal.example", ""]
)
async def test_another_sites_browser_may_not(client: Client, path: str, origin: str) -> None:
    answer = await ask_before(client, path, origin)
    assert answer.status == 403
    assert permissions(answer) == {}
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/demo",
        "/console",
        "/console/sign-in",
        "/healthz",
        "/api/openapi.json",
        "/api/staff/tickets",
        "/api/conversations/x/live",
        "/api/conversations/x/identify",
        "/sign-in",
        "/my/sessions",
        "/nowhere",
    ],
)
async def test_nothing_but_the_chat_is_opened_to_a_portal(client: Client, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        answer = await client.request(method, path, headers={"Origin": PORTAL})
        assert permissions(answer) == {}, method


async def test_a_portals_page_begins_reads_and_is_refused_in_words_it_can_read(
    client: Client,
) -> None:
    begun = await client.post("/api/conversations", json={}, headers={"Origin": PORTAL})
    assert begun.status == 201
    assert permissions(begun) == {f"{CORS}Allow-Origin": PORTAL}
    made = await begun.json()
    url = f"/api/conversations/{made['id']}/messages"
    read = await client.get(url, headers={"Origin": PORTAL, **bearer(made["token"])})
    assert (read.status, permissions(read)) == (200, {f"{CORS}Allow-Origin": PORTAL})
    refused = await client.get(url, headers={"Origin": PORTAL, **bearer("stale")})
    assert await refusal_of(refused) == (401, "unauthorized")
    assert permissions(refused) == {f"{CORS}Allow-Origin": PORTAL}


async def test_another_sites_page_begins_nothing_and_reads_nothing(
    client: Client, chat: Chat
) -> None:
    begun = await client.post("/api/conversations", json={}, headers={"Origin": STRANGER})
    assert await refusal_of(begun) == (403, "not_allowed")
    read = await client.get(
        f"{chat.url}/messages", headers={"Origin": STRANGER, **bearer(chat.token)}
    )
    assert permissions(begun) == permissions(read) == {}
    assert read.headers["Vary"] == "Origin"


async def test_the_socket_opens_for_a_portals_page_and_for_no_other_sites(
    client: Client, chat: Chat
) -> None:
    url = f"{chat.url}/live"
    async with client.ws_connect(url, headers={"Origin": PORTAL}) as socket:
        await socket.send_json({"token": chat.token, "after": 0})
        assert (await frame_of(socket, "hello"))["state"]["name"] == "陳怡君"
    with pytest.raises(WSServerHandshakeError) as refused:
        await client.ws_connect(url, headers={"Origin": STRANGER})
    assert refused.value.status == 403


async def test_without_the_setting_nobodys_page_may(
    open_desk: OpenDesk, settings: Settings
) -> None:
    client = await open_desk(settings)
    assert (await ask_before(client, "/api/conversations", PORTAL)).status == 403
    answer = await client.post("/api/conversations", json={}, headers={"Origin": PORTAL})
    assert (answer.status, permissions(answer)) == (403, {})


async def test_a_cookie_that_comes_along_from_a_portals_page_counts_for_nothing(
    client: Client, partner_token: str
) -> None:
    await client.post("/enter", data={"token": partner_token}, allow_redirects=False)
    own = f"http://{client.host}:{client.port}"
    names = {}
    for origin in (own, PORTAL):
        answer = await client.post("/api/conversations", json={}, headers={"Origin": origin})
        names[origin] = (await answer.json())["state"]["name"]
    assert names == {own: "陳怡君", PORTAL: None}
    assert PARTNER_COOKIE in {cookie.key for cookie in client.session.cookie_jar}


@pytest.mark.parametrize("path", ["/static/js/widget/main.js", "/static/css/tokens.css"])
async def test_the_widgets_files_are_for_portals_only(client: Client, path: str) -> None:
    given = await client.get(path, headers={"Origin": PORTAL})
    kept = await client.get(path, headers={"Origin": STRANGER})
    assert (given.status, permissions(given)) == (200, {f"{CORS}Allow-Origin": PORTAL})
    assert permissions(kept) == {}
    assert given.headers["Vary"] == kept.headers["Vary"] == "Origin"


async def test_the_script_may_be_loaded_by_any_page_and_is_asked_for_anew(client: Client) -> None:
    answer = await client.get("/widget.js")
    assert answer.content_type in ("text/javascript", "application/javascript")
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("language", "name"), [("zh-TW", "夥伴專線"), ("en", "Partner Hotline")])
async def test_the_panel_comes_in_its_language_and_leaves_no_cookie(
    client: Client, language: str, name: str
) -> None:
    answer = await client.get("/widget/panel", params={"lang": language})
    page = await answer.text()
    assert f'<html lang="{language}">' in page
    assert name in page
    assert "Set-Cookie" not in answer.headers
    assert " style=" not in page


async def renewed(chat: Chat, token: str) -> ClientResponse:
    return await chat.client.post(f"{chat.url}/renew", headers=bearer(token))


async def test_a_conversations_own_token_gives_one_that_lasts_longer(
    client: Client, visitor: Chat, hotline: Hotline
) -> None:
    answer = await renewed(visitor, visitor.token)
    assert answer.status == 200
    told = await answer.json()
    assert told["id"] == visitor.id
    hotline.clock.set(TUESDAY_MORNING + access.LIFETIMES[access.CONVERSATION] - timedelta(days=1))
    assert access.subject_of(hotline, access.CONVERSATION, told["token"]) == visitor.id
    assert [m["sender"] for m in await visitor.said()] == ["bot"]  # the old one is still good


async def test_an_expired_token_renews_nothing_but_the_portals_does(
    chat: Chat, partner_token: str, a_month_ago: Hotline
) -> None:
    old = access.issue(a_month_ago, access.CONVERSATION, chat.id)
    assert await refusal_of(await renewed(chat, old)) == (401, "unauthorized")
    answer = await renewed(chat, partner_token)
    token = (await answer.json())["token"]
    again = Chat(chat.client, chat.id, token, [])
    assert await again.said()


@pytest.mark.parametrize("email", [COLLEAGUE, OTHER_COMPANY])
async def test_another_contacts_token_takes_over_no_conversation(
    chat: Chat, hotline: Hotline, email: str
) -> None:
    other = access.partner_token(hotline, await contact_of(hotline, email))
    assert await refusal_of(await renewed(chat, other)) == (404, "not_found")
    unknown = Chat(chat.client, "0" * 32, "", [])
    assert await refusal_of(await renewed(unknown, other)) == (404, "not_found")


async def test_no_portals_token_takes_over_a_visitors_conversation(
    visitor: Chat, partner_token: str
) -> None:
    assert await refusal_of(await renewed(visitor, partner_token)) == (404, "not_found")


async def test_another_conversations_token_renews_nothing(chat: Chat, visitor: Chat) -> None:
    assert await refusal_of(await renewed(chat, visitor.token)) == (401, "unauthorized")
    assert CONTACT.encode() not in await (await renewed(chat, "x.y.z")).read()

"""Ids of somebody else in an address: refused like ids of nobody, and in the journal."""

import pytest
from aiohttp import FormData, WSMsgType

from hotline import access
from hotline.core import Hotline
from tests.conftest import COLLEAGUE, OTHER_COMPANY, contact_of
from tests.core.desk_work import journal
from tests.desk.file_contents import PNG
from tests.desk.people import Chat, Client, bearer, new_id

NO_ID = "0" * 32

pytestmark = pytest.mark.both


@pytest.fixture
async def stranger(client: Client, hotline: Hotline) -> Chat:
    token = access.partner_token(hotline, await contact_of(hotline, OTHER_COMPANY))
    return await Chat.begin(client, token)


async def read(client: Client, path: str, token: str) -> tuple[int, str]:
    answer = await client.get(path, headers=bearer(token))
    return answer.status, await answer.text()


async def tried(hotline: Hotline) -> list[tuple[str | None, dict[str, object]]]:
    return [
        (entry.conversation_id, entry.detail) for entry in await journal(hotline, "access.refused")
    ]


async def test_somebody_elses_file_is_like_none(
    client: Client, hotline: Hotline, chat: Chat, stranger: Chat
) -> None:
    form = FormData({"id": new_id()})
    form.add_field("file", PNG, filename="panel.png")
    sent = await client.post(f"{chat.url}/messages", data=form, headers=bearer(chat.token))
    file_id = (await sent.json())["messages"][0]["file"]["id"]

    theirs = await read(client, f"{stranger.url}/files/{file_id}", stranger.token)
    nobodys = await read(client, f"{stranger.url}/files/{NO_ID}", stranger.token)

    assert theirs == nobodys
    assert theirs[0] == 404
    contact = await contact_of(hotline, OTHER_COMPANY)
    expected = {"tried": "file", "contact": contact.id, "of": file_id}
    assert await tried(hotline) == [(stranger.id, expected)]


async def test_somebody_elses_conversation_is_like_none(
    client: Client, hotline: Hotline, chat: Chat, stranger: Chat, visitor: Chat
) -> None:
    for asker in (stranger, visitor):
        for path in ("messages", "tickets", f"files/{NO_ID}"):
            theirs = await read(client, f"{chat.url}/{path}", asker.token)
            nobodys = await read(client, f"/api/conversations/{NO_ID}/{path}", asker.token)
            assert theirs == nobodys
            assert theirs[0] == 401
    contact = await contact_of(hotline, OTHER_COMPANY)
    by_stranger = {"tried": "conversation", "contact": contact.id, "of": chat.id}
    by_visitor = {"tried": "conversation", "contact": None, "of": chat.id}
    assert await tried(hotline) == [(stranger.id, by_stranger)] * 3 + [(visitor.id, by_visitor)] * 3


async def test_somebody_elses_live_socket_ends_like_that_of_none(
    client: Client, hotline: Hotline, chat: Chat, stranger: Chat
) -> None:
    codes = []
    for url in (chat.url, f"/api/conversations/{NO_ID}"):
        socket = await client.ws_connect(f"{url}/live")
        await socket.send_json({"token": stranger.token})
        assert (await socket.receive(timeout=30)).type is WSMsgType.CLOSE
        codes.append(socket.close_code)
    assert codes == [4401, 4401]
    assert [entry[0] for entry in await tried(hotline)] == [stranger.id]


async def test_a_colleagues_conversation_is_not_renewed_by_a_portal(
    client: Client, hotline: Hotline, chat: Chat
) -> None:
    colleague = await contact_of(hotline, COLLEAGUE)
    token = access.partner_token(hotline, colleague)
    answers = []
    for url in (chat.url, f"/api/conversations/{NO_ID}"):
        answer = await client.post(f"{url}/renew", headers=bearer(token))
        answers.append((answer.status, await answer.text()))
    assert answers[0] == answers[1]
    expected = {"tried": "renew", "contact": colleague.id, "of": chat.id}
    assert await tried(hotline) == [(None, expected)]


async def test_somebody_elses_conversation_is_not_renewed_by_a_session(
    client: Client, hotline: Hotline, chat: Chat
) -> None:
    stranger = await contact_of(hotline, OTHER_COMPANY)
    token = access.partner_token(hotline, stranger)
    await client.post("/enter", data={"token": token}, allow_redirects=False)
    answers = []
    for url in (chat.url, f"/api/conversations/{NO_ID}"):
        answer = await client.post(f"{url}/renew")
        answers.append((answer.status, await answer.text()))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    expected = {"tried": "renew", "contact": stranger.id, "of": chat.id}
    assert await tried(hotline) == [(None, expected)]


async def test_a_token_of_nobody_is_not_journalled(
    client: Client, hotline: Hotline, chat: Chat
) -> None:
    for token in ("", "nonsense", access.issue(hotline, access.STAFF_API, chat.id)):
        assert (await read(client, f"{chat.url}/messages", token))[0] == 401
    assert await tried(hotline) == []

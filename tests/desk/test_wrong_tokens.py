"""A wrong token and an expired one open nothing and begin nothing."""

import pytest

from hotline import access
from hotline.core import Hotline
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import journal
from tests.desk.people import Chat, Client, bearer, new_id, refusal_of


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "é", "Bearer"])
async def test_a_wrong_token_opens_nothing(client: Client, chat: Chat, token: str) -> None:
    for answer in (
        await client.get(f"{chat.url}/messages", headers=bearer(token)),
        await client.post(f"{chat.url}/messages", headers=bearer(token), json={"id": new_id()}),
        await client.get("/api/staff/tickets", headers=bearer(token)),
    ):
        assert await refusal_of(answer) == (401, "unauthorized")


async def test_an_expired_token_opens_nothing(
    client: Client, chat: Chat, a_month_ago: Hotline
) -> None:
    for path, audience, subject in (
        (f"{chat.url}/messages", access.CONVERSATION, chat.id),
        ("/api/staff/tickets", access.STAFF_API, "1"),
    ):
        token = access.issue(a_month_ago, audience, subject)
        assert await refusal_of(await client.get(path, headers=bearer(token))) == (
            401,
            "unauthorized",
        )


async def test_a_wrong_partner_token_begins_no_conversation(
    client: Client, a_month_ago: Hotline, hotline: Hotline
) -> None:
    old = access.partner_token(a_month_ago, await contact_of(hotline, CONTACT))
    for token in ("nonsense", old, access.issue(hotline, access.STAFF_API, "1")):
        answer = await client.post("/api/conversations", headers=bearer(token))
        assert await refusal_of(answer) == (401, "unauthorized")
    assert await journal(hotline, "conversation.started") == []

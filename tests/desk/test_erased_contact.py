"""Whoever has been erased is nobody: in the chat, at the sign-in, by a portal, by what is left."""

import pytest
from aiohttp import WSMsgType
from sqlalchemy import update

from desk.keys import DRIVER
from desk.sockets import ERASED, WHO_ARE_YOU
from hotline.core import Hotline
from hotline.partners.rows import PartnerRow
from hotline.privacy.erasing import erase_contact
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import conversation_row, journal
from tests.desk.engine_double import EngineDouble
from tests.desk.people import Chat, Client, bearer, new_id, refusal_of
from tests.desk.sign_in_page import identified, mailed, posted, signs_in, where, who
from tests.desk.test_visitor_codes import (
    ASKED,
    MAIL_WITHIN_S,
    begun,
    code_of,
    codes_in,
    sign_in_asked,
)

pytestmark = pytest.mark.both


async def no_mail(client: Client, hotline: Hotline) -> None:
    assert client.app is not None
    await client.app[DRIVER].nothing_beside(MAIL_WITHIN_S)
    assert codes_in(hotline.settings.var_dir / "mail") == []


async def test_a_code_sent_before_the_erasing_signs_nobody_in(
    client: Client, hotline: Hotline
) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code = await mailed(client)
    await erase_contact(hotline, CONTACT)
    await posted(client, "/sign-in/code", code=code)
    assert await who(client) == ""
    assert await journal(hotline, "session.began") == []


async def test_after_the_erasing_no_code_is_mailed_and_the_page_looks_the_same(
    client: Client, hotline: Hotline
) -> None:
    await erase_contact(hotline, CONTACT)
    assert await where(await posted(client, "/sign-in", email=CONTACT)) == "/sign-in/code"
    assert (await client.get("/sign-in/code")).status == 200
    await no_mail(client, hotline)


async def test_a_code_in_the_chat_from_before_the_erasing_makes_no_contact(
    visitor: Chat, hotline: Hotline, engine: EngineDouble
) -> None:
    await begun(visitor, engine, hotline)
    await visitor.say(CONTACT)
    code = await code_of(visitor)
    await erase_contact(hotline, CONTACT)
    await visitor.post({"id": new_id(), "text": code})
    assert (await conversation_row(hotline, visitor.id)).contact is None


async def test_after_the_erasing_the_chat_mails_no_code(
    visitor: Chat, hotline: Hotline, engine: EngineDouble
) -> None:
    await erase_contact(hotline, CONTACT)
    engine.will(sign_in_asked(hotline))
    await visitor.say(ASKED)
    await visitor.say(CONTACT)
    await no_mail(visitor.client, hotline)


async def test_a_portals_token_from_before_the_erasing_opens_nothing(
    client: Client, hotline: Hotline, chat: Chat, partner_token: str
) -> None:
    await erase_contact(hotline, CONTACT)
    entered = await posted(client, "/enter", token=partner_token)
    assert entered.status == 401
    assert await who(client) == ""
    for path in ("/api/conversations", f"{chat.url}/renew"):
        answer = await client.post(path, json={}, headers=bearer(partner_token))
        assert await refusal_of(answer) == (401, "unauthorized")


async def test_the_cookie_from_before_the_erasing_is_a_visitors(
    client: Client, hotline: Hotline, visitor: Chat
) -> None:
    await signs_in(client)
    await erase_contact(hotline, CONTACT)
    assert await who(client) == ""
    for path in ("/my", "/my/company", "/my/data", "/my/sessions"):
        answer = await client.get(path, allow_redirects=False)
        assert (await where(answer)).startswith("/sign-in?next=")
    assert await refusal_of(await identified(visitor)) == (401, "unauthorized")


@pytest.mark.parametrize("signed_in", [True, False])
async def test_the_conversations_token_from_before_the_erasing_is_good_for_nothing(
    client: Client, hotline: Hotline, partner_token: str, signed_in: bool
) -> None:
    if signed_in:
        await signs_in(client)
    chat = await Chat.begin(client, None if signed_in else partner_token)
    assert (await conversation_row(hotline, chat.id)).needs_session is signed_in
    await erase_contact(hotline, CONTACT)
    for path in ("messages", "tickets"):
        answer = await client.get(f"{chat.url}/{path}", headers=bearer(chat.token))
        assert await refusal_of(answer) == (401, "unauthorized")
    said = await chat.post({"id": new_id(), "text": "還在"})
    assert await refusal_of(said) == (401, "unauthorized")
    socket = await chat.connect()
    await socket.receive(timeout=30)
    assert socket.close_code == ERASED


@pytest.mark.parametrize("signed_in", [True, False])
async def test_an_open_page_is_told_at_once_that_its_contact_was_erased_and_no_other(
    client: Client, hotline: Hotline, partner_token: str, visitor: Chat, signed_in: bool
) -> None:
    if signed_in:
        await signs_in(client)
    chat = await Chat.begin(client, None if signed_in else partner_token)
    page, other = await chat.connect(), await visitor.connect()
    for socket in (page, other):
        assert (await socket.receive_json(timeout=30))["type"] == "hello"
    await erase_contact(hotline, CONTACT)
    while (await page.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    assert page.close_code == ERASED == 4410
    assert not other.closed


async def test_only_the_token_of_the_conversation_learns_that_somebody_was_erased(
    client: Client, hotline: Hotline, chat: Chat, visitor: Chat
) -> None:
    await erase_contact(hotline, CONTACT)
    socket = await client.ws_connect(f"{chat.url}/live")
    await socket.send_json({"token": visitor.token})
    await socket.receive(timeout=30)
    assert socket.close_code == WHO_ARE_YOU


@pytest.mark.parametrize("status", ["suspended", "terminated"])
async def test_a_company_that_is_held_up_still_signs_in_and_speaks(
    client: Client, hotline: Hotline, engine: EngineDouble, partner_token: str, status: str
) -> None:
    """Their outages are taken as anybody's; who handles the rest is decided by the ticket."""
    contact = await contact_of(hotline, CONTACT)
    async with hotline.database.write() as session:
        await session.execute(
            update(PartnerRow).where(PartnerRow.id == contact.partner_id).values(status=status)
        )
    by_portal = await Chat.begin(client, partner_token)
    assert (await conversation_row(hotline, by_portal.id)).contact is not None
    await signs_in(client)
    assert await who(client) == str(contact.id)
    assert (await client.get("/my", allow_redirects=False)).status == 200
    chat = await Chat.begin(client)
    await chat.say("主機當機")
    row = await conversation_row(hotline, chat.id)
    assert (row.contact is not None, row.needs_session) == (True, True)

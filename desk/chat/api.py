"""The chat's JSON API: start a conversation, say something, read what was said."""

import uuid
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import quote

from aiohttp import BodyPartReader, web
from pydantic import BaseModel, ConfigDict, Field

from desk import files
from desk.chat.show import message_json, state_json
from desk.files import Draft
from desk.inputs import UNREADABLE, checked, json_object
from desk.keys import DRIVER, FOLLOWER, HOTLINE, LIMITS, UPLOADS
from desk.limits import address_of
from desk.sessions import (
    admission_to_renew,
    bearer,
    partner_session,
    require_chat_origin,
    require_conversation,
    require_joining,
    signed_in_contact,
)
from hotline import access
from hotline.attempts import journalling
from hotline.conversations import messages, waits
from hotline.conversations.identifying import join
from hotline.conversations.messages import File
from hotline.conversations.service import Conversation, find, not_theirs, start
from hotline.conversations.turns import Incoming, Received
from hotline.core import Hotline
from hotline.deliveries import chat_is_owed, mark_chat_delivered
from hotline.errors import BadInput, NotFound
from hotline.hand_off.line import expected
from hotline.partners.sessions import PartnerSession
from hotline.tickets.cards import ticket_card
from hotline.tickets.queries import open_tickets_for

_LARGEST_SEQ = 2**31 - 1  # what the database can count to


class Start(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: str | None = None


class Say(BaseModel):
    """A typed message or a pressed button; `title` is the button's label."""

    model_config = ConfigDict(extra="ignore")
    id: uuid.UUID
    text: str = ""
    payload: str | None = Field(default=None, max_length=400)
    title: str = ""


async def start_conversation(request: web.Request) -> web.Response:
    require_chat_origin(request)
    hotline = request.app[HOTLINE]
    partner = None if bearer(request) else await partner_session(request)
    contact = partner.contact if partner else await signed_in_contact(request)
    request.app[LIMITS].count_conversation(hotline, contact, caller_of(request))
    wish = checked(Start, await json_object(request))
    conversation, greeting = await start(
        hotline, contact, wish.language, needs_session=partner is not None
    )
    request.app[FOLLOWER].poke()
    return web.json_response(
        {
            "id": conversation.id,
            "token": access.conversation_token(hotline, conversation.id, partner),
            "language": conversation.language,
            "state": await state_of(hotline, conversation),
            "messages": [message_json(hotline, m, conversation.language) for m in greeting],
        },
        status=201,
    )


async def renew(request: web.Request) -> web.Response:
    """A token with its whole lifetime before it; the old one stays good for what it had left."""
    admitted = await admission_to_renew(request)
    return _token(request.app[HOTLINE], admitted.conversation.id, admitted.partner)


async def identify(request: web.Request) -> web.Response:
    """Whoever has signed in in this browser goes on with the visitor's conversation that ran here.

    By both: the cookie says who it is, the bearer's token that the conversation is this browser's.
    """
    hotline, partner = request.app[HOTLINE], await require_joining(request)
    conversation_id = request.match_info["id"]
    joined = await join(hotline, conversation_id, partner.contact)
    if joined.is_new:
        request.app[DRIVER].go_on(conversation_id, joined.asked_seq)
    return _token(hotline, conversation_id, partner)


async def list_messages(request: web.Request) -> web.Response:
    hotline, conversation = request.app[HOTLINE], await require_conversation(request)
    after = seq_of(request.query.get("after", "0"))
    return web.json_response(
        {
            "messages": await news_for_partner(hotline, conversation, after),
            "state": await state_of(hotline, conversation),
        }
    )


async def say(request: web.Request) -> web.Response:
    """Store a message; with ?wait=reply the answer comes in the same response."""
    hotline, conversation = request.app[HOTLINE], await require_conversation(request)
    await request.app[LIMITS].count_message(hotline, conversation, caller_of(request))
    driver = request.app[DRIVER]
    if request.content_type.startswith("multipart/"):
        received = await _receive_upload(request, conversation)
    else:
        incoming = incoming_of(await json_object(request), caller_of(request))
        received = await driver.receive(conversation.id, incoming)
    if request.query.get("wait") == "reply":
        await driver.settled(conversation.id)
    told = await news_for_partner(hotline, conversation, received.message.seq - 1)
    return web.json_response({"messages": told}, status=201 if received.fresh else 200)


async def own_tickets(request: web.Request) -> web.Response:
    hotline, conversation = request.app[HOTLINE], await require_conversation(request)
    async with hotline.database.read() as session:
        tickets = await open_tickets_for(session, hotline, conversation, limit=20)
    cards = [ticket_card(hotline, ticket, conversation.language) for ticket in tickets]
    return web.json_response({"tickets": cards})


async def get_file(request: web.Request) -> web.StreamResponse:
    hotline, conversation = request.app[HOTLINE], await require_conversation(request)
    file_id = request.match_info["file"]
    async with journalling(hotline, "file"), hotline.database.read() as session:
        file = await messages.file_of(session, conversation.id, file_id)
        if file is None and await messages.is_file(session, file_id):
            raise not_theirs("no such file", conversation, of=file_id)
        if file is None:
            raise NotFound("no such file")
    return file_response(hotline, file)


# What a browser draws and never runs; its kind was found by its content.
SHOWN = ("image/jpeg", "image/png", "image/webp", "image/gif")


def file_response(hotline: Hotline, file: File, *, is_shown: bool = False) -> web.FileResponse:
    """A stored file as a download: never shown as a page of ours, whatever is in it.

    With `is_shown` a picture opens in the browser, still without any right.
    """
    how = "inline" if is_shown and file.media_type in SHOWN else "attachment"
    return web.FileResponse(
        files.path_of(hotline, file.sha256),
        headers={
            "Content-Type": file.media_type,
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(file.name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def incoming_of(said: Any, caller: str = "") -> Incoming:
    """A message of the API or the WebSocket; BadInput names what is wrong with it."""
    wish = checked(Say, said)
    return Incoming(str(wish.id), wish.text or wish.title, wish.payload, caller=caller)


def caller_of(request: web.Request) -> str:
    behind_proxy = request.app[HOTLINE].settings.desk.behind_proxy
    return address_of(request, behind_proxy=behind_proxy)


def seq_of(said: Any) -> int:
    """The number of the last message that a page has; BadInput if it cannot be one."""
    try:
        after = int(said)
    except (ValueError, TypeError, OverflowError):
        after = -1
    if not 0 <= after <= _LARGEST_SEQ:
        raise BadInput("after must be the number of a message", field="after")
    return after


async def news_for_partner(
    hotline: Hotline, conversation: Conversation, after: int
) -> list[dict[str, Any]]:
    """The messages behind `after`, which have thereby reached the partner."""
    async with hotline.database.read() as session:
        told = await messages.messages_after(session, conversation.id, after)
        owed = bool(told) and await chat_is_owed(session, conversation.id, told[-1].seq)
    if owed:
        async with hotline.database.write() as session:
            await mark_chat_delivered(session, conversation.id, told[-1].seq, hotline.now())
    return [message_json(hotline, message, conversation.language) for message in told]


async def state_of(hotline: Hotline, conversation: Conversation) -> dict[str, Any]:
    """The state as it is now, whatever has happened since the conversation was read."""
    async with hotline.database.read() as session:
        fresh = await find(session, conversation.id)
    return await state_as_read(hotline, fresh)


async def state_as_read(hotline: Hotline, conversation: Conversation) -> dict[str, Any]:
    ahead = minutes = None
    if conversation.holder == "queue":
        async with hotline.database.read() as session:
            ahead = await waits.ahead_of(session, conversation.held_since)
            minutes = await expected(session, hotline, ahead)
    return state_json(hotline, conversation, ahead, minutes)


def _token(hotline: Hotline, conversation_id: str, partner: PartnerSession | None) -> web.Response:
    token = access.conversation_token(hotline, conversation_id, partner)
    return web.json_response({"id": conversation_id, "token": token})


async def _receive_upload(request: web.Request, conversation: Conversation) -> Received:
    """A message with or without a file; the file stays only if the message is stored by this."""
    uploads, driver = request.app[UPLOADS], request.app[DRIVER]
    async with AsyncExitStack() as drafts:
        async with uploads.one_more(conversation.language):
            try:
                said, draft = await _multipart(request, conversation, drafts)
            except UNREADABLE:
                raise BadInput("the upload cannot be read") from None
        if draft is None:
            return await driver.receive(conversation.id, said)
        incoming = Incoming(said.client_id, said.text, None, draft.file)
        async with uploads.placed(draft):
            received = await driver.receive(conversation.id, incoming)
            if received.fresh:
                draft.keep()
            return received


async def _multipart(
    request: web.Request, conversation: Conversation, drafts: AsyncExitStack
) -> tuple[Incoming, Draft | None]:
    """The fields id, text and file. The id comes before the file: without one nothing is kept."""
    uploads, fields = request.app[UPLOADS], dict[str, str]()
    draft: Draft | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise BadInput("nested multipart")
        if part.name == "file":
            if draft is not None:
                raise BadInput("one file a message", field="file")
            incoming_of(fields)
            coming_in = uploads.taken_in(part, conversation, caller_of(request))
            draft = await drafts.enter_async_context(coming_in)
        elif part.name in ("id", "text"):
            fields[part.name] = await part.text()
    return incoming_of(fields, caller_of(request)), draft

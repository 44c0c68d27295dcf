"""The staff's JSON API: tickets and live conversations, for programs with a staff token."""

from typing import Any

from aiohttp import web

from desk.chat.show import local, message_json
from desk.inputs import json_object
from desk.keys import FOLLOWER, HOTLINE
from desk.sessions import require_staff_token
from hotline import journal
from hotline.conversations import holding, messages
from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.errors import BadInput
from hotline.settings import QUEUES
from hotline.staff import presence
from hotline.staff.service import Staff
from hotline.tickets import handling, queries
from hotline.tickets.show import ticket_json
from hotline.tickets.ticket import Ticket
from wording.text import strip_control

_LONGEST_ID = 36


async def list_tickets(request: web.Request) -> web.Response:
    await require_staff_token(request)
    hotline, queue = request.app[HOTLINE], request.query.get("queue") or None
    if queue is not None and queue not in QUEUES:
        raise BadInput(f"queue must be one of {', '.join(QUEUES)}", field="queue")
    async with hotline.database.read() as session:
        tickets = await queries.queue_of(session, queue)
    return web.json_response({"tickets": [ticket_json(hotline, ticket) for ticket in tickets]})


async def get_ticket(request: web.Request) -> web.Response:
    await require_staff_token(request)
    hotline = request.app[HOTLINE]
    async with hotline.database.read() as session:
        ticket = await queries.find(session, request.match_info["number"])
        events = await journal.entries_of_ticket(session, ticket.id)
    return web.json_response(ticket_json(hotline, ticket, events))


async def claim(request: web.Request) -> web.Response:
    staff = await require_staff_token(request)
    hotline = request.app[HOTLINE]
    ticket = await handling.claim(hotline, staff, request.match_info["number"])
    return _changed(request, ticket)


async def reply(request: web.Request) -> web.Response:
    staff = await require_staff_token(request)
    body = await json_object(request)
    hotline, number = request.app[HOTLINE], request.match_info["number"]
    ticket = await handling.reply(hotline, staff, number, _text(body), _client_id(body))
    return _changed(request, ticket)


async def note(request: web.Request) -> web.Response:
    staff = await require_staff_token(request)
    text = _text(await json_object(request))
    ticket = await handling.note(request.app[HOTLINE], staff, request.match_info["number"], text)
    return _changed(request, ticket)


async def resolve(request: web.Request) -> web.Response:
    return await _move(request, "resolved")


async def set_state(request: web.Request) -> web.Response:
    return await _move(request, None)


async def list_conversations(request: web.Request) -> web.Response:
    await _listening(request)
    hotline, holder = request.app[HOTLINE], request.query.get("holder")
    if holder not in (None, "bot", "queue", "person", "nobody"):
        raise BadInput("holder must be bot, queue, person or nobody", field="holder")
    async with hotline.database.read() as session:
        found = await holding.held(session, holder)
    return web.json_response({"conversations": [_conversation_json(hotline, c) for c in found]})


async def take(request: web.Request) -> web.Response:
    staff = await _listening(request)
    conversation = await holding.take(request.app[HOTLINE], staff, request.match_info["id"])
    return await _with_messages(request, conversation)


async def give_back(request: web.Request) -> web.Response:
    staff = await _listening(request)
    conversation = await holding.give_back(request.app[HOTLINE], staff, request.match_info["id"])
    return await _with_messages(request, conversation)


async def say(request: web.Request) -> web.Response:
    staff = await _listening(request)
    body = await json_object(request)
    hotline, conversation_id = request.app[HOTLINE], request.match_info["id"]
    seq = await holding.staff_says(hotline, staff, conversation_id, _text(body), _client_id(body))
    request.app[FOLLOWER].poke()
    return web.json_response({"seq": seq})


async def _listening(request: web.Request) -> Staff:
    """Whose program it is; whoever sees to conversations by one is there as long as it asks."""
    staff = await require_staff_token(request)
    await presence.beat(request.app[HOTLINE], (staff.id,))
    return staff


async def _move(request: web.Request, target: str | None) -> web.Response:
    staff = await require_staff_token(request)
    body = await json_object(request)
    version = body.get("version")
    if version is not None and not isinstance(version, int):
        raise BadInput("version must be a number", field="version")
    ticket = await handling.set_state(
        request.app[HOTLINE],
        staff,
        request.match_info["number"],
        target or str(body.get("state", "")),
        text=_text({"text": "", **body}),
        version=version,
    )
    return _changed(request, ticket)


async def _with_messages(request: web.Request, conversation: Conversation) -> web.Response:
    hotline = request.app[HOTLINE]
    request.app[FOLLOWER].poke()
    async with hotline.database.read() as session:
        said = await messages.recent(session, conversation.id, limit=messages.MOST_AT_ONCE)
    shown = _conversation_json(hotline, conversation)
    shown["messages"] = [message_json(hotline, m, conversation.language) for m in said]
    return web.json_response(shown)


def _changed(request: web.Request, ticket: Ticket) -> web.Response:
    request.app[FOLLOWER].poke()
    return web.json_response(ticket_json(request.app[HOTLINE], ticket))


def _conversation_json(hotline: Hotline, conversation: Conversation) -> dict[str, Any]:
    contact = conversation.contact
    return {
        "id": conversation.id,
        "holder": conversation.holder,
        "held_since": local(hotline, conversation.held_since),
        "staff": conversation.staff.name if conversation.staff else None,
        "contact": contact.name if contact else None,
        "company": contact.company_zh if contact else None,
        "language": conversation.language,
        "last_ticket": conversation.last_ticket,
    }


def _text(body: dict[str, Any]) -> str:
    text = body.get("text")
    if not isinstance(text, str):
        raise BadInput("text is missing", field="text")
    return strip_control(text)


def _client_id(body: dict[str, Any]) -> str | None:
    """The id by which a repeat is known; a UUID fits."""
    said = body.get("id")
    if said is not None and not (isinstance(said, str) and len(said) <= _LONGEST_ID):
        raise BadInput(f"id must be a text of at most {_LONGEST_ID} characters", field="id")
    return said

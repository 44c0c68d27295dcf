"""What the desk answers by itself: its own buttons, files, blank messages, and the queue.

Its buttons work without the engine, and mean the same wherever the conversation stands.
"""

import contextlib
from dataclasses import replace

from desk.chat import line_answers, proving, recordings
from desk.chat.own_answer import OwnAnswer
from hotline.access_codes import heard
from hotline.conversations import waits
from hotline.conversations.holding import leave_queue
from hotline.conversations.messages import Message
from hotline.conversations.service import LANGUAGES, Conversation
from hotline.conversations.turns import Received, has_form, speak_in
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.hand_off.wanting import want_person
from hotline.replies import Reply
from hotline.tickets import answers, told
from hotline.tickets.asking import ask
from hotline.tickets.from_words import open_from_words
from hotline.tickets.reopening import goes_to_another
from wording.language import asked_language
from wording.phones import find_phones
from wording.waiting import instead_of_waiting

OWN = "desk:"
TICKET, HUMAN, ASSISTANT, RETRY = "desk:ticket", "desk:human", "desk:assistant", "desk:retry"
CALL_BACK = "desk:callback"
_LEAVE_MESSAGE = "/leave_message"
_SOLVED, _UNSOLVED, _LANGUAGE = "desk:solved:", "desk:unsolved:", "desk:language:"
_LONGEST_WISH = 40  # a longer message that also names a language says something else as well


async def answer(
    hotline: Hotline, conversation: Conversation, received: Received
) -> OwnAnswer | None:
    """The desk's own answer to a message, or None when it is the engine's alone."""
    message, language = received.message, conversation.language
    if heard.is_own(message.payload):
        return await proving.answer(hotline, conversation, received)
    if message.payload and message.payload.startswith(OWN):
        return await _button(hotline, conversation, message)
    if line := await line_answers.typed(hotline, conversation, message):
        return line
    if conversation.holder == "queue":
        return await _while_waiting(hotline, conversation, message)
    first: list[Reply] = []
    if received.masked:
        first.append(hotline.replies.say("no_secrets", language))
    if message.file is not None and message.file.seconds is not None and not message.text:
        return await recordings.kept(hotline, conversation, message.file)
    if message.file is not None:
        first.append(await _file_kept(hotline, conversation, message.file.name))
        if not message.text:
            return OwnAnswer(tuple(first))
    elif received.blank:
        return OwnAnswer((hotline.replies.say("blank", language),))
    if len(message.text) <= _LONGEST_WISH and asked_language(message.text):
        return OwnAnswer((*first, hotline.replies.say("switched", language)), "resume")
    return OwnAnswer(tuple(first), "engine") if first else None


async def _button(hotline: Hotline, conversation: Conversation, message: Message) -> OwnAnswer:
    payload, language = message.payload or "", conversation.language
    if payload == TICKET:
        return OwnAnswer(await _open_ticket(hotline, conversation, message))
    if payload == HUMAN:
        told_of_it, _waits = await want_person(hotline, conversation.id, language)
        return OwnAnswer((told_of_it,))
    if payload == ASSISTANT:
        return await _back_to_assistant(hotline, conversation)
    if payload.startswith(line_answers.BUTTON):
        return await line_answers.pressed(hotline, conversation, payload)
    if payload == recordings.OFFER:
        return recordings.offer(hotline, conversation)
    if payload == CALL_BACK:
        return await _call_back(hotline, conversation, message)
    if payload.startswith(_SOLVED):
        return OwnAnswer((await _solved(hotline, conversation, payload.removeprefix(_SOLVED)),))
    if payload.startswith(_UNSOLVED):
        number = payload.removeprefix(_UNSOLVED)
        return OwnAnswer((await _unsolved(hotline, conversation, number),))
    if (wanted := payload.removeprefix(_LANGUAGE)) in LANGUAGES:
        await speak_in(hotline, conversation.id, wanted)
        return OwnAnswer((hotline.replies.say("switched", wanted),), "resume")
    return OwnAnswer((hotline.replies.say("blank", language),))


async def _while_waiting(
    hotline: Hotline, conversation: Conversation, message: Message
) -> OwnAnswer | None:
    """In line: noted for the colleague; whoever does not want to wait leaves, at closing all do."""
    instead = instead_of_waiting(message.text)
    if instead == "leave":
        return await _back_to_assistant(hotline, conversation)
    if instead == "call_back":
        return await _call_back(hotline, conversation, message)
    if instead == "ticket":
        before = replace(message, seq=message.seq - 1)  # 「開工單」 is no part of the ticket
        return OwnAnswer(await _open_ticket(hotline, conversation, before))
    if not hotline.calendar.is_open(hotline.now()):
        await leave_queue(hotline, conversation.id, "system")
        return None
    async with hotline.database.read() as session:
        ahead = await waits.ahead_of(session, conversation.held_since)
    noted = hotline.replies.say("handoff_noted", conversation.language, place=ahead + 1)
    return OwnAnswer((noted,))


async def _open_ticket(
    hotline: Hotline, conversation: Conversation, message: Message
) -> tuple[Reply, ...]:
    """A ticket from the partner's own words, as they stand: nothing was understood yet."""
    ticket, is_outage = await open_from_words(hotline, conversation.id, message.seq)
    if conversation.holder == "queue":
        await leave_queue(hotline, conversation.id, "partner")
    language = conversation.language
    line_first = is_outage and not hotline.calendar.is_open(hotline.now())
    opened = await told.opened_now(hotline, ticket, language, line_first=line_first)
    if not line_first:
        return (opened,)
    return (told.hardware_line(hotline, language, reference=ticket.number), opened)


async def _solved(hotline: Hotline, conversation: Conversation, number: str) -> Reply:
    try:
        ticket = await answers.confirm_solved(hotline, conversation.id, number)
    except NotFound:
        return _unknown(hotline, conversation, number)
    return told.confirmed(hotline, ticket, conversation.language)


async def _unsolved(hotline: Hotline, conversation: Conversation, number: str) -> Reply:
    language = conversation.language
    try:
        ticket = await answers.reopen(hotline, conversation.id, number)
    except NotFound:
        return _unknown(hotline, conversation, number)
    except Conflict:
        if not await has_form(hotline, conversation.id):
            await ask(hotline, conversation.id, "again", ticket=number)
        return told.too_old(hotline, number, language)
    another = await goes_to_another(hotline, ticket)
    return told.reopened(hotline, ticket, language, another=another)


def _unknown(hotline: Hotline, conversation: Conversation, number: str) -> Reply:
    return told.number_unknown(
        hotline, number, signed_in=conversation.is_known, language=conversation.language
    )


async def _back_to_assistant(hotline: Hotline, conversation: Conversation) -> OwnAnswer:
    goes_on = await leave_queue(hotline, conversation.id, "partner")
    name = "handoff_left_form" if goes_on else "handoff_left"
    left = hotline.replies.say(name, conversation.language)
    return OwnAnswer((left,), "resume")


async def _call_back(hotline: Hotline, conversation: Conversation, message: Message) -> OwnAnswer:
    """Called back instead of waiting on: the assistant asks when, and about what.

    A number said along with it is for the engine to hear.
    """
    await leave_queue(hotline, conversation.id, "partner")
    says_number = not message.payload and bool(find_phones(message.text))
    return OwnAnswer((), "engine", payload=None if says_number else _LEAVE_MESSAGE)


async def _file_kept(hotline: Hotline, conversation: Conversation, name: str) -> Reply:
    """A file goes to the ticket spoken of last, or waits for the one that is being filled."""
    language, number = conversation.language, conversation.last_ticket
    if number and not await has_form(hotline, conversation.id):
        with contextlib.suppress(Conflict, NotFound):
            await answers.add(hotline, conversation.id, number, name)
            return hotline.replies.say("file_added", language, filename=name, number=number)
    return hotline.replies.say("file_kept", language, filename=name)

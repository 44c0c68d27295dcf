"""What the desk answers by itself: its own buttons, files, blank messages, and the queue."""

from hotline.conversations import messages
from hotline.conversations.holding import ahead_of, hold, join_queue
from hotline.conversations.messages import Message
from hotline.conversations.service import Conversation, locked
from hotline.conversations.turns import Received
from hotline.core import Hotline
from hotline.replies import Reply
from hotline.tickets.cards import ticket_card
from hotline.tickets.opening import NewTicket, open_ticket
from wording.severity import severity_of

OWN = "desk:"
TICKET, HUMAN, ASSISTANT, RETRY = "desk:ticket", "desk:human", "desk:assistant", "desk:retry"


async def answer(
    hotline: Hotline, conversation: Conversation, received: Received
) -> list[Reply] | None:
    """The desk's own replies to a message, or None when it is for the engine."""
    message, language = received.message, conversation.language
    match message.payload:
        case "desk:ticket":
            return [await _open_ticket(hotline, conversation, message)]
        case "desk:human":
            return [await _queue(hotline, conversation)]
        case "desk:assistant":
            await _back_to_assistant(hotline, conversation.id)
            return [hotline.replies.say("handoff_left", language)]
    if conversation.holder == "queue":
        async with hotline.database.read() as session:
            ahead = await ahead_of(session, conversation.held_since)
        return [hotline.replies.say("handoff_noted", language, place=ahead + 1)]
    if message.file is not None:
        return [_file_kept(hotline, conversation, message.file.name)]
    if received.blank:
        return [hotline.replies.say("blank", language)]
    return None


async def _open_ticket(hotline: Hotline, conversation: Conversation, message: Message) -> Reply:
    """A ticket from the partner's own words, as they stand: nothing was understood yet."""
    async with hotline.database.read() as session:
        said = await messages.recent(session, conversation.id)
    text = _words_since_ticket(said) or message.text
    severity = severity_of(text, True)
    ticket = await open_ticket(
        hotline,
        conversation.id,
        NewTicket(
            key=f"desk:{conversation.id}:{message.seq}",
            intent="other_request",
            description=text,
            severity=severity.level if severity.words else 3,
            severity_words=tuple(severity.words),
        ),
    )
    if conversation.holder == "queue":
        await _back_to_assistant(hotline, conversation.id)
    now, language = hotline.now(), conversation.language
    reply = hotline.replies.say(
        "ticket_opened" if hotline.calendar.is_open(now) else "ticket_opened_closed",
        language,
        number=ticket.number,
        queue=hotline.words.queue(ticket.queue, language),
        queue_first=hotline.words.queue_first(ticket.queue, language),
        promise_at=hotline.words.time(ticket.first_response_due, now, language),
        opens_at=hotline.words.time(hotline.calendar.next_open(now), now, language),
    )
    return Reply(reply.text, reply.buttons, ticket_card(hotline, ticket, language))


def _words_since_ticket(said: list[Message]) -> str:
    """What the partner typed since the last ticket was opened, in order."""
    lines: list[str] = []
    for message in reversed(said):
        if message.card and message.card.get("kind") == "ticket":
            break
        if message.sender == "partner" and message.payload is None and message.text:
            lines.insert(0, message.text)
    return "\n".join(lines)


async def _queue(hotline: Hotline, conversation: Conversation) -> Reply:
    now, language = hotline.now(), conversation.language
    if hotline.calendar.is_open(now):
        async with hotline.database.write() as session:
            ahead = await join_queue(session, hotline, conversation.id)
        return hotline.replies.say("handoff_wait", language, place=ahead + 1)
    due = hotline.calendar.due(now, hotline.settings.severity[3].first_response_minutes)
    return hotline.replies.say(
        "handoff_closed",
        language,
        opens_at=hotline.words.time(hotline.calendar.next_open(now), now, language),
        promise_at=hotline.words.time(due.due_at, now, language),
    )


async def _back_to_assistant(hotline: Hotline, conversation_id: str) -> None:
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        if row.holder == "queue":
            await hold(session, hotline, row, "bot", None, "conversation.left_queue", "partner")
            row.engine_sender = None


def _file_kept(hotline: Hotline, conversation: Conversation, name: str) -> Reply:
    number = conversation.last_ticket
    if number:
        return hotline.replies.say(
            "file_added", conversation.language, filename=name, number=number
        )
    return hotline.replies.say("file_kept", conversation.language, filename=name)

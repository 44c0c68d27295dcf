"""Waiting too long, or past closing: a message with a ticket, and the promise of an answer."""

import math

from hotline.conversations import messages, waits
from hotline.conversations.holding import hold
from hotline.conversations.service import locked, say
from hotline.core import Hotline
from hotline.hand_off.people import limits_of
from hotline.replies import Reply
from hotline.tickets.from_words import sense_of, since_last_ticket
from hotline.tickets.opening import NewTicket, open_in
from hotline.tickets.ticket import Ticket, snapshot
from hotline.tickets.told import phone_of
from hotline.voice import keeping, telling

_INTENT, _WISH = "leave_message", "talk_to_human"


async def give_up(hotline: Hotline, conversation_id: str) -> bool:
    """Turn the wait into a ticket of what was said, told with its promise; False if it has ended.

    In one transaction: whoever takes the conversation in that moment has it, and no ticket is made.
    """
    now, limits = hotline.now(), limits_of(hotline)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        wait = await waits.current(session, row.id)
        if wait is None:
            return False
        waited = now - wait.joined_at
        is_open = hotline.calendar.is_open(now)
        if is_open and waited < limits.longest:
            return False
        recent = await messages.recent(session, row.id)
        said = [one for one in since_last_ticket(recent, row.last_seq) if one.intent != _WISH]
        words = "\n".join(message.text for message in said if message.text)
        spoken = await keeping.without_ticket(session, row.id)
        words = words or telling.described(hotline, spoken, row.language)
        sense = sense_of(words)
        ticket_row = await open_in(
            session,
            hotline,
            NewTicket(
                key=f"wait:{wait.id}",
                intent=sense.kind if sense.is_outage else _INTENT,
                description=words or hotline.words.say("wanted_person", row.language),
                severity=sense.severity,
                severity_words=sense.severity_words,
            ),
            contact=row.contact,
            language=row.language,
            conversation=row,
        )
        await hold(
            session,
            hotline,
            row,
            "bot",
            None,
            "conversation.left_queue",
            "system",
            outcome=waits.MESSAGE,
        )
        minutes = max(1, math.floor(waited.total_seconds() / 60))
        told = _told(hotline, snapshot(ticket_row), row.language, minutes, is_open=is_open)
        await say(session, hotline, row, "bot", told, actor="system")
        return True


def _told(hotline: Hotline, ticket: Ticket, language: str, minutes: int, *, is_open: bool) -> Reply:
    """Why the wait ends, the number, and by when they are called; or answered here, where nobody
    has a number to call."""
    phone, now = phone_of(ticket), hotline.now()
    name = "handoff_timeout" if is_open else "handoff_closing"
    return hotline.replies.say(
        name if phone else f"{name}_here",
        language,
        number=ticket.number,
        promise_at=hotline.words.time(ticket.due_at, now, language),
        **({"phone": phone} if phone else {}),
        **({"minutes": minutes} if is_open else {}),
    )

"""What a contact does with a ticket on the own page: each act is a turn, as it is in the chat.

The words go into a conversation of the contact first, so that nothing said is lost; then the same
services act as for the chat, and what came of it is answered there. Whether the ticket may be
seen at all, the services decide by the conversation's contact.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from hotline.conversations.messages import File
from hotline.conversations.service import find
from hotline.conversations.turns import Incoming, answer_without_engine, receive
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict
from hotline.replies import Reply
from hotline.staff.service import Staff
from hotline.tickets import answers, escalation, queries, ratings, told
from hotline.tickets.again import open_again
from hotline.tickets.cards import ticket_card
from hotline.tickets.reopening import goes_to_another, is_too_old
from hotline.tickets.ticket import Ticket
from wording.passwords import masked, without_codes
from wording.scores import BEST
from wording.text import strip_control

# The payload of no button: what was said is taken as it stands, not as the answer to a question.
_OWN_PAGE = "page:own"


@dataclass(frozen=True)
class Said:
    """`id` is the form's own: the same again changes nothing. `shown` stands in the conversation,
    `words` are what goes onto the ticket of it."""

    id: str
    shown: str
    words: str = ""
    file: File | None = None


@dataclass(frozen=True)
class Graver:
    """A question: is the ticket so severe now that `lead` should have it?"""

    severity: int
    lead: Staff | None


async def add(hotline: Hotline, conversation_id: str, number: str, said: Said) -> bool:
    """The words and the file are added to the ticket; False for a repeat.

    Conflict, with everything kept in the conversation, if the ticket was closed meanwhile.
    """

    async def act(language: str) -> list[Reply]:
        done: list[Reply] = []
        if said.file is not None:
            name = said.file.name
            await answers.add(hotline, conversation_id, number, name)
            done.append(hotline.replies.say("file_added", language, filename=name, number=number))
        if words := kept(said.words):
            ticket = await answers.add(hotline, conversation_id, number, words)
            done.append(told.added(hotline, ticket, language, words, wanted=True))
        return done

    return await _turn(hotline, conversation_id, number, said, act)


async def confirm_solved(hotline: Hotline, conversation_id: str, number: str, said: Said) -> None:
    async def act(language: str) -> list[Reply]:
        ticket = await answers.confirm_solved(hotline, conversation_id, number)
        return [told.confirmed(hotline, ticket, language)]

    await _turn(hotline, conversation_id, number, said, act)


async def close(hotline: Hotline, conversation_id: str, number: str, said: Said) -> None:
    async def act(language: str) -> list[Reply]:
        ticket = await answers.close(hotline, conversation_id, number, kept(said.words))
        return [told.confirmed(hotline, ticket, language)]

    await _turn(hotline, conversation_id, number, said, act)


async def reopen(hotline: Hotline, conversation_id: str, number: str, said: Said) -> str:
    """Open it again, or a new one that goes on from it; gives the number of the one that is open.

    BadInput if it is too old to be opened again and nothing says what the new one is about.
    """
    words, goes_on = kept(said.words), number
    async with hotline.database.read() as session:
        before = await queries.find(session, number)
    begins_anew = is_too_old(hotline, before.closed_at)
    if begins_anew and not words:
        raise BadInput("say what the new ticket is about", field="text")

    async def act(language: str) -> list[Reply]:
        nonlocal goes_on
        if begins_anew:
            ticket = await open_again(hotline, conversation_id, number, words)
            goes_on = ticket.number
            return [_begun_again(hotline, before, ticket, language)]
        ticket = await answers.reopen(hotline, conversation_id, number, words)
        if before.state not in ("resolved", "closed"):
            return [hotline.replies.say("reopen_open", language, number=number)]
        another = await goes_to_another(hotline, ticket)
        return [told.reopened(hotline, ticket, language, words, another=another)]

    await _turn(hotline, conversation_id, number, said, act)
    return goes_on


async def rate(hotline: Hotline, conversation_id: str, number: str, score: int, said: Said) -> None:
    """BadInput if the score is none."""
    if not 1 <= score <= BEST:
        raise BadInput("the score is from 1 to 5", field="score")

    async def act(language: str) -> list[Reply]:
        words = kept(said.words)
        rating = await ratings.rate(hotline, conversation_id, number, score, words)
        if rating.asks_why:
            return [hotline.replies.say("rate_why", language, number=number, score=score)]
        return [hotline.replies.say("rated", language)]

    await _turn(hotline, conversation_id, number, said, act)


async def escalate(
    hotline: Hotline,
    conversation_id: str,
    number: str,
    said: Said,
    *,
    worse: bool = False,
    agreed: bool | None = None,
) -> Graver | None:
    """Bring it before the lead, with `said.words` as the reason.

    Words that make it graver are asked about first, once: then nothing has happened yet, and the
    question is given back. `agreed` answers it; a no leaves all as it is and notes the words.
    """
    reason = kept(said.words)
    if not reason:
        raise BadInput("say why", field="text")
    async with hotline.database.read() as session:
        ticket = await queries.find(session, number)
        severity, by = escalation.severity_said(ticket, reason, worse=worse)
        lead = await escalation.lead_for(session, ticket)
    is_graver = severity < ticket.severity and ticket.state not in ("resolved", "closed")
    if is_graver and agreed is None:
        return Graver(severity, lead)

    async def act(language: str) -> list[Reply]:
        if is_graver and not agreed:
            noted = await answers.add(hotline, conversation_id, number, reason)
            whoever = told.holder(hotline, noted, language)
            return [
                hotline.replies.say(
                    "escalate_kept", language, number=number, reason=reason, assignee=whoever
                )
            ]
        done = await escalation.escalate(
            hotline,
            conversation_id,
            number,
            reason,
            severity=severity if is_graver else None,
            severity_words=by,
        )
        return [_brought(hotline, done, reason, language)]

    await _turn(hotline, conversation_id, number, said, act)
    return None


def kept(words: str) -> str:
    """What is kept of `words`: no password, and no code that proves an address."""
    return without_codes(masked(strip_control(words).strip()))


async def _turn(
    hotline: Hotline,
    conversation_id: str,
    number: str,
    said: Said,
    act: Callable[[str], Awaitable[list[Reply]]],
) -> bool:
    """Store what was said, do it, answer it; False, and nothing done, for a repeat.

    A refusal is answered by how the ticket stands, and raised.
    """
    incoming = Incoming(said.id, said.shown, _OWN_PAGE, said.file)
    received = await receive(hotline, conversation_id, incoming)
    if not received.fresh:
        return False
    async with hotline.database.read() as session:
        language = (await find(session, conversation_id)).language
    replies = [hotline.replies.say("no_secrets", language)] if received.masked else []
    refusal: Conflict | None = None
    try:
        replies += await act(language)
    except Conflict as refused:
        refusal = refused
        async with hotline.database.read() as session:
            ticket = await queries.find(session, number)
        replies.append(told.status(hotline, ticket, language))
    await answer_without_engine(hotline, conversation_id, received.message.seq, replies)
    if refusal is not None:
        raise refusal
    return True


def _begun_again(hotline: Hotline, before: Ticket, ticket: Ticket, language: str) -> Reply:
    words = hotline.words
    reply = hotline.replies.say(
        "reopen_new",
        language,
        before=before.number,
        number=ticket.number,
        n=hotline.settings.reopen_days,
        queue=words.queue(ticket.queue, language),
        queue_first=words.queue_first(ticket.queue, language),
        promise_at=words.time(ticket.due_at, hotline.now(), language),
    )
    return Reply(reply.text, reply.buttons, ticket_card(hotline, ticket, language))


def _brought(hotline: Hotline, done: escalation.Escalated, reason: str, language: str) -> Reply:
    ticket, words = done.ticket, hotline.words
    name = "escalated_raised" if done.raised else "escalated_again" if done.again else "escalated"
    return hotline.replies.say(
        name,
        language,
        number=ticket.number,
        reason=reason,
        lead=done.lead.called(language) if done.lead else words.queue(ticket.queue, language),
        severity=words.severity(ticket.severity, language, ticket.queue),
        promise=told.next_promise(hotline, ticket, language),
    )

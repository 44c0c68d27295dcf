"""Hurrying a ticket up: why, whether it is graver now, and the lead who takes it."""

from actions.base import Turn
from actions.follow_up_close import say_closed
from actions.which_ticket import Wanted, in_form
from hotline.tickets import answers, escalation, told
from hotline.tickets.asking import ask
from hotline.tickets.ticket import Ticket
from wording.about_tickets import reason_in, why_in
from wording.ticket_wishes import wants_lower

_WHY = ("worse", "waiting", "lead")


async def escalate(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    """Done if the words say why; a severity of 1 or 2 is confirmed once."""
    if ticket.state == "closed":
        say_closed(turn, ticket)
    elif ticket.state == "resolved":  # whether that helped is the question
        turn.give(await told.status_now(turn.hotline, ticket, turn.language))
        await answers.spoken_of(turn.hotline, turn.conversation.id, ticket)
    elif wish.step in ("yes", "no"):
        await decide(turn, ticket, agreed=wish.step == "yes")
    elif wants_lower(wish.said):
        await _note_lower(turn, wish, ticket)
    else:
        await _with_reason(turn, wish, ticket)


async def _note_lower(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    """How grave it is, whoever handles it decides; a promise that was given is kept."""
    said = await answers.add(turn.hotline, turn.conversation.id, ticket.number, wish.said)
    turn.say("lower_noted", number=said.number)


async def decide(turn: Turn, ticket: Ticket, *, agreed: bool) -> None:
    """The answer to whether the severity is to rise: to the lead with it, or as it was before."""
    asked = turn.conversation.asking or {}
    if asked.get("kind") != "escalate_sure" or asked.get("ticket") != ticket.number:
        await _ask_why(turn, ticket)
        return
    if agreed:
        words = tuple(asked["severity_words"])
        await _bring(turn, ticket, asked["reason"], asked["severity"], words)
        return
    kept = await answers.add(turn.hotline, turn.conversation.id, ticket.number, asked["reason"])
    turn.say(
        "escalate_kept",
        number=kept.number,
        reason=asked["reason"],
        assignee=told.holder(turn.hotline, kept, turn.language),
    )


async def _with_reason(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    usual = wish.step if wish.step in _WHY else why_in(wish.said)
    reason = reason_in(wish.said)
    if not reason and usual:
        reason = turn.hotline.words.say(f"follow_up.{usual}", turn.language)
    if not reason and in_form(turn):
        reason = wish.said
    if not reason:
        await _ask_why(turn, ticket)
        return
    severity, words = escalation.severity_said(ticket, reason, worse=usual == "worse")
    if severity < ticket.severity and not in_form(turn):
        await _ask_whether_sure(turn, ticket, reason, severity, words)
    else:
        await _bring(turn, ticket, reason)


async def _ask_why(turn: Turn, ticket: Ticket) -> None:
    turn.say("escalate_ask", number=ticket.number)
    await ask(turn.hotline, turn.conversation.id, "escalate_why", ticket=ticket.number)


async def _ask_whether_sure(
    turn: Turn, ticket: Ticket, reason: str, severity: int, words: tuple[str, ...]
) -> None:
    async with turn.hotline.database.read() as session:
        lead = await escalation.lead_for(session, ticket)
    turn.say(
        "escalate_sure",
        number=ticket.number,
        reason=reason,
        severity=turn.hotline.words.severity(severity, turn.language, ticket.queue),
        lead=lead.called(turn.language) if lead else _queue(turn, ticket),
    )
    await ask(
        turn.hotline,
        turn.conversation.id,
        "escalate_sure",
        ticket=ticket.number,
        reason=reason,
        severity=severity,
        severity_words=list(words),
    )


async def _bring(
    turn: Turn,
    ticket: Ticket,
    reason: str,
    severity: int | None = None,
    words: tuple[str, ...] = (),
) -> None:
    hotline, language = turn.hotline, turn.language
    done = await escalation.escalate(
        hotline,
        turn.conversation.id,
        ticket.number,
        reason,
        severity=severity,
        severity_words=words,
    )
    name = "escalated_raised" if done.raised else "escalated_again" if done.again else "escalated"
    turn.say(
        name,
        number=ticket.number,
        reason=reason,
        lead=done.lead.called(language) if done.lead else _queue(turn, ticket),
        severity=hotline.words.severity(done.ticket.severity, language, ticket.queue),
        promise=told.next_promise(hotline, done.ticket, language),
    )


def _queue(turn: Turn, ticket: Ticket) -> str:
    return turn.hotline.words.queue(ticket.queue, turn.language)

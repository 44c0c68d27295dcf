"""What a partner is told of a ticket: opened, how it stands, added to, solved or not.

The desk and the actions both speak of tickets; the sentences themselves are in `domain.yml`.
"""

from dataclasses import replace
from datetime import datetime

from hotline.calendar.days import SpecialDay
from hotline.core import Hotline
from hotline.escalations.at_night import alerted
from hotline.replies import Reply
from hotline.tickets import callbacks
from hotline.tickets.cards import line_card, ticket_card
from hotline.tickets.kinds import KINDS
from hotline.tickets.moves import DONE_STATES, PAUSED_STATES, STATES
from hotline.tickets.queries import kept_of
from hotline.tickets.reopening import is_too_old
from hotline.tickets.risk import is_at_risk
from hotline.tickets.silence import closes_at
from hotline.tickets.ticket import Ticket
from wording.sentences import fill

_PROMISING = frozenset(STATES) - frozenset(DONE_STATES)


def hardware_line(hotline: Hotline, language: str, reference: str | None = None) -> Reply:
    """The 24-hour line, to be called first; `reference` is the number to quote there."""
    card = line_card(hotline, language, reference)
    reply = hotline.replies.say("hw_line", language, hardware_line=card["number"])
    return replace(reply, card=card)


def opened(
    hotline: Hotline,
    ticket: Ticket,
    language: str,
    *,
    line_first: bool = False,
    on_call: str = "",
) -> Reply:
    """The number and the promise; `line_first` after the 24-hour line has been named."""
    now = hotline.now()
    reply = hotline.replies.say(
        "ticket_opened_line" if line_first else _opened_name(hotline, ticket),
        language,
        number=ticket.number,
        queue=hotline.words.queue(ticket.queue, language),
        queue_first=hotline.words.queue_first(ticket.queue, language),
        promise_at=hotline.words.time(ticket.first_response_due, now, language),
        opens_at=hotline.words.time(hotline.calendar.next_open(now), now, language),
        hardware_line=hotline.settings.vendor.hardware_line,
        minutes=hotline.settings.hardware_line.followup_minutes,
        window=hotline.words.fact_value(ticket.fact("needed_by") or "", language),
        phone=phone_of(ticket),
        on_call=on_call,
    )
    return replace(reply, card=ticket_card(hotline, ticket, language))


async def opened_now(
    hotline: Hotline, ticket: Ticket, language: str, *, line_first: bool = False
) -> Reply:
    """The same with who has been woken up for it, if somebody has: then there are two promises."""
    woken = await alerted(hotline, ticket, language)
    return opened(hotline, ticket, language, line_first=line_first, on_call=woken)


def phone_of(ticket: Ticket) -> str:
    """The number to be called: the one that was given, else the one on record."""
    return ticket.fact("phone") or (ticket.contact.phone if ticket.contact else "") or ""


async def status_now(hotline: Hotline, ticket: Ticket, language: str) -> Reply:
    """How the ticket stands, and by when an answer is waited for, if one is.

    Of one that was merged: in which other one it goes on.
    """
    async with hotline.database.read() as session:
        kept = await kept_of(session, ticket)
        until = await closes_at(session, hotline, ticket)
    if kept.id != ticket.id:
        return merged(hotline, "status_merged", ticket.number, kept.number, kept, language)
    return status(hotline, ticket, language, until)


def status(hotline: Hotline, ticket: Ticket, language: str, until: datetime | None = None) -> Reply:
    """How the ticket stands, in one bubble with its card; the promise comes first.

    `until` is when it closes if no answer comes. What was closed too long ago cannot be opened
    again: a new ticket goes on from it.
    """
    words, now = hotline.words, hotline.now()
    assignee = ticket.assignee.called(language) if ticket.assignee else None
    reply = hotline.replies.say(
        f"{_status_name(hotline, ticket)}_until" if until else _status_name(hotline, ticket),
        language,
        number=ticket.number,
        summary=ticket.subject,
        queue=words.queue(ticket.queue, language),
        assignee=assignee or words.queue(ticket.queue, language),
        promise_at=words.time(ticket.due_at, now, language),
        updated_at=words.time(ticket.updated_at, now, language),
        resolved_at=words.time(ticket.resolved_at, now, language) if ticket.resolved_at else "",
        closed_on=words.time(ticket.closed_at, now, language) if ticket.closed_at else "",
        resolution=ticket.resolution or "",
        closes_at=words.time(until, now, language) if until else "",
        n=hotline.settings.reopen_days,
    )
    return replace(reply, card=ticket_card(hotline, ticket, language))


def added(
    hotline: Hotline, ticket: Ticket, language: str, said: str, *, wanted: bool = False
) -> Reply:
    """What went into the ticket, and who sees it; unless that was `wanted`, with a way out."""
    return hotline.replies.say(
        "added_as_wanted" if wanted else "added",
        language,
        number=ticket.number,
        said=said,
        assignee=holder(hotline, ticket, language),
    )


def holder(hotline: Hotline, ticket: Ticket, language: str) -> str:
    """Who has the ticket, or whoever will."""
    if ticket.assignee is not None:
        return ticket.assignee.called(language)
    return hotline.words.say("follow_up.whoever", language)


def next_promise(hotline: Hotline, ticket: Ticket, language: str) -> str:
    """By when something comes, as a sentence of its own; no figure where none holds any more."""
    words, now = hotline.words, hotline.now()
    if ticket.state in PAUSED_STATES:
        return words.say("follow_up.stands", language)
    what = "reply" if ticket.owes_answer else "fix"
    late = "_late" if now > ticket.due_at else ""
    at = words.time(ticket.due_at, now, language)
    return fill(words.say(f"follow_up.{what}{late}", language, at="{at}"), lambda _name: at)


def moved(hotline: Hotline, ticket: Ticket, closure: SpecialDay | None, language: str) -> Reply:
    """That it is due at another time now, because of a `closure` or of other hours and rules."""
    words = hotline.words
    what = "reply" if ticket.owes_answer else "fix"
    promise = words.say(
        f"follow_up.moved_{what}",
        language,
        number=ticket.number,
        at=words.time(ticket.due_at, hotline.now(), language),
    )
    if closure is None:
        reply = hotline.replies.say("promise_moved_otherwise", language, promise=promise)
    else:
        reply = hotline.replies.say(
            "promise_moved",
            language,
            reason=closure.name(language),
            closed=words.closure(closure, language),
            promise=promise,
        )
    return replace(reply, card=ticket_card(hotline, ticket, language))


def moved_by_staff(hotline: Hotline, ticket: Ticket, language: str, *, is_queue: bool) -> Reply:
    """That it is due at another time now, as a colleague judged its urgency or its queue anew."""
    reply = hotline.replies.say(
        "promise_moved_queue" if is_queue else "promise_moved_severity",
        language,
        number=ticket.number,
        queue=hotline.words.queue(ticket.queue, language),
        severity=hotline.words.severity(ticket.severity, language, ticket.queue),
        promise=next_promise(hotline, ticket, language),
    )
    return replace(reply, card=ticket_card(hotline, ticket, language))


def merged(
    hotline: Hotline, name: str, number: str, into: str, shown: Ticket, language: str
) -> Reply:
    """That `number` is handled in `into` from now on, or is not any more; with the card of what is
    to be looked at, which is `shown`."""
    reply = hotline.replies.say(
        name,
        language,
        number=number,
        into=into,
        promise=next_promise(hotline, shown, language) if shown.state in _PROMISING else "",
    )
    return replace(reply, card=ticket_card(hotline, shown, language))


def confirmed(hotline: Hotline, ticket: Ticket, language: str) -> Reply:
    """That the ticket is closed by the partner's yes, and what it was worth; else how it stands."""
    if ticket.state != "closed" or is_too_old(hotline, ticket.closed_at):
        return status(hotline, ticket, language)
    days = hotline.settings.reopen_days
    return hotline.replies.say("closed", language, number=ticket.number, n=days)


def reopened(
    hotline: Hotline, ticket: Ticket, language: str, reason: str = "", *, another: bool
) -> Reply:
    """Open again, with the new promise; without a `reason` what happens now is asked.

    `another` says that the one who had it does not take it again (`reopening.goes_to_another`).
    The second time it is a complaint as well, and the lead's own.
    """
    name, due_at = "reopened" if reason else "solved_no", ticket.due_at
    if ticket.complaint_due is not None:
        name, due_at = f"{name}_again", ticket.complaint_due
    return hotline.replies.say(
        name,
        language,
        number=ticket.number,
        promise_at=hotline.words.time(due_at, hotline.now(), language),
        reason=reason,
        lead=holder(hotline, ticket, language),
        takes=who_takes(hotline, language, another=another),
    )


def who_takes(hotline: Hotline, language: str, *, another: bool) -> str:
    """That a colleague takes what was opened again, as a clause of its own."""
    return hotline.words.say(f"follow_up.{'another' if another else 'a_colleague'}", language)


def too_old(hotline: Hotline, number: str, language: str) -> Reply:
    """That it was closed too long ago to be opened again; what happens now is asked."""
    days = hotline.settings.reopen_days
    return hotline.replies.say("reopen_old_ask", language, number=number, n=days)


def number_unknown(hotline: Hotline, typed: str, *, signed_in: bool, language: str) -> Reply:
    """The same words for a wrong digit, another company's number and one never issued."""
    if signed_in:
        return hotline.replies.say("number_unknown", language, typed=typed)
    return sign_in(hotline, language)


def sign_in(hotline: Hotline, language: str) -> Reply:
    """To a visitor, whatever was asked: sign in first, or prove an address where mail can go."""
    name = "sign_in" if hotline.settings.sends_codes else "sign_in_portal"
    toll_free = hotline.settings.vendor.toll_free
    return hotline.replies.say(name, language, toll_free=toll_free)


def _is_time_to_call(hotline: Hotline, ticket: Ticket) -> bool:
    """Whether a day was wished for on which somebody is there to call."""
    wished = ticket.fact("needed_by") or ""
    is_a_day = callbacks.span_of(hotline.calendar, wished) is not None
    return is_a_day and not callbacks.is_outside(hotline.calendar, wished)


def _opened_name(hotline: Hotline, ticket: Ticket) -> str:
    """A request's own words where it has any: a complaint is not told like an order."""
    if ticket.audience != KINDS[ticket.intent].audience:
        return "ticket_opened_suspended"
    if ticket.intent == "leave_message" and _is_time_to_call(hotline, ticket):
        return f"ticket_opened_leave_message_{'at' if phone_of(ticket) else 'then'}"
    own = f"ticket_opened_{ticket.intent}"
    if f"utter_{own}" in hotline.replies:
        return own
    return "ticket_opened" if hotline.calendar.is_open(hotline.now()) else "ticket_opened_closed"


def _status_name(hotline: Hotline, ticket: Ticket) -> str:
    if ticket.state == "closed":
        name = "status_closed" if ticket.resolution else "status_closed_plain"
        return f"{name}_old" if is_too_old(hotline, ticket.closed_at) else name
    if ticket.state not in ("new", "open"):
        return f"status_{ticket.state}"
    late, risk = hotline.now() > ticket.due_at, is_at_risk(hotline, ticket)
    if not ticket.owes_answer:
        if late:
            return "status_open_late"
        return "status_at_risk_fix" if risk else "status_open_answered"
    if late:
        return "status_breached"
    if risk:
        return "status_at_risk" if ticket.assignee else "status_at_risk_new"
    return "status_open" if ticket.assignee else "status_new"

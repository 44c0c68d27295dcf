"""What the partner hears about the line: the question, and who calls if nobody answered there."""

from hotline.core import Hotline
from hotline.escalations.levels import ON_CALL
from hotline.escalations.records import Escalation
from hotline.replies import Reply
from hotline.tickets.ticket import Ticket


def question(hotline: Hotline, number: str, language: str) -> Reply:
    return hotline.replies.say(
        "hw_through",
        language,
        number=number,
        minutes=hotline.settings.hardware_line.answer_minutes,
    )


def through(hotline: Hotline, number: str, language: str) -> Reply:
    now = hotline.now()
    at = hotline.words.time(now, now, language)
    return hotline.replies.say("hw_yes", language, number=number, time=at)


def not_yet(hotline: Hotline, number: str, language: str) -> Reply:
    settings = hotline.settings
    return hotline.replies.say(
        "hw_not_yet",
        language,
        number=number,
        hardware_line=settings.vendor.hardware_line,
        minutes=settings.hardware_line.followup_minutes,
    )


def alerted(
    hotline: Hotline, name: str, ticket: Ticket, escalation: Escalation, language: str
) -> Reply:
    """Who was alerted, and by when they call which number; "hw_no" or "hw_silent"."""
    words, by = hotline.words, escalation.acknowledge_by or hotline.now()
    phone = ticket.fact("phone") or (ticket.contact.phone if ticket.contact else None)
    promise_at = words.time(by, hotline.now(), language)
    reaches = words.say("line.call" if phone else "line.contact", language, phone=phone or "")
    return hotline.replies.say(
        name,
        language,
        number=ticket.number,
        oncall=_who(hotline, escalation, language),
        promise_at=promise_at,
        reaches=reaches,
    )


def _who(hotline: Hotline, escalation: Escalation, language: str) -> str:
    """By name where somebody was found, and as on call where that is why they were woken."""
    if escalation.to is None:
        return hotline.words.say("line.somebody", language)
    name = escalation.to.called(language)
    is_on_call = escalation.level == ON_CALL
    return hotline.words.say("line.on_call", language, name=name) if is_on_call else name

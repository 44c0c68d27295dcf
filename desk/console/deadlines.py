"""How a deadline stands, and why it is when it is."""

from datetime import datetime, timedelta

from desk.console.scene import Scene
from desk.console.views import Due, ExplainedSpan, Explanation
from hotline.calendar.days import COUNTED, PAUSED, SpecialDay
from hotline.tickets.moves import PAUSED_STATES
from hotline.tickets.promises import calendar_of, counted_from, counting
from hotline.tickets.ticket import Ticket

_SOON = timedelta(hours=1)
_LAST_QUARTER = 75
_REASONS = {COUNTED: "why.open_time", PAUSED: "why.paused"}


def due_of(scene: Scene, ticket: Ticket) -> Due:
    """The ring, the words and the time of the promise that counts now."""
    iso = scene.iso(ticket.due_at)
    if ticket.state in ("resolved", "closed"):
        return Due("kept", scene.t("due.kept"), _kept(scene, ticket), iso, 100)
    if ticket.state in PAUSED_STATES:
        who = "partner" if ticket.state == "waiting_partner" else "other"
        return Due("paused", scene.t("due.paused"), scene.t(f"due.paused_{who}"), iso, 0)
    at = scene.at(ticket.due_at)
    words = scene.hotline.words.left(ticket.due_at, scene.now, scene.language)
    if scene.now > ticket.due_at:
        return Due("overdue", words, scene.t("due.was_due", at=at), iso, 100)
    calendar, share = calendar_of(scene.hotline, ticket.severity), _share(scene, ticket)
    if not calendar.is_open(scene.now):
        opens = scene.at(calendar.next_open(scene.now))
        return Due("paused", scene.t("due.closed", at=opens), at, iso, share)
    left = calendar.open_minutes(scene.now, ticket.due_at)
    soon = left <= _SOON.total_seconds() / 60 or share >= _LAST_QUARTER
    return Due("soon" if soon else "course", words, at, iso, share)


def group_of(scene: Scene, ticket: Ticket) -> str:
    """overdue, hour, today, later or paused: where the row stands in the queue."""
    if ticket.state in PAUSED_STATES or ticket.state in ("resolved", "closed"):
        return "paused"
    if scene.now > ticket.due_at:
        return "overdue"
    if ticket.due_at - scene.now <= _SOON:
        return "hour"
    same_day = scene.local(ticket.due_at).date() == scene.local(scene.now).date()
    return "today" if same_day else "later"


def explain(scene: Scene, ticket: Ticket) -> Explanation:
    """The arithmetic of the promise that counts now, line by line."""
    promise = counting(scene.hotline, ticket)
    rule = "why.rule_fix" if ticket.first_responded_at else "why.rule_reply"
    lines = tuple(
        ExplainedSpan(
            scene.at(span.start),
            scene.at(span.end),
            str(span.minutes) if span.minutes else "",
            _why(scene, span.why, span.day),
            span.is_open,
        )
        for span in promise.due.trace
    )
    due_words = scene.at(ticket.due_at)
    return Explanation(
        scene.t("why.title", due=due_words),
        scene.t(
            rule,
            n=ticket.severity,
            severity=scene.t(f"severity.{ticket.severity}"),
            minutes=promise.minutes,
        ),
        lines,
        str(promise.minutes),
        due_words,
    )


def _why(scene: Scene, why: str, day: SpecialDay | None) -> str:
    if day is not None and (name := day.name(scene.language)):
        return name
    return scene.t(_REASONS.get(why, "why.closed_time"))


def _share(scene: Scene, ticket: Ticket) -> int:
    calendar, start = calendar_of(scene.hotline, ticket.severity), counted_from(ticket)
    whole = calendar.open_minutes(start, ticket.due_at)
    used = calendar.open_minutes(start, scene.now)
    return min(100, round(100 * used / whole)) if whole else 100


def _kept(scene: Scene, ticket: Ticket) -> str:
    answered: datetime = ticket.first_responded_at or ticket.updated_at
    early = int((ticket.first_response_due - answered).total_seconds() // 60)
    key = "due.kept_at" if early >= 0 else "due.kept_late"
    return scene.t(key, at=scene.at(answered), n=abs(early))

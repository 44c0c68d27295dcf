"""How a deadline stands."""

from datetime import datetime, timedelta

from desk.console.scene import Scene
from desk.console.views import Due
from hotline.tickets.moves import PAUSED_STATES
from hotline.tickets.promises import calendar_of
from hotline.tickets.risk import share_used
from hotline.tickets.ticket import Ticket
from hotline.words.figures import say_date

_SOON = timedelta(hours=1)
_DONE = ("resolved", "closed")


def due_of(scene: Scene, ticket: Ticket) -> Due:
    """The ring, the words and the time of the promise that counts now."""
    iso = scene.iso(ticket.due_at)
    if ticket.state in _DONE:
        return _outcome(scene, ticket)
    if ticket.state in PAUSED_STATES:
        key = "partner" if ticket.state == "waiting_partner" else "other"
        return Due("paused", _since_short(scene, ticket), scene.t(f"due.paused_{key}"), iso, 0)
    at, what = scene.at(ticket.due_at), owed(scene, ticket)
    words = scene.hotline.words.left(ticket.due_at, scene.now, scene.language)
    if scene.now > ticket.due_at:
        return Due("overdue", words, scene.t("due.was_due", at=at), iso, 100, what)
    calendar, used = calendar_of(scene.hotline, ticket), share_used(scene.hotline, ticket)
    share = round(100 * used)
    if not calendar.is_open(scene.now):
        opens = scene.at(calendar.next_open(scene.now))
        return Due("paused", scene.t("due.closed", at=opens), at, iso, share, what)
    left = calendar.open_minutes(scene.now, ticket.due_at)
    # The same as `is_at_risk` of a clock that runs, without counting twice for every row.
    at_risk = used >= scene.hotline.settings.warning_share
    soon = left <= _SOON.total_seconds() / 60 or at_risk
    return Due("soon" if soon else "course", words, at, iso, share, what)


def group_of(scene: Scene, ticket: Ticket) -> str:
    """overdue, hour, today, later, paused, resolved or closed: where the row stands."""
    if ticket.state in _DONE:
        return ticket.state
    if ticket.state in PAUSED_STATES:
        return "paused"
    if scene.now > ticket.due_at:
        return "overdue"
    if ticket.due_at - scene.now <= _SOON:
        return "hour"
    same_day = scene.local(ticket.due_at).date() == scene.today
    return "today" if same_day else "later"


def owed(scene: Scene, ticket: Ticket) -> str:
    """Which of its promises counts now: the first reply, one to what was added, or the solution."""
    return scene.t(f"due.owed.{ticket.owes}")


def since_words(scene: Scene, ticket: Ticket) -> str:
    """Since when the clock stands."""
    if ticket.waiting_since is None:
        return scene.t("due.paused")
    return scene.t("due.paused_since", at=scene.at(ticket.waiting_since))


def _since_short(scene: Scene, ticket: Ticket) -> str:
    """The same where there is room for one line: of another day its date alone."""
    since, today = ticket.waiting_since, scene.today
    if since is None or scene.local(since).date() == today:
        return since_words(scene, ticket)
    day = say_date(scene.local(since).date(), today, scene.language)
    return scene.t("due.paused_since", at=day)


def _outcome(scene: Scene, ticket: Ticket) -> Due:
    """Whether what was promised was kept: the reply first, then the solution."""
    done_at = ticket.resolved_at or ticket.closed_at or ticket.updated_at
    promises = (
        ("reply", ticket.first_response_due, ticket.first_responded_at or done_at),
        ("fix", ticket.resolution_due, done_at),
    )
    calendar = calendar_of(scene.hotline, ticket)
    for what, due_at, kept_at in promises:
        if kept_at > due_at:
            late = scene.length(max(1, calendar.open_minutes(due_at, kept_at)))
            words = scene.t(f"due.missed_{what}", length=late)
            return Due("missed", words, _done(scene, done_at), scene.iso(done_at), 100)
    return Due("kept", scene.t("due.kept"), _done(scene, done_at), scene.iso(done_at), 100)


def _done(scene: Scene, at: datetime) -> str:
    return scene.t("due.done", at=scene.at(at))

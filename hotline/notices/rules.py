"""Which notices come of an entry of the journal, for whom and when. Pure.

What is asked here is what happened; whether it still holds when the notice goes, and whether its
receiver wants it, is looked at then (`verdicts`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hotline.notices import kinds

MAIL, WEBHOOK = "mail", "hook"
_MOST_LATE = timedelta(days=3)  # what is older when it is read is no news


@dataclass(frozen=True)
class Happened:
    """An entry, with what the rows say about it: `reader` is the receiver on the partner's side
    ("" if nobody is known), `assignee_id` who has the ticket now, `is_told_by_ticket` whether an
    entry of its ticket tells the same message."""

    kind: str
    actor: str
    at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)
    reader: str = ""
    assignee_id: int | None = None
    is_told_by_ticket: bool = False


@dataclass(frozen=True)
class Notice:
    """`at` is when it is to go; `seq` the message in the conversation that says the same."""

    channel: str
    kind: str
    receiver: str
    at: datetime
    seq: int | None = None


def notices_of(
    happened: Happened, now: datetime, left_after: timedelta, hooks: Mapping[str, Sequence[str]]
) -> list[Notice]:
    """`left_after` is how long a partner may take to read in the chat; `hooks` are the kinds that
    each webhook wants."""
    if now - happened.at > _MOST_LATE:
        return []
    return [
        *_to_partner(happened, left_after),
        *_to_staff(happened),
        *_to_programs(happened, hooks),
    ]


def staff_receiver(staff_id: int) -> str:
    return f"staff:{staff_id}"


def _to_partner(it: Happened, left_after: timedelta) -> Iterator[Notice]:
    kind = _told_partner(it)
    if not kind or not it.reader:
        return
    seq = it.detail.get("seq" if it.kind == "message.stored" else "said", it.detail.get("asked"))
    is_said = kinds.KINDS[kind].said and seq is not None and not it.detail.get("mailed")
    at = it.at + left_after if is_said else it.at
    yield Notice(MAIL, kind, it.reader, at, seq if is_said else None)


def _told_partner(it: Happened) -> str:
    """The kind of what the partner is told; "" where it is nothing."""
    detail = it.detail
    is_staff = it.actor.startswith("staff:")
    if it.kind == "message.stored":
        is_news = is_staff and detail.get("sender") == "staff" and not it.is_told_by_ticket
        return kinds.REPLY if is_news else ""
    if it.kind == "ticket.reminded":
        return f"remind_{detail['step']}" if detail.get("mailed") else ""
    if it.kind == "ticket.moved":
        return _moved_to(detail, is_staff=is_staff)
    return {
        "ticket.opened": kinds.OPENED,
        "ticket.replied": kinds.REPLY,
        "ticket.promise_moved": kinds.MOVED if detail.get("said") else "",
        "ticket.at_risk": kinds.LATE if detail.get("said") else "",
    }.get(it.kind, "")


def _moved_to(detail: Mapping[str, Any], *, is_staff: bool) -> str:
    move = detail.get("move")
    if move == "lapse":
        return f"lapsed_{detail.get('waits', 'solved')}" if detail.get("mailed") else ""
    if not is_staff:
        return ""
    if move == "resolve":
        return kinds.SOLVED
    if detail.get("said"):
        return kinds.WAITING if move == "wait_partner" else kinds.REPLY
    return ""


def _to_staff(it: Happened) -> Iterator[Notice]:
    if it.kind == "morning.began":
        for staff_id in it.detail["to"]:
            yield Notice(MAIL, kinds.DIGEST, staff_receiver(staff_id), it.at)
    receiver, kind = _told_staff(it)
    # Nobody is told what they did themselves.
    if receiver is not None and it.actor != staff_receiver(receiver):
        yield Notice(MAIL, kind, staff_receiver(receiver), it.at)


def _told_staff(it: Happened) -> tuple[int | None, str]:
    detail = it.detail
    if it.kind == "ticket.amended" and detail.get("fact") == "assignee":
        return detail.get("to"), kinds.ASSIGNED
    if it.kind == "ticket.at_risk":
        return it.assignee_id, kinds.WARNING
    if it.kind != "escalation.opened":
        return None, ""
    to, why = detail.get("to"), detail.get("why")
    if detail.get("level") == "on_call":
        return to, kinds.ON_CALL
    if why == "warning":  # whoever has the ticket is warned by the entry of the ticket itself
        return (None if to == it.assignee_id else to), kinds.WARNING
    return to, kinds.COMPLAINT if why == "complaint" else kinds.RAISED


# What programs may ask for, by the entry's kind.
EVENTS = {
    "ticket.opened": "ticket.opened",
    "ticket.claimed": "ticket.assigned",
    "ticket.taken_over": "ticket.assigned",
    "ticket.replied": "ticket.replied",
    "ticket.promise_moved": "ticket.promise_moved",
    "ticket.at_risk": "ticket.at_risk",
    "ticket.breached": "ticket.breached",
    "ticket.complained": "ticket.complained",
    "escalation.opened": "ticket.raised",
}
_MOVES = {
    "resolve": "ticket.resolved",
    "confirm": "ticket.closed",
    "close": "ticket.closed",
    "lapse": "ticket.closed",
    "reopen": "ticket.reopened",
    "wait_partner": "ticket.waiting",
}
EVENT_NAMES = tuple(sorted({*EVENTS.values(), *_MOVES.values()}))


def event_of(kind: str, detail: Mapping[str, Any]) -> str:
    """The name of an entry for programs; "" if they hear nothing of it."""
    if kind == "ticket.moved":
        return _MOVES.get(str(detail.get("move")), "")
    if kind == "ticket.amended" and detail.get("fact") == "assignee" and detail.get("to"):
        return "ticket.assigned"
    return EVENTS.get(kind, "")


def _to_programs(it: Happened, hooks: Mapping[str, Sequence[str]]) -> Iterator[Notice]:
    event = event_of(it.kind, it.detail)
    for name, wanted in hooks.items():
        if event and event in wanted:
            yield Notice(f"{WEBHOOK}:{name}", event, f"{WEBHOOK}:{name}", it.at)

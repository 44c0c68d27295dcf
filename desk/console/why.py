"""Why a deadline is when it is: its rule, its arithmetic, and when it was counted last."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desk.console.deadlines import since_words
from desk.console.scene import Scene
from desk.console.views import Bar, ExplainedSpan, Explanation, SpanKind
from hotline.calendar.days import COUNTED, PAUSED
from hotline.calendar.rules import Span
from hotline.deadlines.rules import Rule
from hotline.journal import Entry
from hotline.tickets.moves import PAUSED_STATES
from hotline.tickets.promises import (
    Counting,
    calendar_by,
    clock_of,
    counting,
    pauses_of,
    read_time,
)
from hotline.tickets.ticket import Ticket
from hotline.words.lengths import say_span

_MINUTE = timedelta(minutes=1)
_STRIP, _NARROW, _WIDEST_PAUSE = 1000, 60, 480  # units of the strip; minutes
_DONE = ("resolved", "closed")
_REASONS = {COUNTED: "why.open_time", PAUSED: "why.paused"}


def explain(scene: Scene, ticket: Ticket, entries: Sequence[Entry] = ()) -> Explanation | None:
    """The arithmetic of the promise that counts now, line by line; None when none counts.

    `entries` are the ticket's journal, which knows when it was counted anew.
    """
    if ticket.state in _DONE:
        return None
    hotline, promise = scene.hotline, counting(scene.hotline, ticket)
    is_stale = (ticket.rules_version, ticket.calendar_version) != (
        hotline.deadlines.version,
        hotline.calendars.version,
    )
    parts = tuple(_parts(ticket, promise, scene.now))
    within = "why.day_and_night" if promise.rule.targets.round_the_clock else "why.open_hours"
    why = Explanation(
        title=scene.t("why.title", due=scene.at(ticket.due_at)),
        rule=scene.t(
            f"why.rule.{ticket.owes}",
            n=promise.severity,
            severity=scene.severity(replace(ticket, severity=promise.severity)),
            within=scene.t(within, length=scene.length(promise.minutes)),
        ),
        facts=_facts(scene, promise.rule),
        lines=tuple(_lines(scene, promise.rule, parts)),
        bars=_bars(parts),
        total=_hours(promise.minutes),
        due_words=scene.at(promise.due.due_at if is_stale else ticket.due_at),
        paused_words=since_words(scene, ticket) if ticket.state in PAUSED_STATES else "",
        notes=tuple(_notes(scene, ticket, entries, is_stale=is_stale)),
        text="",
    )
    return replace(why, text=_as_text(scene, ticket, why))


def _facts(scene: Scene, rule: Rule) -> tuple[str, ...]:
    """By which rule, of which version, and by which version of the hours; 0 is the settings'."""
    deadlines, calendars = scene.hotline.deadlines, scene.hotline.calendars
    place = deadlines.rules.index(rule) + 1
    return (
        scene.t("why.rule_name", name=rule.name),
        scene.t("why.rules_version", n=deadlines.version, place=place)
        if deadlines.version
        else scene.t("why.rules_settings", place=place),
        scene.t("why.calendar_version", n=calendars.version)
        if calendars.version
        else scene.t("why.calendar_settings"),
    )


def _parts(ticket: Ticket, promise: Counting, now: datetime) -> Iterator[tuple[Span, SpanKind]]:
    """The stretches; one that counts is cut where the clock has come to."""
    now = (ticket.waiting_since or now).astimezone(UTC).replace(second=0, microsecond=0)
    for span in promise.due.trace:
        if span.is_open and span.start < now < span.end:
            gone = (now - span.start) // _MINUTE
            yield replace(span, end=now, minutes=gone), "counted"
            yield replace(span, start=now, minutes=span.minutes - gone), "ahead"
        else:
            yield span, _kind(span, now)


def _lines(
    scene: Scene, rule: Rule, parts: Sequence[tuple[Span, SpanKind]]
) -> Iterator[ExplainedSpan]:
    """What is left begins with the first stretch to come; those behind it go without saying so."""
    calendar, is_said = calendar_by(scene.hotline, rule), False
    for span, kind in parts:
        begins = kind == "ahead" and not is_said
        is_said = is_said or begins
        words = scene.t("why.ahead") if begins else _why(scene, span, rule)
        length = _hours(span.minutes) if span.is_open else ""
        yield ExplainedSpan(say_span(span, scene.language, calendar), length, words, kind)


def _bars(parts: Sequence[tuple[Span, SpanKind]]) -> tuple[Bar, ...]:
    """As long as the stretches that count; what does not count takes little room."""
    widths = [_width(span, kind) for span, kind in parts]
    scale, at, bars = _STRIP / max(1, sum(widths)), 0.0, list[Bar]()
    for (_span, kind), width in zip(parts, widths, strict=True):
        bars.append(Bar(kind, round(at * scale), round((at + width) * scale) - round(at * scale)))
        at += width
    return tuple(bars)


def _width(span: Span, kind: SpanKind) -> int:
    if kind == "closed":
        return _NARROW
    lasts = span.minutes if span.is_open else (span.end - span.start) // _MINUTE
    return lasts if span.is_open else min(lasts, _WIDEST_PAUSE)


def _kind(span: Span, now: datetime) -> SpanKind:
    if span.is_open:
        return "ahead" if span.start >= now else "counted"
    return "paused" if span.why == PAUSED else "closed"


def _why(scene: Scene, span: Span, rule: Rule) -> str:
    if span.day is not None and (name := span.day.name(scene.language)):
        return name
    if span.why == COUNTED and rule.targets.round_the_clock:
        return scene.t("why.any_time")
    return scene.t(_REASONS.get(span.why, "why.closed_time"))


def _notes(
    scene: Scene, ticket: Ticket, entries: Sequence[Entry], *, is_stale: bool
) -> Iterator[str]:
    at, why = _counted_last(ticket, entries)
    if why:
        yield scene.t(f"why.recounted.{why}", at=scene.at(at))
    if is_stale:
        yield scene.t(
            "why.stale",
            at=scene.at(at),
            rules=ticket.rules_version,
            calendar=ticket.calendar_version,
        )


def _counted_last(ticket: Ticket, entries: Sequence[Entry]) -> tuple[datetime, str]:
    """When the promise was counted last, and why once more; "" if that was when it was made."""
    moments = [(ticket.reopened_at or ticket.opened_at, "")]
    made, *raised = clock_of(ticket.clocks, ticket.owes, ticket)
    moments.append((read_time(made["from"]), ""))
    moments += [(read_time(moment["from"]), "severity") for moment in raised]
    moments += [(pause.ended, "pause") for pause in pauses_of(ticket.pauses)]
    moments += [(it.at, "changed") for it in entries if it.kind == "ticket.promise_moved"]
    return max(moments, key=lambda moment: moment[0])


def _as_text(scene: Scene, ticket: Ticket, why: Explanation) -> str:
    """All of it as lines, for a mail or a note."""
    still = scene.t("why.not_counted")
    between = scene.t("why.between")
    lines = [why.title, ticket.number, why.rule, between.join(why.facts), ""]
    lines += [between.join((it.span_words, it.words, it.length or still)) for it in why.lines]
    lines.append(between.join((scene.t("why.total"), why.total)))
    lines.append(between.join((scene.t("why.due"), why.due_words)))
    if why.paused_words:
        lines.append(scene.t("why.standing", since=why.paused_words))
    return "\n".join([*lines, *why.notes])


def _hours(minutes: int) -> str:
    """0:26, 4:00: figures that add up, one under the other."""
    return f"{minutes // 60}:{minutes % 60:02d}"

"""What was said, noted and done, as the items of a timeline."""

from collections.abc import Mapping, Sequence

from desk.console.calls.list_page import span_words, who_called
from desk.console.players import file_link
from desk.console.raised import level_words, why_words
from desk.console.scene import Scene, initial
from desk.console.views import TimelineItem
from hotline.calls.log import Call
from hotline.conversations.messages import Message
from hotline.conversations.notes import ConversationNoteRow
from hotline.conversations.withheld import WithheldRow
from hotline.journal import Entry
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets.promises import read_time
from hotline.tickets.rows import NoteRow
from hotline.tickets.ticket import Ticket


def message_item(
    scene: Scene,
    message: Message,
    contact: Contact | None,
    conversation_id: str,
    *,
    of: str = "",
    number: str = "",
    wish: str = "",
) -> TimelineItem:
    """One message of the conversation, on the page of the ticket `number` if it is one; `of` is the
    merged ticket that it is of, `wish` when the call is wished for that a recording asks for."""
    partner = contact.name if contact else scene.t("conversation.visitor")
    name = {
        "partner": partner,
        "bot": scene.t("item.bot"),
        "staff": _staff_name(scene, message),
        "system": "",
    }[message.sender]
    file = message.file
    return TimelineItem(
        id=f"{of}m{message.seq}",
        kind=message.sender,  # type: ignore[arg-type]  # the database checks it
        name=name,
        surname=initial(name),
        text=message.text,
        at_words=scene.at(message.at),
        at_iso=scene.iso(message.at),
        lang=message.language,
        file=file_link(scene, file, conversation_id, number, wish) if file else None,
        detail=scene.t("item.of_merged", number=of) if of else "",
        mine=message.staff_name == scene.staff.name,
    )


def note_item(
    scene: Scene, note: NoteRow | ConversationNoteRow, mark: str = "n", *, of: str = ""
) -> TimelineItem:
    """A note of the ticket or of the live chat; `mark` keeps their ids apart, `of` as above."""
    name = ""
    if note.staff is not None:
        name = note.staff.name_en if scene.language == "en" else note.staff.name
    return TimelineItem(
        id=f"{mark}{note.id}",
        kind="note",
        name=name,
        surname=initial(name),
        text=note.text,
        at_words=scene.at(note.created_at),
        at_iso=scene.iso(note.created_at),
        lang="",
        detail=scene.t("item.note_of_merged", number=of) if of else "",
        mine=note.staff_id == scene.staff.id,
    )


def withheld_item(scene: Scene, late: WithheldRow) -> TimelineItem:
    """What the assistant said too late, and the partner never read."""
    return TimelineItem(
        id=f"w{late.id}",
        kind="withheld",
        name=scene.t("item.bot"),
        surname="",
        text=late.text,
        at_words=scene.at(late.created_at),
        at_iso=scene.iso(late.created_at),
        lang="",
        detail=scene.t("item.withheld"),
    )


def addition_item(scene: Scene, note: NoteRow) -> TimelineItem:
    """What a partner has added from another conversation, or as the assistant wrote it down."""
    name = note.contact.name if note.contact else scene.t("item.partner")
    return TimelineItem(
        id=f"n{note.id}",
        kind="partner",
        name=name,
        surname=initial(name),
        text=note.text,
        at_words=scene.at(note.created_at),
        at_iso=scene.iso(note.created_at),
        lang="",
        detail=scene.t(f"item.{note.kind}"),
    )


def event_item(
    scene: Scene,
    entry: Entry,
    ticket: Ticket,
    staff: dict[int, Staff],
    numbers: Mapping[int, str],
) -> TimelineItem | None:
    """A journal entry as one line; None for those whose message stands there itself.

    `numbers` are those of the tickets that entries name beside their own, by id.
    """
    text = _event_words(scene, entry, ticket, staff, numbers)
    if text is None:
        return None
    return TimelineItem(
        id=f"e{entry.id}",
        kind="event",
        name="",
        surname="",
        text=text,
        at_words=scene.at(entry.at),
        at_iso=scene.iso(entry.at),
        lang=scene.language,
    )


def call_item(scene: Scene, call: Call) -> TimelineItem:
    """A call as one line: with whom, who spoke, from when to when, what came of it."""
    return TimelineItem(
        id=f"p{call.id}",
        kind="event",
        name="",
        surname="",
        text=scene.t(
            f"event.call.{call.direction}",
            who=who_called(scene, call),
            name=scene.name(call.staff),
            span=span_words(scene, call),
            outcome=scene.t(f"calls.outcome.{call.outcome}"),
        ),
        at_words=scene.at(call.ended_at),
        at_iso=scene.iso(call.ended_at),
        lang=scene.language,
    )


def in_order(items: Sequence[TimelineItem]) -> tuple[TimelineItem, ...]:
    """Oldest first; of one transaction, what was said comes before what was done."""
    return tuple(sorted(items, key=lambda item: (item.at_iso, item.kind == "event")))


def _event_words(
    scene: Scene,
    entry: Entry,
    ticket: Ticket,
    staff: dict[int, Staff],
    numbers: Mapping[int, str],
) -> str | None:
    who = _actor(scene, entry, staff)
    match entry.kind, entry.detail.get("move"):
        case "ticket.opened", _:
            severity = int(entry.detail["severity"])  # it may have been raised since
            promise = scene.at(read_time(entry.detail["due"]))  # and the promise moved
            return scene.t("event.ticket.opened", n=severity, promise=promise)
        case "ticket.claimed", _:
            return scene.t("event.ticket.claimed", name=who)
        case "ticket.released", _:
            return scene.t("event.ticket.released", name=who)
        case "ticket.taken_over", _:
            former = staff.get(int(entry.detail["before"]))
            return scene.t(
                "event.ticket.taken_over", name=who, former=scene.name(former) if former else ""
            )
        case "ticket.moved", "resolve":
            return scene.t("event.ticket.resolved", name=who)
        case "ticket.moved", "confirm":
            return scene.t("event.ticket.closed")
        case "ticket.moved", "lapse":
            return scene.t("event.ticket.lapsed")
        case "ticket.reminded", _:
            return scene.t(f"event.ticket.reminded_{entry.detail['step']}")
        case "ticket.escalated", _:
            return _escalated(scene, entry, who, staff)
        case "ticket.amended", _:
            return _amended(scene, entry, who, staff)
        case (("ticket.merged" | "ticket.unmerged" | "ticket.took_in" | "ticket.let_go"), _):
            return scene.t(f"event.{entry.kind}", name=who, number=_other(entry, numbers))
        case (("ticket.linked" | "ticket.unlinked"), _):
            return scene.t(f"event.{entry.kind}", name=who, number=_other(entry, numbers))
        case "ticket.corrected", _:
            fact = scene.hotline.words.fact(entry.detail["fact"], scene.language)
            return scene.t("event.ticket.corrected", name=who, fact=fact)
        case "ticket.identified", _:
            return scene.t("event.ticket.identified", name=who)
        case "ticket.rated", _:
            return scene.t("event.ticket.rated", name=who, n=entry.detail["score"])
        case "ticket.line_asked", _:
            return scene.t("event.ticket.line_asked")
        case "ticket.line", _:
            return scene.t(f"event.ticket.line_{entry.detail['outcome']}")
        case "ticket.follows", _:
            return scene.t("event.ticket.follows", number=ticket.follows or "")
        case (("ticket.promise_moved" | "ticket.at_risk" | "ticket.breached"), _):
            return _promise(scene, entry)
        case "ticket.complained", _:
            return _complained(scene, entry, staff)
        case "escalation.opened", _:
            return _raised(scene, entry, staff)
        case "escalation.acknowledged", _:
            why = why_words(scene, entry.detail["why"])
            return scene.t("event.escalation.acknowledged", name=who, why=why)
        case "ticket.moved", "close":
            return scene.t("event.ticket.closed_by", name=who)
        case "ticket.moved", "reopen":
            return scene.t("event.ticket.reopened", name=who)
        case "ticket.moved", _:
            state = scene.t(f"state.{entry.detail['state']}")
            return scene.t("event.ticket.moved", name=who, state=state)
    return None


def _amended(scene: Scene, entry: Entry, who: str, staff: dict[int, Staff]) -> str:
    """What a colleague has changed, from what to what; the words of a fact stand in its note."""
    fact, before, to = (entry.detail.get(key) for key in ("fact", "before", "to"))
    if fact == "severity":
        return scene.t("event.ticket.amended_severity", name=who, before=before, n=to)
    if fact == "queue":
        queues = [scene.t(f"service_queue.{queue}") for queue in (before, to)]
        return scene.t("event.ticket.amended_queue", name=who, before=queues[0], queue=queues[1])
    if fact == "assignee":
        if to is None:
            return scene.t("event.ticket.released", name=who)
        holder = staff.get(int(to))
        called = scene.name(holder) if holder else scene.t("amend.somebody")
        return scene.t("event.ticket.amended_assignee", name=who, holder=called)
    fact_words = scene.hotline.words.fact(str(fact), scene.language)
    return scene.t("event.ticket.corrected", name=who, fact=fact_words)


def _other(entry: Entry, numbers: Mapping[int, str]) -> str:
    """The ticket that an entry names beside its own."""
    other = entry.detail.get("other", entry.detail.get("into"))
    return numbers.get(int(other), "") if other is not None else ""


def _escalated(scene: Scene, entry: Entry, who: str, staff: dict[int, Staff]) -> str:
    """To whom it went, and how grave it is now if that has changed."""
    lead = staff.get(int(entry.detail["lead"] or 0))
    now, before = entry.detail["severity"], entry.detail["severity_before"]
    words = (
        scene.t("event.ticket.escalated", name=who, lead=scene.name(lead))
        if lead
        else scene.t("event.ticket.escalated_to_nobody", name=who)
    )
    if now == before:
        return words
    return scene.t("brief.between").join(
        (words, scene.t("event.ticket.raised", before=before, n=now))
    )


def _promise(scene: Scene, entry: Entry) -> str:
    """A promise that was counted anew, is near its end, or was broken."""
    detail, key = entry.detail, entry.kind
    told = {"promise": scene.t(f"promise.{detail['promise']}")}
    told |= {
        name: scene.at(read_time(detail[name])) for name in ("before", "due") if name in detail
    }
    if key == "ticket.at_risk" and "said" in detail:
        key = "ticket.at_risk_told"
    return scene.t(f"event.{key}", **told)


def _complained(scene: Scene, entry: Entry, staff: dict[int, Staff]) -> str:
    lead, times = staff.get(int(entry.detail["lead"] or 0)), entry.detail["times"]
    if lead is None:
        return scene.t("event.ticket.complained_to_nobody", n=times)
    return scene.t("event.ticket.complained", n=times, lead=scene.name(lead))


def _raised(scene: Scene, entry: Entry, staff: dict[int, Staff]) -> str:
    to = staff.get(int(entry.detail["to"] or 0))
    told = {
        "level": level_words(scene, entry.detail["level"]),
        "why": why_words(scene, entry.detail["why"]),
    }
    if to is None:
        return scene.t("event.escalation.opened_to_nobody", **told)
    return scene.t("event.escalation.opened", to=scene.name(to), **told)


def _actor(scene: Scene, entry: Entry, staff: dict[int, Staff]) -> str:
    kind, _, number = entry.actor.partition(":")
    if kind == "staff" and int(number) in staff:
        return scene.name(staff[int(number)])
    return scene.t("item.partner") if kind == "partner" else scene.t("item.bot")


def _staff_name(scene: Scene, message: Message) -> str:
    name = message.staff_name_en if scene.language == "en" else message.staff_name
    return name or message.staff_name or ""

"""A ticket's life in memory: what the services would have written, at moments of the past.

The rows change by the core's own table of moves and its own promises, and what is said to partners
are its own sentences; only that everything is kept until all of it is written at once. It stands
beside `hotline.tickets.opening`, `holders`, `handling`, `answers`, `escalation` and `ratings`.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from hotline.clock import Clock
from hotline.conversations.service import greeting
from hotline.core import Hotline
from hotline.demonstration.stories import Story
from hotline.partners.rows import ContactRow
from hotline.partners.service import snapshot as contact_snapshot
from hotline.replies import Reply
from hotline.staff.rows import StaffRow
from hotline.staff.service import snapshot as staff_snapshot
from hotline.tickets import clocks, told
from hotline.tickets.changes import move
from hotline.tickets.kinds import FACTS, KINDS
from hotline.tickets.opening import subject_of
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot

KEY = "demo:"  # begins the key of every ticket of the demonstration

_FAULTS = ("technical_hardware", "technical_software", "complain")
_MISSED_BY_THE_SUMMARY = ("phone", "email", "contact")


class PastClock(Clock):
    """Stands at the moment that is being told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Past:
    """The hotline, at a moment that goes along with what is told."""

    hotline: Hotline
    clock: PastClock

    @classmethod
    def of(cls, hotline: Hotline) -> "Past":
        clock = PastClock(hotline.now())
        return cls(replace(hotline, clock=clock), clock)


@dataclass
class Life:
    """One ticket, the conversation it was opened in, and all that was written about it.

    Every verb has the moment when it happens; they are called in order. `entries` lack the id of
    the ticket, which it gets when it is written.
    """

    past: Past
    chance: Random
    story: Story
    contact: ContactRow | None
    row: TicketRow = field(init=False)
    conversation: dict[str, Any] = field(init=False)
    messages: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    rating: dict[str, Any] | None = None
    seen: dict[int, int] = field(default_factory=dict)

    def open(self, at: datetime, number: str, visitor: dict[str, str] | None = None) -> None:
        """The conversation that led to the ticket, and the ticket."""
        story, hotline, kind = self.story, self.past.hotline, KINDS[self.story.intent]
        contact = contact_snapshot(self.contact) if self.contact else None
        begun = at - timedelta(seconds=self.chance.randint(100, 260))
        self.past.clock.at = begun
        self.conversation = {
            "id": f"{self.chance.getrandbits(128):032x}",
            "contact_id": self.contact.id if self.contact else None,
            "language": story.language,
            "holder": "bot",
            "held_since": begun,
            "last_seq": 0,
            "last_ticket": None,
            "asking": None,
            "unsure": 0,
            "created_at": begun,
        }
        self._write("conversation.started", "partner", of_ticket=False)
        self._say("bot", greeting(hotline, contact, story.language))
        self._tick(self.chance.randint(15, 45))
        confidence = round(self.chance.uniform(0.72, 0.99), 3)
        self._hear(story.say, intent=story.intent, confidence=confidence)
        severity, words = story.severity
        facts = {
            kind: {"value": value, "status": "known"}
            for kind, value in {"description": story.say, **story.facts, **(visitor or {})}.items()
        }
        self._say("bot", self._summary(facts, severity))
        self.past.clock.at = at
        self._press(0)
        self.row = TicketRow(
            number=number,
            key=f"{KEY}{number}",
            version=1,
            conversation_id=self.conversation["id"],
            partner_id=self.contact.partner_id if self.contact else None,
            contact_id=self.contact.id if self.contact else None,
            contact=self.contact,
            identity_verified=self.contact is not None,
            intent=story.intent,
            queue=kind.queue,
            audience=kind.audience,
            source="chat",
            language=story.language,
            severity=severity,
            severity_words=list(words),
            state="new",
            subject=subject_of(story.say),
            description=story.say,
            facts=facts,
            opened_at=self.now,
            updated_at=self.now,
            reopened=0,
            callback="due" if kind.wants_a_call else None,
            after_hours=not hotline.calendar.is_open(self.now),
        )
        clocks.start(hotline, self.row, self.now)
        self.conversation["last_ticket"] = number
        due = self.row.first_response_due.isoformat()
        self._write("ticket.opened", "partner", queue=kind.queue, severity=severity, due=due)
        self._say("bot", told.opened(hotline, self.ticket, story.language))

    @property
    def now(self) -> datetime:
        return self.past.clock.at

    @property
    def ticket(self) -> Ticket:
        return snapshot(self.row)

    def claim(self, at: datetime, staff: StaffRow) -> None:
        self.past.clock.at = at
        move(self.past.hotline, self.row, "claim")
        self._give(staff)
        self._changed("ticket.claimed", _by(staff))

    def take_over(self, at: datetime, staff: StaffRow) -> None:
        self.past.clock.at = at
        before, self.row.assignee_id, self.row.assignee = self.row.assignee_id, staff.id, staff
        self._changed("ticket.taken_over", _by(staff), before=before)

    def reply(self, at: datetime, staff: StaffRow, text: str) -> None:
        self.past.clock.at = at
        self._say_as(staff, text)
        self.conversation["asking"] = {"kind": "reply", "ticket": self.row.number}
        self._added("ticket.replied", _by(staff))

    def note(self, at: datetime, staff: StaffRow, text: str) -> None:
        self.past.clock.at = at
        self._note("note", text, staff)
        self._added("ticket.noted", _by(staff))

    def wait_partner(self, at: datetime, staff: StaffRow, text: str) -> None:
        self.past.clock.at = at
        move(self.past.hotline, self.row, "wait_partner")
        self._say_as(staff, text)
        self.conversation["asking"] = {"kind": "reply", "ticket": self.row.number}
        self._changed("ticket.moved", _by(staff), move="wait_partner")

    def wait_other(self, at: datetime, staff: StaffRow, text: str) -> None:
        self.past.clock.at = at
        move(self.past.hotline, self.row, "wait_other")
        self._note("note", text, staff)
        self._changed("ticket.moved", _by(staff), move="wait_other")

    def resume(self, at: datetime, staff: StaffRow) -> None:
        self.past.clock.at = at
        move(self.past.hotline, self.row, "resume")
        self._changed("ticket.moved", _by(staff), move="resume")

    def add(self, at: datetime, text: str) -> None:
        """What the partner answers to staff; a ticket that waited for it goes on."""
        self.past.clock.at = at
        self._hear(text)
        self._note("addition", text)
        if self.row.state == "waiting_partner":
            move(self.past.hotline, self.row, "resume")
        clocks.partner_spoke(self.past.hotline, self.row, self.now)
        self._changed("ticket.added_to", "partner")
        self.conversation["asking"] = None
        self._say(
            "bot", told.added(self.past.hotline, self.ticket, self._language, text, wanted=True)
        )

    def escalate(self, at: datetime, reason: str, lead: StaffRow) -> None:
        self.past.clock.at = at
        self._hear(reason, intent="ticket_escalate", confidence=0.9)
        before = self.row.assignee_id
        self._note("escalation", reason)
        if self.row.state == "waiting_partner":
            move(self.past.hotline, self.row, "resume")
        if self.row.state == "new":
            move(self.past.hotline, self.row, "claim")
        self.row.escalated_at = self.now
        self.seen[lead.id] = max(self.seen.get(lead.id, 0), self.conversation["last_seq"] - 1)
        self.row.assignee_id, self.row.assignee = lead.id, lead
        severity = self.row.severity
        self._changed(
            "ticket.escalated",
            "partner",
            lead=lead.id,
            before=before,
            severity=severity,
            severity_before=severity,
        )
        self.conversation["asking"] = None
        hotline, ticket, language = self.past.hotline, self.ticket, self._language
        self._say(
            "bot",
            hotline.replies.say(
                "escalated",
                language,
                lead=staff_snapshot(lead).called(language),
                number=ticket.number,
                reason=reason,
                promise=told.next_promise(hotline, ticket, language),
            ),
        )

    def resolve(self, at: datetime, staff: StaffRow, text: str) -> None:
        """What was done; the partner is asked whether it helped."""
        self.past.clock.at = at
        move(self.past.hotline, self.row, "resolve")
        self.row.resolution = text
        self.row.callback = "settled" if self.row.callback else None
        clocks.answered(self.row, self.now)
        self._note("resolution", text, staff)
        hotline, language = self.past.hotline, self._language
        asked = hotline.replies.say(
            "status_resolved",
            language,
            number=self.row.number,
            assignee=staff_snapshot(staff).called(language),
            resolved_at=hotline.words.time(self.now, self.now, language),
            resolution=text,
        )
        self._say("bot", asked, actor=_by(staff))
        self.conversation["asking"] = {"kind": "solved", "ticket": self.row.number}
        self._changed("ticket.moved", _by(staff), move="resolve")

    def confirm(self, at: datetime) -> None:
        """The partner's yes, after which a score is asked."""
        self.past.clock.at = at
        self._press(0)
        move(self.past.hotline, self.row, "confirm")
        self._changed("ticket.moved", "partner", move="confirm")
        asked = {"kind": "rate", "seq": self.conversation["last_seq"], "ticket": self.row.number}
        self.conversation["asking"] = asked
        self._say("bot", told.confirmed(self.past.hotline, self.ticket, self._language))

    def reopen(self, at: datetime, reason: str) -> None:
        """The partner's no: nobody has it any more, and it is promised anew."""
        self.past.clock.at = at
        self._hear(reason, intent="ticket_reopen", confidence=0.9)
        before = self.row.assignee_id
        move(self.past.hotline, self.row, "reopen")
        self.row.assignee = None
        self._changed("ticket.moved", "partner", move="reopen", before=before)
        self._note("reopened", reason)
        self.conversation["asking"] = None
        hotline, language, another = self.past.hotline, self._language, before is not None
        self._say("bot", told.reopened(hotline, self.ticket, language, reason, another=another))

    def rate(self, at: datetime, score: int, words: str) -> None:
        self.past.clock.at = at
        self._hear(f"{score}" if not words else f"{score} {words}", intent="rate_service")
        self.rating = {
            "contact_id": self.row.contact_id,
            "score": score,
            "words": words,
            "rated_at": self.now,
        }
        self.conversation["asking"] = None
        self._added("ticket.rated", "partner", score=score)
        self._say("bot", self.past.hotline.replies.say("rated", self._language))

    @property
    def _language(self) -> str:
        return self.story.language

    def _tick(self, seconds: int = 1) -> None:
        self.past.clock.at += timedelta(seconds=seconds)

    def _give(self, staff: StaffRow) -> None:
        self.row.assignee_id, self.row.assignee = staff.id, staff
        self.seen[staff.id] = self.conversation["last_seq"]

    def _changed(self, kind: str, actor: str, **detail: Any) -> None:
        self.row.version += 1
        self._added(kind, actor, **detail)

    def _added(self, kind: str, actor: str, **detail: Any) -> None:
        self.row.updated_at = self.now
        self._write(kind, actor, queue=self.row.queue, state=self.row.state, **detail)

    def _write(self, kind: str, actor: str, *, of_ticket: bool = True, **detail: Any) -> None:
        self.entries.append(
            {
                "at": self.now,
                "kind": kind,
                "actor": actor,
                "conversation_id": self.conversation["id"],
                "of_ticket": of_ticket,
                "detail": detail,
            }
        )

    def _note(self, kind: str, text: str, staff: StaffRow | None = None) -> None:
        contact = None if staff else self.contact
        self.notes.append(
            {
                "kind": kind,
                "staff_id": staff.id if staff else None,
                "contact_id": contact.id if contact else None,
                "text": text,
                "created_at": self.now,
            }
        )

    def _say_as(self, staff: StaffRow, text: str) -> None:
        clocks.answered(self.row, self.now)
        self._say("staff", Reply(text), actor=_by(staff), staff_id=staff.id)
        self.seen[staff.id] = self.conversation["last_seq"]

    def _say(
        self, sender: str, reply: Reply, *, actor: str = "", staff_id: int | None = None
    ) -> None:
        if sender == "bot" and not actor:  # an answer comes a moment after what it answers
            self._tick()
        self._store(
            sender,
            reply.text,
            actor=actor or sender,
            staff_id=staff_id,
            buttons=list(reply.buttons) or None,
            card=reply.card,
        )

    def _hear(self, text: str, **columns: Any) -> None:
        self._store("partner", text, actor="partner", answered_at=self.now, **columns)

    def _press(self, place: int) -> None:
        """A button of what was said last."""
        button = self.messages[-1]["buttons"][place]
        self._hear(button["title"], payload=button["payload"])

    def _store(self, sender: str, text: str, *, actor: str, **columns: Any) -> None:
        self.conversation["last_seq"] += 1
        seq = self.conversation["last_seq"]
        self.messages.append(
            {
                "conversation_id": self.conversation["id"],
                "seq": seq,
                "sender": sender,
                "text": text,
                "language": self._language,
                "created_at": self.now,
                "staff_id": None,
                "payload": None,
                "buttons": None,
                "card": None,
                "intent": None,
                "confidence": None,
                "answered_at": None,
                **columns,
            }
        )
        self._write("message.stored", actor, of_ticket=False, seq=seq, sender=sender)

    def _label(self, fact: str) -> str:
        """A fact's name; what is not a fault is a request, not a problem."""
        is_wish = fact == "description" and self.story.intent not in _FAULTS
        return "description_wish" if is_wish else fact

    def _summary(self, facts: dict[str, dict[str, str]], severity: int) -> Reply:
        words, language, kind = self.past.hotline.words, self._language, KINDS[self.story.intent]
        lines = [
            words.say(
                "summary_line",
                language,
                label=words.fact(self._label(fact), language),
                value=words.fact_value(facts[fact]["value"], language, fact),
            )
            for fact in FACTS
            if fact in facts and fact not in _MISSED_BY_THE_SUMMARY
        ]
        return self.past.hotline.replies.say(
            "summary_severe" if severity <= 2 else "summary",
            language,
            lines="\n".join(lines),
            severity_words=words.severity(severity, language, kind.queue),
        )


def _by(staff: StaffRow) -> str:
    return f"staff:{staff.id}"

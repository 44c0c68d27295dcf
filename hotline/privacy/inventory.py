"""Where personal data is: every table, whose its rows are, and what becomes of them.

Each text column of the schema is named here, as personal or as harmless, and a test fails for one
that is not. Export gives out what is `told`, erasing and retention do what stands here, and nobody
keeps a list of their own.

    Goes     the row is nothing without the person: it is deleted
    Stays    the row counts on: each personal column becomes what stands beside it
    Follows  made of what stands in the other tables, and made anew with it, in one transaction
    Nobodys  nothing of a partner's person in it

`of` says whose a row is: {column: one of the fields of a `Reach`}; one that fits is enough.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_

from hotline.access_codes.rows import AccessCodeRow
from hotline.calls.rows import CallRow
from hotline.canned.rows import CannedTextRow
from hotline.conversations.notes import ConversationNoteRow
from hotline.conversations.rows import (
    ConversationRow,
    EngineSessionRow,
    FileRow,
    MessageRow,
    WaitRow,
)
from hotline.conversations.seen import SeenRow
from hotline.conversations.withheld import WithheldRow
from hotline.deliveries import DeliveryRow
from hotline.escalations.rows import EscalationRow
from hotline.hardware_line.rows import LineCheckRow
from hotline.intake.rows import IntakeKeyRow, IntakeMessageRow
from hotline.journal import EntryRow
from hotline.knowledge.rows import QuestionRow
from hotline.notices.rows import MarkRow, WebhookOffRow
from hotline.partners import record_rows as records
from hotline.partners.rows import ContactRow, PartnerRow, PartnerSessionRow
from hotline.privacy.becomes import (
    Becomes,
    differing_name,
    empty,
    erased_words,
    formal_facts,
    masked,
    nameless,
    no_list,
    note_words,
    nothing,
    proven,
    solution,
    unusable,
)
from hotline.rota.rows import DutyRow
from hotline.search.rows import TicketWordRow
from hotline.staff.rows import PresenceRow, SignInTriesRow, SpareCodeRow, StaffRow, StaffSessionRow
from hotline.tickets.filter_rows import SavedFilterRow
from hotline.tickets.rows import LinkRow, NoteRow, RatingRow, TicketCounterRow, TicketRow
from hotline.timers.rows import TimerRow
from hotline.understanding.rows import LookRow
from hotline.versions import VersionRow

Ids = Set[Any] | Select[Any]


@dataclass(frozen=True)
class Reach:
    """What is meant, by ids or by a query for them; what is not said is nothing."""

    contacts: Ids = frozenset()
    certifications: Ids = frozenset()
    conversations: Ids = frozenset()
    tickets: Ids = frozenset()
    ratings: Ids = frozenset()
    addresses: Ids = frozenset()
    companies: Ids = frozenset()
    calls: Ids = frozenset()
    intake: Ids = frozenset()


@dataclass(frozen=True)
class _Table:
    rows: type[Any]
    harmless: str = ""

    @property
    def name(self) -> str:
        return str(self.rows.__tablename__)

    @property
    def named(self) -> set[str]:
        """The columns of which is known what they hold."""
        return set(self.harmless.split())


class Nobodys(_Table):
    """A table without anything of a partner's person."""


@dataclass(frozen=True)
class Follows(_Table):
    """A table that says again what others say, and says no more once they do not."""

    personal: str = ""

    @property
    def named(self) -> set[str]:
        return {*self.harmless.split(), *self.personal.split()}


@dataclass(frozen=True)
class _OfPersons(_Table):
    of: Mapping[str, str] = field(default_factory=dict)
    told: str = ""

    def meant_by(self, reach: Reach) -> ColumnElement[bool]:
        """The rows that belong to `reach`."""
        ways = [
            (getattr(self.rows, column), getattr(reach, ids)) for column, ids in self.of.items()
        ]
        # Nobody's is an answer, too: unknown, as NULL IN (…) is, its opposite would be as well.
        return or_(
            false(),
            *(
                and_(column.is_not(None), column.in_(ids))
                for column, ids in ways
                if _is_something(ids)
            ),
        )


@dataclass(frozen=True)
class Goes(_OfPersons):
    personal: str = ""

    @property
    def named(self) -> set[str]:
        return {*self.harmless.split(), *self.personal.split()}

    @property
    def wordy(self) -> tuple[str, ...]:
        """The columns in which somebody else may be named."""
        return tuple(self.personal.split())


@dataclass(frozen=True)
class Stays(_OfPersons):
    personal: Mapping[str, Becomes] = field(default_factory=dict)

    @property
    def named(self) -> set[str]:
        return {*self.harmless.split(), *self.personal}

    @property
    def wordy(self) -> tuple[str, ...]:
        return tuple(self.personal)


Table = Nobodys | Follows | Goes | Stays

# In the order in which rows may go: what refers to another comes before it.
INVENTORY: tuple[Table, ...] = (
    # Who they are.
    Stays(
        ContactRow,
        of={"id": "contacts"},
        personal={"name": nameless, "email": unusable, "phone": nothing, "roles": no_list},
        harmless="partner_id language mails",
        told="name email phone language roles mails",
    ),
    Stays(
        records.CertificationRow,
        of={"id": "certifications"},
        personal={"person": differing_name},
        harmless="partner_id title source",
        told="person title until as_of source",
    ),
    Goes(
        PartnerSessionRow,
        of={"contact_id": "contacts"},
        personal="browser",
        harmless="id how",
        told="how browser began_at seen_at ends_at ended_at",
    ),
    # What was said, and what staff say it means.
    Goes(
        LookRow,
        of={"conversation_id": "conversations"},
        harmless="conversation_id pressed label",
    ),
    Goes(
        QuestionRow,
        of={"conversation_id": "conversations"},
        personal="text",
        harmless="conversation_id language outcome article",
        told="text asked_at helped",
    ),
    Goes(
        MessageRow,
        of={"conversation_id": "conversations"},
        personal="text payload buttons card",
        harmless="conversation_id client_id sender language file_id intent entities ranking",
        told="seq sender text language card file_id created_at",
    ),
    Goes(
        FileRow,
        of={"conversation_id": "conversations"},
        personal="name sha256 words",
        harmless="id conversation_id media_type",
        told="id name media_type size_bytes seconds created_at",
    ),
    Goes(
        ConversationNoteRow,
        of={"conversation_id": "conversations"},
        personal="text",
        harmless="conversation_id client_id",
        told="text created_at",
    ),
    Goes(
        AccessCodeRow,
        of={"conversation_id": "conversations", "email": "addresses"},
        personal="email caller code_hash sign_in",
        harmless="conversation_id",
        told="sent_at tried_at used_at",
    ),
    Goes(
        DeliveryRow,
        of={"conversation_id": "conversations"},
        # `receiver` is an id, never an address
        harmless="channel kind receiver conversation_id state failure",
    ),
    Goes(  # the engine's own events go with it: see `outside`
        EngineSessionRow,
        of={"conversation_id": "conversations"},
        harmless="sender_id conversation_id form",
    ),
    Goes(
        WithheldRow,
        of={"conversation_id": "conversations"},
        personal="text",
        harmless="conversation_id",
        told="text created_at",
    ),
    Goes(
        WaitRow,
        of={"conversation_id": "conversations"},
        harmless="conversation_id queue passed_by outcome",
    ),
    Stays(
        ConversationRow,
        of={"id": "conversations"},
        personal={"proven_email": proven, "asking": nothing},
        harmless="id language holder last_ticket engine_sender",
        told="id language proven_email created_at",
    ),
    # Calls count on: when, how long, what came of it.
    Stays(
        CallRow,
        of={"id": "calls"},
        personal={"caller": empty, "company": empty, "phone": empty, "words": empty},
        harmless="client_id direction outcome",
        told="direction caller company phone words outcome began_at ended_at",
    ),
    # Where a message came from, and when; its words and files are the conversation's.
    Stays(
        IntakeMessageRow,
        of={
            "id": "intake",
            "contact_id": "contacts",
            "ticket_id": "tickets",
            "email": "addresses",
        },
        personal={"caller": empty, "phone": empty, "email": empty, "subject": empty},
        harmless=(
            "source repeat_key digest message_id state reason audio_id before ticket_before "
            "callback_before"
        ),
        told="source caller phone email subject received_at",
    ),
    # What was asked for. Tickets count on: number, queue, intent, state, times, score.
    Stays(
        NoteRow,
        of={"ticket_id": "tickets", "contact_id": "contacts"},
        personal={"text": note_words},
        harmless="kind",
        told="kind text created_at",
    ),
    Stays(
        RatingRow,
        of={"id": "ratings"},
        personal={"words": empty},
        told="score words rated_at",
    ),
    Stays(
        TicketRow,
        of={"id": "tickets"},
        personal={
            "subject": erased_words,
            "description": empty,
            "facts": formal_facts,
            "severity_words": no_list,
            "resolution": solution,
        },
        harmless=(
            "number key conversation_id partner_id intent queue audience source language state "
            "follows clocks pauses merged_from callback"
        ),
        told=(
            "number state intent queue severity source language subject description facts "
            "severity_words opened_at first_responded_at resolved_at resolution closed_at reopened"
        ),
    ),
    Follows(TicketWordRow, personal="word"),
    # Records of a company, with somebody's words in them.
    Stays(
        records.SatisfactionRow,
        of={"partner_id": "companies"},
        personal={"words": masked},
        harmless="partner_id kind source",
    ),
    Stays(
        records.ComplaintRow,
        of={"partner_id": "companies"},
        personal={"about": masked},
        harmless="partner_id reference source",
    ),
    Stays(
        records.CommitmentRow,
        of={"partner_id": "companies"},
        personal={"words": masked},
        harmless="partner_id territory strategy_fit source",
    ),
    # Nobody's: companies, figures, codes; staff are the vendor's own people.
    Nobodys(
        PartnerRow, harmless="id name_zh name_en tax_id types tier region territory status source"
    ),
    Nobodys(records.ContractRow, harmless="partner_id number status renewal source"),
    Nobodys(records.FundRow, harmless="partner_id source"),
    Nobodys(records.PerformanceRow, harmless="partner_id source"),
    Nobodys(records.CreditRow, harmless="partner_id payment_record review source"),
    Nobodys(records.HeadcountRow, harmless="partner_id source"),
    Nobodys(EntryRow, harmless="kind actor conversation_id detail"),
    Nobodys(SeenRow, harmless="conversation_id"),
    Nobodys(TicketCounterRow),
    Nobodys(LinkRow),
    Nobodys(IntakeKeyRow, harmless="name key_hash"),
    Nobodys(CannedTextRow, harmless="title_zh title_en text_zh text_en"),
    Nobodys(
        StaffRow,
        harmless="email name name_en role queues languages no_mails password_hash totp_secret",
    ),
    Nobodys(PresenceRow, harmless="stands"),
    Nobodys(StaffSessionRow, harmless="id browser"),
    Nobodys(SpareCodeRow, harmless="code_hash"),
    # What somebody typed at the staff's sign-in, as a keyed hash, for a day.
    Nobodys(SignInTriesRow, harmless="address_hash"),
    Nobodys(EscalationRow, harmless="why level"),
    Nobodys(LineCheckRow, harmless="outcome"),
    Nobodys(DutyRow),
    Nobodys(MarkRow),
    Nobodys(WebhookOffRow, harmless="name url_hash"),
    Nobodys(TimerRow, harmless="key kind detail failure"),  # ids and codes
    Nobodys(SavedFilterRow, harmless="name chosen"),  # of staff
    Nobodys(VersionRow, harmless="subject actor change document"),
)


def with_words() -> Iterator[str]:
    """The names of the tables in which anything of a person may have stood."""
    return (table.name for table in INVENTORY if not isinstance(table, Nobodys))


def of_persons() -> Iterator[Goes | Stays]:
    """The tables that have anything of a person in them."""
    return (table for table in INVENTORY if isinstance(table, Goes | Stays))


def table_of(rows: type[Any]) -> Goes | Stays:
    return next(table for table in of_persons() if table.rows is rows)


def _is_something(ids: Ids) -> bool:
    return isinstance(ids, Select) or bool(ids)

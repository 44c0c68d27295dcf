"""One request's page: how it stands, what is known, its history, and what may be done now."""

import uuid
from dataclasses import dataclass, replace
from dataclasses import field as also

from sqlalchemy.ext.asyncio import AsyncSession

from desk.my.history import History, history_of
from desk.my.promise import Promise, promise_of, sentence_of, state_of
from desk.my.reader import Reader, ticket_url
from desk.my.requests import opener_of
from hotline.tickets import own, queries
from hotline.tickets.kinds import FACTS
from hotline.tickets.moves import PAUSED_STATES
from hotline.tickets.page_acts import Graver
from hotline.tickets.ratings import Rating, ratings_of
from hotline.tickets.reopening import is_too_old
from hotline.tickets.ticket import Ticket

WHYS = ("worse", "waiting", "lead")


@dataclass(frozen=True)
class Fault:
    """Why a form was refused: at which field, in words, and what had been typed."""

    form: str
    field: str
    words: str
    said: dict[str, str] = also(default_factory=dict)


@dataclass(frozen=True)
class Sure:
    """The question whether it is graver now; `reason` and `why` are sent again with the answer."""

    words: str
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class FactLine:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class TicketPage:
    """`acts` names the forms that the state allows: answer, solved, close, reopen, begin_again,
    rate, escalate. `form_id` makes a form that is sent twice act once."""

    number: str
    url: str
    subject: str
    state: str
    state_words: str
    sentence: str
    promise: Promise
    by: str
    facts: tuple[FactLine, ...]
    history: History
    acts: frozenset[str]
    form_id: str
    whys: tuple[tuple[str, str], ...]
    reopen_days: int
    rating: Rating | None
    follows: str
    follows_url: str
    follower: str
    follower_url: str
    kept: str
    kept_url: str


async def ticket_page(
    reader: Reader, session: AsyncSession, ticket: Ticket, before: int | None
) -> TicketPage:
    hotline, language = reader.hotline, reader.language
    ratings = await ratings_of(session, ticket.id)
    promise, is_paused = promise_of(reader, ticket), ticket.state in PAUSED_STATES
    acts = _acts(reader, ticket)
    # What the chat says of a closed one is that it may be opened again.
    is_told_here = is_paused or "begin_again" in acts
    into = await queries.kept_of(session, ticket)
    kept = into.number if into.id != ticket.id else ""
    follower = await own.follower_of(session, reader.hotline, reader.contact, ticket) or ""
    return TicketPage(
        number=ticket.number,
        url=ticket_url(ticket.number),
        subject=ticket.subject,
        state=ticket.state,
        state_words=state_of(reader, ticket),
        sentence="" if is_told_here else await sentence_of(reader, ticket),
        promise=promise if is_paused else replace(promise, note=""),
        by=opener_of(reader, ticket),
        facts=_facts(reader, ticket),
        history=await history_of(reader, session, ticket, before),
        acts=acts,
        form_id=str(uuid.uuid4()),
        whys=tuple((why, hotline.words.say(f"follow_up.{why}", language)) for why in WHYS),
        reopen_days=hotline.settings.reopen_days,
        rating=next((one for one in ratings if one.contact_id == reader.contact.id), None),
        follows=ticket.follows or "",
        follows_url=ticket_url(ticket.follows) if ticket.follows else "",
        follower=follower,
        follower_url=ticket_url(follower) if follower else "",
        kept=kept,
        kept_url=ticket_url(kept) if kept else "",
    )


def sure_of(reader: Reader, ticket: Ticket, graver: Graver, reason: str, why: str) -> Sure:
    """The question as the chat puts it."""
    words, language = reader.hotline.words, reader.language
    lead = graver.lead.called(language) if graver.lead else words.queue(ticket.queue, language)
    asked = reader.hotline.replies.text(
        "escalate_sure",
        language,
        number=ticket.number,
        reason=reason,
        severity=words.severity(graver.severity, language, ticket.queue),
        lead=lead,
    )
    return Sure(asked, reason, why)


def _acts(reader: Reader, ticket: Ticket) -> frozenset[str]:
    if ticket.merged_into_id is not None:  # whatever is to be done is done with that one
        return frozenset()
    if ticket.state == "closed":
        again = "begin_again" if is_too_old(reader.hotline, ticket.closed_at) else "reopen"
        return frozenset(("rate", again))
    if ticket.state == "resolved":
        return frozenset(("solved",))
    return frozenset(("answer", "close", "escalate"))


def _facts(reader: Reader, ticket: Ticket) -> tuple[FactLine, ...]:
    words, language = reader.hotline.words, reader.language
    urgency = words.severity(ticket.severity, language, ticket.queue)
    lines = [
        FactLine(reader.t("facts.severity"), urgency),
        FactLine(reader.t("facts.opened"), reader.at(ticket.opened_at)),
        FactLine(
            reader.t("facts.by"),
            ticket.contact.name if ticket.contact else reader.t("facts.visitor"),
        ),
        FactLine(
            reader.t("facts.holder"),
            ticket.assignee.called(language)
            if ticket.assignee
            else words.queue_first(ticket.queue, language),
        ),
    ]
    for kind in FACTS:
        if value := ticket.fact(kind):
            told = words.fact_value(value, language, kind)
            lines.append(FactLine(words.fact(kind, language, ticket.intent), told))
    if not ticket.fact("description"):
        lines.append(FactLine(words.fact("description", language), ticket.description))
    return tuple(lines)

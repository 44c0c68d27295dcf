"""The brief of a ticket and of a live chat: who asks, what they want, what is known and done."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.deadlines import due_of, owed
from desk.console.incoming.told import came_in_to
from desk.console.meanings import named
from desk.console.opened import Opened
from desk.console.places import partner_url, search_url
from desk.console.scene import Scene
from desk.console.standing import standing_of
from desk.console.views import (
    AnswerLine,
    Brief,
    DueLine,
    Fact,
    RatingLine,
    Said,
    Standing,
    TicketLink,
)
from desk.help.contents import url_of
from hotline.conversations.messages import Message
from hotline.conversations.service import Conversation
from hotline.knowledge.answered import Answered, answers_of
from hotline.knowledge.asking import wording
from hotline.partners.service import Contact
from hotline.tickets.headings import open_around, open_of_company
from hotline.tickets.kinds import FACTS
from hotline.tickets.moves import OPEN_STATES
from hotline.tickets.ratings import ratings_of
from hotline.tickets.so_far import facts_so_far, missing_from
from hotline.tickets.ticket import Ticket
from hotline.understanding.hand_offs import UNSURE, HandOff, Words, hand_off_of, matter_of
from hotline.understanding.intents import FALLBACK

_OTHERS = 5
_DONE = ("resolved", "closed")
_BY_TELEPHONE = "telephone"


async def brief_of(scene: Scene, session: AsyncSession, opened: Opened) -> Brief:
    """A ticket's; beside one of the messages at hand it stands how sure the assistant was."""
    ticket, talk, has, said = opened.ticket, opened.talk, opened.has, opened.said.messages
    links, others = await _other_tickets(scene, session, ticket, talk)
    came = await hand_off_of(session, talk.id) if talk else None
    answers = await answers_of(session, talk.id) if talk and has.questions else []
    ratings = await ratings_of(session, ticket.id) if has.ratings else []
    return Brief(
        **_who(scene, ticket.contact, ticket),
        standing=await _standing(scene, session, ticket.contact),
        words=(Said(ticket.description, ticket.language),) if ticket.description else (),
        understood=_understood(scene, ticket.intent, _confidence(said, ticket.intent)),
        reasons=_reasons_of_ticket(scene, ticket, came),
        severity_words_decided=_quoted(scene, ticket.severity_words),
        facts=(*facts_of(scene, ticket), *_missing(scene, ticket.intent, ticket.facts)),
        answers=tuple(_answer(scene, one) for one in answers),
        deadline=None,  # it stands in the head
        open_tickets=links,
        open_count=others,
        ratings=tuple(
            RatingLine(scene.t("brief.score", n=one.score), one.by, one.words) for one in ratings
        ),
        came_in=await came_in_to(scene, session, ticket.id) if has.from_elsewhere else (),
        follows=ticket.follows or "",
        follows_url=f"/console/tickets/{ticket.follows}" if ticket.follows else "",
    )


async def brief_of_chat(
    scene: Scene, session: AsyncSession, chat: Conversation, tickets: Sequence[Ticket]
) -> Brief:
    """A live chat's; `tickets` are those opened in it, the newest first. What it is about is in the
    chat itself: its ticket may be about something else."""
    open_here = [ticket for ticket in tickets if ticket.state in OPEN_STATES]
    ticket = next(iter(open_here), None)
    found, every = await open_around(session, chat, _OTHERS)
    matter = await matter_of(session, chat.id)
    read = next((one for one in reversed(matter.words) if one.intent), None)
    facts = facts_of(scene, ticket) if ticket else await _facts_so_far(scene, session, chat, read)
    return Brief(
        **_who(scene, chat.contact, ticket, chat.proven_email),
        standing=await _standing(scene, session, chat.contact),
        words=tuple(Said(one.text, one.language) for one in matter.words),
        understood=_read(scene, read),
        reasons=_reasons(scene, matter.hand_off),
        severity_words_decided=_quoted(scene, ticket.severity_words) if ticket else "",
        facts=(*facts, *(_missing(scene, ticket.intent, ticket.facts) if ticket else ())),
        answers=tuple(_answer(scene, one) for one in await answers_of(session, chat.id)),
        deadline=_deadline(scene, ticket) if ticket else None,
        open_tickets=tuple(scene.link(one) for one in found),
        open_count=every,
    )


def company_line(scene: Scene, contact: Contact) -> str:
    """What the company is: types, tier, region."""
    return scene.t("brief.between").join(
        scene.hotline.words.partner(part, scene.language)
        for part in (*contact.types, contact.tier, contact.region)
    )


def _who(
    scene: Scene, contact: Contact | None, ticket: Ticket | None, address: str | None = None
) -> dict[str, Any]:
    """Who asks and how they are reached; what the ticket says goes before what is on record."""

    def said(fact: str) -> str:
        return (ticket.fact(fact) if ticket else None) or ""

    company = contact.company(scene.language) if contact else ""
    words = scene.hotline.words
    roles = [words.say(f"role.{role}", scene.language) for role in contact.roles] if contact else []
    return {
        "company": company or scene.t("brief.visitor"),
        "company_line": company_line(scene, contact) if contact else "",
        "company_url": partner_url(contact.partner_id) if contact else "",
        "contact": contact.name if contact else said("contact"),
        "roles": words.say("list_comma", scene.language).join(roles),
        "phone": said("phone") or (contact.phone if contact else None) or "",
        "email": said("email") or (contact.email if contact else address) or "",
        "customer": said("customer"),
        "open_url": search_url(company) if company else "",
    }


async def _standing(scene: Scene, session: AsyncSession, contact: Contact | None) -> Standing:
    return await standing_of(scene, session, contact.partner_id) if contact else Standing()


async def _other_tickets(
    scene: Scene, session: AsyncSession, ticket: Ticket, talk: Conversation | None
) -> tuple[tuple[TicketLink, ...], int]:
    """The most urgent of the asker's other open tickets, and how many there are."""
    if talk is not None:
        found, every = await open_around(session, talk, _OTHERS + 1)
    elif ticket.partner_id:
        found, every = await open_of_company(session, ticket.partner_id, _OTHERS + 1)
    else:
        return (), 0
    others = [other for other in found if other.id != ticket.id][:_OTHERS]
    return tuple(scene.link(other) for other in others), every - (ticket.state != "closed")


def _confidence(said: Sequence[Message], intent: str) -> float | None:
    return next((m.confidence for m in said if m.intent == intent and m.confidence), None)


def _understood(scene: Scene, intent: str, confidence: float | None) -> str:
    words = named(scene, intent)
    if confidence is None:
        return words
    return scene.t("brief.intent", intent=words, confidence=round(confidence * 100))


def _read(scene: Scene, words: Words | None) -> str:
    """What the assistant made of the words; of those it was not sure of, what came nearest."""
    if words is None or words.intent is None:
        return ""
    if words.intent != FALLBACK:
        return _understood(scene, words.intent, words.confidence)
    if words.likeliest is None:
        return scene.t("brief.not_understood")
    return scene.t("brief.nearest", intent=named(scene, words.likeliest))


def _reasons(scene: Scene, came: HandOff | None) -> tuple[str, ...]:
    if came is None:
        return ()
    return tuple(
        scene.t("brief.why.unsure_often", n=came.unsure)
        if reason == UNSURE and came.unsure > 1
        else scene.t(f"brief.why.{reason}")
        for reason in came.reasons
    )


def _reasons_of_ticket(scene: Scene, ticket: Ticket, came: HandOff | None) -> tuple[str, ...]:
    """Beside those of its chat, what the ticket itself says of why a person is to see to it."""
    own = {
        "telephone": ticket.source == _BY_TELEPHONE,
        "message": ticket.intent == "leave_message",
        "complaint": ticket.complained_at is not None or ticket.intent == "complain",
        "escalated": ticket.escalated_at is not None,
        "reopened": ticket.reopened > 0,
    }
    return (
        *_reasons(scene, came),
        *(scene.t(f"brief.why.{key}") for key, holds in own.items() if holds),
    )


def _quoted(scene: Scene, words: Sequence[str]) -> str:
    return scene.t("brief.between").join(scene.t("brief.quoted", word=word) for word in words)


def facts_of(scene: Scene, ticket: Ticket) -> tuple[Fact, ...]:
    """What is noted of the request, without the words that it was told in."""
    return tuple(
        Fact(
            kind,
            scene.hotline.words.fact(kind, scene.language),
            scene.hotline.words.fact_value(ticket.facts[kind]["value"], scene.language, kind),
            ticket.facts[kind]["status"],  # type: ignore[arg-type]  # intake writes these
            scene.t(f"fact.{ticket.facts[kind]['status']}"),
        )
        for kind in FACTS
        if kind in ticket.facts and kind != "description"
    )


async def _facts_so_far(
    scene: Scene, session: AsyncSession, chat: Conversation, read: Words | None
) -> tuple[Fact, ...]:
    """What was said so far, before anything is a ticket."""
    found, words = await facts_so_far(session, chat.id), scene.hotline.words
    said = tuple(
        Fact(kind, words.fact(kind, scene.language), found[kind], "known", scene.t("fact.known"))
        for kind in FACTS
        if kind in found
    )
    return (*said, *_missing(scene, read.intent if read else None, found))


def _missing(scene: Scene, intent: str | None, facts: Mapping[str, object]) -> tuple[Fact, ...]:
    """What such a request asks for and nobody has said; what it is about stands above."""
    status = scene.t("fact.missing")
    return tuple(
        Fact(kind, scene.hotline.words.fact(kind, scene.language), "", "missing", status)
        for kind in missing_from(intent, facts)
        if kind != "description"
    )


def _answer(scene: Scene, said: Answered) -> AnswerLine:
    """Titled in the reader's language; an article that is gone by now is named by its id."""
    article = scene.hotline.library.shelf().articles.get(said.article)
    title = wording(scene.hotline, article, scene.language).title if article else said.article
    helped = {True: "yes", False: "no", None: ""}[said.helped]
    words = scene.t(f"brief.helped.{helped or 'unsaid'}", at=scene.at(said.at))
    url = url_of(said.article) if article else ""
    return AnswerLine(title, scene.language, url, words, helped)  # type: ignore[arg-type]


def _deadline(scene: Scene, ticket: Ticket) -> DueLine | None:
    """The promise that counts now, and where it is explained."""
    if ticket.state in _DONE:
        return None
    url = f"/console/tickets/{ticket.number}"
    return DueLine(due_of(scene, ticket), owed(scene, ticket), ticket.number, url, f"{url}#why")

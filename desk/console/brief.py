"""A ticket's brief: who asks, what they want, what is known, what else the company has open."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.incoming.told import came_in_to
from desk.console.places import search_url
from desk.console.scene import Scene
from desk.console.views import Brief, Fact, RatingLine, TicketLink
from hotline.conversations import service as conversations
from hotline.conversations.messages import Message
from hotline.partners.service import Contact
from hotline.tickets import queries
from hotline.tickets.kinds import FACTS
from hotline.tickets.ratings import ratings_of
from hotline.tickets.ticket import Ticket

_OTHERS = 5


async def brief_of(
    scene: Scene, session: AsyncSession, ticket: Ticket, said: Sequence[Message]
) -> Brief:
    """`said` are the messages at hand: how sure the assistant was stands beside one of them."""
    contact = ticket.contact
    links, others = await _other_tickets(scene, session, ticket)
    company = contact.company(scene.language) if contact else ""
    return Brief(
        company=company or scene.t("brief.visitor"),
        company_line=company_line(scene, contact) if contact else "",
        contact=contact.name if contact else ticket.fact("contact") or "",
        phone=ticket.fact("phone") or (contact.phone if contact else None) or "",
        email=ticket.fact("email") or (contact.email if contact else None) or "",
        customer=ticket.fact("customer") or "",
        words=ticket.description,
        intent_words=scene.hotline.words.say(f"wish.{ticket.intent}", scene.language),
        confidence=next(
            (round(m.confidence * 100) for m in said if m.intent == ticket.intent and m.confidence),
            None,
        ),
        severity_words_decided=_quoted(scene, ticket.severity_words),
        facts=_facts(scene, ticket),
        open_tickets=links,
        open_count=others,
        open_url=search_url(company) if company else "",
        ratings=tuple(
            RatingLine(scene.t("brief.score", n=one.score), one.by, one.words)
            for one in await ratings_of(session, ticket.id)
        ),
        came_in=await came_in_to(scene, session, ticket.id),
        follows=ticket.follows or "",
        follows_url=f"/console/tickets/{ticket.follows}" if ticket.follows else "",
    )


async def _other_tickets(
    scene: Scene, session: AsyncSession, ticket: Ticket
) -> tuple[tuple[TicketLink, ...], int]:
    """The most urgent of the asker's other open tickets, and how many there are."""
    if not ticket.conversation_id:
        return (), 0
    asker = await conversations.find(session, ticket.conversation_id)
    found, every = await queries.open_tickets_around(session, asker, limit=_OTHERS + 1)
    others = [other for other in found if other.id != ticket.id][:_OTHERS]
    return tuple(scene.link(other) for other in others), every - (ticket.state != "closed")


def company_line(scene: Scene, contact: Contact) -> str:
    """What the company is: types, tier, region."""
    return scene.t("brief.between").join(
        scene.hotline.words.partner(part, scene.language)
        for part in (*contact.types, contact.tier, contact.region)
    )


def _quoted(scene: Scene, words: Sequence[str]) -> str:
    return scene.t("brief.between").join(scene.t("brief.quoted", word=word) for word in words)


def _facts(scene: Scene, ticket: Ticket) -> tuple[Fact, ...]:
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

"""A ticket's page: head, timeline, brief, and what may be done with it now."""

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.deadlines import explain
from desk.console.frame import row_of
from desk.console.scene import Scene
from desk.console.timeline import event_item, in_order, message_item, note_item
from desk.console.views import Brief, Fact, Move, TicketLink, TicketPage, TimelineItem
from hotline import journal
from hotline.conversations import messages
from hotline.conversations import service as conversations
from hotline.conversations.messages import Message
from hotline.staff import service as staff_service
from hotline.tickets import queries
from hotline.tickets.kinds import FACTS
from hotline.tickets.moves import moves_from
from hotline.tickets.ticket import Ticket

_TARGETS = {
    "wait_partner": "waiting_partner",
    "wait_other": "waiting_other",
    "resume": "open",
    "reopen": "open",
}
_KEYS = {"claim": "C", "wait_partner": "W", "resolve": "R"}
_NEED_TEXT = ("wait_partner", "resolve")


async def ticket_page(
    scene: Scene, session: AsyncSession, ticket: Ticket, lost_to: str | None = None
) -> TicketPage:
    """Everything on the page; `lost_to` names the colleague who was first."""
    said: list[Message] = []
    conversation_url = None
    if ticket.conversation_id:
        said = await messages.messages_after(session, ticket.conversation_id, 0)
        conversation = await conversations.find(session, ticket.conversation_id)
        if conversation.holder in ("queue", "person"):
            conversation_url = f"/console/conversations/{conversation.id}"
    return TicketPage(
        row=row_of(scene, ticket),
        timeline=await _timeline(scene, session, ticket, said),
        brief=await _brief(scene, session, ticket, said),
        moves=_moves(scene, ticket),
        why=explain(scene, ticket),
        drafts_key=f"ticket:{ticket.number}:{scene.staff.id}",
        back_url="/console",
        conversation_url=conversation_url,
        claim_lost=lost_to,
    )


async def _timeline(
    scene: Scene, session: AsyncSession, ticket: Ticket, said: list[Message]
) -> tuple[TimelineItem, ...]:
    staff = {member.id: member for member in await staff_service.all_staff(session)}
    items = [
        message_item(scene, message, ticket.contact, ticket.conversation_id or "")
        for message in said
    ]
    # A partner's additions and a resolution stand in the conversation already.
    notes = await queries.notes_of(session, ticket.id)
    items += [note_item(scene, note) for note in notes if note.kind == "note"]
    for entry in await journal.entries_of_ticket(session, ticket.id):
        if item := event_item(scene, entry, ticket, staff):
            items.append(item)
    return in_order(items)


async def _brief(scene: Scene, session: AsyncSession, ticket: Ticket, said: list[Message]) -> Brief:
    contact = ticket.contact
    others: list[Ticket] = []
    if ticket.conversation_id:
        asker = await conversations.find(session, ticket.conversation_id)
        others = await queries.open_tickets_for(session, asker, limit=6)
    confidence = next((m.confidence for m in said if m.intent == ticket.intent), None)
    words = scene.hotline.words
    return Brief(
        company=contact.company(scene.language) if contact else scene.t("brief.visitor"),
        company_line=" ".join(
            words.say(f"partner.{part}", scene.language)
            for part in (contact.kind, contact.tier, contact.region)
        )
        if contact
        else "",
        contact=contact.name if contact else ticket.fact("contact") or "",
        phone=ticket.fact("phone") or (contact.phone if contact else None) or "",
        email=ticket.fact("email") or (contact.email if contact else None) or "",
        customer=ticket.fact("customer") or "",
        words=ticket.description,
        intent_words=words.say(f"task.{ticket.intent}", scene.language),
        confidence=confidence,
        severity_words_decided=" ".join(f"「{word}」" for word in ticket.severity_words)
        if scene.language != "en"
        else ", ".join(ticket.severity_words),
        facts=tuple(
            Fact(
                kind,
                scene.t(f"fact.{kind}"),
                ticket.facts[kind]["value"],
                ticket.facts[kind]["status"],  # type: ignore[arg-type]  # intake writes these
                scene.t(f"fact.{ticket.facts[kind]['status']}"),
            )
            for kind in FACTS
            if kind in ticket.facts and kind != "description"
        ),
        open_tickets=tuple(
            TicketLink(
                other.number,
                other.subject,
                scene.t(f"state.{other.state}"),
                f"/console/tickets/{other.number}",
            )
            for other in others
            if other.id != ticket.id
        ),
    )


def _moves(scene: Scene, ticket: Ticket) -> tuple[Move, ...]:
    """The moves the table allows now; the likeliest one is the primary button."""
    base = f"/console/tickets/{ticket.number}"
    free = ticket.assignee is None
    allowed = [
        name for name in moves_from(ticket.state) if name != "confirm" and (name != "claim" or free)
    ]
    primary = "claim" if free and "claim" in allowed else "resolve"
    if primary not in allowed:
        primary = allowed[-1] if allowed else ""
    return tuple(
        Move(
            name=name,
            label=scene.t(f"move.{name}"),
            action=f"{base}/claim"
            if name == "claim"
            else f"{base}/resolve"
            if name == "resolve"
            else f"{base}/state",
            needs_text=name in _NEED_TEXT,
            style="primary" if name == primary else "secondary",
            state=_TARGETS.get(name),  # type: ignore[arg-type]  # the names above
            key=_KEYS.get(name, ""),
            text_label=scene.t(f"move.{name}_text") if name in _NEED_TEXT else "",
        )
        for name in allowed
    )

"""Escalations as the console shows them: those of a ticket, and those for whoever reads."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.deadlines import group_of
from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import Complaint, Raised, RaisedTicket
from hotline.escalations import records
from hotline.escalations.levels import LEAD
from hotline.escalations.records import Escalation
from hotline.escalations.rows import BREACH, WARNING
from hotline.staff.service import Staff
from hotline.tickets import queries
from hotline.tickets.ticket import Ticket

_LISTED = 10
_DONE = ("resolved", "closed")


async def raised_of(
    scene: Scene, session: AsyncSession, ticket: Ticket, place: Place
) -> tuple[tuple[Raised, ...], tuple[Raised, ...]]:
    """Those of a ticket that somebody is to take notice of, and those before, newest first.

    A warning says nothing more beside the breach that it warned of: it is left out while both
    stand, unless it is the reader's own to take notice of and the breach is for somebody above.
    """
    known = await records.of_ticket(session, ticket.id)
    went_on = {it.after_id for it in known}
    shown = [(it, _raised(scene, ticket, it, place, went_on=it.id in went_on)) for it in known]
    stand = [it for it, one in shown if one.url]
    standing = tuple(
        one for it, one in shown if it in stand and not _is_overtaken(it, stand, scene.staff)
    )
    return standing, tuple(one for it, one in reversed(shown) if it not in stand)


async def for_reader(scene: Scene, session: AsyncSession) -> tuple[RaisedTicket, ...]:
    """What the reader is to look at, most urgent first; as much as a strip has room for."""
    found = await records.open_for(session, scene.staff, _LISTED)
    tickets = await queries.by_ids(session, {it.ticket_id for it in found})
    return tuple(
        _raised_ticket(scene, tickets[it.ticket_id], it) for it in found if it.ticket_id in tickets
    )


def complaint_of(scene: Scene, ticket: Ticket) -> Complaint | None:
    if ticket.complained_at is None:
        return None
    since = scene.t("complaint.since", at=scene.at(ticket.complained_at))
    iso, due = scene.iso(ticket.complained_at), ticket.complaint_due
    if due is None:
        return Complaint(since, iso, scene.t("complaint.answered"))
    if ticket.state in _DONE:
        return Complaint(since, iso)
    late = scene.now > due
    key = "complaint.until_passed" if late else "complaint.until"
    return Complaint(since, iso, scene.t(key, at=scene.at(due)), scene.iso(due), late)


def why_words(scene: Scene, why: str) -> str:
    return scene.t(f"raised.why.{why}")


def level_words(scene: Scene, level: str) -> str:
    return scene.t(f"raised.level.{level}")


def _is_overtaken(it: Escalation, stand: Sequence[Escalation], reader: Staff) -> bool:
    breach = next((other for other in stand if other.why == BREACH and other.id > it.id), None)
    if it.why != WARNING or breach is None:
        return False
    is_own = it.to is not None and it.to.id == reader.id
    return not is_own or reader.role in (breach.level, LEAD)


def _raised(
    scene: Scene, ticket: Ticket, it: Escalation, place: Place, *, went_on: bool = False
) -> Raised:
    stands = it.acknowledged_at is None and not went_on and ticket.state not in _DONE
    # What was to be late when it was brought up may be so by now.
    is_late = it.why == WARNING and stands and group_of(scene, ticket) == "overdue"
    why = why_words(scene, BREACH if is_late else it.why)
    due = it.acknowledge_by if stands else None
    late = due is not None and scene.now > due
    until = "raised.until_passed" if late else "raised.until"
    act = f"escalations/{it.id}/acknowledge"
    return Raised(
        id=it.id,
        why_words=why,
        to_words=_to(scene, it),
        since_words=scene.t("raised.since", at=scene.at(it.at)),
        since_iso=scene.iso(it.at),
        until_words=scene.t(until, at=scene.at(due)) if due else "",
        until_iso=scene.iso(due) if due else "",
        late=late,
        seen_words="" if stands else _outcome(scene, it, went_on=went_on),
        url=place.ticket_url(ticket.number, act) if stands else "",
        label=scene.t("raised.acknowledge_this", why=why),
    )


def _raised_ticket(scene: Scene, ticket: Ticket, it: Escalation) -> RaisedTicket:
    contact = ticket.contact
    return RaisedTicket(
        raised=_raised(scene, ticket, it, Place()),
        number=ticket.number,
        subject=ticket.subject,
        company=contact.company(scene.language) if contact else scene.t("brief.visitor"),
        severity=ticket.severity,
        severity_word=scene.severity(ticket),
        url=Place().ticket_url(ticket.number),
    )


def _to(scene: Scene, it: Escalation) -> str:
    level = level_words(scene, it.level)
    if it.to is None:
        return scene.t("raised.to_nobody", level=level)
    return scene.t("raised.to", to=scene.name(it.to), level=level)


def _outcome(scene: Scene, it: Escalation, *, went_on: bool) -> str:
    if it.acknowledged_at is not None and it.acknowledged_by is not None:
        name = scene.name(it.acknowledged_by)
        return scene.t("raised.seen", name=name, at=scene.at(it.acknowledged_at))
    return scene.t("raised.passed_on" if went_on else "raised.over")

"""The page of messages from elsewhere: those of unknown people, and what was said of others."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.brief import company_line
from desk.console.incoming.told import URL, came_in
from desk.console.scene import Scene
from desk.console.views import IncomingCard, IncomingPage, MaybeContact, SettledLine
from hotline.calls import callers
from hotline.intake import matching, settling
from hotline.intake.rows import JUNK
from hotline.intake.settling import Incoming
from hotline.partners.service import Contact, snapshot
from hotline.staff import service as staff_service
from hotline.staff.service import Staff

_COUNTED = timedelta(days=30)


@dataclass(frozen=True)
class Asked:
    """The message that is searched for, and the words; or why an act on it was refused."""

    message: int = 0
    query: str = ""
    wrong: str = ""


NOTHING_ASKED = Asked()


async def incoming_page(scene: Scene, session: AsyncSession, asked: Asked) -> IncomingPage:
    found = await settling.waiting(session)
    cards = [await _card(scene, session, message, asked) for message in found]
    staff = {member.id: member for member in await staff_service.all_staff(session, also_left=True)}
    counts = await settling.count_aside(session, scene.now - _COUNTED)
    return IncomingPage(
        waiting=tuple(cards),
        every=await settling.count_waiting(session),
        settled=tuple(
            _settled(scene, message, staff) for message in await settling.settled(session)
        ),
        aside=tuple(came_in(scene, message) for message in await settling.set_aside(session)),
        aside_words=tuple(
            scene.t(f"incoming.aside.{reason}", n=count) for reason, count in counts.items()
        ),
        failed_words="" if any(card.wrong for card in cards) else asked.wrong,
    )


async def _card(
    scene: Scene, session: AsyncSession, message: Incoming, asked: Asked
) -> IncomingCard:
    ticket = message.ticket
    assert ticket is not None  # only what opened one waits here
    is_meant = asked.message == message.id
    query = asked.query if is_meant else ""
    hits = await callers.search(session, query) if query else await _likely(session, message)
    return IncomingCard(
        came=came_in(scene, message),
        words=ticket.description,
        words_lang=ticket.language,
        ticket=scene.link(ticket),
        query=query,
        is_searched=bool(query),
        hits=tuple(_maybe(scene, contact) for contact in hits),
        action=f"{URL}/{message.id}",
        wrong=asked.wrong if is_meant else "",
    )


async def _likely(session: AsyncSession, message: Incoming) -> list[Contact]:
    """Whose number or address it says it is, for somebody to judge."""
    if message.email:
        row = await matching.contact_by_address(session, message.email)
        return [snapshot(row)] if row else []
    return await callers.search(session, message.phone) if message.phone else []


def _maybe(scene: Scene, contact: Contact) -> MaybeContact:
    between = scene.t("brief.between")
    return MaybeContact(
        contact.id,
        contact.name,
        contact.company(scene.language),
        between.join(filter(None, (contact.phone, company_line(scene, contact)))),
    )


def _settled(scene: Scene, message: Incoming, staff: dict[int, Staff]) -> SettledLine:
    ticket, member = message.ticket, staff.get(message.settled_by or 0)
    assert ticket is not None  # nothing else can be settled
    return SettledLine(
        came=came_in(scene, message),
        ticket=scene.link(ticket),
        by_words=scene.t("incoming.by", name=scene.name(member)) if member else "",
        undo_url=f"{URL}/{message.id}/undo" if message.state == JUNK else "",
    )

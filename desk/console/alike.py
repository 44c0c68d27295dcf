"""Duplicates, links and merges of a ticket, as its page shows them."""

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.moves import pen_of
from desk.console.opened import Opened
from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import Alike, AlikeTicket
from hotline.tickets import merging, queries
from hotline.tickets.duplicates import Same, likely_duplicates
from hotline.tickets.moves import DONE_STATES
from hotline.tickets.ticket import Ticket


async def alike_of(scene: Scene, session: AsyncSession, opened: Opened, place: Place) -> Alike:
    """What is likely the same, what was linked and what was merged; each of them once."""
    ticket, merged = opened.ticket, opened.merged
    linked = await merging.linked_to(session, ticket.id) if opened.has.links else []
    known = {one.id for one in (*merged, *linked)}
    likely = [
        one
        for one in await likely_duplicates(session, scene.hotline, ticket)
        if one.ticket.id not in known
    ]
    may_merge = _may_keep(scene, ticket)
    here = _Here(place, ticket.number)
    into = None
    if ticket.merged_into_id is not None:
        [kept] = (await queries.by_ids(session, {ticket.merged_into_id})).values()
        undo = here.act("unmerge") if pen_of(scene, ticket) != "none" else ""
        into = AlikeTicket(scene.link(kept), unmerge_url=undo)
    return Alike(
        likely=tuple(
            AlikeTicket(
                scene.link(one.ticket),
                _why(scene, one.same),
                link_url=here.act("link"),
                merge_url=here.act("merge") if may_merge and _may_go(scene, one.ticket) else "",
            )
            for one in likely
        ),
        linked=tuple(
            AlikeTicket(
                scene.link(one),
                unlink_url=here.act("unlink"),
                merge_url=here.act("merge")
                if may_merge and _may_go(scene, one) and one.merged_into_id is None
                else "",
            )
            for one in linked
        ),
        merged=tuple(
            AlikeTicket(
                scene.link(one),
                unmerge_url=_Here(place, one.number).act("unmerge", **{"from": ticket.number})
                if pen_of(scene, one) != "none"
                else "",
            )
            for one in merged
        ),
        into=into,
        link_url=here.act("link"),
        merge_url=here.act("merge") if may_merge else "",
    )


class _Here:
    def __init__(self, place: Place, number: str) -> None:
        self._place, self._number = place, number

    def act(self, name: str, **more: object) -> str:
        return self._place.ticket_url(self._number, name, **more)


def _may_keep(scene: Scene, ticket: Ticket) -> bool:
    return (
        ticket.merged_into_id is None
        and ticket.state not in DONE_STATES
        and pen_of(scene, ticket) != "none"
    )


def _may_go(scene: Scene, ticket: Ticket) -> bool:
    return pen_of(scene, ticket) != "none"


def _why(scene: Scene, one: Same) -> str:
    """Which facts are the same, and which words stand in both."""
    between = scene.t("brief.between")
    facts = [scene.t(f"alike.same.{reason}") for reason in one.reasons if reason != "words"]
    if one.shared:
        quoted = between.join(scene.t("brief.quoted", word=word) for word in one.shared)
        facts.append(scene.t("alike.words", words=quoted))
    return between.join(facts)

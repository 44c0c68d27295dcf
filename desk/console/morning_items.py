"""What the morning's list says of each matter: who, what, by which door, when to call."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.brief import facts_of
from desk.console.calls.list_page import Refused, back_of
from desk.console.deadlines import due_of
from desk.console.players import players_of
from desk.console.scene import Scene
from desk.console.views import MorningItem
from desk.console.views.morning import CallWindow, CameBy, LineCheck
from hotline.calls.backs import Back
from hotline.conversations.messages import File
from hotline.hardware_line.rows import THROUGH, LineCheckRow
from hotline.hardware_line.watching import checks_of
from hotline.mornings.worklist import Item
from hotline.tickets.ticket import Ticket
from hotline.tickets.worklist import WORK_STATES
from hotline.voice import keeping
from hotline.voice.telling import length

_ICONS = {
    "chat": "message",
    "telephone": "phone-in",
    "mail": "mail",
    "voicemail": "mic",
    "system": "inbox",
}
_DAY = timedelta(days=1)
# What stands elsewhere on the item already.
_TOLD = ("contact", "company", "phone", "customer", "needed_by")

Spoken = Mapping[int, Sequence[tuple[str, File]]]


async def items_of(
    scene: Scene, session: AsyncSession, items: Sequence[Item], refused: Refused
) -> list[MorningItem]:
    ids = {item.ticket.id for item in items}
    spoken = await keeping.of_tickets(session, ids)
    checks = await checks_of(session, ids)
    return [_item(scene, item, spoken, checks.get(item.ticket.id), refused) for item in items]


def _item(
    scene: Scene, item: Item, spoken: Spoken, check: LineCheckRow | None, refused: Refused
) -> MorningItem:
    ticket, contact = item.ticket, item.ticket.contact
    back = Back(ticket, item.begins_at, item.ends_at, item.tries)
    tier, assignee = ticket.tier, ticket.assignee
    is_refused = refused.number == ticket.number
    return MorningItem(
        ticket=scene.link(ticket),
        severity=ticket.severity,
        severity_word=scene.severity(ticket),
        who=contact.name if contact else ticket.fact("contact") or scene.t("brief.visitor"),
        company=contact.company(scene.language) if contact else ticket.fact("company") or "",
        tier=scene.hotline.words.partner(tier, scene.language) if tier else "",
        customer=ticket.fact("customer") or "",
        words=ticket.description,
        lang=ticket.language,
        came=_came(scene, ticket, spoken),
        window=_window(scene, item),
        line=_line(scene, check) if check else None,
        due=due_of(scene, ticket),
        owes_words=scene.t(f"promise.{ticket.owes}"),
        holder=scene.holder(assignee) if assignee else None,
        is_mine=assignee is not None and assignee.id == scene.staff.id,
        may_claim=assignee is None and ticket.state in WORK_STATES,
        facts=tuple(fact for fact in facts_of(scene, ticket) if fact.key not in _TOLD),
        recordings=players_of(scene, ticket, spoken),
        back=None if item.outcome else back_of(scene, back, refused),
        chosen=refused.typed.get("outcome", "") if is_refused else "",
        outcome_words=scene.t(f"morning.outcome.{item.outcome}") if item.outcome else "",
        outcome_detail=_settled(scene, item),
    )


def _came(scene: Scene, ticket: Ticket, spoken: Spoken) -> CameBy:
    door = ticket.source.partition(":")[0]
    door = door if door in _ICONS else "chat"
    seconds = [file.seconds or 0 for _where, file in spoken.get(ticket.id, ())]
    words = scene.t(f"morning.source.{door}")
    if seconds:
        spoke = scene.t("morning.source.spoken") if door == "chat" else words
        words = scene.t("morning.source.long", door=spoke, length=length(sum(seconds)))
    icon = "mic" if seconds else _ICONS[door]
    return CameBy(icon, words, scene.at(ticket.opened_at), scene.iso(ticket.opened_at))


def _window(scene: Scene, item: Item) -> CallWindow:
    ticket, wish = item.ticket, item.ticket.fact("needed_by")
    if ticket.callback_at is not None:
        return CallWindow(scene.t("morning.window.agreed"), scene.at(ticket.callback_at))
    if wish is None:
        return CallWindow(scene.t("morning.window.any"), "")
    if item.ends_at is None:
        return CallWindow(scene.t("brief.quoted", word=wish), "")
    span = ""
    if " " in wish and ":" not in wish and item.ends_at - item.begins_at < _DAY:
        span = f"{scene.clock(item.begins_at)}–{scene.clock(item.ends_at)}"
    return CallWindow(scene.hotline.words.fact_value(wish, scene.language), span)


def _line(scene: Scene, check: LineCheckRow) -> LineCheck:
    key = check.outcome or ("asked" if check.asked_at else "waits")
    kind = "open" if not check.outcome else "through" if key == THROUGH else "failed"
    at = scene.at(check.outcome_at or check.asked_at or check.named_at)
    return LineCheck(kind, scene.t(f"morning.line.{key}"), at, scene.t(f"queue.line.{key}", at=at))


def _settled(scene: Scene, item: Item) -> str:
    """When, and by whom if somebody on staff did it."""
    if item.settled_at is None:
        return ""
    is_today = scene.local(item.settled_at).date() == scene.today
    at = scene.clock(item.settled_at) if is_today else scene.at(item.settled_at)
    if item.settled_by is None:
        return at
    return scene.t("morning.settled_by", at=at, name=scene.name(item.settled_by))

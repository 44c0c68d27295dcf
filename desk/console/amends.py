"""The fields of a ticket that staff change, as forms; and two values side by side."""

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.moves import pen_of
from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import Choice, EditField, FieldError, StaleEdit
from hotline.settings import QUEUES
from hotline.staff import service as staff_service
from hotline.staff.service import Staff
from hotline.tickets.amending import (
    ASSIGNEE,
    FACT_CHARS,
    FACTS,
    FIELDS,
    QUEUE,
    SEVERITY,
    Stale,
    value_of,
)
from hotline.tickets.ticket import Ticket

_SEVERITIES = (1, 2, 3, 4)


async def edits_of(
    scene: Scene, session: AsyncSession, ticket: Ticket, error: FieldError | None = None
) -> tuple[EditField, ...]:
    """A form for each field, for whoever may act on the ticket; none of one that is closed."""
    if ticket.state == "closed" or pen_of(scene, ticket) == "none":
        return ()
    staff = await staff_service.all_staff(session)
    return tuple(_field(scene, ticket, name, staff, error) for name in FIELDS)


async def stale_of(
    scene: Scene, session: AsyncSession, ticket: Ticket, place: Place, stale: Stale
) -> StaleEdit:
    told, staff = stale.fields, await staff_service.all_staff(session)
    name, at = str(told["field"]), told["at"]
    return StaleEdit(
        field=name,
        label=scene.t(f"amend.field.{name}"),
        present=told["present"],
        present_words=_words(scene, ticket, name, told["present"], staff),
        mine=told["mine"],
        mine_words=_words(scene, ticket, name, told["mine"], staff),
        by_words=_by(scene, str(told["actor"]), staff),
        at_words=scene.at(at) if at else "",
        at_iso=scene.iso(at) if at else "",
        action=place.ticket_url(ticket.number, "amend"),
        keep_url=place.ticket_url(ticket.number),
    )


def severity_words(scene: Scene, ticket: Ticket, level: str) -> str:
    """A severity in a word, beside its figure."""
    word = scene.level(int(level), (ticket.queue,))
    return scene.t("amend.severity", n=level, word=word)


def _field(
    scene: Scene, ticket: Ticket, name: str, staff: list[Staff], error: FieldError | None
) -> EditField:
    seen = value_of(ticket, name)
    is_wrong = error is not None and error.form == "amend" and error.field == name
    typed = error.typed if error is not None and is_wrong else seen
    hint = f"amend.hint_of.{name}"
    return EditField(
        name=name,
        label=scene.t(f"amend.field.{name}"),
        seen=seen,
        words=_words(scene, ticket, name, seen, staff),
        typed=typed,
        choices=_choices(scene, ticket, name, typed, staff),
        hint=scene.t(hint) if name in (QUEUE, SEVERITY, "serial") else "",
        longest=FACT_CHARS if name in FACTS else 0,
    )


def _choices(
    scene: Scene, ticket: Ticket, name: str, chosen: str, staff: list[Staff]
) -> tuple[Choice, ...]:
    values: list[str] = []
    if name == SEVERITY:
        values = [str(level) for level in _SEVERITIES]
    elif name == QUEUE:
        values = list(QUEUES)
    elif name == ASSIGNEE:
        # Those of its queue first; nobody only where handing back is a move.
        of_queue = sorted(staff, key=lambda one: ticket.queue not in one.queues)
        nobody = [""] if ticket.state in ("new", "open") else []
        values = [*nobody, *(str(one.id) for one in of_queue)]
    return tuple(
        Choice(value, _words(scene, ticket, name, value, staff), value == chosen)
        for value in values
    )


def _words(scene: Scene, ticket: Ticket, name: str, value: str, staff: list[Staff]) -> str:
    if name == SEVERITY:
        return severity_words(scene, ticket, value)
    if name == QUEUE:
        return scene.t(f"service_queue.{value}")
    if name == ASSIGNEE:
        holder = next((one for one in staff if str(one.id) == value), None)
        return scene.name(holder) if holder else scene.t("ticket.nobody")
    return value or scene.t("amend.empty")


def _by(scene: Scene, actor: str, staff: list[Staff]) -> str:
    kind, _, number = actor.partition(":")
    by = next((one for one in staff if kind == "staff" and str(one.id) == number), None)
    if by is not None:
        return scene.name(by)
    return scene.t({"partner": "item.partner", "bot": "item.bot"}.get(kind, "amend.somebody"))

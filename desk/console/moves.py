"""What may be done with a ticket now, as the buttons of its page."""

import uuid

from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import Move, Pen
from hotline.tickets.holders import may_act
from hotline.tickets.moves import moves_from
from hotline.tickets.ticket import Ticket

# Where a move has no door of its own, the state it leads to.
_TARGETS = {
    "wait_partner": "waiting_partner",
    "wait_other": "waiting_other",
    "resume": "open",
    "reopen": "open",
}
_DOORS = {
    "claim": "claim",
    "take_over": "take-over",
    "release": "release",
    "resolve": "resolve",
}
_KEYS = {"claim": "C", "wait_partner": "W", "resolve": "R"}
_PRIMARY = ("claim", "take_over", "resolve", "reopen")
_NEED_TEXT = ("wait_partner", "wait_other", "resolve", "reopen")


def pen_of(scene: Scene, ticket: Ticket) -> Pen:
    """How the reader may speak to the partner of `ticket`."""
    holder = ticket.assignee.id if ticket.assignee else None
    if holder == scene.staff.id:
        return "holder"
    if holder is None:
        return "claiming"
    return "lead" if may_act(holder, scene.staff) else "none"


def moves_of(scene: Scene, ticket: Ticket, place: Place) -> tuple[Move, ...]:
    """The moves that the table and the holder allow; the likeliest one is the primary button."""
    names = _names(ticket, pen_of(scene, ticket))
    primary = next((name for name in _PRIMARY if name in names and name != "take_over"), None)
    if names == ["take_over"]:
        primary = "take_over"
    return tuple(
        Move(
            name=name,
            label=scene.t(f"move.{name}"),
            action=place.ticket_url(ticket.number, _DOORS.get(name, "state")),
            needs_text=name in _NEED_TEXT,
            style="primary" if name == primary else "secondary",
            state=_TARGETS.get(name),  # type: ignore[arg-type]  # the names above
            key=_KEYS.get(name, ""),
            text_label=scene.t(f"move.{name}_text") if name in _NEED_TEXT else "",
            client_id=_id_of(ticket, name, scene),
        )
        for name in names
    )


def _id_of(ticket: Ticket, name: str, scene: Scene) -> str:
    named = f"{ticket.number}:{ticket.version}:{name}:{scene.staff.id}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, named))


def _names(ticket: Ticket, pen: Pen) -> list[str]:
    if pen == "none":
        return ["take_over"]
    left_out = {"confirm", "close", "lapse", "unclaim", "release" if pen == "claiming" else "claim"}
    if ticket.merged_into_id is not None:  # undoing that has a button of its own
        left_out.add("reopen")
    names = [name for name in moves_from(ticket.state) if name not in left_out]
    if pen == "lead":
        names.append("take_over")
    # What is about the holder comes behind what is about the work.
    return sorted(names, key=lambda name: name in ("release", "take_over"))

"""What a change of hours or rules would move, as both previews show it."""

from desk.console.scene import Scene
from desk.console.views.moved import MovedTicket
from hotline.tickets.recounting import Move


def moved_ticket(scene: Scene, move: Move) -> MovedTicket:
    """Whose it is, and both times."""
    contact = move.ticket.contact
    return MovedTicket(
        move.ticket.number,
        f"/console/tickets/{move.ticket.number}",
        contact.company(scene.language) if contact else scene.t("brief.visitor"),
        scene.at(move.before),
        scene.at(move.after),
    )

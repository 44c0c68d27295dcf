"""How a message came, in words: for its own page and for the ticket's."""

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.scene import Scene
from desk.console.views import CameIn
from hotline.intake import settling
from hotline.intake.messages import length_words
from hotline.intake.settling import Incoming

URL = "/console/incoming"
_SYSTEM = "intake:"


def came_in(scene: Scene, message: Incoming) -> CameIn:
    ticket = message.ticket
    sound_url = ""
    if ticket is not None and ticket.conversation_id and message.audio_id:
        files = f"/console/conversations/{ticket.conversation_id}/files"
        sound_url = f"{files}/{message.audio_id}"
    state = message.reason or message.state
    who = " ".join(dict.fromkeys(filter(None, (message.caller, message.email))))
    return CameIn(
        id=message.id,
        from_words=source_words(scene, message.source),
        who=who or scene.t("incoming.nobody"),
        at_words=scene.at(message.received_at),
        at_iso=scene.iso(message.received_at),
        sound_url=sound_url,
        length_words=length_words(message.audio_seconds) if message.audio_seconds else "",
        not_verified=message.verified is False,
        state=message.state,
        state_words=scene.t(f"incoming.state.{state}"),
    )


async def came_in_to(scene: Scene, session: AsyncSession, ticket_id: int) -> tuple[CameIn, ...]:
    """How the messages came that this ticket has from elsewhere."""
    found = await settling.of_ticket(session, ticket_id)
    return tuple(came_in(scene, message) for message in found)


def source_words(scene: Scene, source: str) -> str:
    if source.startswith(_SYSTEM):
        return scene.t("incoming.from.system", name=source.removeprefix(_SYSTEM))
    return scene.t(f"incoming.from.{source}")

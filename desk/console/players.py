"""What a file of a conversation looks like in the console: a link, a picture, a player."""

from collections.abc import Mapping, Sequence

from desk.chat.api import SHOWN
from desk.console.scene import Scene
from desk.console.views import FileLink, Recording
from hotline.conversations.messages import File
from hotline.tickets.ticket import Ticket
from hotline.voice.telling import length

_MEGABYTE, _KILOBYTE = 1024 * 1024, 1024


def file_link(
    scene: Scene, file: File, conversation_id: str, number: str = "", wish: str = ""
) -> FileLink:
    """A file; a voice message of the ticket `number` may be written down there, and `wish` is when
    whoever left it wishes to be called."""
    url = f"/console/conversations/{conversation_id}/files/{file.id}"
    is_image = file.media_type in SHOWN
    return FileLink(
        file.name,
        url,
        _size(file.size_bytes),
        is_image=is_image,
        is_audio=file.media_type.startswith("audio/"),
        kind_words=scene.t("item.pdf") if file.media_type == "application/pdf" else "",
        open_url=f"{url}?show=1" if is_image else "",
        recording=_recording(scene, file, number, wish) if file.seconds is not None else None,
    )


def players_of(
    scene: Scene, ticket: Ticket, spoken: Mapping[int, Sequence[tuple[str, File]]]
) -> tuple[FileLink, ...]:
    """What was left on `ticket` by voice, to be heard before they are called; `spoken` has the
    conversation and the file of each, by ticket."""
    return tuple(
        file_link(scene, file, conversation_id, ticket.number)
        for conversation_id, file in spoken.get(ticket.id, ())
    )


def _recording(scene: Scene, file: File, number: str, wish: str) -> Recording:
    by = ""
    if file.words_by is not None and file.words_at is not None:
        by = scene.t("recording.by", name=scene.name(file.words_by), at=scene.at(file.words_at))
    return Recording(
        id=file.id,
        length_words=length(file.seconds or 0),
        wish_words=wish,
        words=file.words,
        by_words=by,
        seen=file.words_at.isoformat() if file.words_at else "",
        action=f"/console/tickets/{number}/recordings/{file.id}" if number else "",
    )


def _size(size_bytes: int) -> str:
    if size_bytes >= _MEGABYTE:
        return f"{size_bytes / _MEGABYTE:.1f} MB"
    return f"{max(1, round(size_bytes / _KILOBYTE))} KB"

"""What a recording is, by its content: its kind, and how long it is."""

import math
from dataclasses import dataclass
from pathlib import Path

import filetype
from tinytag import TinyTag, TinyTagException

from hotline.errors import BadInput
from hotline.voice.measuring import NotARecording, seconds_of

# As the library of signatures calls them; an mp4 or a webm may well be sound alone.
_KINDS = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "webm": "audio/webm",
    "m4a": "audio/mp4",
    "mp4": "audio/mp4",
}
ENDINGS = ("wav", "mp3", "ogg", "oga", "opus", "webm", "m4a", "mp4")
_LONGEST_S = 24 * 3600.0
_TROUBLE = (TinyTagException, OSError, ValueError, ArithmeticError, LookupError, TypeError)


class NotAudio(BadInput):
    """It is no recording, whatever its name says."""

    status = 422


@dataclass(frozen=True)
class Sound:
    """`seconds` is None where the file does not say, as one that was cut off."""

    media_type: str
    seconds: float | None


def read(path: Path) -> Sound:
    """The recording in the file; NotAudio for anything else. It reads from disk."""
    sniffed = filetype.guess(str(path))
    media_type = _KINDS.get(sniffed.extension if sniffed else "")
    if media_type is None:
        raise NotAudio("the file is no audio", reason="not_audio")
    if media_type == "audio/webm":
        return Sound(media_type, _webm_seconds(path))
    try:
        tags = TinyTag.get(path, tags=False)
    except _TROUBLE:
        raise NotAudio("the audio cannot be read", reason="not_audio") from None
    if not tags.duration:
        raise NotAudio("the audio has no sound in it", reason="not_audio")
    return Sound(media_type, _checked(tags.duration))


def _checked(seconds: float | None) -> float | None:
    """A length that can be true, to a tenth."""
    if seconds is None or not math.isfinite(seconds) or not 0 < seconds < _LONGEST_S:
        return None
    return round(seconds, 1)


def _webm_seconds(path: Path) -> float:
    """By its last block: a browser writes no length."""
    try:
        return seconds_of(path)[1]
    except NotARecording:
        raise NotAudio("the audio cannot be read", reason="not_audio") from None

"""What a recording is that a telephone system or a mail brings: its kind, and how long it is.

By its content alone. There are more kinds than a browser records, and who sends them is known: a
length that the file does not tell refuses nothing, as it does in `hotline/voice/measuring.py`.
"""

from dataclasses import dataclass
from pathlib import Path

import filetype
from tinytag import TinyTag, TinyTagException

from hotline.errors import BadInput
from hotline.voice.kinds import LONGEST_S, SENT
from hotline.voice.measuring import NotARecording, seconds_of

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
    media_type = SENT.get(sniffed.extension if sniffed else "")
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


def _checked(seconds: float) -> float | None:
    """A length that can be true, to a tenth."""
    return round(seconds, 1) if 0 < seconds < LONGEST_S else None


def _webm_seconds(path: Path) -> float:
    """By its last block: a browser writes no length."""
    try:
        return seconds_of(path)[1]
    except NotARecording:
        raise NotAudio("the audio cannot be read", reason="not_audio") from None

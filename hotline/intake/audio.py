"""What a recording is, by its content: its kind, and how long it is."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filetype
from ebmlite import loadSchema
from tinytag import TinyTag, TinyTagException

from hotline.errors import BadInput

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
_AUDIO_TRACK = 2
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
        return Sound(media_type, _checked(_webm_seconds(path)))
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


def _webm_seconds(path: Path) -> float | None:
    """As its head says, else up to its last block; NotAudio if nothing in it is to be heard."""
    try:
        with path.open("rb") as file:
            segment = next(
                each for each in loadSchema("matroska.xml").load(file) if each.name == "Segment"
            )
            return _seconds_of(segment)
    except (*_TROUBLE, AttributeError, StopIteration):
        raise NotAudio("the audio cannot be read", reason="not_audio") from None


def _seconds_of(segment: Any) -> float | None:
    scale, seconds, last, is_heard = 1_000_000, None, 0, False
    for part in segment:
        if part.name == "Info":
            info = {each.name: each.value for each in part}
            scale = int(info.get("TimecodeScale", scale))
            if "Duration" in info:
                seconds = float(info["Duration"]) * scale / 1e9
        elif part.name == "Tracks":
            kinds = [each.value for track in part for each in track if each.name == "TrackType"]
            is_heard = _AUDIO_TRACK in kinds
        elif part.name == "Cluster":
            last = max(last, _last_block(part))
    if not is_heard:
        raise NotAudio("the file has no sound in it", reason="not_audio")
    return seconds if seconds is not None else last * scale / 1e9


def _last_block(cluster: Any) -> int:
    """When the cluster's last block begins, in the file's own ticks."""
    begins, latest = 0, 0
    for each in cluster:
        if each.name == "Timecode":
            begins = int(each.value)
        elif each.name == "SimpleBlock":  # a track's number, one byte as a rule, then 16 bits
            latest = max(latest, int.from_bytes(bytes(each.value[1:3]), "big", signed=True))
    return begins + latest

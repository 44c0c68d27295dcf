"""How long a recording of our own page is, by what is in the file. Pure but for reading it.

Browsers write while they record: WebM without a length at all, MP4 in fragments with a length of
nought. So nobody's claim is asked; the time of the last sound that is there tells. A recording is
sound alone: a file with pictures in it is none, nor is one whose size and length cannot belong
together. What a telephone system sends is read in `hotline/intake/audio.py`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ebmlite
from tinytag import TinyTag, TinyTagException

from hotline.voice import mp4
from hotline.voice.kinds import LONGEST_S, RECORDED

_SCHEMA = "matroska.xml"
_SOUND = 2  # the TrackType of audio
_MOST_ELEMENTS = 100_000  # 190 s in frames of 2.5 ms are 76,000
_LEAST_BYTES_A_SECOND, _MOST_BYTES_A_SECOND = 100, 80_000
_USUAL_SCALE_NS = 1_000_000
_OPENINGS = {b"\x1a\x45\xdf\xa3": "webm", b"OggS": "ogg"}


class NotARecording(Exception):
    """The file is no sound that can be measured."""


def seconds_of(path: Path) -> tuple[str, float]:
    """The media type by the content, and the length in seconds. NotARecording for anything else."""
    kind = _kind_of(path)
    try:
        seconds = {"webm": _of_webm, "ogg": _of_ogg, "mp4": mp4.seconds_of}[kind](path)
    except NotARecording:
        raise
    except Exception as unreadable:  # whatever a library makes of bytes that somebody made up
        raise NotARecording(type(unreadable).__name__) from None
    if not 0 < seconds < LONGEST_S or not _fits(path.stat().st_size, seconds):
        raise NotARecording("no sound in it, or not so long as it says")
    return RECORDED[kind], round(seconds, 1)


def _kind_of(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "mp4"
    if kind := _OPENINGS.get(head[:4]):
        return kind
    raise NotARecording("neither WebM, Ogg nor MP4")


def _fits(size_bytes: int, seconds: float) -> bool:
    """Speech is neither a few bytes a second nor megabytes. A short one is mostly its head."""
    most = 16_384 + seconds * _MOST_BYTES_A_SECOND
    return seconds * _LEAST_BYTES_A_SECOND <= size_bytes <= most


def _of_ogg(path: Path) -> float:
    """By the position that the last page is marked with."""
    try:
        return float(TinyTag.get(path, tags=False).duration or 0)
    except TinyTagException as unreadable:
        raise NotARecording(type(unreadable).__name__) from None


def _of_webm(path: Path) -> float:
    """From the first block to the last, and as much again as lies between the last two."""
    scale, times = _USUAL_SCALE_NS, list[int]()
    has_sound = False
    with path.open("rb") as file:
        for element, cluster_at in _elements(ebmlite.loadSchema(_SCHEMA).load(file)):
            if element.name == "TimecodeScale":
                scale = int(element.value)
            elif element.name == "TrackType":
                if element.value != _SOUND:
                    raise NotARecording("not sound alone")
                has_sound = True
            elif element.name in ("SimpleBlock", "Block"):
                times.append(cluster_at + _place_in_cluster(bytes(element.value)))
    if not has_sound or not times:
        raise NotARecording("no sound in it")
    times.sort()
    last = times[-1] - times[-2] if len(times) > 1 else 0
    return (times[-1] - times[0] + last) * scale / 1e9


_OPENED = ("Segment", "Info", "Tracks", "TrackEntry", "Cluster", "BlockGroup")


def _elements(document: Any) -> Iterator[tuple[Any, int]]:
    """The elements of what is opened, in order, each with the time of the cluster it is in."""
    cluster_at, seen = 0, 0
    waiting = [iter(document)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
            continue
        seen += 1
        if seen > _MOST_ELEMENTS:
            raise NotARecording("more pieces than any recording has")
        if element.name == "Timecode":
            cluster_at = int(element.value)
        if element.name in _OPENED:
            waiting.append(iter(element))
        else:
            yield element, cluster_at


def _place_in_cluster(block: bytes) -> int:
    """A block begins with its track, as long as its leading zero bits say; then comes the time."""
    track_bytes = 9 - block[0].bit_length()
    return int.from_bytes(block[track_bytes : track_bytes + 2], "big", signed=True)

"""The length of the sound in an MP4 file (ISO/IEC 14496-12), whole or in fragments.

tinytag reads the head alone, which in a browser's recording says nought: the length is in the
fragments behind it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_OPENED = (b"moov", b"trak", b"mdia", b"mvex", b"moof", b"traf")
_READ = (b"mdhd", b"hdlr", b"trex", b"tfhd", b"trun")
_MOST_BOXES = 100_000
_DEEPEST = 6
# In `tfhd` and `trun`: which of the optional fields are there.
_OFFSET, _SAMPLE_KIND, _USUAL_DURATION = 0x1, 0x2, 0x8
_DATA_OFFSET, _FIRST_FLAGS = 0x1, 0x4
_DURATION, _PER_SAMPLE = 0x100, (0x100, 0x200, 0x400, 0x800)


class BadMp4(Exception):
    """No MP4 with sound alone."""


@dataclass
class _Track:
    scale: int = 0
    whole: int = 0  # by the head, in units of `scale`
    usual: int = 0  # of a sample, where nothing nearer says it
    fragments: int = 0


def seconds_of(path: Path) -> float:
    """The length in seconds; BadMp4 for a file that is more than sound, or unreadable."""
    data = path.read_bytes()  # its size has been limited where it came in
    track, usual, handlers = _Track(), 0, set[bytes]()
    for kind, body in _boxes(data, 0, len(data), 0):
        if kind == b"hdlr":
            handlers.add(body[8:12])
        elif kind == b"mdhd":
            track.scale, track.whole = _media_header(body)
        elif kind == b"trex":
            track.usual = usual = struct.unpack_from(">I", body, 12)[0]
        elif kind == b"tfhd":
            usual = _usual_of_fragment(body, track.usual)
        elif kind == b"trun":
            track.fragments += _run(body, usual)
    if b"soun" not in handlers or b"vide" in handlers or not track.scale:
        raise BadMp4("not sound alone")
    return (track.fragments or track.whole) / track.scale


def _boxes(data: bytes, start: int, end: int, depth: int) -> Iterator[tuple[bytes, bytes]]:
    """The boxes that are read, in order, whatever they lie in."""
    count = 0
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1 and start + 16 <= end:
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        elif size == 0:  # up to the end
            size = end - start
        count += 1
        if size < head or count > _MOST_BOXES or depth > _DEEPEST:
            raise BadMp4("boxes that are none")
        inner, behind = start + head, min(start + size, end)
        if kind in _OPENED:
            yield from _boxes(data, inner, behind, depth + 1)
        elif kind in _READ:
            yield kind, data[inner:behind]
        start += size


def _media_header(body: bytes) -> tuple[int, int]:
    """Units a second, and the length in them; all ones say that it is not known."""
    form, at = (">IQ", 20) if body[0] == 1 else (">II", 12)
    scale, length = struct.unpack_from(form, body, at)
    unknown = 2**64 - 1 if body[0] == 1 else 2**32 - 1
    return scale, 0 if length == unknown else length


def _usual_of_fragment(body: bytes, usual: int) -> int:
    flags = int.from_bytes(body[1:4], "big")
    if not flags & _USUAL_DURATION:
        return usual
    at = 8 + (8 if flags & _OFFSET else 0) + (4 if flags & _SAMPLE_KIND else 0)
    return int(struct.unpack_from(">I", body, at)[0])


def _run(body: bytes, usual: int) -> int:
    """How long the samples of one run are together."""
    flags, count = int.from_bytes(body[1:4], "big"), struct.unpack_from(">I", body, 4)[0]
    if not flags & _DURATION:
        return int(count) * usual
    width = 4 * sum(bool(flags & one) for one in _PER_SAMPLE)
    at = 8 + (4 if flags & _DATA_OFFSET else 0) + (4 if flags & _FIRST_FLAGS else 0)
    if at + count * width > len(body):
        raise BadMp4("a run that is longer than its box")
    return sum(struct.unpack_from(">I", body, at + n * width)[0] for n in range(count))

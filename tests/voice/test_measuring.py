"""How long a recording is, by what is in it: a browser's own, and what only says it is one."""

import struct
from pathlib import Path

import pytest

from hotline.voice.measuring import NotARecording, seconds_of

HERE = Path(__file__).parent
WEBM, MP4 = HERE / "chromium.webm", HERE / "chromium.mp4"  # 2.5 s of a browser's fake microphone
HEAD = WEBM.read_bytes()[: WEBM.read_bytes().index(b"\x1f\x43\xb6\x75")]  # up to the first sound


def written(folder: Path, content: bytes) -> Path:
    file = folder / "recording"  # as it comes in: without an ending
    file.write_bytes(content)
    return file


def ogg(granule: int) -> bytes:
    """An Opus stream of two header pages and one whose last sample is `granule`, at 48 kHz."""
    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 0, 48000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 0) + struct.pack("<I", 0)
    pages = ((2, 0, head), (0, 0, tags), (4, granule, b"\xfc" * 250))
    content = b""
    for number, (flags, position, packet) in enumerate(pages):
        content += b"OggS\0" + struct.pack("<BqIIIB", flags, position, 7, number, 0, 1)
        content += bytes([len(packet)]) + packet
    return content


@pytest.mark.parametrize(
    ("file", "kind"), [(WEBM, "audio/webm"), (MP4, "audio/mp4")], ids=["webm", "mp4"]
)
def test_a_browsers_recording_is_as_long_as_its_sound_though_its_head_says_nothing(
    tmp_path: Path, file: Path, kind: str
) -> None:
    media_type, seconds = seconds_of(written(tmp_path, file.read_bytes()))
    assert media_type == kind
    assert 2.2 <= seconds <= 2.7


def test_an_ogg_is_as_long_as_its_last_page_says(tmp_path: Path) -> None:
    assert seconds_of(written(tmp_path, ogg(3 * 48000))) == ("audio/ogg", 3.0)


def test_a_recording_that_broke_off_is_as_long_as_what_is_there(tmp_path: Path) -> None:
    content = WEBM.read_bytes()
    _, seconds = seconds_of(written(tmp_path, content[: len(content) // 2]))
    assert 0.8 <= seconds <= 1.6


def test_what_a_head_claims_counts_for_nothing(tmp_path: Path) -> None:
    """A length of an hour before two seconds of sound."""
    writer = b"\x4d\x80\x86Chrome"  # as long as a length with a void behind it
    claim = b"\x44\x89\x84" + struct.pack(">f", 3_600_000.0) + b"\xec\x80"
    claimed = WEBM.read_bytes().replace(writer, claim)
    assert claimed != WEBM.read_bytes()
    assert seconds_of(written(tmp_path, claimed))[1] < 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no sound at all",
        b"\x89PNG\r\n\x1a\n" + bytes(64),
        b"\x1a\x45\xdf\xa3" + bytes(64),
        b"OggS" + bytes(64),
        bytes(4) + b"ftypisom" + bytes(64),
        HEAD,
        WEBM.read_bytes().replace(b"\x83\x81\x02", b"\x83\x81\x01"),  # a track of pictures
        MP4.read_bytes().replace(b"soun", b"vide"),
        ogg(2**40),  # a year in four hundred bytes
        WEBM.read_bytes() + bytes(3_000_000),  # megabytes behind two seconds
    ],
    ids=lambda content: f"{len(content)} bytes",
)
def test_what_is_no_recording_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotARecording):
        seconds_of(written(tmp_path, content))


def test_pieces_without_end_are_not_counted_to_the_end(tmp_path: Path) -> None:
    with pytest.raises(NotARecording):
        seconds_of(written(tmp_path, HEAD + b"\xec\x80" * 500_000))

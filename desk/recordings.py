"""Whether an uploaded file is a voice message that is taken, in words for the partner if not."""

import asyncio
from pathlib import Path

from hotline.core import Hotline
from hotline.errors import BadInput, HotlineError, TooLarge
from hotline.voice.kinds import RECORDED
from hotline.voice.measuring import NotARecording, seconds_of
from hotline.voice.telling import length

GRACE_S = 10  # a browser stops a little after it was told to
_MEGABYTE = 1024 * 1024


def is_recording(ending: str) -> bool:
    """Whether a file calls itself one."""
    return ending in RECORDED


async def measured(hotline: Hotline, path: Path, language: str) -> tuple[str, float]:
    """The media type and the length in seconds, by the content alone."""
    most = hotline.settings.limits.voice_seconds
    try:
        media_type, seconds = await asyncio.to_thread(seconds_of, path)
    except NotARecording:
        raise _refused(hotline, "voice_unreadable", language) from None
    if seconds > most + GRACE_S:
        told = {"length": length(seconds), "limit": length(most)}
        raise _refused(hotline, "voice_too_long", language, **told)
    return media_type, seconds


def too_large(hotline: Hotline, size_bytes: int, language: str) -> TooLarge:
    words = hotline.replies.text(
        "voice_too_large",
        language,
        size=f"{size_bytes / _MEGABYTE:.1f}",
        limit=hotline.settings.limits.voice_mb,
    )
    return TooLarge(words, reason="file_refused")


def _refused(hotline: Hotline, words: str, language: str, **values: object) -> HotlineError:
    return BadInput(hotline.replies.text(words, language, **values), reason="file_refused")

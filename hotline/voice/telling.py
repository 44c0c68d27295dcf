"""A recording in words: how long it is, and what stands on a ticket where words would."""

from collections.abc import Sequence

from hotline.conversations.messages import File
from hotline.core import Hotline
from hotline.words.figures import say_minutes


def length(seconds: float) -> str:
    """「1:12」, a second for one that is shorter."""
    return say_minutes(max(1, round(seconds)))


def described(hotline: Hotline, files: Sequence[File], language: str) -> str:
    """What a ticket says in the place of words: a voice message, and how long it is."""
    lengths = [length(file.seconds or 0) for file in files]
    joined = hotline.words.say("list_comma", language).join(lengths)
    return hotline.words.say("voice_message", language, length=joined) if files else ""

"""Which intents the conversations are about, in which language: as a table."""

from collections import Counter
from collections.abc import Iterable, Sequence

LANGUAGES = ("zh-TW", "en")


def uncovered(intents: Sequence[str], understood: Iterable[tuple[str, str]]) -> list[str]:
    """The intents that no conversation says in some language, as 「intent (en)」."""
    seen = set(understood)
    every = [(intent, language) for intent in intents for language in LANGUAGES]
    return [f"{pair[0]} ({pair[1]})" for pair in every if pair not in seen]


def coverage(intents: Sequence[str], understood: Iterable[tuple[str, str]]) -> str:
    """A line an intent: how often it was said, and understood, in each language."""
    counts = Counter(understood)
    head = f"{'intent':<26} {'zh-TW':>6} {'en':>6}"
    rows = (
        f"{intent:<26} " + " ".join(f"{counts[intent, language]:>6}" for language in LANGUAGES)
        for intent in intents
    )
    return "\n".join((head, *rows))

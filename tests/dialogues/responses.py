"""Which responses of the domain a bubble is: their own text as a pattern, its gaps being anything.

A bubble may hold two, such as 「序號 78A1234，記下了。」 and the question behind it: the gap
`next_question` is another response.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent.parent
_GAP = re.compile(r"( ?)\{(\w+)\}( ?)")
_NESTED = "next_question"


class Responses:
    """The sentences of `domain.yml`, by name and language."""

    def __init__(self, domain: Path = ROOT / "domain.yml") -> None:
        said = yaml.safe_load(domain.read_text(encoding="utf-8"))["responses"]
        self._patterns = {
            (name.removeprefix("utter_"), _language(variation)): _pattern(variation["text"])
            for name, variations in said.items()
            for variation in variations
        }
        self._seen: dict[tuple[str, str], tuple[str, ...]] = {}
        self._literal = {
            key: len(_GAP.sub("", pattern.pattern)) for key, pattern in self._patterns.items()
        }

    def __contains__(self, name: str) -> bool:
        return (name, "zh-TW") in self._patterns

    def follows(self, bubbles: Sequence[str], language: str, names: Sequence[str]) -> bool:
        """Whether `bubbles` are the responses `names`, in order and nothing else."""
        rest = names
        for bubble in bubbles:
            left = self._without(bubble, language, rest)
            if left is None:
                return False
            rest = left
        return not rest

    def names_of(self, bubble: str, language: str) -> tuple[str, ...]:
        """What a bubble is most likely made of; ("?",) if it is none of ours."""
        if (bubble, language) not in self._seen:
            self._seen[bubble, language] = self._likeliest(bubble, language)
        return self._seen[bubble, language]

    def _likeliest(self, bubble: str, language: str) -> tuple[str, ...]:
        for tongue in (language, "en" if language == "zh-TW" else "zh-TW"):
            fits = [
                (self._literal[key], key[0], match)
                for key, pattern in self._patterns.items()
                if key[1] == tongue and (match := pattern.fullmatch(bubble))
            ]
            if fits:
                _length, name, match = max(fits, key=lambda fit: fit[0])
                inner = match.groupdict().get(_NESTED)
                return (name, *(self.names_of(inner, tongue) if inner else ()))
        return ("?",)

    def _without(self, bubble: str, language: str, names: Sequence[str]) -> Sequence[str] | None:
        """`names` without those that `bubble` is; None if it is something else."""
        if not names or (names[0], language) not in self._patterns:
            return None
        match = self._patterns[names[0], language].fullmatch(bubble)
        if match is None:
            return None
        inner = match.groupdict().get(_NESTED)
        return self._without(inner, language, names[1:]) if inner else names[1:]


def _language(variation: dict[str, object]) -> str:
    return "en" if variation.get("condition") else "zh-TW"


def _pattern(text: str) -> re.Pattern[str]:
    """`text` with gaps that take anything, with or without the spaces around them."""
    pattern, end, nested = "", 0, False
    for gap in _GAP.finditer(text):
        pattern += re.escape(text[end : gap.start()])
        around = [" ?" if space else "" for space in (gap[1], gap[3])]
        is_first_nested = gap[2] == _NESTED and not nested
        nested = nested or is_first_nested
        inside = f"(?P<{_NESTED}>.*)" if is_first_nested else ".*?"
        pattern += f"{around[0]}{inside}{around[1]}"
        end = gap.end()
    return re.compile(pattern + re.escape(text[end:]).rstrip(), re.DOTALL)

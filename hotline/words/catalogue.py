"""A catalogue: words by key and language, from a YAML file whose leaves are {zh-TW: ..., en: ...}.

The keys of nested tables are joined by dots: `queue.technical`.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hotline.yaml_files import parsed

LANGUAGES = ("zh-TW", "en")

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Catalogue:
    """Words that are complete: every key in both languages, with the same placeholders."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._words = words
        # Words and placeholders by turns, cut once: a page says some thousands of them.
        self._pieces = {
            key: {language: _PLACEHOLDER.split(text) for language, text in spoken.items()}
            for key, spoken in words.items()
        }

    @classmethod
    @cache
    def load(cls, path: Path) -> "Catalogue":
        """Read a file, once; ValueError names a key that lacks a language or a placeholder."""
        words = dict(_leaves("", parsed(path.read_text(encoding="utf-8"))))
        for key, spoken in words.items():
            if set(spoken) != set(LANGUAGES) or not all(
                isinstance(it, str) for it in spoken.values()
            ):
                raise ValueError(f"{path.name}: {key} needs words in {' and '.join(LANGUAGES)}")
            if len({frozenset(_PLACEHOLDER.findall(text)) for text in spoken.values()}) > 1:
                raise ValueError(f"{path.name}: {key} has other placeholders in one language")
        return cls(words)

    def __contains__(self, key: str) -> bool:
        return key in self._words

    def say(self, key: str, language: str, **values: object) -> str:
        """The words of `key` with their placeholders filled; a missing value is a KeyError."""
        said, *rest = self._pieces[key][language]
        for place, words in zip(rest[::2], rest[1::2], strict=True):
            said += str(values[place]) + words
        return said

    def below(self, prefix: str, language: str) -> dict[str, Any]:
        """Everything under `prefix` in one language, in the tables it was written in."""
        told: dict[str, Any] = {}
        for key, spoken in self._words.items():
            if key.startswith(f"{prefix}."):
                *tables, name = key.removeprefix(f"{prefix}.").split(".")
                branch = told
                for table in tables:
                    branch = branch.setdefault(table, {})
                branch[name] = spoken[language]
        return told


def _leaves(prefix: str, table: Mapping[Any, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(name, bool):  # YAML's no, yes, on and off
            raise ValueError(f"{key} was written as a yes or no: put it in quotes")
        if not isinstance(value, dict):
            raise ValueError(f"{key} is neither a table nor words in two languages")
        if set(value) & set(LANGUAGES):
            yield key, value
        else:
            yield from _leaves(f"{key}.", value)

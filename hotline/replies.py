"""The sentences of `domain.yml`, for the places that speak without the engine.

The engine utters from the same file; the desk's own words (engine down, too long, taken over) and
the actions' composed bubbles come from here, so that every sentence has one home.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hotline.yaml_files import parsed
from wording.sentences import fill


@dataclass(frozen=True)
class Reply:
    """A message still to be stored: what the assistant or the desk says."""

    text: str
    buttons: tuple[dict[str, str], ...] = ()
    card: dict[str, Any] | None = None
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Variation:
    text: str
    buttons: tuple[dict[str, str], ...]


class Replies:
    """The responses of the domain by name and language."""

    def __init__(self, variations: Mapping[str, Mapping[str, Variation]]) -> None:
        self._variations = variations

    def __contains__(self, name: str) -> bool:
        return name in self._variations

    def say(self, name: str, language: str, **values: object) -> Reply:
        """The response `utter_<name>` with its placeholders filled; a missing value is an error."""
        spoken = self._variations[f"utter_{name}"][language]
        return Reply(
            text=_fill(spoken.text, values),
            buttons=tuple(
                {key: _fill(text, values) for key, text in button.items()}
                for button in spoken.buttons
            ),
            name=name,
        )

    def text(self, name: str, language: str, **values: object) -> str:
        return self.say(name, language, **values).text


@cache
def load_replies(domain_file: Path) -> Replies:
    """Read the responses, once; every one must exist in both languages."""
    responses = parsed(domain_file.read_text(encoding="utf-8"))["responses"]
    return Replies({name: _by_language(name, entries) for name, entries in responses.items()})


def _by_language(name: str, entries: list[dict[str, Any]]) -> dict[str, Variation]:
    found = {}
    for entry in entries:
        conditions = {c["name"]: c["value"] for c in entry.get("condition", [])}
        language = conditions.get("language", "zh-TW")
        buttons = tuple(
            {"title": b["title"], "payload": b["payload"]} for b in entry.get("buttons", [])
        )
        found[language] = Variation(entry["text"].strip(), buttons)
    if set(found) != {"zh-TW", "en"}:
        raise ValueError(f"{name} in domain.yml needs zh-TW and en, has {sorted(found)}")
    return found


def _fill(text: str, values: Mapping[str, object]) -> str:
    return fill(text, values.__getitem__)

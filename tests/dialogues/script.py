"""Conversations as they are written down in `*.yml`: read, and refused with file and place.

A file is a list of conversations, each with its turns and what must have come of it in the end.
Every key is explained in README.md of this folder.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    TypeAdapter,
    ValidationError,
    model_validator,
)

FOLDER = Path(__file__).parent
OPEN_HOURS = datetime.fromisoformat("2026-12-01T10:15:00+08:00")
CONTACT, VISITOR = "yichun.chen@heguang.example", "visitor"
_ACTS = ("say", "press", "file", "staff", "advance")


def _as_list(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else [value]


Words = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StaffAct(_Strict):
    """What a colleague does meanwhile, by e-mail; the ticket is the conversation's last."""

    who: str
    does: str
    text: str = ""

    def __str__(self) -> str:
        return f"({self.who} {self.does}: {self.text})"


class Turn(_Strict):
    """One act, and what must be answered to it; what is not said is not looked at."""

    say: str | None = None
    press: str | None = None
    file: str | None = None
    staff: StaffAct | None = None
    advance: str | None = None

    intent: str | None = None
    replies: Words | None = None
    contains: Words = ()
    lacks: Words = ()
    buttons: Words | None = None
    language: str | None = None
    holder: str | None = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> "Turn":
        acts = [name for name in _ACTS if getattr(self, name) is not None]
        if len(acts) != 1:
            raise ValueError(f"a turn has exactly one of {', '.join(_ACTS)}; here: {acts or None}")
        return self


class TicketFacts(_Strict):
    """What the ticket must be in the end; of the facts only those that are named."""

    intent: str | None = None
    queue: str | None = None
    audience: str | None = None
    severity: int | None = None
    state: str | None = None
    subject: str | None = None
    description: str | None = None
    verified: bool | None = None
    assignee: str | None = None
    reopened: int | None = None
    facts: dict[str, str] = {}
    marked: dict[str, str] = {}  # skipped, unverified, unasked


class Conversation(_Strict):
    name: str
    at: datetime = OPEN_HOURS
    who: str = CONTACT
    language: str = "zh-TW"
    turns: tuple[Turn, ...]
    ticket: TicketFacts | None = None
    tickets: Annotated[int | None, BeforeValidator(lambda v: 0 if v == "none" else v)] = None
    holder: str | None = None
    journal: Words = ()
    not_yet: str | None = None  # why it cannot pass today

    @model_validator(mode="after")
    def _can_be_played(self) -> "Conversation":
        if not self.turns:
            raise ValueError("a conversation needs turns")
        if self.at.tzinfo is None:
            raise ValueError("at needs its zone, such as 2026-12-01T10:15:00+08:00")
        if self.language not in ("zh-TW", "en"):
            raise ValueError("language is zh-TW or en")
        return self

    @property
    def moves_the_clock(self) -> bool:
        return any(turn.advance for turn in self.turns)


class BadScript(Exception):
    """What is wrong in a file, with its place."""


def load(folder: Path = FOLDER) -> list[Conversation]:
    """Every conversation of every file, in order; no two have the same name."""
    every = [script for file in sorted(folder.glob("*.yml")) for script in read(file)]
    names = [script.name for script in every]
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadScript(f"more than one conversation is called {sorted(twice)}")
    return every


def read(file: Path) -> list[Conversation]:
    """The conversations of one file. BadScript names the line that is wrong."""
    text = file.read_text(encoding="utf-8")
    try:
        # Every value as it is typed: YAML's own reading makes `yes` true and 2026-12-09 a date.
        typed = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds texts only
        return TypeAdapter(list[Conversation]).validate_python(typed or [])
    except yaml.YAMLError as error:
        raise BadScript(f"{file.name}: {error}") from error
    except ValidationError as error:
        raise BadScript("\n".join(_faults(file, text, error))) from error


def _faults(file: Path, text: str, error: ValidationError) -> list[str]:
    root = yaml.compose(text)
    return [
        f"{file.name}, line {_line_of(root, fault['loc'])}: "
        f"{' > '.join(str(part) for part in fault['loc'])}: {fault['msg']}"
        for fault in error.errors()
    ]


def _line_of(node: Any, place: Sequence[int | str]) -> int:
    """The line of the nearest node on the way to `place`."""
    line = int(node.start_mark.line) + 1
    for part in place:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
        elif isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == part]
            if not found:
                break
            line, node = int(found[0][0].start_mark.line) + 1, found[0][1]
            continue
        else:
            break
        line = int(node.start_mark.line) + 1
    return line

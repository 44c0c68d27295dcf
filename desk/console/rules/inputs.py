"""The form of the rules: what stands in it, and the rules it makes. Pure.

The whole list is one form, so nothing is kept between its steps but the form itself:

    count=2  r0.name=gold first  r0.s1=1  r0.q.technical=1  r0.t.gold=1  r0.first=0:30 ...
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hotline.deadlines.rules import SEVERITIES, Rule, RuleFault, Targets
from wording.text import plain, strip_control

AT_MOST = 50  # rules
NAME_CHARS, MOST_HOURS = 60, 2000
LENGTHS = ("first", "next", "fix")

_LONGEST = 200  # of what is kept of a field
_LENGTH = re.compile(r"(\d{1,4})(?::(\d{2})|\.(\d{1,2}))?", re.ASCII)
_CODE = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Draft:
    """One rule as it stands in the form; lengths as they were typed, codes sorted."""

    name: str = ""
    severities: tuple[int, ...] = ()
    queues: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    first: str = ""
    next: str = ""
    fix: str = ""
    round_the_clock: bool = False


@dataclass(frozen=True)
class Edited:
    """The list after a step that saves nothing; `place` is the rule it was about, if any."""

    drafts: tuple[Draft, ...]
    place: int | None = None


def drafts_of(rules: Sequence[Rule]) -> tuple[Draft, ...]:
    return tuple(
        Draft(
            rule.name,
            tuple(sorted(rule.severities)),
            tuple(sorted(rule.queues)),
            tuple(sorted(rule.tiers)),
            length(rule.targets.first_response),
            length(rule.targets.next_response),
            length(rule.targets.resolution),
            rule.targets.round_the_clock,
        )
        for rule in rules
    )


def read(said: Mapping[str, str]) -> tuple[Draft, ...]:
    """What stands in a form that was sent."""
    count = min(number(said.get("count", "")) or 0, AT_MOST)
    return tuple(_draft(said, f"r{place}.") for place in range(count))


def fields_of(drafts: Sequence[Draft]) -> tuple[tuple[str, str], ...]:
    """The fields that `read` reads, to be sent once more."""
    fields = [("count", str(len(drafts)))]
    for place, draft in enumerate(drafts):
        named: list[tuple[str, str]] = [("name", draft.name)]
        named += [(f"s{level}", "1") for level in draft.severities]
        named += [(f"q.{queue}", "1") for queue in draft.queues]
        named += [(f"t.{tier}", "1") for tier in draft.tiers]
        named += [(kind, getattr(draft, kind)) for kind in LENGTHS]
        named += [("round", "1")] * draft.round_the_clock
        fields += [(f"r{place}.{name}", value) for name, value in named]
    return tuple(fields)


def edited(drafts: tuple[Draft, ...], act: str, place: int | None) -> Edited:
    """`act` is add, up, down or remove; one about a rule that is not there changes nothing."""
    if act == "add":
        return Edited((*drafts, Draft())[:AT_MOST], min(len(drafts), AT_MOST - 1))
    if place is None or not 0 <= place < len(drafts):
        return Edited(drafts)
    others = list(drafts)
    moved = others.pop(place)
    if act == "remove":
        return Edited(tuple(others), min(place, len(others) - 1) if others else None)
    to = min(max(place + {"up": -1, "down": 1}[act], 0), len(others))
    others.insert(to, moved)
    return Edited(tuple(others), to)


def rules_of(drafts: Sequence[Draft]) -> tuple[Rule, ...]:
    """The rules that they make; RuleFault with `place` and `field` where one cannot be read.

    Its reasons are empty (no name), long (a name), length, late (solved before it is answered).
    """
    return tuple(_rule(draft, place) for place, draft in enumerate(drafts))


def place_of(fault: RuleFault, drafts: Sequence[Draft]) -> int | None:
    """Which rule a refusal is about; None if it is about the list."""
    if "place" in fault.fields:
        return int(fault.fields["place"])
    called = [place for place, draft in enumerate(drafts) if draft.name == fault.fields.get("rule")]
    if not called:
        return None
    return called[-1] if fault.fields["reason"] == "twice" else called[0]


def minutes_of(typed: str) -> int | None:
    """Hours as people write them: 4, 0:30, 1.5; None of anything else, of nought, of too much."""
    match = _LENGTH.fullmatch(plain(typed).strip())
    if match is None:
        return None
    hours, minutes, part = match.groups()
    rest = int(minutes or 0) if part is None else round(float(f"0.{part}") * 60)
    if int(minutes or 0) >= 60:
        return None
    all_minutes = int(hours) * 60 + rest
    return all_minutes if 0 < all_minutes <= MOST_HOURS * 60 else None


def length(minutes: int) -> str:
    """Minutes as the form shows them: 0:30, 4:00."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def number(said: str) -> int | None:
    """A number that was sent; None of what is none."""
    fits = said.isascii() and said.isdecimal() and len(said) < 9
    return int(said) if fits else None


def _draft(said: Mapping[str, str], prefix: str) -> Draft:
    own = {
        name.removeprefix(prefix): strip_control(value)[:_LONGEST]
        for name, value in said.items()
        if name.startswith(prefix)
    }
    return Draft(
        name=" ".join(own.get("name", "").split()),
        severities=tuple(level for level in SEVERITIES if f"s{level}" in own),
        queues=_codes(own, "q."),
        tiers=_codes(own, "t."),
        first=own.get("first", "").strip(),
        next=own.get("next", "").strip(),
        fix=own.get("fix", "").strip(),
        round_the_clock="round" in own,
    )


def _codes(own: Mapping[str, str], kind: str) -> tuple[str, ...]:
    codes = (name.removeprefix(kind) for name in own if name.startswith(kind))
    return tuple(sorted(code for code in codes if _CODE.fullmatch(code)))


def _rule(draft: Draft, place: int) -> Rule:
    if not draft.name or len(draft.name) > NAME_CHARS:
        raise _fault("long" if draft.name else "empty", place, "name")
    minutes = {kind: minutes_of(getattr(draft, kind)) for kind in LENGTHS}
    known = {kind: value for kind, value in minutes.items() if value is not None}
    if missing := [kind for kind in LENGTHS if kind not in known]:
        raise _fault("length", place, missing[0])
    if known["fix"] < known["first"]:
        raise _fault("late", place, "fix")
    return Rule(
        draft.name,
        Targets(known["first"], known["next"], known["fix"], draft.round_the_clock),
        frozenset(draft.severities),
        frozenset(draft.queues),
        frozenset(draft.tiers),
    )


def _fault(reason: str, place: int, field: str) -> RuleFault:
    fields: dict[str, Any] = {"place": place, "field": field}
    return RuleFault(reason, f"the {field} of rule {place + 1} cannot be", **fields)

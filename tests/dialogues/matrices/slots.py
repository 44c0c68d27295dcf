"""Every control typed at every question of a kind of request.

What must hold: something is answered; the request loses and gains no fact by words that give none;
it is still there, and its question stands again, or it ends as it should.
"""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any
from urllib.error import HTTPError

from hotline.tickets.draft import CHANGE, CONFIRM, WHICH_FIRST
from tests.dialogues.matrices.cells import Cell
from tests.dialogues.matrices.filling import DATA, Filling, Unreachable
from tests.dialogues.responses import Responses
from tests.dialogues.stage import Stage
from tests.line.chat import Json

KINDS_TRIED = tuple(DATA["starts"])
AT_ONCE = 8
FAILURES = ("engine_down", "action_failed", "submit_failed", "?")
MOST_BUBBLES = 4
# The summary and the questions behind it are the same for every kind: each kind tries one.
_THE_SAME = (CONFIRM, CHANGE, WHICH_FIRST)
_AT_SUMMARY = ("summary", "summary_severe", "unclear_summary", "corrected", "less_urgent")
# The request that some controls are about: within that very request they are no controls.
_KIND_OF = {"another": "campaign_event", "call_back": "leave_message"}


def language_of(kind: str) -> str:
    """Every second kind is tried in English."""
    return ("zh-TW", "en")[KINDS_TRIED.index(kind) % 2]


def try_kind(
    stage: Stage,
    responses: Responses,
    kind: str,
    language: str,
    known: Collection[str] = (),
) -> list[Cell]:
    """All cells of one kind of request but for its questions that are `known`, side by side."""
    probe = Filling(stage, responses, kind, language)
    try:
        asked = [slot for slot in probe.questions() if slot != CONFIRM]
    except Unreachable as why:
        return [Cell(f"slots {language}", kind, "start", probe.start, str(why))]

    def tried(slot: str) -> list[Cell]:
        return list(_tried_at(Filling(stage, responses, kind, language), slot))

    slots = [*asked, _THE_SAME[KINDS_TRIED.index(kind) // 2 % len(_THE_SAME)]]
    slots = [slot for slot in slots if slot not in known]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [cell for cells in pool.map(tried, slots) for cell in cells]


@dataclass(frozen=True)
class _Try:
    """A control at a question, and how things stood before it was typed."""

    slot: str
    name: str
    control: Json
    before: Json
    question: str

    @property
    def wanted(self) -> Sequence[str]:
        return tuple(self.control.get("replies", ()))

    @property
    def may_add(self) -> Sequence[str]:
        return tuple(self.control.get("adds", ()))

    @property
    def stands(self) -> tuple[str | None, ...]:
        """The questions of which one must stand afterwards."""
        if self.name == "correct":  # what is to be changed is asked, then the question again
            return (CHANGE,)
        if self.slot == WHICH_FIRST:  # what is neither answer goes on with what was under way
            return (WHICH_FIRST, self.before["stood"])
        return (CONFIRM, CHANGE) if self.slot in (CONFIRM, CHANGE) else (self.slot,)


def _tried_at(filling: Filling, slot: str) -> Iterator[Cell]:
    """Every control at one question: those it survives first, then those that end it."""
    standing = False
    for name, control in {**DATA["controls"], **DATA["enders"]}.items():
        if _is_no_control(filling.kind, slot, name):
            continue
        words = str(control[filling.language])
        try:
            if not standing:
                filling.reach(slot)
            one = _Try(slot, name, control, filling.draft, filling.names[-1])
            filling.say(words)
            fault = _fault(filling, one)
            standing = not fault and _is_as_before(filling, one)
        except Unreachable as why:
            fault, standing = f"not reached: {why}", False
        except HTTPError as refused:
            fault, standing = f"refused with {refused.code}", False
        if not standing:
            filling.clear()
        yield Cell(f"slots {filling.language}", f"{filling.kind}.{slot}", name, words, fault)


def _is_no_control(kind: str, slot: str, name: str) -> bool:
    if name == "inform":
        return slot in ("phone", "contact")
    about = _KIND_OF.get(name)
    return about is not None and (about == kind or slot == WHICH_FIRST)


def _fault(filling: Filling, one: _Try) -> str:
    names = filling.names
    if not names:
        return "silence"
    if broken := [name for name in names if name in FAILURES]:
        return f"answered with {broken}"
    if len(filling.told) > MOST_BUBBLES:
        return f"{len(filling.told)} bubbles: {names}"
    if one.name == "cancel":
        return _fault_after_cancel(filling)
    if one.name == "talk_to_human":
        return _fault_after_person(filling, one)
    if one.name == "affirm" and one.slot == CONFIRM:
        return "" if "ticket_opened" in " ".join(names) else f"no ticket: {names}"
    fits = any(fnmatch(name, pattern) for name in names for pattern in one.wanted)
    if one.wanted and not fits:
        return f"expected {'|'.join(one.wanted)}, came {names}; {filling.quoted}"
    if "switch_ask" in names:
        filling.press("finish")
    return _fault_of_request(filling, one)


def _fault_of_request(filling: Filling, one: _Try) -> str:
    """Whether the request is as it was, with its question standing."""
    names = filling.names
    if not filling.is_under_way:
        return f"the request is gone; {names}"
    after = filling.draft
    if changed := _changed(one.before, after, one.may_add):
        return f"facts changed: {changed}; {names}"
    if after["asked"] not in one.stands:
        return f"{one.before['asked']} was asked, now {after['asked']}; {names}"
    return (
        ""
        if _is_asked_again(one, after["asked"], names[-1])
        else (f"the question does not stand again: {names}; {filling.quoted}")
    )


def _is_asked_again(one: _Try, asked: str, last: str) -> bool:
    if asked in (CONFIRM, CHANGE):
        return last in (*_AT_SUMMARY, "change_which")
    return one.slot == WHICH_FIRST or last == one.question or last.startswith(f"invalid_{asked}")


def _fault_after_cancel(filling: Filling) -> str:
    if filling.names[0] != "cancelled":
        return f"not cancelled: {filling.names}; {filling.quoted}"
    return "the request is still there" if filling.is_under_way else ""


def _fault_after_person(filling: Filling, one: _Try) -> str:
    if [name.removesuffix("_minutes") for name in filling.names] != [
        "handoff_wait"
    ] or filling.holder != "queue":
        return f"expected handoff_wait, came {filling.names}; {filling.quoted}"
    filling.press("back")
    fault = _fault_of_request(filling, one)
    return f"back with the assistant: {fault}" if fault else ""


def _is_as_before(filling: Filling, one: _Try) -> bool:
    """Whether the next control may be tried right away."""
    if filling.holder != "bot" or not filling.is_under_way:
        return False
    after = filling.draft
    return all(after[key] == one.before[key] for key in ("asked", "misses", "wishes", "facts"))


def _changed(before: Json, after: Json, may_add: Sequence[str]) -> dict[str, Any]:
    old, new = before["facts"], after["facts"]
    return {
        fact: (old.get(fact, {}).get("value"), new.get(fact, {}).get("value"))
        for fact in sorted({*old, *new})
        if fact not in may_add and old.get(fact) != new.get(fact)
    }

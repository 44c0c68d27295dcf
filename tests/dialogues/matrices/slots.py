"""Every control typed at every question of a kind of request.

What must hold: something is answered; the request loses and gains no fact by words that give none;
it is still there, and its question stands again, or it ends as it should.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import yaml

from hotline.tickets.draft import CHANGE, CONFIRM, WHICH_FIRST
from hotline.tickets.kinds import KINDS
from tests.dialogues.matrices.cells import Cell
from tests.dialogues.responses import Responses
from tests.dialogues.script import CONTACT, VISITOR
from tests.dialogues.stage import Stage
from tests.line.chat import Chat, Json

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "slots.yml").read_text(encoding="utf-8")
)
KINDS_TRIED = tuple(DATA["starts"])
AT_ONCE = 8
FAILURES = ("engine_down", "action_failed", "submit_failed", "?")
MOST_BUBBLES = 4
EXTRA = (CHANGE, WHICH_FIRST)
_MOST_STEPS = 8
_AT_SUMMARY = ("summary", "summary_severe", "unclear_summary", "corrected", "less_urgent")
_BUTTONS = {
    "change": {"zh-TW": "修改", "en": "Change"},
    "finish": {"zh-TW": "先辦完", "en": "Finish it"},
    "back": {"zh-TW": "回到助理", "en": "Back to the assistant"},
}
_CANCEL = {"zh-TW": "取消", "en": "cancel"}


class Unreachable(Exception):
    """The question that was to be tried is not put."""


def language_of(kind: str) -> str:
    """Every second kind is tried in English."""
    return ("zh-TW", "en")[KINDS_TRIED.index(kind) % 2]


def try_kind(stage: Stage, responses: Responses, kind: str, language: str) -> list[Cell]:
    """All cells of one kind of request, its questions side by side."""
    probe = _Filling(stage, responses, kind, language)
    try:
        slots = [*probe.questions(), *EXTRA]
    except Unreachable as why:
        return [Cell(f"slots {language}", kind, "start", probe.start, str(why))]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tried = pool.map(
            lambda slot: list(_Filling(stage, responses, kind, language).tried_at(slot)), slots
        )
        return [cell for cells in tried for cell in cells]


class _Filling:
    """One conversation in which one kind of request is filled again and again."""

    def __init__(self, stage: Stage, responses: Responses, kind: str, language: str) -> None:
        self._stage, self._responses, self._kind = stage, responses, kind
        self._language = language
        self.start: str = DATA["starts"][kind][language]
        who = VISITOR if kind == "apply_partnership" else CONTACT
        token = None if who == VISITOR else stage.tokens[who]
        self._chat = Chat.open(stage.url, token, language)
        self._told: list[Json] = []

    def questions(self) -> list[str]:
        """What is asked, in order, when every answer fits; the summary is the last."""
        asked = [self._begin()]
        while asked[-1] != CONFIRM:
            if len(asked) > _MOST_STEPS:
                raise Unreachable(f"no summary after {asked}")
            asked.append(self._answer(asked[-1]))
        return asked

    def tried_at(self, slot: str) -> Iterator[Cell]:
        """Every control at one question: those it survives first, then those that end it."""
        standing = False
        for name, control in (DATA["controls"] | DATA["enders"]).items():
            if self._is_answer(slot, name):
                continue
            words, fault = str(control[self._language]), ""
            try:
                if not standing:
                    self._reach(slot)
                before = self._draft()
                question = self._names()[-1]
                self._say(words)
                fault = self._fault(slot, name, control, before, question)
                after = self._stage.draft(self._chat.id)
                standing = not fault and self._as_before(before, after, control)
                if not standing:
                    self._clear()
            except Unreachable as why:
                fault, standing = f"not reached: {why}", False
            except HTTPError as refused:
                fault, standing = f"refused with {refused.code}", False
            yield Cell(f"slots {self._language}", f"{self._kind}.{slot}", name, words, fault)

    def _is_answer(self, slot: str, name: str) -> bool:
        """What is no control here but an answer, or this very kind of request."""
        kind = {"another": "campaign_event", "call_back": "leave_message"}.get(name)
        is_same = kind == self._kind or (kind is not None and slot == WHICH_FIRST)
        return is_same or (name == "inform" and slot in ("phone", "contact"))

    def _fault(self, slot: str, name: str, control: Json, before: Json, question: str) -> str:
        names = self._names()
        if not names:
            return "silence"
        if broken := [one for one in names if one in FAILURES]:
            return f"answered with {broken}"
        if len(self._told) > MOST_BUBBLES:
            return f"{len(self._told)} bubbles: {names}"
        if name == "cancel":
            return self._fault_after_cancel(names)
        if name == "talk_to_human":
            return self._fault_after_person(names, before, question)
        if name == "affirm" and slot == CONFIRM:
            return "" if "ticket_opened" in " ".join(names) else f"no ticket: {names}"
        wanted = control.get("replies", ())
        if wanted and not any(fnmatch(one, pattern) for one in names for pattern in wanted):
            return f"expected {'|'.join(wanted)}, came {names}; {self._text()}"
        if "switch_ask" in names:
            self._press("finish")
            names = self._names()
        return self._fault_of_draft(slot, name, control, before, question, names)

    def _fault_of_draft(
        self,
        slot: str,
        name: str,
        control: Json,
        before: Json,
        question: str,
        names: Sequence[str],
    ) -> str:
        after = self._stage.draft(self._chat.id)
        if after is None or not self._stage.is_in_form(self._chat.id):
            return f"the request is gone; {names}"
        if changed := _changed(before, after, control.get("adds", ())):
            return f"facts changed: {changed}; {names}"
        stands = _standing(slot, name, before)
        if after["asked"] not in stands:
            return f"{before['asked']} was asked, now {after['asked']}; {names}"
        is_again = names[-1] == question or names[-1].startswith(f"invalid_{after['asked']}")
        at_summary = after["asked"] in (CONFIRM, CHANGE) and (
            names[-1] in _AT_SUMMARY or names[-1] == "change_which"
        )
        if not is_again and not at_summary and slot != WHICH_FIRST:
            return f"the question does not stand again: {names}; {self._text()}"
        return ""

    def _fault_after_cancel(self, names: Sequence[str]) -> str:
        if names[0] != "cancelled":
            return f"not cancelled: {names}; {self._text()}"
        return "the request is still there" if self._stage.is_in_form(self._chat.id) else ""

    def _fault_after_person(self, names: Sequence[str], before: Json, question: str) -> str:
        if list(names) != ["handoff_wait"]:
            return f"expected handoff_wait, came {names}; {self._text()}"
        if self._stage.holder(self._chat.id) != "queue":
            return "is not in the queue"
        self._press("back")
        after = self._stage.draft(self._chat.id)
        if after is None:
            return f"back with the assistant the request is gone: {self._names()}"
        if changed := _changed(before, after, ()):
            return f"back with the assistant facts changed: {changed}"
        names = self._names()
        is_again = names[-1] == question or after["asked"] in (CONFIRM, CHANGE)
        return "" if is_again else f"back with the assistant: {names}"

    def _as_before(self, before: Json, after: Json | None, control: Json) -> bool:
        """Whether the next control may be tried right away."""
        if after is None or not self._stage.is_in_form(self._chat.id):
            return False
        same = all(after[key] == before[key] for key in ("asked", "misses", "wishes", "facts"))
        return same and self._stage.holder(self._chat.id) == "bot"

    def _begin(self) -> str:
        self._say(self.start)
        draft = self._draft()
        if draft["intent"] != self._kind:
            raise Unreachable(f"「{self.start}」 is taken for {draft['intent']}")
        return str(draft["asked"])

    def _answer(self, asked: str) -> str:
        if asked == "contact":
            self._say({"zh-TW": "林雅婷 0912-345-678", "en": "Ben Ho 02-2345-6789"}[self._language])
        else:
            self._say(DATA["answers"][asked][self._language])
        now = str(self._draft()["asked"])
        if now == asked:
            raise Unreachable(f"{asked} is asked again after its answer: {self._names()}")
        return now

    def _reach(self, slot: str) -> None:
        """From nothing to the question `slot`."""
        asked = self._begin()
        if slot == WHICH_FIRST and self._kind != "campaign_event":
            if asked == "description":
                asked = self._answer(asked)
            self._say(DATA["controls"]["another"][self._language])
        elif slot == WHICH_FIRST:
            self._say({"zh-TW": "對了 我要報價", "en": "by the way I need a quote"}[self._language])
        else:
            for _ in range(_MOST_STEPS):
                if asked in (slot, CONFIRM):
                    break
                asked = self._answer(asked)
            if slot == CHANGE:
                self._press("change")
        if self._draft()["asked"] != slot:
            raise Unreachable(f"{slot} is not asked, but {self._draft()['asked']}")

    def _clear(self) -> None:
        """Back to nothing, however the conversation stands."""
        if self._stage.holder(self._chat.id) == "queue":
            self._say(_CANCEL[self._language])
        for _ in range(3):
            if not self._stage.is_in_form(self._chat.id):
                return
            self._say(_CANCEL[self._language])
        raise Unreachable("it cannot be cancelled")

    def _draft(self) -> Json:
        draft = self._stage.draft(self._chat.id)
        if draft is None:
            raise Unreachable(f"there is no request: {self._names()}")
        return draft

    def _say(self, words: str) -> None:
        self._told = self._chat.say(words)

    def _press(self, what: str) -> None:
        title = _BUTTONS[what][self._language]
        offered = [button["title"] for button in self._told[-1].get("buttons") or []]
        if title not in offered:
            raise Unreachable(f"no button {title} but {offered}")
        self._told = self._chat.press(title, self._told)

    def _names(self) -> list[str]:
        texts = [message["text"] for message in self._told if message["text"].strip()]
        return [name for text in texts for name in self._responses.names_of(text, self._language)]

    def _text(self) -> str:
        return " / ".join(message["text"] for message in self._told).replace("\n", " ")[:160]


def _standing(slot: str, name: str, before: Json) -> tuple[str | None, ...]:
    """The questions of which one must stand afterwards."""
    if slot == WHICH_FIRST:  # what is neither answer goes on with what was under way
        return (WHICH_FIRST, before["stood"])
    if slot in (CONFIRM, CHANGE):
        return (CONFIRM, CHANGE)
    return (before["asked"],)


def _changed(before: Json, after: Json, may_add: Sequence[str]) -> dict[str, Any]:
    old, new = before["facts"], after["facts"]
    return {
        fact: (old.get(fact, {}).get("value"), new.get(fact, {}).get("value"))
        for fact in sorted({*old, *new})
        if fact not in may_add and old.get(fact) != new.get(fact)
    }


__all__ = ["KINDS", "KINDS_TRIED", "Unreachable", "language_of", "try_kind"]

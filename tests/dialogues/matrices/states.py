"""One plain sentence of every intent, said in every state a conversation may be in.

What must hold: a person who holds it is not interrupted; whoever waits is told that the words are
noted, and may leave; at night no person is promised; a visitor learns nothing of a company; and
everywhere else the answer is one of those that fit the intent, or a request of that kind begins.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import yaml

from tests.dialogues.matrices.cells import Cell
from tests.dialogues.matrices.slots import AT_ONCE, FAILURES, MOST_BUBBLES
from tests.dialogues.responses import Responses
from tests.dialogues.script import CONTACT, OPEN_HOURS
from tests.dialogues.stage import LEAD, Stage
from tests.line.chat import Chat, Json

WORDS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "states.yml").read_text(encoding="utf-8")
)
NIGHT = datetime.fromisoformat("2026-12-04T22:40:00+08:00")
_WANT = {"zh-TW": "找真人", "en": "I want to talk to a person"}
_ORDER = {
    "zh-TW": "訂單 SO-2026-01357 什麼時候到",
    "en": "Order SO-2026-01357, when will it arrive?",
}
_PRESS = {"zh-TW": ("確認開單", "解決了"), "en": ("Open ticket", "Solved")}
_TO_A_PERSON = "/talk_to_human"
_LANGUAGES = ("zh-TW", "en")


def try_state(stage: Stage, responses: Responses, state: str) -> list[Cell]:
    """Every intent in one state, the languages taking turns from intent to intent."""
    stage.set_clock(NIGHT if state == "after hours" else OPEN_HOURS)
    tries = [
        _Try(stage, responses, state, intent, _LANGUAGES[(place + STATES.index(state)) % 2])
        for place, intent in enumerate(WORDS)
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(_Try.cell, tries))


@dataclass
class _Try:
    stage: Stage
    responses: Responses
    state: str
    intent: str
    language: str

    def cell(self) -> Cell:
        words = WORDS[self.intent][self.language]
        try:
            chat = self._chat()
            _BEFORE[self.state](self.stage, chat, self.language)
            told = chat.say(words)
            fault = self._fault(chat, told)
        except HTTPError as refused:
            fault = f"refused with {refused.code}"
        place = f"{self.state}, {self.language}"
        return Cell("states", self.intent, self.state, words, f"{place}: {fault}" if fault else "")

    def _chat(self) -> Chat:
        token = None if self.state == "visitor" else self.stage.tokens[CONTACT]
        return Chat.open(self.stage.url, token, self.language)

    def _fault(self, chat: Chat, told: Sequence[Json]) -> str:
        names = [
            name
            for message in told
            if message["text"].strip()
            for name in self.responses.names_of(message["text"], self.language)
        ]
        holder = self.stage.holder(chat.id)
        if self.state == "held":
            return "" if not told and holder == "person" else f"{names}, held by {holder}"
        if not names:
            return "silence"
        if any(name in FAILURES for name in names) or len(told) > MOST_BUBBLES:
            return f"{len(told)} bubbles: {names[:MOST_BUBBLES]}"
        if self.state == "waiting":
            return self._fault_while_waiting(names, holder)
        if self.state == "after hours" and (promised := _promises_a_person(names, told)):
            return promised
        return self._fault_of_meaning(chat, names, told)

    def _fault_while_waiting(self, names: Sequence[str], holder: str) -> str:
        wanted = WORDS[self.intent].get("waiting", ["handoff_noted"])
        held = "queue" if names[0] == "handoff_noted" else "bot"
        if names[0] in wanted and holder == held:
            return ""
        return f"expected {wanted}, held by {held}; came {names}, held by {holder}"

    def _fault_of_meaning(self, chat: Chat, names: Sequence[str], told: Sequence[Json]) -> str:
        entry = WORDS[self.intent]
        wanted = entry.get(self.state, entry.get("answers"))
        said = " / ".join(message["text"] for message in told).replace("\n", " ")[:120]
        if wanted is None:
            draft = self.stage.draft(chat.id) if self.stage.is_in_form(chat.id) else None
            begun = draft["intent"] if draft else None
            return "" if begun == self.intent else f"no such request begins ({begun}): {said}"
        fits = any(fnmatch(name, pattern) for name in names for pattern in wanted)
        return "" if fits else f"expected {'|'.join(wanted)}, came {names}: {said}"


def _promises_a_person(names: Sequence[str], told: Sequence[Json]) -> str:
    if any(name.startswith("handoff_wait") for name in names):
        return "is put in line though nobody is there"
    buttons = [button for message in told for button in message.get("buttons") or []]
    offered = [button["title"] for button in buttons if button["payload"] == _TO_A_PERSON]
    return f"offers {offered[0]} though nobody is there: {list(names)}" if offered else ""


def _nothing(stage: Stage, chat: Chat, language: str) -> None:
    """Just begun: the greeting has been said."""


def _waiting(stage: Stage, chat: Chat, language: str) -> None:
    chat.say(_WANT[language])


def _held(stage: Stage, chat: Chat, language: str) -> None:
    chat.say(_WANT[language])
    stage.staff_post(LEAD, f"/conversations/{chat.id}/take", {})


def _closed(stage: Stage, chat: Chat, language: str) -> None:
    """A ticket of this conversation was opened, resolved and confirmed."""
    confirm, solved = _PRESS[language]
    told = chat.press(confirm, chat.say(_ORDER[language]))
    [number] = stage.tickets_of(chat.id)
    stage.staff_post(LEAD, f"/tickets/{number}/claim", {})
    stage.staff_post(LEAD, f"/tickets/{number}/resolve", {"text": "OK"})
    asked = chat.news(max(message["seq"] for message in told))
    chat.press(solved, asked)


_BEFORE: dict[str, Callable[[Stage, Chat, str], None]] = {
    "begun": _nothing,
    "waiting": _waiting,
    "held": _held,
    "after closing": _closed,
    "after hours": _nothing,
    "visitor": _nothing,
}
STATES = tuple(_BEFORE)

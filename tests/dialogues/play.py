"""Plays conversations against a running line, several at once, and says where one went wrong."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.error import HTTPError

from deploy.line import ROOT
from hotline.clock import parse_duration
from tests.dialogues.responses import Responses
from tests.dialogues.script import VISITOR, Conversation, StaffAct, TicketFacts, Turn
from tests.dialogues.stage import Stage
from tests.line.chat import Chat, Json

AT_ONCE = 8
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
_RECORDING = (ROOT / "tests/voice/chromium.webm").read_bytes()
_TIMERS_WITHIN_S, _LOOK_S = 20.0, 0.2
_ON_A_TICKET = ("claim", "reply", "note", "resolve", "wait")
_IN_THE_CHAT = ("take", "give-back", "write")


class Wrong(Exception):
    """What was not as it should be, in lines."""


@dataclass
class Played:
    """How a conversation went: what was understood, and what went wrong first, if anything."""

    script: Conversation
    understood: list[tuple[str, str]] = field(default_factory=list)  # (intent, language)
    transcript: list[str] = field(default_factory=list)
    fault: str = ""


def play_all(stage: Stage, responses: Responses, scripts: Sequence[Conversation]) -> list[Played]:
    """All of them: those of one moment together, those that move the clock alone."""
    played: list[Played] = []
    for moment, group in _groups(scripts):
        # Again for every few, so that a promise of so many minutes is the same minute for all.
        stage.set_clock(moment)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            played += pool.map(lambda one: _play(stage, responses, one), group)
    return played


def _groups(scripts: Sequence[Conversation]) -> Iterator[tuple[datetime, Sequence[Conversation]]]:
    together: dict[datetime, list[Conversation]] = defaultdict(list)
    for script in scripts:
        if not script.moves_the_clock:
            together[script.at].append(script)
    for moment, group in together.items():
        for start in range(0, len(group), 2 * AT_ONCE):
            yield moment, group[start : start + 2 * AT_ONCE]
    for script in scripts:
        if script.moves_the_clock:
            yield script.at, [script]


def _play(stage: Stage, responses: Responses, script: Conversation) -> Played:
    played = Played(script)
    try:
        _Player(stage, responses, played).play()
    except Wrong as wrong:
        played.fault = str(wrong)
    return played


class _Player:
    def __init__(self, stage: Stage, responses: Responses, played: Played) -> None:
        self._stage, self._responses, self._played = stage, responses, played
        self._script = played.script
        self._language = self._script.language
        who = self._script.who
        token = None if who == VISITOR else stage.tokens[who]
        self._chat = Chat.open(stage.url, token, self._language)
        self._told: list[Json] = self._chat.greeting
        self._seq = max(message["seq"] for message in self._told)

    def play(self) -> None:
        for place, turn in enumerate(self._script.turns, 1):
            try:
                self._turn(turn)
            except Wrong as wrong:
                raise Wrong(self._report(place, str(wrong))) from None
            except HTTPError as refused:
                why = f"refused with {refused.code}: {refused.read().decode()[:300]}"
                raise Wrong(self._report(place, why)) from None
        faults = [*self._ticket_faults(), *self._end_faults()]
        if faults:
            raise Wrong(self._report(len(self._script.turns), "\n".join(faults)))

    def _turn(self, turn: Turn) -> None:
        self._told = self._act(turn)
        self._seq = max([self._seq, *(message["seq"] for message in self._told)])
        self._language = turn.language or self._language
        self._played.transcript += self._heard(turn)
        faults = [*self._reply_faults(turn), *self._meaning_faults(turn)]
        if faults:
            raise Wrong("\n".join(faults))

    def _act(self, turn: Turn) -> list[Json]:
        if turn.say is not None:
            return self._chat.say(self._filled(turn.say))
        if turn.press is not None:
            offered = [button["title"] for button in _buttons(self._told)]
            if turn.press not in offered:
                raise Wrong(f"no button is called {turn.press}; offered are {offered}")
            return self._chat.press(turn.press, self._told)
        if turn.file is not None:
            content = _RECORDING if turn.file.endswith(".webm") else _PNG
            return self._chat.attach(turn.file, content)
        if turn.staff is not None:
            self._staff(turn.staff)
        if turn.advance is not None:
            self._stage.advance(parse_duration(turn.advance))
            return self._told_by_time(len(turn.replies or ()))
        return self._chat.news(self._seq)

    def _told_by_time(self, expected: int) -> list[Json]:
        """What timers say in the chat; another process looks at them every other second."""
        until = time.monotonic() + _TIMERS_WITHIN_S
        while True:
            told = self._chat.news(self._seq)
            if len(told) >= expected or time.monotonic() > until:
                return told
            time.sleep(_LOOK_S)

    def _staff(self, act: StaffAct) -> None:
        text = self._filled(act.text)
        if act.does in _ON_A_TICKET:
            path, body = f"/tickets/{self._number}/{act.does}", {"text": text}
            if act.does == "wait":
                path, body = f"/tickets/{self._number}/state", {"state": "waiting_partner", **body}
        elif act.does in _IN_THE_CHAT:
            last = "messages" if act.does == "write" else act.does
            path, body = f"/conversations/{self._chat.id}/{last}", {"text": text}
        else:
            raise Wrong(f"staff cannot {act.does}: {', '.join((*_ON_A_TICKET, *_IN_THE_CHAT))}")
        self._stage.staff_post(act.who, path, body)

    def _reply_faults(self, turn: Turn) -> Iterator[str]:
        said = [message for message in self._told if message["sender"] != "staff"]
        bubbles = [message["text"] for message in said if message["text"].strip()]
        everything = "\n".join(message["text"] for message in self._told)
        if turn.replies is not None:
            if unknown := [name for name in turn.replies if name not in self._responses]:
                yield f"the domain has no response {', '.join(unknown)}"
            elif not any(
                self._responses.follows(bubbles, self._language, names)
                for names in (turn.replies, _with_minutes(turn.replies))
            ):
                yield f"expected {' + '.join(turn.replies) or 'silence'} in {self._language}"
        wanted, unwanted = map(self._filled, turn.contains), map(self._filled, turn.lacks)
        yield from (f"missing: {words}" for words in wanted if words not in everything)
        yield from (f"not to be said: {words}" for words in unwanted if words in everything)
        titles = [button["title"] for button in _buttons(self._told)]
        if turn.buttons is not None and titles != list(turn.buttons):
            yield f"expected the buttons {list(turn.buttons)}, offered are {titles}"

    def _meaning_faults(self, turn: Turn) -> Iterator[str]:
        if turn.intent is not None:
            understood = self._stage.intent_of_last(self._chat.id)
            if understood == turn.intent:
                self._played.understood.append((turn.intent, self._language))
            else:
                yield f"expected to be understood as {turn.intent}, was {understood}"
        if turn.holder is not None and (holder := self._stage.holder(self._chat.id)) != turn.holder:
            yield f"expected to be held by {turn.holder}, is held by {holder}"

    def _ticket_faults(self) -> Iterator[str]:
        numbers = self._stage.tickets_of(self._chat.id)
        if self._script.tickets is not None and len(numbers) != self._script.tickets:
            yield f"expected {self._script.tickets} tickets, there are {numbers}"
        if self._script.ticket is None:
            return
        if not numbers:
            yield "no ticket was opened"
            return
        ticket = self._stage.ticket(numbers[-1])
        for name, expected, found in _compared(self._script.ticket, ticket):
            if expected != found:
                yield f"ticket {numbers[-1]}: {name} should be {expected!r}, is {found!r}"

    def _end_faults(self) -> Iterator[str]:
        wanted, holder = self._script.holder, self._stage.holder(self._chat.id)
        if wanted not in (None, holder):
            yield f"expected to be held by {wanted}, is held by {holder}"
        kinds = self._stage.journal_of(self._chat.id)
        rest = iter(kinds)
        if missing := [kind for kind in self._script.journal if kind not in rest]:
            yield f"the journal lacks {missing[0]} in that order; it has {kinds}"

    @property
    def _number(self) -> str:
        numbers = self._stage.tickets_of(self._chat.id)
        if not numbers:
            raise Wrong("there is no ticket yet")
        return numbers[-1]

    def _filled(self, text: str) -> str:
        return text.replace("{number}", self._number) if "{number}" in text else text

    def _heard(self, turn: Turn) -> list[str]:
        """The turn as it went: the act, and each bubble with the names of its responses."""
        lines = [f"> {turn.say or turn.press or turn.file or turn.advance or turn.staff}"]
        for message in self._told:
            names = self._responses.names_of(message["text"], self._language)
            who = message["sender"] if message["sender"] == "staff" else " + ".join(names)
            said = "\n  |   ".join(message["text"].split("\n"))
            lines.append(f"  | {who}: {said}")
        if titles := [button["title"] for button in _buttons(self._told)]:
            lines.append(f"  | {titles}")
        return lines

    def _report(self, place: int, why: str) -> str:
        faults = [f"  ! {line}" for line in why.split("\n")]
        return "\n".join([f"{self._script.name}: turn {place}", *self._played.transcript, *faults])


def _with_minutes(names: Sequence[str]) -> tuple[str, ...]:
    """How long the line takes is told as soon as some were taken today, by whichever script."""
    return tuple("handoff_wait_minutes" if name == "handoff_wait" else name for name in names)


def _buttons(told: Sequence[Json]) -> list[dict[str, str]]:
    return list((told[-1].get("buttons") or []) if told else [])


def _compared(expected: TicketFacts, ticket: Json) -> Iterator[tuple[str, Any, Any]]:
    """What the ticket should be and what it is, for everything that is expected."""
    columns = {"verified": "identity_verified"}
    for name, value in expected.model_dump(exclude_none=True).items():
        if name == "facts":
            for fact, text in value.items():
                yield fact, text, (ticket["facts"].get(fact) or {}).get("value")
        elif name == "marked":
            for fact, status in value.items():
                yield fact, status, (ticket["facts"].get(fact) or {}).get("status")
        else:
            yield name, value, ticket[columns.get(name, name)]

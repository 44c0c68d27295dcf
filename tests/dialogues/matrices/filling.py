"""One conversation in which one kind of request is filled, again and again, up to a question."""

from pathlib import Path
from typing import Any

import yaml

from hotline.tickets.draft import CHANGE, CONFIRM, WHICH_FIRST
from tests.dialogues.responses import Responses
from tests.dialogues.script import CONTACT
from tests.dialogues.stage import Stage
from tests.line.chat import Chat, Json

DATA: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "slots.yml").read_text(encoding="utf-8")
)
_MOST_STEPS = 8
_BUTTONS = {
    "change": {"zh-TW": "修改", "en": "Change"},
    "finish": {"zh-TW": "先辦完", "en": "Finish it"},
    "back": {"zh-TW": "回到助理", "en": "Back to the assistant"},
}
_LONGEST_QUOTE = 160
_MOST_SAID = 60  # in one conversation: the desk refuses more than 120 a minute


class Unreachable(Exception):
    """The question that was to be tried is not put."""


class Filling:
    _chat: Chat
    told: list[Json]
    _said: int  # by us, in this conversation

    def __init__(self, stage: Stage, responses: Responses, kind: str, language: str) -> None:
        self._stage, self._responses = stage, responses
        self.kind, self.language = kind, language
        self.start: str = DATA["starts"][kind][language]
        self._token = None if kind == "apply_partnership" else stage.tokens[CONTACT]
        self._open()

    def questions(self) -> list[str]:
        """What is asked, in order, when every answer fits; the summary is the last."""
        asked = [self._begin()]
        while asked[-1] != CONFIRM:
            if len(asked) > _MOST_STEPS:
                raise Unreachable(f"no summary after {asked}")
            asked.append(self._answer(asked[-1]))
        return asked

    def reach(self, slot: str) -> None:
        """From nothing to the question `slot`."""
        asked = self._begin()
        if slot == WHICH_FIRST:
            if asked == "description":
                self._answer(asked)
            self.say(self._words("other" if self.kind == "campaign_event" else "another"))
        else:
            while asked not in (slot, CONFIRM):
                asked = self._answer(asked)
            if slot == CHANGE:
                self.press("change")
        if self.draft["asked"] != slot:
            raise Unreachable(f"{slot} is not asked, but {self.draft['asked']}")

    def clear(self) -> None:
        """Back to nothing, however the conversation stands; after many words in a new one."""
        if self._said > _MOST_SAID:
            self._open()
        cancel = DATA["enders"]["cancel"][self.language]
        for _ in range(3):
            if self.holder == "bot" and not self.is_under_way:
                return
            self.say(cancel)

    def say(self, words: str) -> None:
        self._said += 1
        self.told = self._chat.say(words)

    def press(self, what: str) -> None:
        title = _BUTTONS[what][self.language]
        offered = [button["title"] for button in self.told[-1].get("buttons") or []]
        if title not in offered:
            raise Unreachable(f"no button {title} but {offered}")
        self.told = self._chat.press(title, self.told)

    @property
    def draft(self) -> Json:
        """The request being filled."""
        draft = self._stage.draft(self._chat.id)
        if draft is None:
            raise Unreachable(f"there is no request: {self.names}")
        return draft

    @property
    def is_under_way(self) -> bool:
        return self._stage.is_in_form(self._chat.id)

    @property
    def holder(self) -> str:
        return self._stage.holder(self._chat.id)

    @property
    def names(self) -> list[str]:
        """The responses of the last answer."""
        texts = [message["text"] for message in self.told if message["text"].strip()]
        return [name for text in texts for name in self._responses.names_of(text, self.language)]

    @property
    def quoted(self) -> str:
        """The last answer itself, in a line."""
        said = " / ".join(message["text"] for message in self.told)
        return said.replace("\n", " ")[:_LONGEST_QUOTE]

    def _open(self) -> None:
        self._chat = Chat.open(self._stage.url, self._token, self.language)
        self.told = []
        self._said = 0

    def _begin(self) -> str:
        self.say(self.start)
        if (begun := self.draft["intent"]) != self.kind:
            raise Unreachable(f"「{self.start}」 is taken for {begun}")
        return str(self.draft["asked"])

    def _answer(self, asked: str) -> str:
        """Answer what is asked; gives the question after it."""
        self.say(str(DATA["answers"][asked][self.language]))
        now = str(self.draft["asked"])
        if now == asked:
            raise Unreachable(f"{asked} is asked again after its answer: {self.names}")
        return now

    def _words(self, control: str) -> str:
        return str({**DATA["controls"], **DATA["others"]}[control][self.language])

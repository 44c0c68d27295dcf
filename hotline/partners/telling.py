"""What the tellers of records share: whom they speak to, how figures are said, reply and card.

The text of a reply is complete without its card. The web chat shows the card in its place, so the
card has everything that the text has.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.replies import Reply
from hotline.words import figures


@dataclass(frozen=True)
class Question:
    """What was asked of a record: in words, or by the button of a `view`.

    `year` and `quarter` are those of a button or of a follow-up; else the words may have them.
    `is_last` is whether nothing follows the answer, so that it may end with a question of its own.
    """

    intent: str
    text: str = ""
    view: str | None = None
    page: int = 1
    year: int | None = None
    quarter: int | None = None
    is_last: bool = True


@dataclass(frozen=True)
class Card:
    """The value set large with its `label`; what is `missing` in words; further rows."""

    title: str
    label: str
    value: str
    as_of: str
    missing: str = ""
    rows: Sequence[tuple[str, str]] = ()

    def to_json(self, following: str) -> dict[str, Any]:
        return {
            **self.__dict__,
            "kind": "record",
            "rows": [{"label": label, "value": value} for label, value in self.rows],
            "next": following,
            "note": "",
        }


@dataclass(frozen=True)
class Teller:
    hotline: Hotline
    contact: Contact
    language: str
    question: Question

    @property
    def today(self) -> date:
        return self.hotline.today()

    @property
    def record(self) -> str:
        """The record's name, as a sentence has it."""
        return self.words(f"task.{self.question.intent}")

    def words(self, key: str, **values: object) -> str:
        return self.hotline.words.say(key, self.language, **values)

    def money(self, amount: int) -> str:
        return figures.say_money(amount)

    def percent(self, ratio: float) -> str:
        return figures.say_percent(ratio, self.language)

    def day(self, day: date) -> str:
        return figures.say_date(day, self.today, self.language)

    def days(self, number: int) -> str:
        return figures.say_days(number, self.language)

    def as_of(self, day: date) -> str:
        return figures.say_as_of(day, self.today, self.language)

    def say(
        self, name: str, *, then: str | None = None, card: Card | None = None, **values: object
    ) -> Reply:
        """The response `name`, then the response `then`: a question only where nothing follows.

        `intent` is filled in everywhere: it is what a button of the answer goes on with.
        """
        values = {"intent": self.question.intent, **values}
        replies, language = self.hotline.replies, self.language
        following = replies.say(then, language, **values) if then else Reply("")
        if following.buttons and not self.question.is_last:
            following = Reply("")
        said = replies.say(name, language, next_question=following.text, **values)
        buttons = following.buttons or said.buttons
        return replace(
            said,
            text=said.text.strip(),
            buttons=buttons if self.question.is_last else (),
            card=card.to_json(following.text) if card else None,
        )

    def led(self, name: str, reply: Reply, **values: object) -> Reply:
        """`reply` behind the response `name`, which has a gap for it."""
        replies, language = self.hotline.replies, self.language
        said = replies.text(name, language, next_question=reply.text, **values)
        note = replies.text(name, language, next_question="", **values).strip()
        card = {**reply.card, "note": note} if reply.card else None
        return replace(reply, text=said, card=card)

    def none(self, name: str = "rec_none", period: str = "") -> Reply:
        """That nothing is recorded, and a ticket for a colleague who looks."""
        return self.say(name, then="rec_none_ask", record=self.record, period=period)

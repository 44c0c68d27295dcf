"""The tokenizer for Chinese, English and the two in one sentence.

What it hands on is the classifier's copy of a message: half-width, lower case, Traditional, and
with the name of a fact in place of its digits, so that the classifier learns from one serial
number what all of them mean. The offsets are those of the raw text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.simplified import traditional
from bot.nlu.sources import fingerprint
from wording.facts import Found, find_facts
from wording.logs import pasted_spans
from wording.text import folded
from wording.tokens import tokens

# Facts that are numbers or addresses. Quantities and dates are words and stay words.
_NAMED = {
    "ticket_number": "ticketnumber",
    "serial": "serialnumber",
    "machine_type": "machinetype",
    "phone": "phonenumber",
    "email": "emailaddress",
    "tax_id": "taxid",
    "order_number": "ordernumber",
}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MixedTextTokenizer(Tokenizer):
    """Latin words and numbers whole, Chinese one character at a time, facts by their names."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The keys that Rasa's base class needs, and our own."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
            # Whether 「序號 78A1234」 reaches the classifier as 「序號 serialnumber」.
            "name_facts": True,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """OpenCC converts Simplified text."""
        return ["opencc"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when `wording` changes."""
        return fingerprint()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of the classifier's copy; never none, which the featurizers cannot take."""
        text: str = message.get(attribute)
        copy = folded(traditional(text))
        facts = find_facts(text) if self._config["name_facts"] else []
        named = [fact for fact in facts if fact.kind in _NAMED]
        found = [Token(_NAMED[fact.kind], fact.start, fact.end) for fact in named]
        found += [Token(copy[start:end], start, end) for start, end in _between(text, named)]
        found.sort(key=lambda token: token.start)
        split: list[Token] = self._apply_token_pattern(found or [Token(text, 0)])
        return split


def _between(text: str, facts: list[Found]) -> Iterator[tuple[int, int]]:
    """Where tokens stand that touch none of `facts`; a log's time stamps are no numbers given."""
    pasted = pasted_spans(text)
    for token in tokens(text):
        if token.text.isdigit() and any(start <= token.start < end for start, end in pasted):
            continue
        if all(token.end <= fact.start or fact.end <= token.start for fact in facts):
            yield token.start, token.end

"""Runs under the engine's interpreter: what the tagger of words learns and marks, as JSON.

    .venv/engine/bin/python -m tests.nlu.tagger_as_json MARKED MESSAGES

It is trained on the marked messages in the file MARKED, stored and loaded again as Rasa does it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.familiar_words import FamiliarWords
from bot.nlu.mixed_text_tokenizer import MixedTextTokenizer
from bot.nlu.spacy_facts import SpacyFacts
from bot.nlu.word_features import features_of
from bot.nlu.word_tagger import WordTagger, spans_of

CONTEXT = ExecutionContext(GraphSchema({}))
TOKENIZER = MixedTextTokenizer(MixedTextTokenizer.get_default_config())


def main() -> None:
    """Print what the tests ask."""
    marked, texts = Path(sys.argv[1]), json.loads(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        storage, resource = LocalModelStorage(Path(folder)), Resource("words")
        config = {**WordTagger.get_default_config(), "marked": str(marked)}
        WordTagger.create(config, storage, resource, CONTEXT).train(TrainingData())
        tagger = WordTagger.load({**config, "marked": "nowhere.txt"}, storage, resource, CONTEXT)
        facts = SpacyFacts({}, storage, Resource("facts"), ["S1022"])
        told = {text: marks(text, facts, tagger) for text in texts}
        try:
            nowhere = {**config, "marked": "nowhere.txt"}
            WordTagger.create(nowhere, storage, resource, CONTEXT).train(TrainingData())
            missing = ""
        except InvalidConfigException as fault:
            missing = str(fault)
    print(
        json.dumps(
            {
                "told": told,
                "missing": missing,
                "split": split(),
                "features": features(),
                "usual": usual(),
            }
        )
    )


def marks(text: str, facts: SpacyFacts, tagger: WordTagger) -> list[tuple[str, str, str]]:
    """(kind, words, who) of a message's entities."""
    message = Message({TEXT: text})
    TOKENIZER.process([message])
    tagger.process(facts.process([message]))
    return [
        (one["entity"], text[one["start"] : one["end"]], one["extractor"])
        for one in message.get(ENTITIES)
    ]


def split() -> list[tuple[str, int, int]]:
    """A mark that is said to go on behind a comma."""
    text = "門診停診、影響很大"
    labels = ["B-severity", *["I-severity"] * 7]
    return spans_of(text, TOKENIZER.tokenize(Message({TEXT: text}), TEXT), labels)


def features() -> dict[str, list[str]]:
    """What the tagger sees of some tokens of 「福瀚紡織 Harbor Bank」."""
    text = "福瀚紡織 Harbor Bank"
    tokens = TOKENIZER.tokenize(Message({TEXT: text}), TEXT)
    seen = features_of(text, tokens, FamiliarWords({}))
    return {token.text: mine for token, mine in zip(tokens, seen, strict=True)}


def usual() -> dict[str, list[str]]:
    """What the tagger sees of 「府揚回報 a@harbor.example harbor」 where 「回報」 is usual."""
    known = [TOKENIZER.tokenize(Message({TEXT: "請回報"}), TEXT)] * 3
    text = "府揚回報 a@harbor.example harbor"
    tokens = TOKENIZER.tokenize(Message({TEXT: text}), TEXT)
    seen = features_of(text, tokens, FamiliarWords.learned(known))
    return {token.text: mine for token, mine in zip(tokens, seen, strict=True)}


if __name__ == "__main__":
    main()

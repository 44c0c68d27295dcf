"""Runs under the engine's interpreter: what the classifier makes of messages, as JSON.

    .venv/engine/bin/python tests/nlu/classifier_as_json.py SENTENCES MESSAGES

SENTENCES is a JSON object of intents and their sentences, MESSAGES a JSON list of texts. The
classifier is trained, stored and loaded again as Rasa does it, each time with another setting.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.intent_classifier import MeanIntentClassifier
from bot.nlu.mixed_text_tokenizer import MixedTextTokenizer

SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "again": {},
    "surer": {"temperature": 0.5},
    "stricter": {"out_of_scope_bias": 50.0},
}


def main() -> None:
    """Print `{setting: {text: [[intent, confidence], ...]}}`, best first, and what is refused."""
    taught, texts = json.loads(sys.argv[1]), json.loads(sys.argv[2])
    rankings = {name: ranked(taught, texts, setting) for name, setting in SETTINGS.items()}
    print(json.dumps({"rankings": rankings, "refused": refused({"temperature": 0})}))


def ranked(
    taught: dict[str, list[str]], texts: list[str], setting: dict[str, Any]
) -> dict[str, list[tuple[str, float]]]:
    """The ranking of each of `texts` by a classifier of `setting` that was taught `taught`."""
    config = {**MeanIntentClassifier.get_default_config(), **setting}
    examples = [Message.build(text, intent) for intent, all_of in taught.items() for text in all_of]
    tokenizer = MixedTextTokenizer(MixedTextTokenizer.get_default_config())
    training = tokenizer.process_training_data(TrainingData(examples))
    messages = tokenizer.process([Message({TEXT: text}) for text in texts])
    with tempfile.TemporaryDirectory() as folder:
        storage, resource = LocalModelStorage(Path(folder)), Resource("intents")
        context = ExecutionContext(GraphSchema({}))
        MeanIntentClassifier.create(config, storage, resource, context).train(training)
        MeanIntentClassifier.load(config, storage, resource, context).process(messages)
    for message in messages:
        ranking = message.get(INTENT_RANKING_KEY, [])
        assert message.get(INTENT) == (ranking[0] if ranking else None)
    return {
        message.get(TEXT): [
            (one["name"], one["confidence"]) for one in message.get(INTENT_RANKING_KEY, [])
        ]
        for message in messages
    }


def refused(setting: dict[str, Any]) -> str:
    """What is said of a setting that cannot be."""
    try:
        MeanIntentClassifier.validate_config(
            {**MeanIntentClassifier.get_default_config(), **setting}
        )
    except InvalidConfigException as fault:
        return str(fault)
    return ""


if __name__ == "__main__":
    main()

"""Runs under the engine's interpreter: what our NLU components make of messages, as JSON.

    .venv/engine/bin/python tests/nlu/components_as_json.py PRODUCTS MESSAGES

PRODUCTS is a list of product names, MESSAGES a JSON list of texts. The extractor is trained,
stored and loaded again as Rasa does it.
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
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.mixed_text_tokenizer import MixedTextTokenizer
from bot.nlu.spacy_facts import SpacyFacts
from bot.nlu.subject_features import subject_features


def main() -> None:
    """Print `{text: {"tokens": [...], ...}}` and what else the tests ask."""
    products, texts = Path(sys.argv[1]), json.loads(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        extractor = trained_and_loaded(products, Path(folder))
        print(
            json.dumps(
                {
                    "messages": {text: understood(text, extractor) for text in texts},
                    "training": training_tokens(),
                    "fingerprints": fingerprints(products),
                }
            )
        )


def understood(text: str, extractor: SpacyFacts) -> dict[str, Any]:
    """The tokens, the entities and what is spoken of in one message."""
    message = Message({TEXT: text})
    tokenizer = MixedTextTokenizer(MixedTextTokenizer.get_default_config())
    tokenizer.process([message])
    extractor.process([message])
    tokens = [[token.text, token.start, token.end] for token in message.get(TOKENS_NAMES[TEXT])]
    entities = message.get(ENTITIES, [])
    features = subject_features(text, len(tokens))
    return {"tokens": tokens, "entities": entities, "features": features}


def trained_and_loaded(products: Path, folder: Path) -> SpacyFacts:
    """The extractor after training, with the product list taken away before it is loaded."""
    storage, resource = LocalModelStorage(folder), Resource("facts")
    context = ExecutionContext(GraphSchema({}))
    config = {**SpacyFacts.get_default_config(), "products": str(products)}
    SpacyFacts.create(config, storage, resource, context).train(TrainingData())
    config["products"] = "nowhere.txt"
    return SpacyFacts.load(config, storage, resource, context)


def training_tokens() -> list[str]:
    """The tokens of a training example, whose intent must stay whole."""
    example = Message.build("序號78A1234", intent="technical_hardware")
    tokenizer = MixedTextTokenizer(MixedTextTokenizer.get_default_config())
    tokenizer.process_training_data(TrainingData([example]))
    words = example.get(TOKENS_NAMES[TEXT]) + example.get(TOKENS_NAMES[INTENT])
    return [token.text for token in words]


def fingerprints(products: Path) -> list[str | None]:
    """The extractor's fingerprint with `products`, again, and with another list."""
    other = products.with_name("other.txt")
    other.write_text("S1022\n", encoding="utf-8")
    return [SpacyFacts.fingerprint_addon({"products": str(p)}) for p in (products, products, other)]


if __name__ == "__main__":
    main()

"""The entity extractor: facts and products of a message, found by spaCy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import fact_pipeline
from bot.nlu.sources import fingerprint

# The names that intents, tests and reports agree on, where `wording` has its own.
_ENTITIES = {"serial": "serial_number", "needed_by": "date_time"}
_STORED = "products.json"
# spaCy remembers every string it has seen. A fresh pipeline forgets what partners wrote.
_MOST_STRINGS = 100_000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpacyFacts(GraphComponent, EntityExtractorMixin):
    """Finds facts by rule and products by the list that was read in training."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the product list is while training: one canonical name a line."""
        return {"products": "data/nlu/lookups/product.txt"}

    @staticmethod
    def required_packages() -> list[str]:
        """spaCy; no spaCy model."""
        return ["spacy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when `wording` or the product list changes."""
        return fingerprint(Path({**cls.get_default_config(), **config}["products"]))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyFacts:
        """An extractor that knows no product yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpacyFacts:
        """The extractor as it was trained; a model without its products is broken and says so."""
        with model_storage.read_from(resource) as folder:
            products = json.loads((folder / _STORED).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, products)

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        products: list[str] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._products = products or []
        self._pipeline = fact_pipeline.build(self._products)

    def train(self, training_data: TrainingData) -> Resource:
        """Read the product list and keep it in the model. Raises where there is none."""
        path = Path(self._config["products"])
        if not path.is_file():
            raise InvalidConfigException(f"SpacyFacts: there is no product list at '{path}'.")
        lines = path.read_text(encoding="utf-8").splitlines()
        products = [line.strip() for line in lines if line.strip() and line[0] != "#"]
        with self._model_storage.write_to(self._resource) as folder:
            stored = json.dumps(products, ensure_ascii=False, indent=1)
            (folder / _STORED).write_text(stored, encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the facts of every message to its entities."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                entities = message.get(ENTITIES, []) + self._entities(text)
                message.set(ENTITIES, entities, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]]:
        if len(self._pipeline.vocab.strings) > _MOST_STRINGS:
            self._pipeline = fact_pipeline.build(self._products)
        return [
            {
                "entity": _ENTITIES.get(span.label_, span.label_),
                "value": span.id_,
                "start": span.start_char,
                "end": span.end_char,
                "confidence_entity": 1.0,
                "extractor": self.name,
            }
            for span in self._pipeline(text).ents
        ]

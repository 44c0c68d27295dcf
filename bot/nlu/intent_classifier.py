"""The classifier: features, two models, calibration and the place of foreign matter, in one node.

One node instead of Rasa's four, because a turn pays for every node, and scikit-learn's own way of
answering one text costs more than all of ours.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers import LABEL_RANKING_LENGTH
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import linear, network
from bot.nlu.linear import Linear
from bot.nlu.network import Network, softmax
from bot.nlu.sentence_features import Sentence, Vocabulary
from bot.nlu.sources import fingerprint

OUT_OF_SCOPE = "out_of_scope"
_WORDS, _NETWORK, _LINEAR = "vocabulary.json", "network.npz", "linear.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeanIntentClassifier(GraphComponent, IntentClassifier):
    """Ranks the intents of a message; its confidence is the share of such messages it is right on.

    `temperature` makes it so, and `out_of_scope_bias` says how readily a message is taken for
    foreign matter; both are set from what `make nlu` measures on held-out messages.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Uncalibrated, and one seed: the same sentences train the same model."""
        return {"temperature": 1.0, "out_of_scope_bias": 0.0, "seed": 0}

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer must have run."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """InvalidConfigException for a temperature that divides by nothing."""
        if config["temperature"] <= 0:
            raise InvalidConfigException("MeanIntentClassifier: temperature must be above 0.")

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when `wording` changes."""
        return fingerprint()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MeanIntentClassifier:
        """A classifier that knows nothing yet."""
        cls.validate_config(config)
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MeanIntentClassifier:
        """The classifier as it was trained; a model without it is broken and says so."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
            with np.load(folder / _NETWORK) as arrays:
                bag = Network(*(arrays[name] for name in Network._fields))
            with np.load(folder / _LINEAR) as arrays:
                machine = Linear(*(arrays[name] for name in Linear._fields))
        classifier._take(words["intents"], Vocabulary(words["weights"]), bag, machine)
        return classifier

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._intents: list[str] = []

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training sentences, and keep what was learned in the model."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        intents = sorted({str(one.get(INTENT)) for one in examples})
        sentences = [_sentence(one) for one in examples]
        vocabulary = Vocabulary.of(sentences)
        classes = np.array([intents.index(str(one.get(INTENT))) for one in examples])
        features, seed = vocabulary.matrix(sentences), int(self._config["seed"])
        bag = network.trained(features, classes, len(intents), seed)
        machine = linear.trained(features, classes, seed)
        self._take(intents, vocabulary, bag, machine)
        with self._model_storage.write_to(self._resource) as folder:
            words = {"intents": intents, "weights": vocabulary.weights}
            (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
            np.savez(folder / _NETWORK, **bag._asdict())
            np.savez(folder / _LINEAR, **machine._asdict())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of every message that has words."""
        for message in messages:
            if message.get(TEXT) and message.get(TOKENS_NAMES[TEXT]):
                ranking = self._ranking(_sentence(message))
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _take(
        self, intents: list[str], vocabulary: Vocabulary, bag: Network, machine: Linear
    ) -> None:
        self._intents, self._vocabulary, self._models = intents, vocabulary, (bag, machine)
        self._bias = np.zeros(len(intents), np.float32)
        if OUT_OF_SCOPE in intents:
            self._bias[intents.index(OUT_OF_SCOPE)] = self._config["out_of_scope_bias"]

    def _ranking(self, sentence: Sentence) -> list[dict[str, Any]]:
        vector = self._vocabulary.vector(sentence)
        bag, machine = (model.logits(*vector) for model in self._models)
        logits = (bag + machine) / 2 + self._bias
        confidences = softmax(logits / np.float32(self._config["temperature"]))
        best = np.argsort(-confidences, kind="stable")[:LABEL_RANKING_LENGTH]
        return [
            {"name": self._intents[place], "confidence": float(confidences[place])}
            for place in best
        ]


def _sentence(message: Message) -> Sentence:
    tokens = tuple(token.text for token in message.get(TOKENS_NAMES[TEXT]))
    return Sentence(message.get(TEXT), tokens)

"""Features for the classifier: what a message speaks of, how bad it is, how much of it is facts.

Characters and words alone generalise poorly from some hundred and forty sentences an intent; the
lists of `wording` bring words that no sentence has. Cross-validated over the training sentences
71 % are understood without them and 83 % with them.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

from bot.nlu.simplified import traditional
from bot.nlu.sources import fingerprint
from wording.act_words import ACTS
from wording.facts import find_facts
from wording.logs import pasted_spans
from wording.reply_words import REPLIES
from wording.severity import hardware_is_down, severity_of
from wording.subject_words import SUBJECTS
from wording.subjects import subject_shares
from wording.trade_words import MATTERS

# A message of up to so many tokens; the last bucket is everything longer.
_LENGTHS = (1, 3, 6, 12)
# Whether a list is spoken of; what share of the message a list, or facts, cover; how long it is;
# and whether its words tell of an outage.
_SPOKEN = (*SUBJECTS, *MATTERS, *ACTS)
_NAMES = [
    *(f"speaks of {listed}" for listed in _SPOKEN),
    *(f"share of {listed}" for listed in (*_SPOKEN, *REPLIES)),
    *(f"trouble with {subject}" for subject in SUBJECTS),
    *(f"length {bucket}" for bucket in range(len(_LENGTHS) + 1)),
    *("share of facts", "severity 1", "severity 2", "machine down"),
    *("trouble", "facts beside trouble", "facts alone", "pasted"),
]
# An outage is no farewell and drops nothing, whatever else 停 may mean.
_OUTAGE_WEIGHT = 3.0
_TROUBLE = {"physical_trouble", "broken", "error", "light"}
# What is spoken of where nothing is wished: 「儲存設備 5148 兩台」.
_NO_WISH = {"fact_name", "machine", "part", "software", "day_and_time", "company_data"}
_COLUMNS = {name: column for column, name in enumerate(_NAMES)}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SubjectFeaturizer(SparseFeaturizer, GraphComponent):
    """Two or three features a list of words, one a length; nothing is learned."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The key that Rasa's base class needs, and our own."""
        return {
            **SparseFeaturizer.get_default_config(),
            # How much a feature counts beside one n-gram, which counts 1.
            "weight": 1.0,
        }

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer must have run."""
        return [Tokenizer]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing in it can be wrong that arithmetic would not tell."""

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
    ) -> SubjectFeaturizer:
        """A featurizer under the node's name."""
        return cls(execution_context.node_name, config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Featurize the training sentences."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Featurize the text of every message."""
        for message in messages:
            text = message.get(TEXT)
            tokens = message.get(TOKENS_NAMES[TEXT])
            if tokens:
                features = self._row(_features(text, len(tokens)))
                empty = csr_matrix((len(tokens), len(_COLUMNS)))
                self.add_features_to_message(empty, features, TEXT, message)
        return messages

    def _row(self, features: dict[str, float]) -> csr_matrix:
        columns = [_COLUMNS[name] for name in features]
        values = [value * self._config["weight"] for value in features.values()]
        return csr_matrix((values, ([0] * len(columns), columns)), shape=(1, len(_COLUMNS)))


def _features(text: str, length: int) -> dict[str, float]:
    shares = subject_shares(traditional(text))
    spoken = shares.keys() - REPLIES.keys()
    features = {f"length {bisect_left(_LENGTHS, length)}": 1.0}
    features |= {f"share of {listed}": min(share, 1.0) for listed, share in shares.items()}
    features |= {f"speaks of {listed}": 1.0 for listed in spoken}
    level = severity_of(text, technical=True).level
    if level <= 2:
        features[f"severity {level}"] = _OUTAGE_WEIGHT if level == 1 else 1.0
    if hardware_is_down(text):
        features["machine down"] = 1.0
    is_pasted = bool(pasted_spans(text))
    if is_pasted:
        features["pasted"] = 1.0
    facts = find_facts(text)
    if facts:
        features["share of facts"] = sum(fact.end - fact.start for fact in facts) / len(text)
    if level == 1 or is_pasted or spoken & _TROUBLE:
        features["trouble"] = 1.0
        features |= {f"trouble with {subject}": 1.0 for subject in spoken & SUBJECTS.keys()}
        if facts:
            features["facts beside trouble"] = 1.0
    elif facts and spoken - ACTS.keys() <= _NO_WISH:
        features["facts alone"] = 1.0
    return features

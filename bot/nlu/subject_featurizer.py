"""Features for the classifier: what a message speaks of and how long it is.

Characters and words alone generalise poorly from some seventy sentences an intent; the subjects of
`wording` bring what those sentences cannot. With them, about every second mistake goes away
(`make nlu`).
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
from wording.subject_words import SUBJECTS
from wording.subjects import subjects_in

# A message of up to so many tokens; the last bucket is everything longer.
_LENGTHS = (1, 3, 6, 12)
_COLUMNS = {subject: column for column, subject in enumerate(SUBJECTS)}
_WIDTH = len(_COLUMNS) + len(_LENGTHS) + 1


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SubjectFeaturizer(SparseFeaturizer, GraphComponent):
    """One feature a subject, one a length; nothing is learned."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The key that Rasa's base class needs, and our own."""
        return {
            **SparseFeaturizer.get_default_config(),
            # How much a subject counts beside one n-gram, which counts 1.
            "weight": 2.0,
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
                columns = self._columns(text, len(tokens))
                row = ([self._config["weight"]] * len(columns), ([0] * len(columns), columns))
                features = csr_matrix(row, shape=(1, _WIDTH))
                empty = csr_matrix((len(tokens), _WIDTH))
                self.add_features_to_message(empty, features, TEXT, message)
        return messages

    @staticmethod
    def _columns(text: str, length: int) -> list[int]:
        subjects = [_COLUMNS[subject] for subject in subjects_in(traditional(text))]
        return [*subjects, len(_COLUMNS) + bisect_left(_LENGTHS, length)]

"""What the classifier sees of a message: weighted n-grams, what it speaks of, how foreign it is.

N-grams of words and of characters are weighed apart (term frequency damped, times the inverse
share of training sentences, each kind of length 1), so that neither outweighs the other. How much
of a message no training sentence has is a feature of its own: foreign matter shows by it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.nlu.subject_features import NAMES as SUBJECT_NAMES
from bot.nlu.subject_features import subject_features

# Chosen by `bench/nlu_models.py`: longer ones of either kind gain nothing.
_LONGEST_WORDS, _LONGEST_CHARACTERS = 2, 4
# What one or two sentences have teaches little; unseen things then look alike in training and use.
_FEWEST_SENTENCES = 3
_SUBJECT_WEIGHT = 0.25
_FOREIGN_STEPS = 5
_FOREIGN_STEP_WEIGHT = 0.3
_FOREIGN_NAMES = (
    "foreign",
    *(f"foreign {length} {step}" for length in (1, 2) for step in range(_FOREIGN_STEPS)),
    "foreign pairs",
)


class Sentence(NamedTuple):
    """A message as it was written, and the tokens of the classifier's copy."""

    text: str
    tokens: tuple[str, ...]


class Vector(NamedTuple):
    """The features of a sentence: their columns and their values, equally long."""

    columns: NDArray[np.int64]
    values: NDArray[np.float32]


class Vocabulary:
    """The n-grams that are known, with their weights, and the columns of every feature."""

    def __init__(self, weights: dict[str, float]) -> None:
        """`weights`: the inverse document frequency of each n-gram, in the order of the columns."""
        self._weights = list(weights.values())
        names = [*weights, *SUBJECT_NAMES, *_FOREIGN_NAMES]
        self._columns = {name: column for column, name in enumerate(names)}

    @property
    def weights(self) -> dict[str, float]:
        """What another vocabulary can be made of."""
        return dict(zip(self._columns, self._weights, strict=False))

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Vocabulary:
        """The n-grams that at least three of `sentences` have."""
        having: Counter[str] = Counter()
        for sentence in sentences:
            having.update({*_word_grams(sentence.tokens), *_character_grams(sentence.tokens)})
        total = len(sentences)
        return cls(
            {
                gram: math.log((1 + total) / (1 + number)) + 1
                for gram, number in sorted(having.items())
                if number >= _FEWEST_SENTENCES
            }
        )

    def __len__(self) -> int:
        return len(self._columns)

    def vector(self, sentence: Sentence) -> Vector:
        """The features of one sentence."""
        features = {
            **self._weighed(_word_grams(sentence.tokens)),
            **self._weighed(_character_grams(sentence.tokens)),
            **self._foreign(sentence.tokens),
        }
        for name, value in subject_features(sentence.text, len(sentence.tokens)).items():
            features[name] = _SUBJECT_WEIGHT * value
        columns = np.fromiter((self._columns[name] for name in features), np.int64, len(features))
        return Vector(columns, np.fromiter(features.values(), np.float32, len(features)))

    def matrix(self, sentences: Iterable[Sentence]) -> csr_matrix:
        """The features of many sentences, one a row."""
        vectors = [self.vector(sentence) for sentence in sentences]
        ends = np.cumsum([0, *(len(vector.columns) for vector in vectors)])
        columns = np.concatenate([vector.columns for vector in vectors])
        values = np.concatenate([vector.values for vector in vectors])
        return csr_matrix((values, columns, ends), shape=(len(vectors), len(self)))

    def _weighed(self, grams: Iterable[str]) -> dict[str, float]:
        found = {
            gram: (1 + math.log(times)) * self._weights[self._columns[gram]]
            for gram, times in Counter(grams).items()
            if gram in self._columns
        }
        length = math.sqrt(sum(value * value for value in found.values()))
        return {gram: value / length for gram, value in found.items()}

    def _foreign(self, tokens: tuple[str, ...]) -> dict[str, float]:
        """The share of words, and of pairs of them, that are not known."""
        features: dict[str, float] = {}
        shares = []
        for length in (1, 2):
            grams = list(_of_length(tokens, length))
            unknown = sum(gram not in self._columns for gram in grams) / max(1, len(grams))
            step = min(int(unknown * _FOREIGN_STEPS), _FOREIGN_STEPS - 1)
            features[f"foreign {length} {step}"] = _FOREIGN_STEP_WEIGHT
            shares.append(unknown)
        features["foreign"], features["foreign pairs"] = shares
        return features


def _word_grams(tokens: tuple[str, ...]) -> Iterator[str]:
    for length in range(1, _LONGEST_WORDS + 1):
        yield from _of_length(tokens, length)


def _of_length(tokens: tuple[str, ...], length: int) -> Iterator[str]:
    for start in range(len(tokens) - length + 1):
        yield "w:" + " ".join(tokens[start : start + length])


def _character_grams(tokens: tuple[str, ...]) -> Iterator[str]:
    text = _spaced(tokens)
    for length in range(1, _LONGEST_CHARACTERS + 1):
        for start in range(len(text) - length + 1):
            yield "c:" + text[start : start + length]


def _spaced(tokens: tuple[str, ...]) -> str:
    """The tokens with a space around Latin words and numbers and at both ends, no other."""
    text = " "
    for token in tokens:
        if not text.endswith(" ") and (token[0].isascii() or text[-1].isascii()):
            text += " "
        text += token
    return text + " "

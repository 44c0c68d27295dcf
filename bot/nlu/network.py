"""A small network over sparse features: each has an embedding, their sum decides.

    hidden = max(0, sum of value * embedding + bias); logits = hidden @ output + bias

Trained by Adam with the true class smoothed, half of a sentence's features left out each time and
half of the hidden units: without a pretrained encoder it is what makes words stand in for one
another. Only the embeddings that a batch has are touched, which no library at hand does for sparse
rows: the one of TensorFlow moves all of them and takes ten times as long.
Sources: fastText (Joulin et al. 2016) for the bag of embeddings, Adam (Kingma and Ba 2014).
"""

from __future__ import annotations

from types import EllipsisType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

_HIDDEN = 200
_EPOCHS = 15
_BATCH = 128
_LEARNING_RATE = 2e-3
_LEFT_OUT = 0.5
_SMOOTHED = 0.1
_FIRST_EMBEDDING = 0.05
# With smoothed classes it learns to be too modest: its logits times this are its real shares.
_AS_SURE = 1 / 0.55
_BETA_1, _BETA_2, _TINY = 0.9, 0.999, 1e-7


class Network(NamedTuple):
    """What was learned: features x hidden, hidden, hidden x classes, classes."""

    embeddings: NDArray[np.float16]
    hidden_bias: Floats
    output: Floats
    output_bias: Floats

    def logits(self, columns: Places, values: Floats) -> Floats:
        """How much speaks for each class in one sentence."""
        hidden = values @ self.embeddings[columns].astype(np.float32) + self.hidden_bias
        logits: Floats = np.maximum(hidden, 0) @ self.output + self.output_bias
        return logits


def trained(features: csr_matrix, classes: Places, number: int, seed: int) -> Network:
    """A network for `number` classes from sentences (rows of `features`) and the class of each."""
    chance = np.random.default_rng(seed)
    embeddings = _normal(chance, (features.shape[1], _HIDDEN), _FIRST_EMBEDDING)
    output = _normal(chance, (_HIDDEN, number), float(np.sqrt(2 / (_HIDDEN + number))))
    hidden_bias, output_bias = np.zeros(_HIDDEN, np.float32), np.zeros(number, np.float32)
    learned = [_Adam(values) for values in (embeddings, hidden_bias, output, output_bias)]
    sentences = len(classes)
    steps = _EPOCHS * -(-sentences // _BATCH)
    step = 0
    for _ in range(_EPOCHS):
        order = chance.permutation(sentences)
        for start in range(0, sentences, _BATCH):
            step += 1
            rows = order[start : start + _BATCH]
            batch, columns = _without_some(features[rows], chance)
            hidden = batch @ embeddings[columns] + hidden_bias
            kept = (chance.random(hidden.shape) > _LEFT_OUT) / np.float32(1 - _LEFT_OUT)
            active = (np.maximum(hidden, 0) * kept).astype(np.float32)
            error = _error(active @ output + output_bias, classes[rows])
            back = ((error @ output.T) * kept * (hidden > 0)).astype(np.float32)
            gradients = (batch.T @ back, back.sum(0), active.T @ error, error.sum(0))
            rate = _LEARNING_RATE * (1 - step / (steps + 1))
            touched: list[Places | EllipsisType] = [columns, ..., ..., ...]
            for one, gradient, rows_of in zip(learned, gradients, touched, strict=True):
                one.learn(gradient, rows_of, rate, step)
    output *= _AS_SURE
    output_bias *= _AS_SURE
    return Network(embeddings.astype(np.float16), hidden_bias, output, output_bias)


class _Adam:
    """The running means of one array's gradients; it changes that array."""

    def __init__(self, values: Floats) -> None:
        self._values = values
        self._mean, self._square = np.zeros_like(values), np.zeros_like(values)

    def learn(
        self, gradient: Floats, touched: Places | EllipsisType, rate: float, step: int
    ) -> None:
        """One step along `gradient`, which is that of the rows `touched`."""
        mean = self._mean[touched] * _BETA_1 + (1 - _BETA_1) * gradient
        square = self._square[touched] * _BETA_2 + (1 - _BETA_2) * gradient * gradient
        self._mean[touched], self._square[touched] = mean, square
        mean = mean / (1 - _BETA_1**step)
        square = square / (1 - _BETA_2**step)
        self._values[touched] -= rate * mean / (np.sqrt(square) + _TINY)


def _without_some(rows: csr_matrix, chance: np.random.Generator) -> tuple[csr_matrix, Places]:
    """`rows` with some features left out, and which columns are left; only those it has."""
    kept = chance.random(rows.nnz) > _LEFT_OUT
    sentence = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))[kept]
    columns, places = np.unique(rows.indices[kept], return_inverse=True)
    values = rows.data[kept] / np.float32(1 - _LEFT_OUT)
    shape = (rows.shape[0], len(columns))
    return csr_matrix((values, (sentence, places)), shape=shape), columns


def _error(logits: Floats, classes: Places) -> Floats:
    """The gradient of the mean cross entropy with smoothed classes."""
    error = softmax(logits)
    error[np.arange(len(classes)), classes] -= 1 - _SMOOTHED
    error -= _SMOOTHED / logits.shape[1]
    return error / np.float32(len(classes))


def softmax(logits: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _normal(chance: np.random.Generator, shape: tuple[int, int], scale: float) -> Floats:
    return chance.standard_normal(shape, dtype=np.float32) * np.float32(scale)

"""A linear support vector machine over the same features: one set of weights for each class.

It knows a turn of phrase by heart where the network has seen words like it; the two err on
different sentences, and their mean is better than either (`docs/nlu.md`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.nlu.network import Floats, Places

_REGULARISATION = 0.5
# Its distances times this are as sure of themselves as the network's logits.
_AS_SURE = 4.0


class Linear(NamedTuple):
    """What was learned: features x classes, classes."""

    weights: NDArray[np.float16]
    bias: Floats

    def logits(self, columns: Places, values: Floats) -> Floats:
        """How much speaks for each class in one sentence."""
        logits: Floats = values @ self.weights[columns].astype(np.float32) + self.bias
        return logits


def trained(features: csr_matrix, classes: Places, seed: int) -> Linear:
    """The machine of at least three classes from sentences (rows of `features`)."""
    machine = LinearSVC(C=_REGULARISATION, random_state=seed).fit(features, classes)
    weights = (machine.coef_.T * _AS_SURE).astype(np.float16)
    return Linear(weights, (machine.intercept_ * _AS_SURE).astype(np.float32))

"""Models side by side: what `docs/nlu.md` says of the choice.

    .venv/engine/bin/python -m bench.nlu_models [SEEDS]

Each is trained on the training sentences, on a half and on a quarter of them (the learning curve),
with so many seeds (3), and asked the held-out and the foreign messages. The features are those of
the assistant unless the name says otherwise. Figures: share of held-out messages whose intent is
right, in-scope messages taken for foreign, foreign messages taken for such, seconds to train.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, TEXT
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bench.nlu_data import TAUGHT, tokenized
from bot.nlu import linear, network
from bot.nlu.intent_classifier import OUT_OF_SCOPE
from bot.nlu.network import Floats, Places
from bot.nlu.sentence_features import Sentence, Vocabulary

HELD_OUT, FOREIGN = Path("tests/nlu/heldout.yml"), Path("tests/nlu/refused.yml")
PARTS = (0.25, 0.5, 1.0)
Model = Callable[[csr_matrix, Places, int, int], Callable[[csr_matrix], Floats]]


def main() -> int:
    """Print a line for each model, part and mean over the seeds."""
    seeds = range(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
    taught, intents = sentences(TAUGHT)
    names = sorted(set(intents))
    held_out, meant = sentences([HELD_OUT])
    foreign, _ = sentences([FOREIGN])
    right = np.array([names.index(intent) for intent in meant])
    apart = names.index(OUT_OF_SCOPE)
    print(f"{'model':28}{'sentences':>10}{'right':>8}{'lost':>8}{'refused':>9}{'train':>9}")
    for part in PARTS:
        figures: dict[str, list[tuple[float, ...]]] = {name: [] for name in MODELS}
        for seed in seeds:
            chosen = np.random.default_rng(seed).permutation(len(taught))
            chosen = chosen[: int(part * len(taught))]
            mine = [taught[place] for place in chosen]
            classes = np.array([names.index(intents[place]) for place in chosen])
            vocabulary = Vocabulary.of(mine)
            features = vocabulary.matrix(mine)
            asked = [vocabulary.matrix(some) for some in (held_out, foreign)]
            for name, train in MODELS.items():
                begun = time.perf_counter()
                answer = train(features, classes, len(names), seed)
                taken = time.perf_counter() - begun
                told, strange = (answer(rows).argmax(axis=1) for rows in asked)
                figures[name].append(
                    (
                        float(np.mean(told == right)),
                        float(np.mean(told[right != apart] == apart)),
                        float(np.mean(strange == apart)),
                        taken,
                    )
                )
        for name, all_of in figures.items():
            accuracy, lost, refused, taken = np.mean(all_of, axis=0)
            print(
                f"{name:28}{int(part * len(taught)):>10}{accuracy:>8.1%}{lost:>8.1%}"
                f"{refused:>9.1%}{taken:>7.0f} s",
                flush=True,
            )
    return 0


def sentences(files: Sequence[Path]) -> tuple[list[Sentence], list[str]]:
    """The sentences of `files` as the tokenizer leaves them, and their intents."""
    read: list[Sentence] = []
    intents: list[str] = []
    for one in tokenized(files):
        words = tuple(token.text for token in one.get(TOKENS_NAMES[TEXT]))
        read.append(Sentence(one.get(TEXT), words))
        intents.append(one.get(INTENT))
    return read, intents


def logistic(features: csr_matrix, classes: Places, number: int, seed: int) -> Any:
    """Logistic regression, as Rasa's own classifier has it."""
    model = LogisticRegression(C=10, solver="saga", tol=0.01, max_iter=30, random_state=seed)
    return model.fit(features, classes).predict_proba


def machine(features: csr_matrix, classes: Places, number: int, seed: int) -> Any:
    """The linear machine alone."""
    learned = linear.trained(features, classes, seed)
    return lambda rows: rows @ learned.weights.astype(np.float32) + learned.bias


def bag(features: csr_matrix, classes: Places, number: int, seed: int) -> Any:
    """The network alone."""
    learned = network.trained(features, classes, number, seed)
    embeddings = learned.embeddings.astype(np.float32)

    def answer(rows: csr_matrix) -> Floats:
        hidden = np.maximum(rows @ embeddings + learned.hidden_bias, 0)
        logits: Floats = hidden @ learned.output + learned.output_bias
        return logits

    return answer


def mean(features: csr_matrix, classes: Places, number: int, seed: int) -> Any:
    """Both, as the assistant has them."""
    one = machine(features, classes, number, seed)
    other = bag(features, classes, number, seed)
    return lambda rows: one(rows) + other(rows)


MODELS: dict[str, Model] = {
    "logistic regression": logistic,
    "linear machine": machine,
    "network": bag,
    "mean of the two": mean,
}


if __name__ == "__main__":
    sys.exit(main())

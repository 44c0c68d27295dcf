"""Models side by side: what `docs/nlu.md` says of the choice.

    .venv/engine/bin/python -m bench.nlu_models [SEEDS] [--public FOLDER]

Each is trained on the training sentences, on a half and on a quarter of them (the learning curve),
with so many seeds (3), and asked the held-out and the foreign messages. The features are those of
the assistant unless the name says otherwise; spaCy's text categorizer makes its own of our words.
Figures: share of held-out messages whose intent is right, macro F1, in-scope messages taken for
foreign, foreign messages taken for such, seconds to train; means over the seeds. What would take
an hour to train has one seed, and a quarter of the sentences. The mean is of the machine and the
network that were just trained, so its seconds are theirs. A public set is learned whole, from the
folder's `train.tsv`, and asked its `test.tsv`: a sentence, a tab and its intent in each line.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from bench import nlu_textcat
from bench.nlu_data import TAUGHT, tokenized
from bench.nlu_sound import Sound
from bot.nlu import linear, network
from bot.nlu.intent_classifier import OUT_OF_SCOPE
from bot.nlu.mixed_text_tokenizer import MixedTextTokenizer
from bot.nlu.network import Floats, Places
from bot.nlu.sentence_features import Sentence, Vocabulary

HELD_OUT, FOREIGN = Path("tests/nlu/heldout.yml"), Path("tests/nlu/refused.yml")
PARTS = (0.25, 0.5, 1.0)


class Asked(NamedTuple):
    """Sentences, and the same as features, a row each."""

    sentences: list[Sentence]
    features: csr_matrix


# Of sentences, the class of each, the number of classes and a seed: how sure of each class.
Model = Callable[[Asked, Places, int, int], Callable[[Asked], Floats]]


class Task(NamedTuple):
    """What to learn, and what to be asked: sentences, and what is meant by each."""

    taught: list[Sentence]
    intents: list[str]
    held_out: list[Sentence]
    meant: list[str]
    foreign: list[Sentence]


def main() -> int:
    """Print a line for each model, part and mean over the seeds."""
    asked = argparse.ArgumentParser(prog="bench.nlu_models")
    asked.add_argument("seeds", type=int, nargs="?", default=3)
    asked.add_argument("--public", type=Path, metavar="FOLDER", help="of other people's sentences")
    told = asked.parse_args()
    task, parts = (others(told.public), (1.0,)) if told.public else (ours(), PARTS)
    names = sorted(set(task.intents))
    # What nobody taught is never right, and never said.
    right = np.array([names.index(one) if one in names else -1 for one in task.meant])
    apart = names.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in names else -2
    heads = f"{'right':>8}{'macro F1':>10}{'lost':>8}{'refused':>9}{'train':>9}"
    print(f"{'model':28}{'sentences':>10}{heads}", flush=True)
    for part in parts:
        count = int(part * len(task.taught))
        figures: dict[str, list[tuple[float, ...]]] = {name: [] for name in MODELS}
        for seed in range(told.seeds):
            chosen = np.random.default_rng(seed).permutation(len(task.taught))[:count]
            mine = [task.taught[place] for place in chosen]
            classes = np.array([names.index(task.intents[place]) for place in chosen])
            vocabulary = Vocabulary.of(mine)
            lesson = Asked(mine, vocabulary.matrix(mine))
            held_out = Asked(task.held_out, vocabulary.matrix(task.held_out))
            foreign = Asked(task.foreign, vocabulary.matrix(task.foreign)) if task.foreign else None
            for name, train in MODELS.items():
                if name in SLOW and (seed or part > SLOW_PART):
                    continue
                begun = time.perf_counter()
                answer = train(lesson, classes, len(names), seed)
                taken = time.perf_counter() - begun
                said = answer(held_out).argmax(axis=1)
                refused = answer(foreign).argmax(axis=1) == apart if foreign else np.nan
                figures[name].append(
                    (
                        float(np.mean(said == right)),
                        float(f1_score(right, said, average="macro", zero_division=0.0)),
                        float(np.mean(said[right != apart] == apart)),
                        float(np.mean(refused)),
                        taken,
                    )
                )
        for name, all_of in figures.items():
            if not all_of:
                continue
            accuracy, macro, lost, refused, taken = np.mean(all_of, axis=0)
            print(
                f"{name:28}{count:>10}{accuracy:>8.1%}{macro:>10.1%}"
                f"{lost:>8.1%}{refused:>9.1%}{taken:>7.0f} s",
                flush=True,
            )
    return 0


def ours() -> Task:
    """The training sentences, the held-out ones and the foreign ones."""
    foreign, _ = of_hotline([FOREIGN])
    return Task(*of_hotline(TAUGHT), *of_hotline([HELD_OUT]), foreign)


def others(folder: Path) -> Task:
    """Of a public set its `train.tsv` and `test.tsv`, and what is foreign to it if it says so."""
    taught, intents = of_table(folder / "train.tsv")
    held_out, meant = of_table(folder / "test.tsv")
    for_nothing, _ = of_table(folder / "oos_train.tsv")
    foreign, _ = of_table(folder / "oos_test.tsv")
    apart = [OUT_OF_SCOPE] * len(for_nothing)
    return Task([*taught, *for_nothing], [*intents, *apart], held_out, meant, foreign)


def of_hotline(files: Sequence[Path]) -> tuple[list[Sentence], list[str]]:
    """The sentences of `files` as the tokenizer leaves them, and their intents."""
    read: list[Sentence] = []
    intents: list[str] = []
    for one in tokenized(files):
        words = tuple(token.text for token in one.get(TOKENS_NAMES[TEXT]))
        read.append(Sentence(one.get(TEXT), words))
        intents.append(one.get(INTENT))
    return read, intents


def of_table(file: Path) -> tuple[list[Sentence], list[str]]:
    """The same of a table, a sentence and its intent in each line; nothing if it is not there."""
    read: list[Sentence] = []
    intents: list[str] = []
    tokenizer = MixedTextTokenizer(MixedTextTokenizer.get_default_config())
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        text, intent = line.split("\t")
        message = Message({TEXT: text})
        words = tuple(token.text for token in tokenizer.tokenize(message, TEXT))
        read.append(Sentence(text, words))
        intents.append(intent)
    return read, intents


def logistic(lesson: Asked, classes: Places, number: int, seed: int) -> Callable[[Asked], Floats]:
    """Logistic regression, as Rasa's own classifier has it."""
    model = LogisticRegression(C=10, solver="saga", tol=0.01, max_iter=30, random_state=seed)
    learned = model.fit(lesson.features, classes)
    return lambda asked: learned.predict_proba(asked.features)


def once(train: Model) -> Model:
    """Train what was just trained no second time."""
    last: list[tuple[Asked, int, Callable[[Asked], Floats]]] = []

    def trained(
        lesson: Asked, classes: Places, number: int, seed: int
    ) -> Callable[[Asked], Floats]:
        if not last or last[0][0] is not lesson or last[0][1] != seed:
            last[:] = [(lesson, seed, train(lesson, classes, number, seed))]
        return last[0][2]

    return trained


@once
def machine(lesson: Asked, classes: Places, number: int, seed: int) -> Callable[[Asked], Floats]:
    """The linear machine alone."""
    learned = linear.trained(lesson.features, classes, seed)
    return lambda asked: asked.features @ learned.weights.astype(np.float32) + learned.bias


@once
def bag(lesson: Asked, classes: Places, number: int, seed: int) -> Callable[[Asked], Floats]:
    """The network alone."""
    learned = network.trained(lesson.features, classes, number, seed)
    embeddings = learned.embeddings.astype(np.float32)

    def answer(asked: Asked) -> Floats:
        hidden = np.maximum(asked.features @ embeddings + learned.hidden_bias, 0)
        logits: Floats = hidden @ learned.output + learned.output_bias
        return logits

    return answer


def mean(lesson: Asked, classes: Places, number: int, seed: int) -> Callable[[Asked], Floats]:
    """Both, as the assistant has them."""
    one = machine(lesson, classes, number, seed)
    other = bag(lesson, classes, number, seed)
    return lambda asked: one(asked) + other(asked)


def heard(lesson: Asked, classes: Places, number: int, seed: int) -> Callable[[Asked], Floats]:
    """The mean of the two with sound beside our features."""
    sound = Sound(words(lesson))

    def with_sound(asked: Asked) -> Asked:
        return Asked(asked.sentences, sound.beside(asked.features, words(asked)))

    answer = mean(with_sound(lesson), classes, number, seed)
    return lambda asked: answer(with_sound(asked))


def latent(lesson: Asked, classes: Places, number: int, seed: int) -> Callable[[Asked], Floats]:
    """The linear machine on what our n-grams come down to in a few hundred dimensions."""
    fewer = TruncatedSVD(DIMENSIONS, random_state=seed)
    small = csr_matrix(fewer.fit_transform(lesson.features).astype(np.float32))
    answer = machine(Asked(lesson.sentences, small), classes, number, seed)
    return lambda asked: answer(
        Asked(asked.sentences, csr_matrix(fewer.transform(asked.features).astype(np.float32)))
    )


def textcat(lesson: Asked, classes: Places, number: int, seed: int) -> Callable[[Asked], Floats]:
    """spaCy's text categorizer over our words."""
    answer = nlu_textcat.trained(words(lesson), classes, number, seed)
    return lambda asked: answer(words(asked))


def words(asked: Asked) -> list[tuple[str, ...]]:
    """The words of each sentence."""
    return [one.tokens for one in asked.sentences]


MODELS: dict[str, Model] = {
    "logistic regression": logistic,
    "linear machine": machine,
    "network": bag,
    "mean of the two": mean,
    "the mean, sound beside": heard,
    "linear machine, latent": latent,
    "spaCy textcat": textcat,
}
SLOW, SLOW_PART = ("spaCy textcat",), 0.25
DIMENSIONS = 300


if __name__ == "__main__":
    sys.exit(main())

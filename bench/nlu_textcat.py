"""spaCy's text categorizer with its default architecture, taught with words and classes.

Its words are ours: spaCy's own Chinese tokenizer takes Latin words apart, letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import spacy
from spacy.pipeline import TextCategorizer
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from bot.nlu.network import Floats, Places

_EPOCHS = 10
_BATCH = 64
_ASKED_AT_ONCE = 256
Words = Sequence[tuple[str, ...]]


def trained(sentences: Words, classes: Places, number: int, seed: int) -> Callable[[Words], Floats]:
    """What tells how sure it is of each of `number` classes: a row for each sentence asked."""
    fix_random_seed(seed)
    nlp = spacy.blank("xx")
    categorizer = nlp.add_pipe("textcat")
    assert isinstance(categorizer, TextCategorizer)
    names = [str(one) for one in range(number)]
    examples = [
        Example.from_dict(
            Doc(nlp.vocab, words=list(words) or [" "]),
            {"cats": {name: float(int(name) == meant) for name in names}},
        )
        for words, meant in zip(sentences, classes, strict=True)
    ]
    optimizer = nlp.initialize(lambda: examples)
    order = np.random.default_rng(seed)
    for _ in range(_EPOCHS):
        mixed = [examples[place] for place in order.permutation(len(examples))]
        for first in range(0, len(mixed), _BATCH):
            categorizer.update(mixed[first : first + _BATCH], sgd=optimizer, drop=0.2)

    def answer(asked: Words) -> Floats:
        docs = [Doc(nlp.vocab, words=list(words) or [" "]) for words in asked]
        told = categorizer.pipe(iter(docs), batch_size=_ASKED_AT_ONCE)
        sure: Floats = np.array([[doc.cats[name] for name in names] for doc in told], np.float32)
        return sure

    return answer

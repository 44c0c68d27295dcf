"""`make nlu-data`: how many sentences there are, and what is wrong with them.

    .venv/engine/bin/python -m bench.nlu_data

Fails on one sentence with two intents, and on one that is measured with. Tells of duplicates, and
of frames: with facts and entities masked, more than three sentences of an intent that are linked
by a Jaccard similarity of 0.7 or more of their character trigrams.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.mixed_text_tokenizer import MixedTextTokenizer
from bot.nlu.simplified import traditional
from wording.text import folded

TAUGHT = sorted(Path("data/nlu").glob("*.yml"))
MEASURED = [
    Path("tests/nlu") / name
    for name in ("heldout.yml", "examination.yml", "refused.yml", "tried.yml")
]
_SIMILAR = 0.7
_MOST_ALIKE = 3
_NO_WORD = re.compile(r"[\W_]+")


class Sentence(NamedTuple):
    """A sentence, what it means, and its words with every fact and entity masked."""

    text: str
    intent: str
    masked: str

    @property
    def key(self) -> str:
        """The same for sentences that differ in case, width, script, spaces or punctuation only."""
        same = folded(traditional(self.text))
        return _NO_WORD.sub("", same) or same


def main() -> int:
    """Print what there is; 1 if a sentence has two intents or is measured with."""
    taught = sentences(TAUGHT)
    numbers = Counter(one.intent for one in taught)
    for intent, number in sorted(numbers.items()):
        print(f"{intent:<24} {number:>5}")
    print(f"{len(numbers)} intents, {len(taught)} sentences")
    by_key = defaultdict(list)
    for one in taught:
        by_key[one.key].append(one)
    _tell("written twice", (same for same in by_key.values() if _is_twice(same)))
    frames = [frame for intent in numbers for frame in frames_of(taught, intent)]
    _tell(f"in frames of more than {_MOST_ALIKE}", frames)
    measured = [by_key[one.key] for one in sentences(MEASURED) if one.key in by_key]
    conflicts = [same for same in by_key.values() if len({one.intent for one in same}) > 1]
    faults = _tell("with two intents", conflicts) + _tell("measured with", measured)
    return 1 if faults else 0


def sentences(files: Iterable[Path]) -> list[Sentence]:
    """Every sentence of `files`."""
    read = []
    for one in tokenized(files):
        named = [(entity["start"], entity["end"]) for entity in one.get(ENTITIES, [])]
        words = (
            "#" if any(start <= token.start < end for start, end in named) else token.text
            for token in one.get(TOKENS_NAMES[TEXT])
        )
        read.append(Sentence(one.get(TEXT), one.get(INTENT), " ".join(words)))
    return read


def tokenized(files: Iterable[Path]) -> Iterator[Message]:
    """Every example of an intent in `files`, with our tokens."""
    tokenizer = MixedTextTokenizer(MixedTextTokenizer.get_default_config())
    for file in files:
        yield from tokenizer.process_training_data(load_data(str(file))).intent_examples


def frames_of(taught: Sequence[Sentence], intent: str) -> list[list[Sentence]]:
    """The groups of more than three sentences of `intent` that are linked by likeness."""
    mine = [one for one in taught if one.intent == intent]
    grams = [_trigrams(one.masked) for one in mine]
    having: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(grams):
        for gram in found:
            having[gram].append(place)
    leader = list(range(len(mine)))

    def led(place: int) -> int:
        while leader[place] != place:
            place = leader[place]
        return place

    shared: Counter[tuple[int, int]] = Counter()
    for places in having.values():
        shared.update(combinations(places, 2))
    for (one, other), common in shared.items():
        if common >= _SIMILAR * (len(grams[one]) + len(grams[other]) - common):
            leader[led(one)] = led(other)
    groups = defaultdict(list)
    for place, sentence in enumerate(mine):
        groups[led(place)].append(sentence)
    return [group for group in groups.values() if len(group) > _MOST_ALIKE]


def _trigrams(text: str) -> set[str]:
    text = f" {text.replace(' ', '')} "
    return {text[start : start + 3] for start in range(max(1, len(text) - 2))}


def _is_twice(same: Sequence[Sentence]) -> bool:
    return len(same) > len({one.intent for one in same})


def _tell(what: str, groups: Iterable[Sequence[Sentence]]) -> int:
    """Print the groups; how many there are."""
    number = 0
    for group in groups:
        number += 1
        print(f"  {what}: " + " · ".join(f"{one.text} ({one.intent})" for one in group))
    print(f"{what}: {number or 'none'}")
    return number


if __name__ == "__main__":
    sys.exit(main())

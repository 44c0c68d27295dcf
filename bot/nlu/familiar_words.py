"""How usual words are, and pairs of them, in what partners write: a name mostly is not.

Counted in the training sentences, a sentence once. A name of two characters such as 「府揚」 has no
ending that tells what it is; that nobody writes these two beside one another does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rasa.nlu.tokenizers.tokenizer import Token

# In so many sentences at least: one more, and it is a step more usual.
_STEPS = (1, 3, 10)


class FamiliarWords:
    """In how many sentences words and pairs of neighbours stand, in steps from 0 to 3."""

    def __init__(self, steps: dict[str, int]) -> None:
        """`steps`: of a word, or of two joined by a space, how usual; 0 if it is not there."""
        self._steps = steps

    @classmethod
    def learned(cls, sentences: Iterable[Sequence[Token]]) -> FamiliarWords:
        """Counted in the tokens of `sentences`."""
        numbers: Counter[str] = Counter()
        for tokens in sentences:
            numbers.update({token.text for token in tokens})
            numbers.update({_pair(*two) for two in pairwise(tokens) if _touch(*two)})
        return cls({words: bisect_right(_STEPS, number) for words, number in numbers.items()})

    @property
    def steps(self) -> dict[str, int]:
        """What `__init__` takes."""
        return self._steps

    def features(self, tokens: Sequence[Token]) -> list[list[str]]:
        """Of each token how usual it is, its neighbours are, and the pairs that they make."""
        alone = [self._steps.get(token.text, 0) for token in tokens]
        pairs = ["<", *(self._of_pair(*two) for two in pairwise(tokens)), ">"]
        told = []
        for place in range(len(tokens)):
            mine = [
                f"{step} known={alone[place + step]}"
                for step in (-1, 0, 1)
                if 0 <= place + step < len(tokens)
            ]
            left, right = pairs[place], pairs[place + 1]
            mine += [f"left pair={left}", f"right pair={right}", f"pairs={left} {right}"]
            mine.append("pairs ahead=" + " ".join(pairs[place + 1 : place + 3]))
            mine.append("pairs further ahead=" + " ".join(pairs[place + 1 : place + 4]))
            mine.append("pairs behind=" + " ".join(pairs[max(0, place - 1) : place + 1]))
            told.append(mine)
        return told

    def _of_pair(self, one: Token, other: Token) -> str:
        return str(self._steps.get(_pair(one, other), 0)) if _touch(one, other) else "-"


def _touch(one: Token, other: Token) -> bool:
    return bool(one.end == other.start)


def _pair(one: Token, other: Token) -> str:
    return f"{one.text} {other.text}"

"""Which articles speak of what is asked, by BM25 over their fields. Knows no threshold.

Both languages of an article are one document: their terms do not meet, and a question in both finds
it by both. A field is ranked by itself, so that a long answer does not drown a title; of the
example questions the nearest one counts, and all of them together.
"""

import logging
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
from numpy.typing import NDArray

from hotline.knowledge.articles import Article
from hotline.knowledge.terms import Synonyms, normal, terms, terms_of_question

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells each step, by itself

Scores = NDArray[np.float32]

# By `bench/knowledge.py --fit`, which prints what each is worth.
WEIGHTS = {
    "title": 1.0, "questions": 1.0, "nearest": 1.0, "short": 0.5, "answer": 0.5, "covered": 1.0
}  # fmt: skip
_FIELDS = ("title", "questions", "short", "answer")
_SATURATION, _LENGTH = 1.2, 0.4
# What a term tells that few questions have, and one that none has.
_SMOOTHING, _UNHEARD = 0.1, -0.6


@dataclass(frozen=True)
class Terms:
    """An article's terms: by field, and those of each example question and title."""

    fields: Mapping[str, Sequence[str]]
    questions: Sequence[Sequence[str]]

    @classmethod
    def of(cls, article: Article, synonyms: Synonyms) -> "Terms":
        spoken = article.wordings.values()
        titles = _by_line((wording.title for wording in spoken), synonyms)
        labels = _by_line((wording.label for wording in spoken), synonyms)
        asked = _by_line((one for wording in spoken for one in wording.questions), synonyms)
        shorts = _by_line((wording.short for wording in spoken), synonyms)
        answers = _by_line((wording.answer for wording in spoken), synonyms)
        fields = {
            "title": _all([*titles, *labels]),
            "questions": _all(asked),
            "short": _all(shorts),
            "answer": _all(answers),
        }
        return cls(fields, [*asked, *titles])


@dataclass(frozen=True)
class Ranked:
    """An article, and how well it fits: `score` is the sum of `parts`.

    Each part is over all that the question says, so that scores of two questions compare. "covered"
    is the share of the question's weight that occurs in the article at all.
    """

    article: Article
    score: float
    parts: Mapping[str, float]


@dataclass(frozen=True)
class Ranking:
    """The articles, best first, and how a question looks beside those that none of them answers.

    `unanswered` is the nearest of those, on the scale of a part "nearest". `answerable` is above 0
    where the terms are rather those of questions with an answer, below where of those without.
    """

    ranked: Sequence[Ranked] = ()
    unanswered: float = 0.0
    answerable: float = 0.0


class Index:
    """The articles, ready to be asked. To change one, make another index."""

    def __init__(
        self,
        articles: Iterable[tuple[Article, Terms]],
        synonyms: Synonyms,
        unanswered: Sequence[Sequence[str]] = (),
    ) -> None:
        """`unanswered` are the terms of questions that are known to have no answer here."""
        chosen = list(articles)
        self._articles = [article for article, _ in chosen]
        self._synonyms = synonyms
        self._fields = {
            name: _Field([found.fields[name] for _, found in chosen]) for name in _FIELDS
        }
        asked = [question for _, found in chosen for question in found.questions]
        self._starts = np.cumsum([0, *(len(found.questions) for _, found in chosen)])
        # Side by side with the articles' own, so that a term weighs the same on either side.
        self._nearest = _Field([*asked, (), *unanswered])
        self._having = _having(chosen)
        total = len(chosen)
        self._weights = {term: _weight(total, len(at)) for term, at in self._having.items()}
        self._unknown = _weight(total, 0)
        self._odds = _odds(asked, unanswered)

    def rank(self, question: str, limit: int = 5) -> Ranking:
        """The articles that share a term with `question`, the best first."""
        asked = terms_of_question(question, self._synonyms)
        if not asked or not self._articles:
            return Ranking()
        mass = sum(self._weights.get(term, self._unknown) for term in asked)
        parts = {name: field.scores(asked) for name, field in self._fields.items()}
        *nearest, unanswered = np.maximum.reduceat(self._nearest.scores(asked), self._starts)
        parts["nearest"] = np.array(nearest, dtype=np.float32)
        parts["covered"] = self._covered(asked)
        for name, scores in parts.items():
            scores *= WEIGHTS[name] / mass
        total: Scores = np.sum(list(parts.values()), axis=0)
        best = map(int, np.argsort(-total, kind="stable")[:limit])
        ranked = [
            Ranked(
                article=self._articles[at],
                score=float(total[at]),
                parts={name: float(scores[at]) for name, scores in parts.items()},
            )
            for at in best
            if total[at] > 0
        ]
        told = sum(self._odds.get(term, _UNHEARD) for term in asked) if self._odds else 0.0
        return Ranking(
            ranked=ranked,
            unanswered=float(unanswered) * WEIGHTS["nearest"] / mass,
            answerable=told / math.sqrt(len(asked)),
        )

    def _covered(self, asked: Sequence[str]) -> Scores:
        covered = np.zeros(len(self._articles), dtype=np.float32)
        for term in asked:
            if term in self._having:
                covered[self._having[term]] += self._weights[term]
        return covered


class _Field:
    """BM25 over one text of each document."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._size = len(documents)
        self._index = None
        if any(documents):
            self._index = bm25s.BM25(k1=_SATURATION, b=_LENGTH)
            self._index.index([list(document) for document in documents], show_progress=False)

    def scores(self, asked: Sequence[str]) -> Scores:
        known = [term for term in asked if self._index and term in self._index.vocab_dict]
        if self._index is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.array(self._index.get_scores(known), dtype=np.float32)


def _weight(total: int, having: int) -> float:
    return math.log(1 + (total - having + 0.5) / (having + 0.5))


def _having(articles: Sequence[tuple[Article, Terms]]) -> dict[str, NDArray[np.int64]]:
    """Of each term the places of the articles that have it anywhere."""
    having: dict[str, list[int]] = {}
    for at, (_, found) in enumerate(articles):
        for term in {term for field in found.fields.values() for term in field}:
            having.setdefault(term, []).append(at)
    return {term: np.array(places) for term, places in having.items()}


def _odds(
    answered: Sequence[Sequence[str]], unanswered: Sequence[Sequence[str]]
) -> dict[str, float]:
    """How much likelier a term is among questions with an answer, as a logarithm (naive Bayes)."""
    if not unanswered or not answered:
        return {}
    with_answer = Counter(term for question in answered for term in set(question))
    without = Counter(term for question in unanswered for term in set(question))
    share = len(unanswered) / len(answered)
    return {
        term: math.log((with_answer[term] * share + _SMOOTHING) / (without[term] + _SMOOTHING))
        for term in {*with_answer, *without}
    }


def _by_line(texts: Iterable[str], synonyms: Synonyms) -> list[list[str]]:
    """Of each line of `texts` its terms; one conversion for all, as each has its cost."""
    return [terms(line, synonyms) for line in normal("\n".join(texts)).splitlines()]


def _all(lines: Iterable[Sequence[str]]) -> list[str]:
    return [term for line in lines for term in line]

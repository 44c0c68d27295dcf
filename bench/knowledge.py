"""How well questions find their articles, and whether the rest is refused.

    .venv/app/bin/python -m bench.knowledge [--fit | --compare]

The questions of `tests/knowledge/questions.yml`, by people who have not read the articles, asked by
somebody who may read them all; a question with a topic is right with any article of the topic.
Prints a report, writes `var/reports/knowledge.json`, and fails if a figure misses its floor. Times:
with our articles, and with 10,000 made of them.

`--fit` sets `hotline/knowledge/calibration.json` by the questions of `tests/knowledge/tuning.yml`.
`--compare` shows what each field is worth, and BM25 as SQLite has it over the same terms.
"""

import argparse
import json
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from hotline.knowledge import deciding, ranking
from hotline.knowledge.articles import Article
from hotline.knowledge.deciding import ANSWER, OFFER, REFUSE, Calibration
from hotline.knowledge.library import Library, Shelf
from hotline.knowledge.naming import known_to
from hotline.knowledge.ranking import WEIGHTS, Index, Ranking, Terms
from hotline.knowledge.terms import terms_of_question
from hotline.settings import load_settings

MEASURED = Path("tests/knowledge/questions.yml")
TUNING = Path("tests/knowledge/tuning.yml")
CALIBRATION = Path("hotline/knowledge/calibration.json")
REPORT = Path("var/reports/knowledge.json")
MANY = 10_000
# Of the tuning questions without an answer so many are refused by the threshold that is set, and
# so near must a second article be to make "which one?" of it.
_REFUSED_SHARE, _OFFER_WITHIN = 0.93, 0.93
FLOORS = {"hit@1": 0.85, "hit@3": 0.95, "refused without an answer": 0.85}
CEILINGS = {"refused with an answer": 0.05, "p50, ms": 5.0, "p50 of 10,000, ms": 50.0}


@dataclass(frozen=True)
class Question:
    text: str
    language: str
    article: str | None
    topic: str | None

    @property
    def has_answer(self) -> bool:
        return self.topic != "none"

    def is_answered_by(self, article: Article) -> bool:
        return self.article == article.id if self.article else self.topic == article.topic


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.knowledge")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--fit", action="store_true")
    how.add_argument("--compare", action="store_true")
    arguments = parser.parse_args()
    settings = load_settings()
    library = Library(settings.knowledge_dir, known_to(settings))
    shelf = library.shelf()
    if shelf.faults:
        print(*shelf.faults, sep="\n", file=sys.stderr)
        return 1
    index = library.index(shelf.articles)
    if arguments.fit:
        return _fit(index)
    if arguments.compare:
        return _compare(index, shelf)
    return _measure(index, shelf)


def read_questions(file: Path) -> list[Question]:
    written = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Question(one["q"], one["lang"], one.get("article"), one.get("topic")) for one in written
    ]


def quality(index: Index) -> dict[str, float]:
    """Shares of the measured questions, from 0 to 1."""
    questions = read_questions(MEASURED)
    asked = [(one, index.rank(one.text)) for one in questions]
    with_answer = [(one, found) for one, found in asked if one.has_answer]
    decided = [(one, deciding.decide(found)) for one, found in asked]
    figures = {
        "hit@1": _hits(with_answer, 1),
        "hit@3": _hits(with_answer, 3),
        "refused without an answer": _share(
            decision.kind == REFUSE for one, decision in decided if not one.has_answer
        ),
        "refused with an answer": _share(
            decision.kind == REFUSE for one, decision in decided if one.has_answer
        ),
        "offered two or three": _share(decision.kind == OFFER for _, decision in decided),
        "answered wrongly": _share(
            decision.kind == ANSWER and not one.is_answered_by(decision.ranked[0].article)
            for one, decision in decided
        ),
    }
    for language in sorted({one.language for one in questions}):
        pairs = [pair for pair in with_answer if pair[0].language == language]
        figures[f"hit@1, {language} ({len(pairs)})"] = _hits(pairs, 1)
    return figures


def _measure(index: Index, shelf: Shelf) -> int:
    questions = read_questions(MEASURED)
    _, milliseconds = _asked(index, questions)
    figures = quality(index)
    figures["p50, ms"] = round(statistics.median(milliseconds), 2)
    figures["p95, ms"] = round(float(np.percentile(milliseconds, 95)), 2)
    many, seconds = _many(shelf)
    _, slower = _asked(many, questions[:60])
    figures["p50 of 10,000, ms"] = round(statistics.median(slower), 2)
    with_answer = sum(one.has_answer for one in questions)
    print(
        f"{len(shelf.articles)} articles, {with_answer} questions with an answer, "
        f"{len(questions) - with_answer} without"
    )
    short = 0
    for name, value in figures.items():
        wanted = f"at least {FLOORS[name]}" if name in FLOORS else ""
        wanted = f"at most {CEILINGS[name]}" if name in CEILINGS else wanted
        misses = value < FLOORS.get(name, -1) or value > CEILINGS.get(name, float("inf"))
        short += misses
        print(f"  {name:<28} {value:<8} {wanted}{'  SHORT' if misses else ''}")
    print(f"  indexing 10,000 articles takes {seconds:.0f} s, once per process")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 1 if short else 0


def _asked(index: Index, questions: Sequence[Question]) -> tuple[list[Ranking], list[float]]:
    index.rank(questions[0].text)  # the dictionaries of the converter are read once
    rankings, milliseconds = [], []
    for question in questions:
        began = time.perf_counter()
        rankings.append(index.rank(question.text))
        milliseconds.append((time.perf_counter() - began) * 1000)
    return rankings, milliseconds


def _many(shelf: Shelf) -> tuple[Index, float]:
    """Ten thousand articles: ours again and again, each with the questions of two others."""
    ours = list(shelf.articles.values())
    began = time.perf_counter()
    known = [Terms.of(article, shelf.synonyms) for article in ours]
    articles = []
    for number in range(MANY):
        first, second = known[number % len(ours)], known[(number * 7 + 3) % len(ours)]
        mixed = [*first.questions[::2], *second.questions[1::2]]
        fields = {**first.fields, "questions": [term for one in mixed for term in one]}
        article = replace(ours[number % len(ours)], id=f"a{number}")
        articles.append((article, Terms(fields, mixed)))
    return Index(articles, shelf.synonyms, shelf.unanswered), time.perf_counter() - began


def _fit(index: Index) -> int:
    """Logistic regression with both kinds of question weighing the same, by Newton's method."""
    questions = read_questions(TUNING)
    rankings, _ = _asked(index, questions)
    pairs = [(one, found) for one, found in zip(questions, rankings, strict=True) if found.ranked]
    seen = [deciding.features(found) for _, found in pairs]
    names = list(seen[0])
    inputs = np.array([[1.0, *(one[name] for name in names)] for one in seen])
    wanted = np.array([float(one.has_answer) for one, _ in pairs])
    weight = np.where(wanted > 0, 1.0, wanted.sum() / (1 - wanted).sum())
    ridge = np.diag([0.0, *(1.0 for _ in names)])
    found = np.zeros(inputs.shape[1])
    for _ in range(50):
        certain = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (weight * (certain - wanted)) + ridge @ found
        curve = inputs.T @ (inputs * (weight * certain * (1 - certain))[:, None]) + ridge
        found -= np.linalg.solve(curve, slope)
    certain = 1 / (1 + np.exp(-inputs @ found))
    known = Calibration(
        intercept=round(float(found[0]), 3),
        coefficients={
            name: round(float(value), 3) for name, value in zip(names, found[1:], strict=True)
        },
        refuse_below=round(float(np.quantile(certain[wanted == 0], _REFUSED_SHARE)), 3),
        offer_within=_OFFER_WITHIN,
    )
    CALIBRATION.write_text(json.dumps(vars(known), indent=1) + "\n", encoding="utf-8")
    wrongly = (certain[wanted > 0] < known.refuse_below).mean()
    print(json.dumps(vars(known)), f"refuses {wrongly:.1%} of the tuning questions with an answer")
    return 0


def _compare(index: Index, shelf: Shelf) -> int:
    questions = [one for one in read_questions(MEASURED) if one.has_answer]
    usual = dict(WEIGHTS)
    print(f"{'ranked by':<32} hit@1  hit@3  p50, ms")
    ways: dict[str, Mapping[str, float]] = {"all": usual}
    ways |= {f"without {name}": {**usual, name: 0.0} for name in usual}
    ways |= {f"{name} alone": {**dict.fromkeys(usual, 0.0), name: 1.0} for name in usual}
    for way, weights in ways.items():
        ranking.WEIGHTS.update(weights)
        _print_way(way, questions, lambda one: [found.article for found in index.rank(one).ranked])
    ranking.WEIGHTS.update(usual)
    _print_way("SQLite's bm25, the same terms", questions, _sqlite(shelf))
    return 0


def _print_way(
    name: str, questions: Sequence[Question], ask: Callable[[str], Sequence[Article]]
) -> None:
    hits, milliseconds = [0, 0], []
    for question in questions:
        began = time.perf_counter()
        found = ask(question.text)
        milliseconds.append((time.perf_counter() - began) * 1000)
        hits[0] += any(question.is_answered_by(article) for article in found[:1])
        hits[1] += any(question.is_answered_by(article) for article in found[:3])
    first, third = (one / len(questions) for one in hits)
    print(f"{name:<32} {first:.3f}  {third:.3f}  {statistics.median(milliseconds):.2f}")


def _sqlite(shelf: Shelf) -> Callable[[str], list[Article]]:
    """FTS5 over the terms as they are, by columns with its own weights."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, title, questions, short, answer)")
    codes: dict[str, str] = {}

    def coded(terms: Iterable[str]) -> str:
        return " ".join(codes.setdefault(term, f"t{len(codes)}") for term in terms)

    for article in shelf.articles.values():
        fields = Terms.of(article, shelf.synonyms).fields
        row = (article.id, *(coded(fields[name]) for name in fields))
        base.execute("INSERT INTO a VALUES (?, ?, ?, ?, ?)", row)

    def ask(question: str) -> list[Article]:
        asked = [
            codes[term] for term in terms_of_question(question, shelf.synonyms) if term in codes
        ]
        found = base.execute(
            "SELECT id FROM a WHERE a MATCH ? ORDER BY bm25(a, 0, 2, 2, 1, 1) LIMIT 5",
            (" OR ".join(asked) or "none",),
        )
        return [shelf.articles[one] for (one,) in found]

    return ask


def _hits(pairs: Sequence[tuple[Question, Ranking]], among: int) -> float:
    return _share(
        any(question.is_answered_by(one.article) for one in found.ranked[:among])
        for question, found in pairs
    )


def _share(values: Iterable[bool] | Iterator[Any]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 3) if found else 0.0


if __name__ == "__main__":
    sys.exit(main())

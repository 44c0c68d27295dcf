"""What is done about a question: one answer, two or three to choose from, or none. Pure.

How likely it is that the best article answers is a logistic function of how the ranking looks; its
coefficients come from `bench/knowledge.py --fit`, over questions of several hands, those that no
article answers among them.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

from hotline.knowledge.ranking import Ranked, Ranking

Kind = Literal["answered", "offered", "refused"]
ANSWER: Final = "answered"
OFFER: Final = "offered"
REFUSE: Final = "refused"

_FILE = Path(__file__).with_name("calibration.json")
MOST_OFFERED = 3
_LITTLE = 1e-3


@dataclass(frozen=True)
class Calibration:
    """Coefficients by feature, and where refusing ends and answering without choice begins."""

    intercept: float
    coefficients: Mapping[str, float]
    refuse_below: float
    offer_within: float  # of two articles so near in score, which one is meant is asked


@dataclass(frozen=True)
class Decision:
    """What is done, with the articles that are `shown` for it: one, those to choose from, or none.

    `certainty` that the first answers is from 0 to 1; `ranked` are all that were found, best first.
    """

    kind: Kind
    certainty: float
    ranked: tuple[Ranked, ...]
    shown: tuple[Ranked, ...] = ()


@cache
def calibration() -> Calibration:
    return Calibration(**json.loads(_FILE.read_text(encoding="utf-8")))


def features(ranking: Ranking) -> dict[str, float]:
    """How a ranking looks that has an article at least."""
    first, *_ = ranked = ranking.ranked
    other = next((one for one in ranked[1:] if one.article.topic != first.article.topic), None)
    nearest = first.parts["nearest"]
    return {
        "score": math.log(first.score + _LITTLE),
        "lead": math.log((first.score + _LITTLE) / ((other.score if other else 0) + _LITTLE)),
        "covered": first.parts["covered"],
        "nearest": nearest,
        "beside_unanswered": nearest - ranking.unanswered,
        "answerable": ranking.answerable,
    }


def decide(ranking: Ranking) -> Decision:
    ranked = ranking.ranked
    if not ranked:
        return Decision(REFUSE, 0.0, ())
    known = calibration()
    certainty = certainty_of(known, features(ranking))
    if certainty < known.refuse_below:
        return Decision(REFUSE, certainty, tuple(ranked))
    near = [
        one for one in ranked[:MOST_OFFERED] if one.score >= ranked[0].score * known.offer_within
    ]
    # The article that a topic is named after is what is meant by the topic's name alone.
    first = near[0].article
    of_one_topic = first.id == first.topic and all(one.article.topic == first.topic for one in near)
    if len(near) == 1 or of_one_topic:
        return Decision(ANSWER, certainty, tuple(ranked), tuple(near[:1]))
    return Decision(OFFER, certainty, tuple(ranked), tuple(near))


def certainty_of(known: Calibration, seen: Mapping[str, float]) -> float:
    total = known.intercept + sum(known.coefficients[name] * seen[name] for name in seen)
    return 1 / (1 + math.exp(-total))

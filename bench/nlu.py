"""How well the assistant understands: every measured sentence through the trained model.

    .venv/engine/bin/python -m bench.nlu [MODEL]

Two sets, measured apart: the held-out sentences, and what people wrote when they tried the
assistant, which was looked at while sentences were added and so tells of regressions only.
Without MODEL the newest in models/ is taken. Prints a report and writes `var/reports/nlu.json`.
A sentence is refused when its top intent is nlu_fallback or out_of_scope.
"""

from __future__ import annotations

import asyncio
import json
import logging
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.loading import load_data

HELD_OUT = Path("tests/nlu/heldout.yml")
TRIED = Path("tests/nlu/tried.yml")
REPORT = Path("var/reports/nlu.json")
REFUSALS = ("nlu_fallback", "out_of_scope")
# What the FallbackClassifier might be set to: threshold, ambiguity_threshold.
SETTINGS = ((0.2, 0.05), (0.25, 0.05), (0.3, 0.05), (0.35, 0.05), (0.4, 0.05), (0.5, 0.1))
_SETTING_FIGURES = ("in_scope_refused", "acted_wrongly", "out_of_scope_refused")
_WORST = 12
_WARM_UP = 5


class Answer(NamedTuple):
    """One sentence, what it means, and what the model made of it."""

    text: str
    expected: str
    predicted: str
    confidence: float
    milliseconds: float
    best: str
    best_confidence: float
    margin: float

    def at(self, threshold: float, ambiguity: float) -> Answer:
        """The answer that other settings of the FallbackClassifier would have given."""
        is_sure = self.best_confidence >= threshold and self.margin >= ambiguity
        return self._replace(predicted=self.best if is_sure else REFUSALS[0])

    @property
    def is_refused(self) -> bool:
        """Whether the assistant would say that it is not sure, or that this is not its business."""
        return self.predicted in REFUSALS

    @property
    def is_right(self) -> bool:
        """Whether the meaning is right; what is out of scope may be refused either way."""
        both_refuse = self.expected in REFUSALS and self.is_refused
        return both_refuse or self.predicted == self.expected


def main() -> None:
    """Measure, print, write."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    model = Path(sys.argv[1]) if len(sys.argv) > 1 else newest_model()
    held_out, tried = asyncio.run(parse_all(model, [sentences(HELD_OUT), sentences(TRIED)]))
    report = {"model": model.name, **measured(held_out), "tried": measured(tried)}
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{model.name}: {len(held_out)} held-out sentences\n{printed(report)}")
    print(f"\n{len(tried)} sentences of people who tried it\n{printed(report['tried'])}")
    print(f"\n{printed_settings({'held-out': held_out, 'tried': tried})}")


def newest_model() -> Path:
    """The newest model in models/; ends the program where there is none."""
    models = sorted(Path("models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise SystemExit("There is no model in models/. `make train` makes one.")
    return models[-1]


def sentences(file: Path) -> list[tuple[str, str]]:
    """(sentence, intent) of a measured set."""
    examples = load_data(str(file)).intent_examples
    return [(example.get("text"), example.get("intent")) for example in examples]


async def parse_all(model: Path, sets: list[list[tuple[str, str]]]) -> list[list[Answer]]:
    """What `model` makes of every sentence of every set, with the time it took."""
    agent = Agent.load(str(model))
    for text, _ in sets[0][:_WARM_UP]:
        await agent.parse_message(text)
    return [await parsed(agent, one) for one in sets]


async def parsed(agent: Agent, sentences: list[tuple[str, str]]) -> list[Answer]:
    """What `agent` makes of `sentences`."""
    answers = []
    for text, expected in sentences:
        begun = time.perf_counter()
        message = await agent.parse_message(text)
        taken = (time.perf_counter() - begun) * 1000
        intent = message["intent"]
        first, second, *_ = [one for one in message["intent_ranking"] if one["name"] != REFUSALS[0]]
        margin = first["confidence"] - second["confidence"]
        answers.append(
            Answer(
                text=text,
                expected=expected,
                predicted=intent["name"],
                confidence=intent["confidence"],
                milliseconds=taken,
                best=first["name"],
                best_confidence=first["confidence"],
                margin=margin,
            )
        )
    return answers


def measured(answers: list[Answer]) -> dict[str, Any]:
    """The figures, as they are written to the report."""
    in_scope = [answer for answer in answers if answer.expected not in REFUSALS]
    off_scope = [answer for answer in answers if answer.expected in REFUSALS]
    wrong = [answer for answer in answers if not answer.is_right]
    confusions = Counter((answer.expected, answer.predicted) for answer in wrong)
    return {
        "sentences": len(answers),
        "accuracy": share(answer.is_right for answer in answers),
        "in_scope_accuracy": share(answer.is_right for answer in in_scope),
        "in_scope_refused": share(answer.is_refused for answer in in_scope),
        "acted_wrongly": share(not a.is_right and not a.is_refused for a in answers),
        "out_of_scope_refused": share(answer.is_refused for answer in off_scope),
        "median_parse_ms": round(statistics.median(a.milliseconds for a in answers), 2),
        "intents": {name: scores(name, answers) for name in sorted({a.expected for a in answers})},
        "confusions": [
            {"expected": expected, "predicted": predicted, "count": count}
            for (expected, predicted), count in confusions.most_common(_WORST)
        ],
        "wrong": [
            {
                "text": answer.text,
                "expected": answer.expected,
                "predicted": answer.predicted,
                "confidence": answer.confidence,
            }
            for answer in sorted(wrong, key=lambda answer: -answer.confidence)
        ],
    }


def scores(intent: str, answers: list[Answer]) -> dict[str, float | int]:
    """Precision, recall and support of one intent."""
    meant = [answer for answer in answers if answer.expected == intent]
    taken = [answer for answer in answers if answer.predicted == intent]
    return {
        "precision": share(answer.is_right for answer in taken),
        "recall": share(answer.is_right for answer in meant),
        "support": len(meant),
    }


def share(of: Any) -> float:
    """The share of true values, 0 to 1; of nothing it is 0."""
    values = list(of)
    return round(sum(values) / len(values), 4) if values else 0.0


def printed(report: dict[str, Any]) -> str:
    """The report for people."""
    lines = [
        f"accuracy             {report['accuracy']:.1%}",
        f"in scope             {report['in_scope_accuracy']:.1%}"
        f" (refused {report['in_scope_refused']:.1%})",
        f"out of scope refused {report['out_of_scope_refused']:.1%}",
        f"acted wrongly        {report['acted_wrongly']:.1%}",
        f"median parse         {report['median_parse_ms']} ms",
        "",
        f"{'intent':24}{'precision':>10}{'recall':>8}{'of':>5}",
    ]
    for name, score in report["intents"].items():
        values = f"{score['precision']:>10.2f}{score['recall']:>8.2f}{score['support']:>5}"
        lines.append(f"{name:24}{values}")
    lines += ["", "most often confused"]
    for confusion in report["confusions"]:
        lines.append(f"{confusion['count']:4} {confusion['expected']} -> {confusion['predicted']}")
    return "\n".join(lines)


def printed_settings(sets: dict[str, list[Answer]]) -> str:
    """What each setting of the FallbackClassifier would refuse and let through, in per cent."""
    lines = [
        f"{'threshold, ambiguity':24}{'refused in scope, acted wrongly, out of scope refused'}"
    ]
    for threshold, ambiguity in SETTINGS:
        line = f"{f'{threshold:.2f}, {ambiguity:.2f}':24}"
        for name, answers in sets.items():
            figures = measured([answer.at(threshold, ambiguity) for answer in answers])
            shares = [figures[key] for key in _SETTING_FIGURES]
            line += f"{name} " + " ".join(f"{share:6.1%}" for share in shares) + "   "
        lines.append(line.rstrip())
    return "\n".join(lines)


if __name__ == "__main__":
    main()

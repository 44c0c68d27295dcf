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
_WORST = 12
_WARM_UP = 5


class Answer(NamedTuple):
    """One sentence, what it means, and what the model made of it."""

    text: str
    expected: str
    predicted: str
    confidence: float
    milliseconds: float

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
        answers.append(Answer(text, expected, intent["name"], intent["confidence"], taken))
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
            {**answer._asdict(), "milliseconds": round(answer.milliseconds, 2)}
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


if __name__ == "__main__":
    main()

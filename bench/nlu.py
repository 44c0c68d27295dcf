"""How well the assistant understands: every measured sentence through the trained model.

    .venv/engine/bin/python -m bench.nlu [MODEL]

Five sets, measured apart: the held-out sentences, by which the pipeline was chosen; an examination
that was written after every choice was made; what people wrote when they tried the assistant,
which was looked at while sentences were added and so tells of regressions only; messages that are
to be refused, the hard ones among them full of our own words; and messages with their entities
marked, of which only those that nobody has looked at count. Without MODEL the newest in models/ is
taken. Prints a report, writes `var/reports/nlu.json`, and fails if a figure is below its floor.
A sentence is refused when its top intent is nlu_fallback or out_of_scope.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import structlog
from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.loading import load_data

from bench import nlu_entities
from bot.nlu.simplified import traditional
from wording.tokens import has_cjk

HELD_OUT = Path("tests/nlu/heldout.yml")
EXAMINATION = Path("tests/nlu/examination.yml")
TRIED = Path("tests/nlu/tried.yml")
TO_REFUSE = Path("tests/nlu/refused.yml")
ENTITIES = Path("tests/nlu/entities_unseen.yml")
# What went wrong in these was looked at: they tell of regressions.
ENTITIES_SEEN = tuple(
    Path("tests/nlu") / f"entities{which}.yml"
    for which in ("", "_more", "_third", "_fourth", "_fifth", "_sixth", "_seventh")
)
REPORT = Path("var/reports/nlu.json")
REFUSALS = ("nlu_fallback", "out_of_scope")
_FORMED = (
    "ticket_number",
    "serial_number",
    "machine_type",
    "phone",
    "email",
    "tax_id",
    "order_number",
    "score",
)
_OTHER_KINDS = ("product", "customer", "company", "severity", "date_time")
# What the FallbackClassifier might be set to: threshold, ambiguity_threshold.
SETTINGS = ((0.2, 0.05), (0.25, 0.05), (0.3, 0.05), (0.35, 0.05), (0.4, 0.05), (0.5, 0.1))
_SETTING_FIGURES = ("in_scope_refused", "acted_wrongly", "out_of_scope_refused")
_WORST = 12
_WARM_UP = 5
LANGUAGES = ("Chinese", "mixed", "English", "Simplified")
_LATIN_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)
# What must hold; a change that falls below is not to land.
_LEAST_RIGHT = {"Chinese": 0.90, "English": 0.87, "mixed": 0.87, "Simplified": 0.87}
_FLOORS = {
    **{f"accuracy, {name}": least for name, least in _LEAST_RIGHT.items()},
    **{f"examination, {name}": least for name, least in _LEAST_RIGHT.items()},
    "foreign messages refused": 0.85,
    "examination, foreign messages refused": 0.85,
    **{f"F1, {kind}": 0.97 for kind in _FORMED},
    **{f"F1, {kind}": 0.85 for kind in _OTHER_KINDS},
}
_CEILINGS = {
    "wrongly refused": 0.04,
    "examination, wrongly refused": 0.04,
    "parse p50, ms": 5.0,
    "parse p95, ms": 12.0,
}


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


def main() -> int:
    """Measure, print, write; 1 if a figure is below its floor."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    model = Path(sys.argv[1]) if len(sys.argv) > 1 else newest_model()
    sets = [sentences(file) for file in (HELD_OUT, EXAMINATION, TRIED, TO_REFUSE)]
    answers, (entities, *seen) = asyncio.run(parse_all(model, sets))
    held_out, examined, tried, to_refuse = answers
    report = {
        "model": model.name,
        **measured(held_out),
        "examination": measured(examined),
        "tried": measured(tried),
        "to_refuse": measured(to_refuse),
        "entities": entities,
        "entities_seen": {file.stem: one for file, one in zip(ENTITIES_SEEN, seen, strict=True)},
    }
    report["figures"] = figures(report)
    report["answers"] = [
        {"expected": one.expected, "best": one.best, "confidence": one.best_confidence}
        for one in held_out
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{model.name}: {len(held_out)} held-out sentences\n{printed(report)}")
    print(f"\n{len(examined)} sentences of the examination\n{printed(report['examination'])}")
    print(f"\n{len(tried)} sentences of people who tried it\n{printed(report['tried'])}")
    refused = report["to_refuse"]["out_of_scope_refused"]
    print(f"\n{len(to_refuse)} messages to be refused: {refused:.1%} are")
    shown = {"held-out": held_out, "examination": examined, "tried": tried, "to refuse": to_refuse}
    print(f"\n{printed_settings(shown)}\n")
    for file, one in zip((ENTITIES, *ENTITIES_SEEN), (entities, *seen), strict=True):
        print(f"{file.stem}\n{printed_entities(one)}\n")
    return told_of_floors(report["figures"])


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


async def parse_all(
    model: Path, sets: list[list[tuple[str, str]]]
) -> tuple[list[list[Answer]], list[dict[str, dict[str, Any]]]]:
    """What `model` makes of every sentence of every set, and how well it finds entities in each."""
    agent = Agent.load(str(model))
    for text, _ in sets[0][:_WARM_UP]:
        await agent.parse_message(text)
    answers = [await parsed(agent, one) for one in sets]
    marked = (ENTITIES, *ENTITIES_SEEN)
    return answers, [await nlu_entities.measured(agent, str(file)) for file in marked]


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
    expected = sorted({answer.expected for answer in answers})
    taken = [answer.milliseconds for answer in answers]
    return {
        "sentences": len(answers),
        "accuracy": share(answer.is_right for answer in answers),
        "in_scope_accuracy": share(answer.is_right for answer in in_scope),
        "in_scope_refused": share(answer.is_refused for answer in in_scope),
        "acted_wrongly": share(not a.is_right and not a.is_refused for a in answers),
        "out_of_scope_refused": share(answer.is_refused for answer in off_scope),
        "macro_f1": round(float(np.mean([f1(name, answers) for name in expected])), 4),
        "by_language": {
            name: share(a.is_right for a in in_scope if language_of(a.text) == name)
            for name in LANGUAGES
        },
        "parse_ms": [round(float(np.percentile(taken, at)), 2) for at in (50, 95)],
        "intents": {name: scores(name, answers) for name in expected},
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


def f1(intent: str, answers: list[Answer]) -> float:
    """The harmonic mean of precision and recall."""
    score = scores(intent, answers)
    both = score["precision"] + score["recall"]
    return 2 * score["precision"] * score["recall"] / both if both else 0.0


def language_of(text: str) -> str:
    """One of LANGUAGES; a Latin word beside Chinese makes it mixed."""
    if not has_cjk(text):
        return "English"
    if traditional(text) != text:
        return "Simplified"
    return "mixed" if _LATIN_WORD.search(text) else "Chinese"


def figures(report: dict[str, Any]) -> dict[str, float]:
    """What has a floor or a ceiling, by its name."""
    p50, p95 = report["parse_ms"]
    examined = report["examination"]
    return {
        **{f"accuracy, {name}": value for name, value in report["by_language"].items()},
        **{f"examination, {name}": value for name, value in examined["by_language"].items()},
        "foreign messages refused": report["to_refuse"]["out_of_scope_refused"],
        "examination, foreign messages refused": examined["out_of_scope_refused"],
        "wrongly refused": report["in_scope_refused"],
        "examination, wrongly refused": examined["in_scope_refused"],
        **{f"F1, {kind}": score["f1"] for kind, score in report["entities"].items()},
        "parse p50, ms": p50,
        "parse p95, ms": p95,
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
        f"macro F1             {report['macro_f1']:.1%}",
        f"parse p50, p95       {report['parse_ms'][0]} ms, {report['parse_ms'][1]} ms",
        "in scope, "
        + ", ".join(f"{name} {value:.1%}" for name, value in report["by_language"].items()),
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


def printed_entities(entities: dict[str, dict[str, Any]]) -> str:
    """Precision, recall and F1 of each kind of entity."""
    lines = [f"{'entity':24}{'precision':>10}{'recall':>8}{'F1':>8}{'of':>5}"]
    for kind, score in entities.items():
        values = f"{score['precision']:>10.3f}{score['recall']:>8.3f}{score['f1']:>8.3f}"
        lines.append(f"{kind:24}{values}{score['marked']:>5}")
    return "\n".join(lines)


def told_of_floors(figures: dict[str, float]) -> int:
    """Print what is short of its floor, or over its ceiling; 1 if anything is."""
    short = [
        f"{name} {figures.get(name, 0.0):.3f}, at least {floor}"
        for name, floor in _FLOORS.items()
        if figures.get(name, 0.0) < floor
    ]
    short += [
        f"{name} {figures[name]:.3f}, at most {ceiling}"
        for name, ceiling in _CEILINGS.items()
        if figures[name] > ceiling
    ]
    print("\n".join(f"SHORT: {one}" for one in short) or "every figure is where it should be")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())

"""How well entities are found: exact spans of each kind, against those that a person marked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.loading import load_data

Found = tuple[str, int, int]
# Kinds that the pipeline finds beside those of the agreement; nobody marks them.
_OURS = frozenset({"quantity"})


async def measured(agent: Agent, file: str) -> dict[str, dict[str, Any]]:
    """Of each kind of `file`: precision, recall, F1, how many were marked, and what went wrong."""
    right: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    told: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {}
    for example in load_data(file).training_examples:
        text = example.get(TEXT)
        meant = {_span(one) for one in example.get(ENTITIES, [])}
        parse = await agent.parse_message(text)
        found = {_span(one) for one in parse["entities"] if one["entity"] not in _OURS}
        right.update(kind for kind, _, _ in meant & found)
        marked.update(kind for kind, _, _ in meant)
        told.update(kind for kind, _, _ in found)
        for sign, spans in (("-", meant - found), ("+", found - meant)):
            for kind, start, end in spans:
                wrong.setdefault(kind, []).append(f"{sign} {text[start:end]} | {text}")
    return {
        kind: {
            "precision": _share(right[kind], told[kind]),
            "recall": _share(right[kind], marked[kind]),
            "f1": _share(2 * right[kind], told[kind] + marked[kind]),
            "marked": marked[kind],
            "wrong": wrong.get(kind, []),
        }
        for kind in sorted({*marked, *told})
    }


def _span(entity: dict[str, Any]) -> Found:
    return entity["entity"], entity["start"], entity["end"]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0

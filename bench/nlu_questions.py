"""What the trained model takes the measured questions for; the first half of `make knowledge-chat`.

    .venv/engine/bin/python -m bench.nlu_questions

Writes `var/reports/questions.json`: a list of [set, question, article or topic, intent, facts].
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path

import structlog
from rasa.core.agent import Agent
from rasa.shared.utils.io import read_yaml_file

from bench.nlu import HELD_OUT, newest_model, sentences

QUESTIONS = tuple(Path("tests/knowledge") / f"{name}.yml" for name in ("questions", "tuning"))
REPORT = Path("var/reports/questions.json")
Row = tuple[str, str, str, str, int]


def main() -> int:
    """Parse and write."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asked = [
        ("questions", one["q"], one.get("article") or one["topic"])
        for file in QUESTIONS
        for one in read_yaml_file(str(file))
    ]
    asked += [("held out", text, intent) for text, intent in sentences(HELD_OUT)]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    rows = asyncio.run(parsed(asked))
    REPORT.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return 0


async def parsed(asked: list[tuple[str, str, str]]) -> list[Row]:
    """Each with its intent and how many facts were found in it."""
    agent = Agent.load(str(newest_model()))
    rows = []
    for which, text, wanted in asked:
        message = await agent.parse_message(text)
        rows.append((which, text, wanted, message["intent"]["name"], len(message["entities"])))
    return rows


if __name__ == "__main__":
    sys.exit(main())

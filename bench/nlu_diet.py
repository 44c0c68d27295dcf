"""What stock Rasa would make of it: the pipeline of `rasa init` for Chinese, and DIET.

    make nlu-diet

Once and small, for it takes long: a third of the training sentences and 30 of DIET's 100 epochs,
taught in rounds of five. Each round's model is kept in `var/diet/`, so what was broken off goes on
with the next round, or begins anew if the sentences are no longer the same. Writes
`bench/results/diet.json`. The tokenizer is jieba, the one that Rasa offers for Chinese.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import structlog
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.nlu import HELD_OUT, TO_REFUSE, measured, parsed, sentences
from bench.nlu_data import TAUGHT

FOLDER = Path("var/diet")
RESULT = Path("bench/results/diet.json")
PART, EPOCHS, ROUNDS, SEED = 1 / 3, 5, 6, 0
_KEPT = (
    "accuracy",
    "in_scope_accuracy",
    "in_scope_refused",
    "acted_wrongly",
    "out_of_scope_refused",
    "macro_f1",
    "by_language",
    "parse_ms",
)
PIPELINE: list[dict[str, Any]] = [
    {"name": "JiebaTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {
        "name": "DIETClassifier",
        "epochs": EPOCHS,
        "constrain_similarities": True,
        "random_seed": SEED,
    },
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]


def main() -> int:
    """Teach what is left to teach, measure, write and print."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    # To Rasa's cache a round is like the one before, so it would give that one's model again.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    FOLDER.mkdir(parents=True, exist_ok=True)
    config, data, seconds = FOLDER / "config.yml", FOLDER / "nlu.yml", FOLDER / "seconds.json"
    wanted = {"recipe": "default.v1", "language": "zh", "pipeline": PIPELINE}
    taught = a_part(PART)
    # JSON is YAML.
    same = [kept(config, json.dumps(wanted)), kept(data, taught.nlu_as_yaml())]
    if not all(same):  # rounds of other sentences or another pipeline are worth nothing
        seconds.unlink(missing_ok=True)
    taken: list[float] = json.loads(seconds.read_text()) if seconds.exists() else []
    for number in range(len(taken), ROUNDS):
        begun = time.perf_counter()
        before = model(number - 1) if number else None
        train_nlu(
            str(config),
            str(data),
            str(FOLDER),
            fixed_model_name=model(number).name.removesuffix(".tar.gz"),
            model_to_finetune=str(before) if before else None,
        )
        taken.append(round(time.perf_counter() - begun, 1))
        seconds.write_text(json.dumps(taken))
        print(f"round {number + 1} of {ROUNDS}: {taken[-1]:.0f} s", flush=True)
    figures = {
        "sentences": len(taught.intent_examples),
        "epochs": EPOCHS * ROUNDS,
        "train_s": round(sum(taken), 1),
        **asyncio.run(asked(model(ROUNDS - 1))),
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=2))
    return 0


def kept(file: Path, text: str) -> bool:
    """Whether `file` held `text` already; it does now."""
    held = file.exists() and file.read_text(encoding="utf-8") == text
    file.write_text(text, encoding="utf-8")
    return held


def model(number: int) -> Path:
    """The file of the round's model."""
    return FOLDER / f"round-{number}.tar.gz"


def a_part(share: float) -> TrainingData:
    """A share of the training sentences, drawn by the seed."""
    everything = TrainingData().merge(*(load_data(str(file)) for file in TAUGHT))
    examples = everything.intent_examples
    chosen = np.random.default_rng(SEED).permutation(len(examples))[: int(share * len(examples))]
    return TrainingData([examples[place] for place in chosen])


async def asked(file: Path) -> dict[str, Any]:
    """The figures of the model in `file`, with the seconds to load it and the memory it takes."""
    begun = time.perf_counter()
    agent = Agent.load(str(file))
    loaded = time.perf_counter() - begun
    held_out = measured(await parsed(agent, sentences(HELD_OUT)))
    foreign = measured(await parsed(agent, sentences(TO_REFUSE)))
    return {
        "load_s": round(loaded, 1),
        "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **{name: held_out[name] for name in _KEPT},
        "foreign_refused": foreign["out_of_scope_refused"],
    }


if __name__ == "__main__":
    sys.exit(main())

"""Two pictures of the last `make nlu`: what is taken for what, and whether it is right when sure.

    .venv/engine/bin/python -m bench.nlu_pictures

Reads `var/reports/nlu.json`, writes `docs/pictures/nlu-confusions.png` and `nlu-sure.png`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot

REPORT = Path("var/reports/nlu.json")
PICTURES = Path("docs/pictures")
_STEPS = 10
_LEAST = 5  # of fewer messages a share says nothing


def main() -> int:
    """Draw both."""
    answers = json.loads(REPORT.read_text(encoding="utf-8"))["answers"]
    PICTURES.mkdir(parents=True, exist_ok=True)
    confusions(answers, PICTURES / "nlu-confusions.png")
    sureness(answers, PICTURES / "nlu-sure.png")
    return 0


def confusions(answers: list[dict[str, Any]], file: Path) -> None:
    """Each row a meaning, each column what it was taken for; the diagonal is right."""
    names = sorted({one["expected"] for one in answers} | {one["best"] for one in answers})
    counts = np.zeros((len(names), len(names)))
    for one in answers:
        counts[names.index(one["expected"]), names.index(one["best"])] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = pyplot.subplots(figsize=(12, 12), dpi=80)
    axes.imshow(np.sqrt(shares), cmap="Blues")
    places = range(len(names))
    axes.set_xticks(places, names, rotation=90, fontsize=7)
    axes.set_yticks(places, names, fontsize=7)
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = "white" if shares[row, column] > 1 / 2 else "black"
        words = f"{counts[row, column]:.0f}"
        axes.text(column, row, words, ha="center", va="center", fontsize=6, color=colour)
    axes.set_xlabel("taken for")
    axes.set_ylabel("meant")
    _save(figure, file)


def sureness(answers: list[dict[str, Any]], file: Path) -> None:
    """Of the messages it is so sure about, how many are right; on the diagonal sureness is true."""
    sure = np.array([one["confidence"] for one in answers])
    right = np.array([one["expected"] == one["best"] for one in answers])
    step = np.minimum((sure * _STEPS).astype(int), _STEPS - 1)
    figure, axes = pyplot.subplots(figsize=(5, 5), dpi=100)
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    error = 0.0
    for one in range(_STEPS):
        mine = step == one
        if not mine.any():
            continue
        error += abs(sure[mine].mean() - right[mine].mean()) * mine.mean()
        if mine.sum() >= _LEAST:
            axes.scatter(sure[mine].mean(), right[mine].mean(), s=mine.sum(), color="tab:blue")
            axes.annotate(
                f"{mine.sum()}", (sure[mine].mean(), right[mine].mean()), fontsize=7, ha="right"
            )
    axes.set_xlabel("how sure")
    axes.set_ylabel("share that is right")
    axes.set_title(f"mean distance from the diagonal: {error:.1%}", fontsize=9)
    _save(figure, file)


def _save(figure: Any, file: Path) -> None:
    figure.tight_layout()
    figure.savefig(file)
    pyplot.close(figure)
    print(file)


if __name__ == "__main__":
    sys.exit(main())

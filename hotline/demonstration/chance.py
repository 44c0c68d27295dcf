"""Chance that always falls the same way, and the data files beside the modules."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import tomllib

from hotline.yaml_files import parsed

SEED = 20_260_101

T = TypeVar("T")
_HERE = Path(__file__).parent


def dice(part: str) -> Random:
    """The chance of one part: what another part draws changes nothing here."""
    return Random(f"{SEED} {part}")  # noqa: S311 - nothing secret comes of it


def one_of(chance: Random, weights: Mapping[T, float]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def some(chance: Random, found: Sequence[T], least: int, most: int) -> list[T]:
    """Between `least` and `most` of what there is, or all if it is fewer."""
    return chance.sample(found, min(len(found), chance.randint(least, most)))


@cache
def read(name: str) -> Any:
    """A data file, read once; nobody changes what it gives."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return tomllib.loads(text) if name.endswith(".toml") else parsed(text)

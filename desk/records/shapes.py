"""A card of records, and who it is laid out for."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from hotline.core import Hotline


class Reader(Protocol):
    """Who reads: in which language, and how it says a card's words and days."""

    @property
    def hotline(self) -> Hotline: ...
    @property
    def language(self) -> str: ...
    def t(self, key: str, **values: object) -> str: ...
    def day(self, day: date) -> str: ...


@dataclass(frozen=True, slots=True)
class Cell:
    """`mark` is warn, danger, ok or "": the words say it as well."""

    text: str
    mark: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Which roles may read it, and who has one, where that is said."""

    roles: str
    people: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`value` is the one figure to see first, `note` what it lacks or when it ends.

    What is not recorded has neither value nor rows, and says so in `none`.
    """

    key: str
    title: str
    as_of: str = ""
    label: str = ""
    value: str = ""
    note: Cell | None = None
    rows: tuple[tuple[str, Cell], ...] = ()
    table: Table | None = None
    none: str = ""
    refused: Refused | None = None

"""A column of a file: how a cell is read, whether the column must be there, what emptiness says."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import String
from sqlalchemy.orm import InstrumentedAttribute

from hotline.imports import readers
from hotline.imports.readers import Reader
from hotline.partners.rows import PartnerRow

MUST: Final = object()  # an empty cell is a fault


@dataclass(frozen=True)
class Column:
    """`empty` is what an empty cell says; a new row without this column gets it, too.

    `attribute` is the row's own name for it, where that is another one. A column that `refers`
    has the e-mail of a contact of the same company, and the row its id.
    """

    name: str
    read: Reader
    empty: Any = MUST
    required: bool = True
    attribute: str = ""
    refers: bool = False

    @property
    def of_row(self) -> str:
        return self.attribute or self.name


def optional(name: str, read: Reader, empty: Any) -> Column:
    return Column(name, read, empty, required=False)


def length_of(column: InstrumentedAttribute[Any]) -> int:
    """How many characters a row takes."""
    kind = column.type
    assert isinstance(kind, String)
    assert kind.length
    return kind.length


def line_of(column: InstrumentedAttribute[Any]) -> Reader:
    """Text on one line, as long as the row takes it."""
    return readers.line(length_of(column))


def money(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, readers.money) for name in names)


def people(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, readers.people) for name in names)


PARTNER = Column("partner_id", readers.partner_id(length_of(PartnerRow.id)))
# What is not said of these the import says: today, and the name of the file.
RECORDED = (
    optional("as_of", readers.day, None),
    optional("source", line_of(PartnerRow.source), None),
)

"""The inventory names every text column of the schema: a new one must be thought about."""

from dataclasses import fields

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table

from hotline.privacy.inventory import INVENTORY, Goes, Reach, Stays, of_persons
from hotline.tables import METADATA

ASSIGNED = {table.name: table for table in INVENTORY}


def text_columns(table: Table) -> set[str]:
    """Everything that could hold somebody's words."""
    return {column.name for column in table.columns if isinstance(column.type, String | JSON)}


def unnamed(metadata: MetaData) -> list[str]:
    """The text columns of which nobody has said what they hold."""
    return [
        f"{table.name}.{column}"
        for table in metadata.sorted_tables
        for column in sorted(text_columns(table))
        if table.name not in ASSIGNED or column not in ASSIGNED[table.name].named
    ]


def test_every_text_column_is_named_as_personal_or_as_harmless() -> None:
    assert unnamed(METADATA) == []


def test_every_table_has_its_place_once() -> None:
    assert len(ASSIGNED) == len(INVENTORY)
    assert set(ASSIGNED) == set(METADATA.tables)


def test_a_new_column_or_table_is_noticed() -> None:
    later = MetaData()
    Table("contacts", later, Column("id", Integer), Column("nickname", String(20)))
    Table("recordings", later, Column("id", Integer), Column("heard", JSON))
    assert unnamed(later) == ["contacts.nickname", "recordings.heard"]


@pytest.mark.parametrize("table", INVENTORY, ids=lambda table: table.name)
def test_what_is_named_is_there(table: Goes | Stays) -> None:
    assert table.named == text_columns(METADATA.tables[table.name])


@pytest.mark.parametrize("table", list(of_persons()), ids=lambda table: table.name)
def test_whose_a_row_is_and_what_is_told_of_it_can_be_read(table: Goes | Stays) -> None:
    columns = set(METADATA.tables[table.name].columns.keys())
    assert set(table.of.values()) <= {field.name for field in fields(Reach)}
    assert set(table.of) | set(table.told.split()) <= columns
    assert len(set(table.of)) == len(table.of) > 0


def test_what_refers_to_a_row_that_goes_goes_before_it() -> None:
    order = [table.name for table in of_persons() if isinstance(table, Goes)]
    for name in order:
        for key in METADATA.tables[name].foreign_keys:
            referred = key.column.table.name
            assert referred not in order or order.index(name) < order.index(referred)

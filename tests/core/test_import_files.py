"""The formats of an import: CSV, XLSX and JSON give one table; what is none is said clearly."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest

from hotline.errors import BadInput, HotlineError, TooLarge
from hotline.imports import tables, workbooks
from hotline.imports.files import MOST_BYTES, read_content, read_path
from hotline.imports.tables import Spoilt, Table

HEADING = "partner_id,name,year\n"


def cells(content: bytes | str) -> list[tuple[int, list[Any]]]:
    table = read_content(content.encode() if isinstance(content, str) else content)
    return [(row.line, list(row.cells.values())) for row in table.rows]


def names(table: Table) -> list[str]:
    return [name for _, name in table.names]


def workbook(*rows: Sequence[Any], change: Callable[[Any], None] = lambda book: None) -> bytes:
    made, kept = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(list(row))
    change(made)
    made.save(kept)
    return kept.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises((BadInput, TooLarge)) as refused:
        read_content(content)
    return refused.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp950"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_as_spreadsheets_write_it(encoding: str, delimiter: str, end: str) -> None:
    lines = ["Partner ID,name ,YEAR", "P-1,禾光,2026", ",,", 'P-2,"北辰\n系統",115', "P-3,松,2026"]
    text = end.join(line.replace(",", delimiter) for line in lines) + end
    table = read_content(text.encode(encoding))
    assert names(table) == ["partner_id", "name", "year"]
    assert [(row.line, list(row.cells.values())) for row in table.rows] == [
        (2, ["P-1", "禾光", "2026"]),
        (4, ["P-2", "北辰\n系統", "115"]),
        (6, ["P-3", "松", "2026"]),
    ]


def test_a_list_with_semicolons_leaves_the_commas_of_the_heading_what_they_are() -> None:
    assert cells("a,b\nx;y;z;w,1\n") == [(2, ["x;y;z;w", "1"])]


def test_excels_own_first_line_says_the_delimiter() -> None:
    assert cells("sep=;\r\na;b\r\n1;2,5\r\n") == [(3, ["1", "2,5"])]


def test_cells_beyond_the_heading_are_a_fault_unless_they_are_empty() -> None:
    table = read_content(f"{HEADING}P-1,A,2026,,\nP-2,B,2026,more\nP-3\n".encode())
    assert [[fault.line for fault in row.faults] for row in table.rows] == [[], [3], []]
    assert table.rows[2].cells == {"partner_id": "P-3", "name": "", "year": ""}


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('P-1,A,1\nP-2,"B,2\nP-3,C,3\n', 3),
        ('P-1,"A\nB",1\nP-2,"B\nx\ny,2\n', 4),  # cells of several lines before it
        ('P-1,"A\nB","1\nP-2,B,2\n', 3),  # the second one of its record
        ('P-1,"A ""x"" B",1\nP-2,"B,2\n', 3),
        ('P-1,5"x,1\nP-2,"B""\n', 3),
    ],
)
def test_a_quote_that_is_not_closed_names_the_line_it_begins_on(rows: str, line: int) -> None:
    told = f'the quote (") that begins on line {line} is never closed'
    assert refusal(f"{HEADING}{rows}".encode()) == told


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('P-1,A,1\nP-2,"B,2\nP-3,"C",3\n', 3),  # the next quote seems to close it
        ('P-1,"A "x" B",1\n', 2),
        ('P-1,"' + "A" * 200_000 + ",1\n", 2),
    ],
)
def test_a_quote_that_ends_elsewhere_names_its_line_too(rows: str, line: int) -> None:
    told = f'the quote (") that begins on line {line} is not closed where it should be'
    assert refusal(f"{HEADING}{rows}".encode()).startswith(told)


def test_utf8_with_a_broken_byte_is_not_taken_for_big5() -> None:
    broken = HEADING.encode() + "P-1,禾光資訊股份有限公司,1\n".encode() + b"P-2,\xe7\xa6,2\n"
    assert refusal(broken) == "line 3 has a byte that is not UTF-8"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty"),
        (b"\n \n,,\n", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel workbook"),
        (b"%PDF-1.7\n%\xff\xff\xff\xff\n", "neither UTF-8 nor Big5"),
        (b"PK\x03\x04 and then nothing", "not an Excel workbook"),
        (b"{", "not JSON: line 1"),
        (b'{"rows": 3}', "must be a list of objects"),
        (b'[{"year": NaN}]', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"x" * (MOST_BYTES + 1), "more than 10 MB"),
        (b"a" + b",a" * 100, "more than 100 columns"),
        (b"a\n" + b"1\n" * (tables.MOST_ROWS + 1), "more than 50000 rows"),
        (b"a,b\n" + b"1" * 200_000 + b",2\n", "line 2 cannot be read: field larger"),
    ],
)
def test_what_is_no_table_is_said_in_a_clear_word(content: bytes, why: str) -> None:
    assert why in refusal(content)


def test_a_workbook_has_dates_numbers_and_texts_as_csv_would_have_them() -> None:
    half_past_nine = datetime(2026, 3, 5, 9, 30)  # noqa: DTZ001 - a workbook knows no zones
    content = workbook(
        ["Partner ID", "a", "b", "c", "d", "e", "f"],
        ["P-1", 5, 4.5, 3.0, True, date(2026, 3, 5), half_past_nine],
        [],
        ["P-2", None, "民國 115/03/05"],
    )
    assert cells(content) == [
        (2, ["P-1", "5", "4.5", "3", "true", "2026-03-05", "2026-03-05 09:30:00"]),
        (4, ["P-2", "", "民國 115/03/05", "", "", "", ""]),
    ]


def test_only_the_first_sheet_is_read() -> None:
    def more(book: Any) -> None:
        book.create_sheet("notes").append(["nothing", "of", "this"])

    assert cells(workbook(["a"], ["1"], change=more)) == [(2, ["1"])]


def test_a_formula_has_its_saved_value_and_one_without_is_a_fault() -> None:
    content = workbook(["a", "b", "c"], ["x", "=1+1", "=2+2"])
    computed = rewritten(content, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    [(_, [text, two, spoilt])] = cells(computed)
    assert (text, two) == ("x", "2")
    assert isinstance(spoilt, Spoilt)
    assert "save it once" in spoilt.reason


def rewritten(content: bytes, before: bytes, after: bytes) -> bytes:
    """The workbook with something else in the XML of its sheet."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w") as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                assert before in body
                body = body.replace(before, after)
            new.writestr(part.filename, body)
    return kept.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"\0" * (workbooks.MOST_UNPACKED + 1))
    assert len(kept.getvalue()) < 1024 * 1024
    assert "unpacks to more than 100 MB" in refusal(kept.getvalue())


def test_entities_in_a_workbook_are_not_expanded() -> None:
    laughs = b'<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    assert "not an Excel workbook" in refusal(rewritten(workbook(["a"]), b"<worksheet", laughs))


def test_a_cell_far_out_neither_takes_long_nor_much() -> None:
    content = workbook(["a"], ["1"], change=lambda book: book.active.cell(1_048_576, 16_384, "x"))
    assert cells(content) == [(2, ["1"])]


def test_another_archive_is_no_workbook() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("partners.csv", HEADING)
    assert "not an Excel workbook" in refusal(kept.getvalue())


@pytest.mark.parametrize("around", ["[{row}]", '{{"rows": [{row}]}}', "{row}"])
def test_json_rows_are_counted_and_name_their_columns(around: str) -> None:
    row = json.dumps(
        {"Partner ID": "P-1", "types": ["isv", "reseller"], "year": 2026, "score": 4.5,
         "in_writing": True, "until": None}
    )  # fmt: skip
    table = read_content(around.format(row=row).encode("utf-8-sig"))
    assert not table.has_heading
    [only] = table.rows
    assert (only.line, only.cells) == (
        1,
        {"partner_id": "P-1", "types": "isv;reseller", "year": "2026", "score": "4.5",
         "in_writing": "true", "until": ""},
    )  # fmt: skip


def test_what_no_cell_can_have_is_a_fault_of_its_json_row() -> None:
    table = read_content(b'[{"a": {"b": 1}, "c": 1, "C ": 2}, 5, {"d": 1, "d": 2}]')
    assert isinstance(table.rows[0].cells["a"], Spoilt)
    told = [[(fault.column, fault.reason) for fault in row.faults] for row in table.rows]
    assert told == [
        [("c", "stands twice in this row")],
        [("", "must be an object")],
        [("d", "stands twice in this row")],
    ]


def test_a_file_that_cannot_be_opened_is_named_with_the_reason(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none.csv", "No such file"),
        (tmp_path, "Is a directory"),
        (Path("nul\0.csv"), "no such file"),
    ):
        with pytest.raises(HotlineError) as refused:
            read_path(path)
        assert str(path) in refused.value.message
        assert why in refused.value.message

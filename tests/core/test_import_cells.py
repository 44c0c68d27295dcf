"""What cells say, and what is told of a cell that says nothing that can be kept."""

from datetime import date
from typing import Any

import pytest

from hotline.imports import checks, readers
from hotline.imports.readers import Unreadable, written


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (readers.line(20), "禾光  資訊\n股份", "禾光 資訊 股份"),
        (readers.text, "一\n二", "一\n二"),
        (readers.partner_id(20), "Ｐ－1001", "P-1001"),
        (readers.one_of(("gold", "silver")), " GOLD ", "gold"),
        (readers.one_of(("zh-TW", "en")), "zh_tw", "zh-TW"),
        (readers.some_of(("isv", "reseller")), "Reseller；ISV;isv", ["reseller", "isv"]),
        (readers.tax_id, "１２３４５６７５", "12345675"),
        (readers.tax_id, "10458574", "10458574"),  # the seventh digit is 7
        (readers.email, "Amy.Wu@Polaris.example", "amy.wu@polaris.example"),
        (readers.phone, "(02) 2345-6789 分機 12", "02-2345-6789#12"),
        (readers.phone, "+81-3-1234-5678", "+81-3-1234-5678"),
        (readers.day, "民國 115/03/05", date(2026, 3, 5)),
        (readers.year, "115", 2026),
        (readers.quarter, "Q3", 3),
        (readers.money, "NT$１,２００,０００", 1_200_000),
        (readers.people, "12", 12),
        (readers.score, "4.5", 4.5),
        (readers.yes_no, "是", True),
    ],
)  # fmt: skip
def test_a_cell_is_read(read: readers.Reader, cell: str, value: Any) -> None:
    assert read(written(cell)) == value


@pytest.mark.parametrize(
    ("read", "cell", "why"),
    [
        (readers.text, "a\0b", "cannot be kept (U+0000)"),
        (readers.text, "\ud83d", "cannot be kept (U+D83D)"),
        (readers.text, "禾\ufffd", "lost before"),
        (readers.text, "#REF!", "error of the spreadsheet"),
        (readers.text, "字" * 2001, "has 2001 characters; 2000 are allowed"),
        (readers.phone, "0-" * 50_000, "has 100000 characters; 2000 are allowed"),
        (readers.line(5), "abcdef", "has 6 characters; 5 are allowed"),
        (readers.partner_id(20), "禾光", "letters, digits"),
        (readers.one_of(("gold", "silver")), "金", '"金" must be one of gold, silver'),
        (readers.some_of(("isv", "reseller")), "isv;?", '"?" must be one of isv, reseller'),
        (readers.tax_id, "4595257", "drops a leading 0"),
        (readers.tax_id, "24784833", "check of its digits"),
        (readers.email, "amy.wu@polaris", "not one e-mail"),
        (readers.email, "a@b.example, c@d.example", "not one e-mail"),
        (readers.phone, "2345-6789", "lacks its area code"),
        (readers.phone, "091234567", "a digit too few"),
        (readers.phone, "0912345678 / 0922345678", "more than one"),
        (readers.phone, "見名片", "is not a phone number"),
        (readers.day, "03/05/2026", '"03/05/2026" is not a day'),
        (readers.year, "26", "not a year"),
        (readers.quarter, "5", "0 for the whole year"),
        (readers.money, "-5", "must not be negative"),
        (readers.money, "12.5", "not a whole number of whole NT$"),
        (readers.money, "9" * 15, "is more than"),
        (readers.people, "a few", "not a whole number"),
        (readers.score, "5.5", "from 1 to 5"),
        (readers.score, "nan", "from 1 to 5"),
        (readers.yes_no, "maybe", "yes or no"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(read: readers.Reader, cell: str, why: str) -> None:
    with pytest.raises(Unreadable) as told:
        read(written(cell))
    assert why in str(told.value)


def test_marks_that_show_nothing_are_left_out() -> None:
    assert written("\u200b禾光\u202e資訊\ufeff ") == "禾光資訊"


def test_what_values_must_hold_together() -> None:
    ends = checks.not_before("starts_on", "ends_on")
    early, late = date(2026, 1, 1), date(2026, 12, 31)
    assert list(ends({"starts_on": early, "ends_on": early})) == []
    assert list(ends({"starts_on": early})) == []
    assert [column for column, _ in ends({"starts_on": late, "ends_on": early})] == ["ends_on"]
    overdue = checks.within("overdue", "receivable")
    assert list(overdue({"overdue": 5, "receivable": 5})) == []
    assert [column for column, _ in overdue({"overdue": 6, "receivable": 5})] == ["overdue"]


def test_a_balance_that_is_not_said_is_what_was_not_requested() -> None:
    said: dict[str, Any] = {"granted": 100, "requested": 30}
    assert list(checks.balance(said)) == []
    assert said["balance"] == 70
    kept = {"granted": 100, "requested": 30, "balance": 5}
    assert (list(checks.balance(kept)), kept["balance"]) == ([], 5)
    assert [column for column, _ in checks.balance({"granted": 1, "requested": 2})] == ["requested"]


def test_what_has_been_found_was_not_found_tomorrow() -> None:
    said = {"as_of": date(2026, 12, 1), "held_on": date(2026, 12, 2), "reviewed_on": None}
    assert [column for column, _ in checks.not_yet(said, date(2026, 12, 1))] == ["held_on"]


def test_no_more_is_claimed_than_was_requested() -> None:
    said = {"granted": 100, "requested": 50, "claimed": 90}
    assert [column for column, _ in checks.balance(said)] == ["claimed"]

"""`wording.table_cells`: days, years, numbers, yes or no; what is not plain is none of them."""

from datetime import date

import pytest

from wording.table_cells import read_date, read_whole_number, read_year, read_yes_no

FIFTH = date(2026, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "2026/3/5", "2026.03.05", "２０２６／３／５", "2026年3月5日",
        "西元2026年3月5日",
        "20260305", "2026-03-05 00:00:00", "2026-03-05T00:00:00Z", "民國 115/03/05",
        "民國115年3月5日",
        "中華民國115年3月5日", "115/03/05", "115.3.5", "115年3月5日", "1150305", " 2026-03-05 ",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_date(text) == FIFTH


@pytest.mark.parametrize(
    "text",
    [
        "03/05/2026", "5.3.2026", "26/3/5", "99/12/31", "2026-02-30", "2026/13/1", "115/02/30",
        "2026-03/05", "2026-03-05 10:30", "下週三", "2026", "民國前3年1月1日", "1799-01-01", "",
        "2026-03-05 2026-03-06", "215/03/05",
    ],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_none(text: str) -> None:
    assert read_date(text) is None


def test_a_year_of_the_republic_with_two_digits_needs_its_era() -> None:
    assert read_date("民國99年12月31日") == date(2010, 12, 31)
    assert read_year("民國99年") == 2010
    assert read_year("99") is None


@pytest.mark.parametrize("text", ["2026", "２０２６", "2026年", "115", "民國115年", "115年度"])
def test_a_year_is_read(text: str) -> None:
    assert read_year(text) == 2026


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200000", 1_200_000), ("1,200,000", 1_200_000), ("NT$1,200,000", 1_200_000),
        ("新台幣 1,200,000 元整", 1_200_000), ("１，２００，０００", 1_200_000),
        ("1200000.00", 1_200_000),
        ("0", 0), ("-5", -5), ("－５", -5),
    ],
)  # fmt: skip
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["12,00", "1.5", "(5)", "12 台", "一百萬", "1e6", "9" * 19, "", "US$5", "1.234.567"]
)
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert read_whole_number(text) is None


def test_yes_and_no_are_read_in_both_languages() -> None:
    assert [read_yes_no(text) for text in ("Yes", "是", "TRUE", "1", "Ｙ")] == [True] * 5
    assert [read_yes_no(text) for text in ("no", "否", "FALSE", "0", "n")] == [False] * 5
    assert read_yes_no("maybe") is None

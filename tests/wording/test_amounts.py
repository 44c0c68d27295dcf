"""`wording.amounts`: sums of money in full digits, and what is no money."""

import pytest

from wording.amounts import amount_in, amount_of


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("大概四百萬", "NT$4,000,000"),
        ("預算 40 萬左右", "NT$400,000"),
        ("一千兩百萬的案子", "NT$12,000,000"),
        ("3,500,000 元", "NT$3,500,000"),
        ("三千元", "NT$3,000"),
        ("4M", "NT$4,000,000"),
        ("around 1.5 million", "NT$1,500,000"),
        ("NT$ 250,000 incl. tax", "NT$250,000"),
        ("300k for the seminar", "NT$300,000"),
        ("US$5,000", "US$5,000"),
        ("５０萬", "NT$500,000"),
    ],
)
def test_a_sum_is_read_in_full_digits(text: str, amount: str) -> None:
    assert amount_in(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "序號 78A1234",
        "10 萬人",
        "3 台",
        "a 4 m cable",
        "SO-2026-01234",
        "12/15",
        "02-2345-6789",
        "83%",
    ],
)
def test_what_counts_something_else_is_no_money(text: str) -> None:
    assert amount_in(text) is None


def test_asked_for_money_a_bare_number_will_do_if_it_is_large_enough() -> None:
    assert amount_of("400000") == "NT$400,000"
    assert amount_of("大概 400,000 左右") == "NT$400,000"
    assert amount_of("40") is None
    assert amount_of("還不知道") is None

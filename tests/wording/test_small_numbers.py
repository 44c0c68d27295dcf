"""`wording.numerals`: numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.numerals import number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("１２", 12),
        ("三", 3),
        ("兩", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("三十五", 35),
        ("一百零五", 105),
        ("兩千", 2000),
        ("three", 3),
        ("A couple of", 2),
        ("dozen", 12),
    ],
)
def test_a_written_number_is_read(text: str, number: int) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "三三", "many", "3a", "-1", "½", "②"])
def test_anything_else_is_no_number(text: str) -> None:
    assert number_of(text) is None


@given(st.integers(0, 10**9))
def test_digits_are_read_in_any_width(number: int) -> None:
    full_width = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))
    assert number_of(full_width) == number

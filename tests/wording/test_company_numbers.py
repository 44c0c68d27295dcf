"""`wording.tax_id`: the check of Taiwan's company number since 2023."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording import tax_id


@pytest.mark.parametrize(
    "text",
    [
        "12345675",  # seventh digit 7, whose 10 counts as 1
        "04595257",  # seventh digit not 7
        "10458575",  # seventh digit 7, whose 10 counts as 0
        "１２３４５６７５",
        " 12345675 ",
    ],
)
def test_a_number_whose_sum_divides_by_five_is_valid(text: str) -> None:
    assert tax_id.is_valid(text)


@pytest.mark.parametrize("text", ["12345678", "00000000", "1234567", "123456755", "1234567a", ""])
def test_anything_else_is_not(text: str) -> None:
    assert not tax_id.is_valid(text)


@given(st.integers(0, 9_999_999))
def test_every_seven_digits_have_one_or_two_last_digits_or_more_with_a_seven(first: int) -> None:
    digits = f"{first:07d}"
    fitting = [last for last in range(10) if tax_id.is_valid(f"{digits}{last}")]
    assert len(fitting) == (4 if digits[6] == "7" else 2) - (digits == "0000000")

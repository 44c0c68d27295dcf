"""`wording.ticket_number`: one number, many ways of writing it, no wrong one accepted."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wording import ticket_number

numbers = st.builds(
    ticket_number.write, st.integers(2000, 2099), st.integers(min_value=0, max_value=99_999_999)
)
any_digit = st.integers(min_value=0)


@pytest.mark.parametrize(
    ("sequence", "number"),
    [(42, "T26-000042-7"), (311, "T26-000311-0"), (207, "T26-000207-8"), (301, "T26-000301-3")],
)
def test_the_numbers_in_our_documents_have_the_right_check_digit(
    sequence: int, number: str
) -> None:
    assert ticket_number.write(2026, sequence) == number


def test_after_a_million_tickets_a_number_is_longer_and_still_read() -> None:
    number = ticket_number.write(2026, 1_000_042)
    assert number.startswith("T26-1000042-")
    assert ticket_number.read(number) == number


def test_a_sequence_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        ticket_number.write(2026, -1)


@pytest.mark.parametrize(
    "text",
    [
        "T26-000042-7",
        "t26 000042 7",
        "T260000427",
        "Ｔ２６－００００４２－７",
        " t26–000042–7 ",
        "T26_000042_7",
        "T 26 - 000042 - 7",
    ],
)
def test_a_number_is_read_from_any_way_of_writing_it(text: str) -> None:
    assert ticket_number.read(text) == "T26-000042-7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T26-000042",
        "T26-000042-8",
        "26-000042-7",
        "T26-42-7",
        "T26-000042-7 3",
        "XT26-000042-7",
    ],
)
def test_what_is_no_number_or_a_wrong_one_reads_as_none(text: str) -> None:
    assert ticket_number.read(text) is None


@given(numbers)
def test_every_number_that_is_written_is_read_back(number: str) -> None:
    assert ticket_number.read(number) == number
    assert ticket_number.read(number.replace("-", " ").lower()) == number


@given(numbers, any_digit, st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(number: str, place: int, change: int) -> None:
    places = [index for index, char in enumerate(number) if char.isdigit()]
    spot = places[place % len(places)]
    wrong = str((int(number[spot]) + change) % 10)
    assert ticket_number.read(number[:spot] + wrong + number[spot + 1 :]) is None


@given(numbers, any_digit)
def test_two_swapped_neighbours_are_refused_unless_the_digits_follow_each_other(
    number: str, place: int
) -> None:
    digits = [char for char in number if char.isdigit()]
    spot = place % (len(digits) - 1)
    difference = (int(digits[spot]) - int(digits[spot + 1])) % 10
    assume(difference not in (0, 1, 9))
    digits[spot], digits[spot + 1] = digits[spot + 1], digits[spot]
    assert ticket_number.read("T" + "".join(digits)) is None


def test_numbers_are_found_between_chinese_characters_right_or_wrong() -> None:
    found = ticket_number.find("查T26-000042-7和Ｔ２６－０００１１８－７謝謝")
    assert [(one.written, one.number) for one in found] == [
        ("T26-000042-7", "T26-000042-7"),
        ("T26-000118-7", None),
    ]
    assert (found[0].start, found[0].end) == (1, 13)


def test_a_quantity_behind_a_number_is_not_taken_for_its_check_digit() -> None:
    (found,) = ticket_number.find("T260000427 3台")
    assert (found.number, found.end) == ("T26-000042-7", 10)


@pytest.mark.parametrize("text", ["AT26-000042-7", "T26-000042-7A", "T26-000042-7-1", "T26-0000"])
def test_a_part_of_a_longer_word_is_not_a_number(text: str) -> None:
    assert ticket_number.find(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("T26-178-8 寄出了沒", ["T26-000178-8"]),
        ("26-000178-8 這張", ["T26-000178-8"]),
        ("T26-178-9", []),
        ("26-000178-9", []),
        ("02-2345-6789 轉 26", []),
        ("2026-11-26", []),
    ],
)
def test_one_without_its_t_or_its_noughts_needs_a_right_check_digit(
    text: str, numbers: list[str]
) -> None:
    assert [one.number for one in ticket_number.find(text)] == numbers

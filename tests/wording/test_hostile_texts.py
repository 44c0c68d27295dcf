"""Texts that were made to be slow or to break something: every reading has an answer at once."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from wording import request_facts, swaps, wishes
from wording.amounts import amount_in, amount_of
from wording.dates import read_day
from wording.facts import find_facts
from wording.left_messages import only_wants_somebody
from wording.request_facts import find
from wording.text import strip_control

LONGEST = 2000  # of a message
# What grows with the square of the length takes sixteen times as long for a text of four lengths,
# on a slow machine as on a fast one.
TIMES_LONGER, MOST_TIMES, NOTHING_S = 4, 10, 0.05
TODAY = date(2026, 12, 1)
REPEATED = [
    *("0", "a", "A", " ", "-", ".", ",", "@", "/", ":", "(", "\n", "一", "十", "萬", "年", "下"),
    *(
        "的",
        "是",
        "，",
        "0-",
        ",0",
        "1.",
        "a.",
        "a@",
        "A ",
        "不是",
        "是 ",
        "改成",
        "客戶",
        "error ",
    ),
    *("new ", "1,000", "業務1", "90", "現在 ", "另外", "not a ", "沒有", "i'd "),
]
READINGS: dict[str, Callable[[str], object]] = {
    "amount": amount_of,
    "day": lambda text: read_day(text, TODAY),
    "wishes": wishes.parts,
    "finish first": wishes.finish_first,
    "swap": swaps.swapped,
    "facts": find_facts,
    "somebody": only_wants_somebody,
    **{fact: partial(find, fact) for fact in request_facts._FINDERS},
}


@pytest.mark.parametrize("reading", READINGS)
def test_a_hostile_text_is_read_as_quickly_as_any_other(reading: str) -> None:
    read = READINGS[reading]
    for repeated in REPEATED:
        usual = _seconds(read, repeated, LONGEST)
        long = _seconds(read, repeated, TIMES_LONGER * LONGEST)
        assert long < MOST_TIMES * usual + NOTHING_S, repeated


def _seconds(read: Callable[[str], object], repeated: str, length: int) -> float:
    text = "客戶名稱" + (repeated * length)[:length] + "。"
    began = time.process_time()
    read(text)
    return time.process_time() - began


@pytest.mark.parametrize("digit", ["9", "９", "1,", "一", "萬", "下"])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("NT$", " 萬"), ("", "k"), ("", "週三")])
def test_a_number_without_end_is_no_sum_and_no_day_but_never_a_failure(
    digit: str, before: str, after: str
) -> None:
    text = before + digit * LONGEST + after
    for amount in (amount_in(text), amount_of(text), find("amount", text)):
        assert amount is None or len(amount) < 24
    read_day(text, TODAY)
    find_facts(text)


def test_marks_on_marks_are_kept_and_marks_that_turn_the_line_are_not() -> None:
    tower = "Z" + "\u0301" * (LONGEST - 1)
    assert strip_control(tower) == tower
    assert strip_control("a\u202eb\u2066c\u2069\u200bd\u00ad\ufeff") == "abcd"

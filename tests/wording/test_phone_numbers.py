"""`wording.phones`: numbers as they are dialled, and problems that can be told."""

import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.phones import Phone, PhoneProblem, find_phones, read_phone, without_area_code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0912345678", "0912-345-678"),
        ("０９１２－３４５－６７８", "0912-345-678"),
        ("打0912 345 678給我", "0912-345-678"),
        ("+886 912 345 678", "0912-345-678"),
        ("+886-2-2345-6789", "02-2345-6789"),
        ("886223456789", "02-2345-6789"),
        ("+886 (0)2 2345 6789", "02-2345-6789"),
        ("(02) 2345-6789", "02-2345-6789"),
        ("0223456789", "02-2345-6789"),
        ("03-1234567", "03-123-4567"),
        ("037-123456", "037-123-456"),
        ("04-23456789", "04-2345-6789"),
        ("04-7234567", "04-723-4567"),
        ("049-2345678", "049-234-5678"),
        ("089-123456", "089-123-456"),
        ("0836-12345", "0836-12345"),
        ("0800-000-006", "0800-000-006"),
        ("+81 3 1234 5678", "+81-3-1234-5678"),
        ("+1 (408) 555-0123", "+1-408-555-0123"),
        ("+49 (0)89 123456", "+49-89-123456"),
        ("+6591234567", "+6591234567"),
        ("打給我零九三三五一二七七八", "0933-512-778"),
        ("零二二三四五六七八九", "02-2345-6789"),
        ("186-2170-4493", "+86-186-2170-4493"),
    ],
)
def test_a_number_is_given_back_as_it_is_dialled_from_taiwan(text: str, number: str) -> None:
    assert read_phone(text) == Phone(number)


@pytest.mark.parametrize(
    "text",
    [
        "02-2345-6789#123",
        "02-2345-6789 分機 123",
        "02-2345-6789轉123",
        "02-2345-6789 ext. 123",
        "(02)23456789 extension 123",
        "０２－２３４５－６７８９＃１２３",
    ],
)
def test_an_extension_is_kept_apart_and_written_after_a_hash(text: str) -> None:
    phone = read_phone(text)
    assert phone == Phone("02-2345-6789", "123")
    assert str(phone) == "02-2345-6789#123"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2345678", "missing_area_code"),
        ("2345-6789", "missing_area_code"),
        ("打 23456789 給我", "missing_area_code"),
        ("0912-345-67", "short_mobile"),
        ("092345678", "short_mobile"),
        ("02-234567", "unreadable"),
        ("0912-3456-7890", "unreadable"),
        ("沒有", "unreadable"),
        ("", "unreadable"),
        ("78A1234", "unreadable"),
    ],
)
def test_what_nearly_is_a_number_says_what_is_wrong(text: str, code: str) -> None:
    assert read_phone(text) == PhoneProblem(code)  # type: ignore[arg-type]


def test_a_right_number_goes_before_a_wrong_one() -> None:
    assert read_phone("不是 2345678，是 02-2345-6789") == Phone("02-2345-6789")


@given(st.from_regex(r"09[0-9]{8}", fullmatch=True), st.sampled_from(["", " ", "-", "."]))
def test_every_mobile_number_is_read_however_it_is_grouped(digits: str, between: str) -> None:
    typed = between.join([digits[:4], digits[4:7], digits[7:]])
    assert read_phone(f"請打{typed}，謝謝") == Phone(f"{digits[:4]}-{digits[4:7]}-{digits[7:]}")


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(read_phone(text), Phone | PhoneProblem)


@pytest.mark.parametrize("pattern", ["1-", "0 ", "1 ", "(1)", "0912-", "1;", "+1 ", "0912345678 "])
def test_a_text_four_times_as_long_is_not_much_more_than_four_times_the_work(pattern: str) -> None:
    for read in (read_phone, find_phones):
        short = calls_made(read, pattern * (500 // len(pattern)))
        long = calls_made(read, pattern * (2000 // len(pattern)))
        assert long < 5 * short


def calls_made(read: Callable[[str], object], text: str) -> int:
    """How many calls reading `text` takes, ours and the interpreter's; on any machine the same."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        read(text)
    finally:
        sys.setprofile(before)
    return calls


def test_an_extension_belongs_to_a_number_that_is_wrong_as_well() -> None:
    [found] = find_phones("電話07-3364-1205轉66")
    assert (found.text, found.value) == ("07-3364-1205轉66", "07-3364-1205")
    assert without_area_code("2345-6789 轉 12") == "23456789"


def test_a_bracket_belongs_to_a_number_only_if_both_do() -> None:
    assert [found.text for found in find_phones("電話(02)2345-6789")] == ["(02)2345-6789"]
    assert [found.text for found in find_phones("捷翎(0912345678)")] == ["0912345678"]


def test_an_address_of_a_computer_is_no_telephone() -> None:
    assert find_phones("192.168.30.7 連不上，電話 10.32.8.100") == []
    assert find_phones("單 18621704493") == []

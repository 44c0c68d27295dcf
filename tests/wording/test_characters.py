"""`wording.text`: normalising keeps every offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.text import folded, is_blank, plain, strip_control


@given(st.text())
def test_plain_and_folded_text_is_as_long_as_the_raw_text(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(folded(text)) == len(text)


@given(st.text())
def test_making_plain_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert folded(folded(text)) == folded(text)


def test_full_width_letters_digits_and_punctuation_become_half_width() -> None:
    assert plain("Ｓ／Ｎ：７８Ａ１２３４　（台中）！") == "S/N:78A1234 (台中)!"


def test_odd_dashes_become_hyphens_and_case_is_kept() -> None:
    assert plain("T26–000042—7 Power") == "T26-000042-7 Power"


def test_folding_lowers_case_and_reads_simplified_words_of_our_lists() -> None:
    assert folded("服务器开不了机 ASAP") == "服務器開不了機 asap"


def test_a_letter_whose_lower_case_is_longer_stays_as_it_is() -> None:
    assert folded("İ") == "İ"


@pytest.mark.parametrize("text", ["", "  \n", "😀👍🏽", "！？。…", "\x00\x01\x02", "--- ***", "🇹🇼"])
def test_what_holds_no_letter_or_digit_is_blank(text: str) -> None:
    assert is_blank(text)


def test_binary_junk_is_blank_although_letters_occur_in_it() -> None:
    assert is_blank("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\ufffd")


@pytest.mark.parametrize("text", ["好", "1", "ok 👍", "ㄟ", "第一行\n第二行", "é"])
def test_one_letter_or_digit_is_enough_to_be_read(text: str) -> None:
    assert not is_blank(text)


def test_control_characters_go_and_line_ends_become_one_kind() -> None:
    assert strip_control("a\x00b\r\nc\rd\te\x1b[0m") == "ab\nc\nd\te[0m"


def test_marks_that_turn_the_writing_direction_and_lone_surrogates_go() -> None:
    assert strip_control("a\u202eb\u200bc\ud800d") == "abcd"


def test_joined_emoji_survive() -> None:
    assert strip_control("👨‍🔧") == "👨‍🔧"


@given(st.text())
def test_stripped_text_can_always_be_stored(text: str) -> None:
    strip_control(text).encode("utf-8")

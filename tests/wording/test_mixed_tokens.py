"""`wording.tokens`: mixed text in tokens that know where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.text import plain
from wording.tokens import has_cjk, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的S1014連不上", ["我", "的", "S1014", "連", "不", "上"]),
        ("9105-22A壞了", ["9105-22A", "壞", "了"]),
        ("寄到 amy@example.com。", ["寄", "到", "amy@example.com"]),
        ("It works. Really...", ["It", "works", "Really"]),
        ("ＯＫ，謝謝", ["OK", "謝", "謝"]),
        ("ㄉ東西 の 한", ["ㄉ", "東", "西", "の", "한"]),
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("😀 !!", []),
        ("", []),
    ],
)
def test_latin_words_stay_whole_and_chinese_is_cut_into_characters(
    text: str, expected: list[str]
) -> None:
    assert [token.text for token in tokens(text)] == expected


@given(st.text(alphabet=st.sampled_from("我的ＡB1２-_.@+ 　，。x😀\n")))
def test_a_token_is_the_plain_text_at_its_offsets_and_tokens_never_overlap(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert plain(text[token.start : token.end]) == token.text
        assert token.start >= end
        end = token.end


@given(st.text(alphabet=st.characters(categories=["L", "N"])))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    assert "".join(token.text for token in tokens(text)) == plain(text)


def test_chinese_is_seen_anywhere_in_a_text() -> None:
    assert has_cjk("status 是什麼")
    assert not has_cjk("status? 😀")

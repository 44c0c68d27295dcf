"""`wording.subjects`: what a message speaks of, in either language."""

import pytest

from wording.reply_words import REPLIES
from wording.subject_words import SUBJECTS
from wording.subjects import subject_shares


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("電源供應器掛一顆", "part"),
        ("PSU blown", "part"),
        ("two fans are noisy", "part"),
        ("授權金鑰無效", "software"),
        ("ＤＢ２壞了", "software"),
        ("幫我 quote 兩台", "price"),
        ("prices please", "price"),
        ("訂單出貨了沒", "delivery"),
        ("报名研讨会", "attending"),
        ("轉真人", "person"),
    ],
)
def test_a_subject_is_seen_by_its_words(text: str, subject: str) -> None:
    assert subject in subject_shares(text)


def test_latin_words_count_only_when_they_stand_alone() -> None:
    assert subject_shares("fantastic") == {}
    assert "part" in subject_shares("一顆fan壞了")


def test_of_nothing_nothing_is_said() -> None:
    assert subject_shares("") == {}
    assert subject_shares("😀") == {}


def test_a_share_is_counted_in_letters_and_digits() -> None:
    shares = subject_shares("好的，謝謝")
    assert shares["yes"] == 0.5
    assert shares["thanks"] == 0.5


def test_no_subject_is_also_a_reply() -> None:
    assert not SUBJECTS.keys() & REPLIES.keys()


def test_no_list_has_an_empty_or_a_repeated_word() -> None:
    for words in [*SUBJECTS.values(), *REPLIES.values()]:
        listed = [word.strip() for word in words.split(",")]
        assert all(listed)
        assert len(set(listed)) == len(listed)

"""`wording.subjects`: what a message speaks of and what is wished of it, in either language."""

import pytest

from wording.act_words import ACTS
from wording.reply_words import REPLIES
from wording.subject_words import SUBJECTS
from wording.subjects import subject_shares
from wording.trade_words import MATTERS

LISTS = {**SUBJECTS, **MATTERS, **ACTS, **REPLIES}


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


# (text, the matter, what is wished of it): the same matter, another wish.
@pytest.mark.parametrize(
    ("text", "matter", "act"),
    [
        ("合約還剩幾天", "contract", "own_record"),
        ("請準備續約文件", "contract", "paperwork"),
        ("BDF 的申請條件", "fund", "rule"),
        ("how much BDF is left", "fund", "own_record"),
        ("預約認證考試", "certification", "booking"),
        ("renew the agreement", "contract", "paperwork"),
    ],
)
def test_neighbouring_wishes_share_a_matter_and_differ_in_the_act(
    text: str, matter: str, act: str
) -> None:
    assert {matter, act} <= subject_shares(text).keys()


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("請往上報給主管", "hurrying"),
        ("可以結案了", "closing"),
        ("the fault came back", "back_again"),
        ("再補一張照片", "adding"),
        ("４ out of 5", "scoring"),
        ("say that again", "repeating"),
        ("请用英文", "language"),
        ("我剛剛打錯了", "wrong_before"),
        ("請他回電", "call_back"),
    ],
)
def test_an_act_is_seen_by_its_words(text: str, act: str) -> None:
    assert act in subject_shares(text)


def test_latin_words_count_only_when_they_stand_alone() -> None:
    assert subject_shares("fanatic") == {}
    assert "part" in subject_shares("一顆fan壞了")


def test_of_nothing_nothing_is_said() -> None:
    assert subject_shares("") == {}
    assert subject_shares("😀") == {}


def test_a_share_is_counted_in_letters_and_digits() -> None:
    shares = subject_shares("好的，謝謝")
    assert shares["yes"] == 0.5
    assert shares["thanks"] == 0.5


def test_the_longer_of_two_words_of_a_list_is_counted_and_nothing_twice() -> None:
    shares = subject_shares("認證考試")
    assert shares["certification"] == 1.0


def test_no_two_lists_have_one_name() -> None:
    assert len(LISTS) == sum(map(len, (SUBJECTS, MATTERS, ACTS, REPLIES)))


def test_no_list_has_an_empty_or_a_repeated_word() -> None:
    for words in LISTS.values():
        listed = [word.strip() for word in words.split(",")]
        assert all(listed)
        assert [word for word in listed if word != " ".join(word.lower().split())] == []
        assert len(set(listed)) == len(listed)

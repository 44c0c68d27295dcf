"""`wording.choice`: typing does what pressing does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.choice import chosen

BUTTONS = ["確認開單", "修改", "取消"]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("確認開單", 0),
        ("確認開單。", 0),
        ("修 改", 1),
        ("取消！", 2),
        ("1", 0),
        ("１", 0),
        ("2.", 1),
        ("第一個", 0),
        ("第 2 個", 1),
        ("第三項", 2),
        ("我要第二個", 1),
        ("選2", 1),
        ("the first", 0),
        ("the second one please", 1),
        ("option 2", 1),
        ("No. 3", 2),
        ("最後一個", 2),
        ("the last one", 2),
    ],
)
def test_a_label_or_a_place_chooses_a_button(text: str, index: int) -> None:
    assert chosen(text, BUTTONS) == index


@pytest.mark.parametrize(
    "text", ["", "4", "第四個", "0", "兩個", "修改電話", "不要", "10 台", "😀"]
)
def test_anything_else_chooses_none(text: str) -> None:
    assert chosen(text, BUTTONS) is None


def test_a_label_goes_before_a_place() -> None:
    assert chosen("1", ["5", "4", "3", "2", "1"]) == 4


def test_case_and_width_do_not_matter() -> None:
    assert chosen("ＯＰＥＮ ticket", ["Change", "Open ticket"]) == 1


@given(st.lists(st.text(alphabet="確認修改取消abc", min_size=1), min_size=1, unique=True))
def test_every_label_chooses_its_button(titles: list[str]) -> None:
    for index, title in enumerate(titles):
        assert chosen(title, titles) == index


def test_the_first_word_of_one_label_alone_chooses_it() -> None:
    assert chosen("Close", ["Close it", "Not yet"]) == 0
    assert chosen("open", ["Open ticket", "Change", "Cancel"]) == 0
    assert chosen("not", ["Close it", "Not yet"]) is None
    assert chosen("open", ["Open a ticket", "Open orders"]) is None
    assert chosen("closed", ["Close it", "Not yet"]) is None

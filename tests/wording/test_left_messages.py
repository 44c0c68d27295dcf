"""A message to pass on, or only the wish to reach somebody."""

import pytest

from wording.left_messages import only_wants_somebody


@pytest.mark.parametrize(
    "text",
    [
        "",
        "留言",
        "現在沒有人在嗎",
        "有人在線上嗎",
        "你們下班了嗎",
        "我想跟專員講話",
        "都沒有人回我",
        "請打電話給我",
        "打給我 0912-345-678",
        "is anybody there?",
        "Anyone there? I need a human",
        "please call me back on 0912-345-678",
        "I'd like to leave a message",
    ],
)
def test_that_somebody_is_wanted_is_no_message(text: str) -> None:
    assert only_wants_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "留言給王志豪",
        "我要找王志豪",
        "零件到了",
        "主機壞了",
        "有人動了我們的訂單",
        "請轉告王志豪報價改三台",
        "請回電談報價",
        "Please have someone call me back about the spare parts",
        "call me about the invoice",
    ],
)
def test_what_it_is_about_is_one(text: str) -> None:
    assert not only_wants_somebody(text)

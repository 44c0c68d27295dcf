"""An answer that takes notice of an alert, and one that does not."""

import pytest

from wording.noticing import takes_notice


@pytest.mark.parametrize(
    "text",
    [
        "收到",
        "收到了，馬上打",
        "\n\n  收到。\n主機室我有鑰匙",
        "知道了",
        "了解，我十分鐘後到",
        "了解",
        "好的，我來",
        "我來處理",
        "我接",
        "OK",
        "ＯＫ！",
        "Okay, calling them now",
        "ack",
        "Got it - on my way",
        "I'm on it",
        "on it.",
        "noted, thanks",
        "收到 我打給他",
    ],
)
def test_takes_notice(text: str) -> None:
    assert takes_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "收到了嗎？",
        "收到您的來信，我目前休假，急事請找王志豪",
        "我來不及，請找下一位",
        "我接不到電話",
        "好像不是我的班",
        "這不是我值班\n收到",
        "不知道了",
        "OKR 會議中，晚點回",
        "I am out of office until Monday.",
        "Is this ok?",
        "ok?",
        "acknowledgement of receipt",
        "自動回覆：我不在座位上",
    ],
)
def test_does_not(text: str) -> None:
    assert not takes_notice(text)

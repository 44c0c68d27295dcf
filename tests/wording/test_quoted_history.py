"""`wording.quoted`: what a mail program puts beneath an answer is cut, what is in doubt stays."""

import pytest

from wording.quoted import without_history

HISTORIES = [
    "陳小姐 <a@b.example> 於 2026年12月1日 週二 上午10:15寫道：\n\n> 請問狀況如何\n> 好",
    "On Tue, Dec 1, 2026 at 10:15 AM Hotline <h@v.example> wrote:\n> Is it solved?",
    "On Tue, Dec 1, 2026 at 10:15 AM The Partner Hotline\n<h@v.example> wrote:\n\n> Is it solved?",
    "寄件者: 專線 <h@v.example>\n寄件日期: 2026年12月1日\n收件者: 王小明\n主旨: RE: x\n\n好了嗎",
    "From: Hotline <h@v.example>\nSent: Tuesday\nTo: Wang\nSubject: RE: T26\n\nIs it solved?",
    "-----原始郵件-----\n寄件者: abc\n\n內容",
    "-----Original Message-----\nanything",
    "> 您的訊息",
]


@pytest.mark.parametrize("history", HISTORIES)
def test_history_is_cut(history: str) -> None:
    assert without_history(f"還是不行。\n\n王小明\n\n{history}\n") == "還是不行。\n\n王小明"


@pytest.mark.parametrize(
    "text",
    [
        "第一行\n\n> 他們說的\n第二行",  # answered between the lines
        "On Tue Hotline wrote:\n> Is it solved?\n\nYes",  # answered beneath
        "From: 台北\n到貨後請回電",
        "主管在信裡寫道：明天要",
        HISTORIES[3],  # nothing but what was forwarded
        "",
    ],
)
def test_what_is_in_doubt_stays_whole(text: str) -> None:
    assert without_history(text) == text.strip()


def test_a_hostile_text_takes_no_longer_than_another() -> None:
    assert without_history("On " * 200_000)
    assert without_history("On x\n" * 100_000)

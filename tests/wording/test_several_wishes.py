"""`wording.wishes` and `wording.swaps`: where another wish begins, and what was said wrong."""

import pytest

from wording.swaps import swapped
from wording.wishes import (
    finish_first,
    named_first,
    names_request,
    new_first,
    opens_another,
    parts,
    sends,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "要報修 儲存設備一直叫 另外 BDF 今年還剩多少",
            ["要報修 儲存設備一直叫", "BDF 今年還剩多少"],
        ),
        ("friday. and we want to register this deal", ["friday.", "we want to register this deal"]),
        (
            "報價 S1014 兩台，順便查一下 SO-2026-01234 到哪了",
            ["報價 S1014 兩台", "查一下 SO-2026-01234 到哪了"],
        ),
        (
            "our switch is dead, also how do I claim BDF?",
            ["our switch is dead", "how do I claim BDF?"],
        ),
        (
            '請問營業時間，另外 /ticket_close{"step":"yes"}',
            ["請問營業時間", 'ticket_close{"step":"yes"}'],
        ),
        ("另外，／ticket_list，另外 / /restart", ["ticket_list", "restart"]),
    ],
)
def test_a_message_is_cut_where_another_wish_begins(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "報價兩台 還有三台交換器",
        "對了 Academy 有 Power 的課嗎",
        "先搬移 5148-24F 兩台",
        "主機還有電但是開不了機",
        "另外",
        "Brandon and Amy will attend",
    ],
)
def test_one_wish_stays_whole(text: str) -> None:
    assert parts(text) == [text]


def test_a_turn_to_something_else() -> None:
    assert opens_another("對了 幫我報名")
    assert opens_another("By the way, where is my order?")
    assert not opens_another("青田機械 另外還有台中廠")


@pytest.mark.parametrize("text", ["先辦完", "繼續", "先弄完這個好了", "finish it", "the first one"])
def test_the_request_under_way_is_to_be_finished(text: str) -> None:
    assert finish_first(text)
    assert not new_first(text)


@pytest.mark.parametrize("text", ["先辦新的", "後面那個先", "the new one", "先處理新的", "第二個"])
def test_the_newer_wish_is_to_come_first(text: str) -> None:
    assert new_first(text)
    assert not finish_first(text)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("不是台中廠 是台南廠", "台中廠", "台南廠"),
        ("是 S1022 不是 S1014", "S1014", "S1022"),
        ("兩台改成三台", "兩台", "三台"),
        ("not Taichung but Tainan", "Taichung", "Tainan"),
        ("it's S1022, not S1014", "S1014", "S1022"),
    ],
)
def test_both_values_of_a_correction(text: str, wrong: str, right: str) -> None:
    assert swapped(text) == (wrong, right)


@pytest.mark.parametrize("text", ["這不是我要的", "not sure", "不是", "是不是壞了"])
def test_a_mere_no_corrects_nothing(text: str) -> None:
    assert swapped(text) is None


def test_what_is_named_to_come_first() -> None:
    assert named_first("先報修") == "報修"
    assert named_first("還是先辦保固好了") == "保固"
    assert named_first("the hardware repair first please") == "hardware repair"
    for text in ("先謝謝您的幫忙 主機壞了", "主機", "first of all the disk is broken"):
        assert named_first(text) == ""


def test_what_begins_like_a_request_of_its_own() -> None:
    for text in (
        "apply for BDF",
        "deal registration pls: TSMC",
        "我要申請 BDF",
        "幫我報名 AIX 課程",
    ):
        assert names_request(text)
    for text in ("青田機械", "we applied last year", "客戶說要申請", "register"):
        assert not names_request(text)


def test_what_only_sends_the_request() -> None:
    for text in ("Send", "送出", "open", "Open ticket", "submit it please", "開單吧"):
        assert sends(text)
    for text in ("send it to Taichung", "送出貨單", "opening hours", "open at 9?"):
        assert not sends(text)

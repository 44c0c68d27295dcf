"""What is said of a ticket that is open already: why it is hurried, what is added, what happens."""

import pytest

from wording.about_tickets import (
    addition_in,
    reason_in,
    situation_in,
    wants_hurry,
    wants_to_add,
    why_in,
)
from wording.fact_names import is_tail, new_value, value_after_wrong, with_tail
from wording.pointing import Pointing, pointing_in, points_at_a_machine


@pytest.mark.parametrize(
    ("text", "reason", "why"),
    [
        ("escalate 吧 客戶明天 go-live", "客戶明天 go-live", None),
        ("幫我催一下 T26-000001-5", "", None),
        ("印表機那張幫我催一下", "", None),
        ("T26-000001-5 等太久了", "等太久了", "waiting"),
        ("T26-000001-5 變嚴重了，全部停機", "變嚴重了，全部停機", "worse"),
        ("請你們主管處理 T26-000001-5", "", "lead"),
        ("客戶一直在催", "客戶一直在催", None),
        ("please escalate T26-000001-5", "", None),
        ("please escalate, customer goes live tomorrow", "customer goes live tomorrow", None),
        ("I want a manager", "", "lead"),
    ],
)
def test_why_a_ticket_is_hurried_is_what_is_left_of_the_wish(
    text: str, reason: str, why: str | None
) -> None:
    assert (reason_in(text), why_in(text)) == (reason, why)


@pytest.mark.parametrize(
    ("text", "addition"),
    [
        ("我要補資料", ""),
        ("那張我要補充", ""),
        ("I want to add something", ""),
        ("T26-000001-5 補充 log 已寄出", "log 已寄出"),
        ("補充一下：序號是 78A1234", "序號是 78A1234"),
        ("add to T26-000001-5: the log is mailed", "the log is mailed"),
        ("那寄到 amy@example.com", "那寄到 amy@example.com"),
        ("log 我早上就 mail 了欸", "log 我早上就 mail 了欸"),
        ("補償金怎麼算", "補償金怎麼算"),
    ],
)
def test_what_is_added_is_what_is_said_beside_the_wish(text: str, addition: str) -> None:
    assert addition_in(text) == addition


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("重開 T26-000001-5", ""),
        ("那張可以重開嗎", ""),
        ("T26-000001-5 又壞了 風扇不轉", "又壞了 風扇不轉"),
        ("那張結案 客戶自己修好了", "客戶自己修好了"),
        ("close it please", ""),
        ("reopen T26-000001-5, the fan stopped again", "the fan stopped again"),
    ],
)
def test_what_happens_is_said_beside_closing_and_opening_again(text: str, situation: str) -> None:
    assert situation_in(text) == situation


@pytest.mark.parametrize(
    ("text", "pointing"),
    [
        ("印表機那張怎麼樣了", Pointing("described", "印表機")),
        ("幫我查一下青田機械的那張", Pointing("described", "青田機械")),
        ("那張印表機的", Pointing("described", "印表機")),
        ("the printer one please", Pointing("described", "printer")),
        ("最近那張", Pointing("newest")),
        ("上一張", Pointing("newest")),
        ("the last one", Pointing("newest")),
        ("那張", Pointing("spoken_of")),
        ("how is that ticket going", Pointing("spoken_of")),
        ("明天那個活動", Pointing("nothing")),
        ("查進度", Pointing("nothing")),
    ],
)
def test_a_ticket_is_pointed_at_without_its_number(text: str, pointing: Pointing) -> None:
    assert pointing_in(text) == pointing


def test_the_end_of_a_value_is_enough_to_correct_it() -> None:
    said = "訂單號碼也錯了 後面是 01375"
    assert new_value(said) == ("order_number", "01375")
    assert is_tail(said)
    assert not is_tail("訂單號碼改成 SO-2026-01375")
    assert with_tail("SO-2026-01357", "01375") == "SO-2026-01375"
    assert with_tail("0933-123-456", "-777") == "0933-123-777"
    assert with_tail("12", "345") == "45"


def test_what_is_right_may_be_said_without_naming_what_was_wrong() -> None:
    assert value_after_wrong("抱歉打錯 是 0933-123-456") == "0933-123-456"
    assert value_after_wrong("typo, it's 0933-123-456") == "0933-123-456"
    assert value_after_wrong("這樣打錯了") == ""


@pytest.mark.parametrize(
    ("text", "hurries", "adds"),
    [
        ("T26-000001-5 幫我催一下", True, False),
        ("T26-000001-5 可以快一點嗎", True, False),
        ("那張拖太久了", True, False),
        ("please escalate T26-000001-5", True, False),
        ("我催過了 現在進度怎樣", False, False),
        ("客戶在催 進度如何", False, False),
        ("T26-000001-5 進度", False, False),
        ("幫我補充：送貨地址在台中廠", False, True),
        ("補一下，要開三聯式發票", False, True),
        ("零件補了沒", False, False),
    ],
)
def test_hurrying_and_adding_are_told_from_asking_how_it_stands(
    text: str, hurries: bool, adds: bool
) -> None:
    assert (wants_hurry(text), wants_to_add(text)) == (hurries, adds)


@pytest.mark.parametrize(
    "text",
    [
        "就上次那台",
        "跟之前同一台",
        "上次報修的那台",
        "一樣的那台",
        "之前那台主機",
        "上次的序號",
        "same one as last time",
        "it's the same machine",
        "the last server",
        "same as before",
    ],
)
def test_a_machine_of_before_is_pointed_at(text: str) -> None:
    assert points_at_a_machine(text)


@pytest.mark.parametrize(
    "text",
    ["上次那張", "那台", "一台 S1014", "上次的工程師", "last week", "the same problem", "78A1234"],
)
def test_a_ticket_a_person_or_any_machine_is_not(text: str) -> None:
    assert not points_at_a_machine(text)

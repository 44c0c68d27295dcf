"""What is plainly wanted of the ticket that was spoken of last."""

import pytest

from wording.about_tickets import only_points, reason_in, situation_in
from wording.ticket_wishes import (
    is_mere_cancel,
    is_mere_politeness,
    is_still_broken,
    ticket_wish,
)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("how's that ticket going", "ticket_status"),
        ("how's that one going", "ticket_status"),
        ("單號給我", "ticket_status"),
        ("reference number again?", "ticket_status"),
        ("that one is solved now, thanks", "ticket_close"),
        ("解決了 是他們網路問題", "ticket_close"),
        ("please cancel that one we found a spare", "ticket_close"),
        ("先不要裝了 取消那張", "ticket_close"),
        ("那張取消", "ticket_close"),
        ("hmm whole line stopped now, mark it production down", "ticket_escalate"),
        ("降低急迫性", "ticket_escalate"),
        ("解決了嗎", None),
        ("it is not fixed", None),
        ("that one is not solved", None),
        ("取消訂單 SO-2026-01357", None),
        ("請給我報價單", None),
        ("主機開不了機", None),
        ("server won't start", None),
        ("訂單號碼是多少可以查", None),
    ],
)
def test_a_plain_wish_for_the_last_ticket(text: str, wish: str | None) -> None:
    assert ticket_wish(text) == wish


def test_short_words_that_are_only_that() -> None:
    assert is_mere_cancel("我要取消")
    assert is_mere_cancel("actually cancel it")
    assert not is_mere_cancel("我要取消訂單")
    assert is_still_broken("不對 還沒好")
    assert is_still_broken("no, still broken")
    assert not is_still_broken("還沒好嗎")
    assert is_mere_politeness("ok 謝謝")
    assert is_mere_politeness("thanks!")
    assert not is_mere_politeness("ok 客戶明天上線")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("can u get manager to look at this", ""),
        ("actually escalate, they changed the spec", "they changed the spec"),
        ("客戶一直要我催一下你們進度", "客戶一直要我催一下你們進度"),
        ("please speed it up", ""),
    ],
)
def test_no_word_is_cut_out_of_the_middle_of_a_reason(text: str, reason: str) -> None:
    assert reason_in(text) == reason


def test_what_happens_keeps_its_words_whole() -> None:
    assert situation_in("還是會重開機 重開") == "還是會重開機"
    assert situation_in("please cancel that one we found a spare") == "we found a spare"


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("t26 000002 3", True),
        ("抱歉 是 118-0", True),
        ("印表機那張", True),
        ("close T26-000099-9", False),
        ("T26-000008-2 add: please cancel this complaint", False),
        ("印表機那張結案", False),
    ],
)
def test_a_number_with_words_of_its_own_is_a_wish_of_its_own(text: str, only: bool) -> None:
    assert only_points(text) == only

"""Following tickets up in whole conversations: what partners type, and what comes of it."""

from collections.abc import Callable
from typing import Any

import pytest

from deploy.line import Line
from tests.conftest import CONTACT, OTHER_COMPANY
from tests.line.conftest import OPEN_HOURS
from tests.line.talk import Talk

pytestmark = pytest.mark.line

Begin = Callable[..., Talk]
LEAD = "張文彬"


@pytest.fixture
def begin(line: Line, at: Any) -> Begin:
    def start(email: str | None = CONTACT, language: str = "zh-TW") -> Talk:
        return Talk(line, email, language)

    at(OPEN_HOURS)
    return start


@pytest.fixture
def ordered(begin: Begin) -> Callable[[str], Talk]:
    """A conversation in which a ticket about an order has just been opened."""

    def start(order: str) -> Talk:
        talk = begin()
        talk.say(f"訂單 {order} 什麼時候到")
        talk.press("確認開單")
        return talk

    return start


@pytest.fixture
def ticket(rows: Any) -> Any:
    def find(number: str) -> dict[str, Any]:
        [found] = rows(
            "SELECT t.state, t.severity, t.facts, t.follows, s.name FROM tickets t "
            "LEFT JOIN staff s ON s.id = t.assignee_id WHERE number = ?",
            number,
        )
        return dict(zip(("state", "severity", "facts", "follows", "assignee"), found, strict=True))

    return find


def test_a_ticket_is_hurried_added_to_closed_and_rated(
    ordered: Callable[[str], Talk], ticket: Any, rows: Any
) -> None:
    talk = ordered("SO-2026-02101")
    number = talk.number
    assert f"已補到 {number}：「送貨地址在台中廠」" in talk.say("幫我補充：送貨地址在台中廠")
    sure = talk.say("幫我催一下這張，客戶明天上線")
    assert f"客戶明天上線，{number} 的急迫性改成「期限緊迫」，並請{LEAD}處理，對嗎？" in sure
    assert f"已請{LEAD}處理 {number}，原因寫「客戶明天上線」" in talk.say("對")
    assert (ticket(number)["severity"], ticket(number)["assignee"]) == (2, LEAD)
    assert f"{number} 已經由{LEAD}處理" in talk.say(f"{number} 再催一下，拖太久了")
    assert "要結案嗎？" in talk.say("這張可以結案了")
    assert "這次處理幾分" in talk.say("好")
    assert ticket(number)["state"] == "closed"
    assert talk.titles == ["5", "4", "3", "2", "1", "略過"]
    assert "哪裡可以改進" in talk.say("三分")
    assert "記下了，謝謝" in talk.say("回覆可以再快一點")
    [rating] = rows(
        "SELECT r.score, r.words FROM ratings r JOIN tickets t ON t.id = r.ticket_id "
        "WHERE t.number = ?",
        number,
    )
    assert rating == (3, "回覆可以再快一點")
    assert f"好，{number} 已重開" in talk.say("請重開這張工單")
    assert ticket(number)["state"] == "open"


def test_a_fact_is_corrected_after_the_ticket_was_opened(
    ordered: Callable[[str], Talk], ticket: Any
) -> None:
    talk = ordered("SO-2026-01357")
    number = talk.number
    assert f"訂單號碼改成 SO-2026-01375，已寫到 {number}" in talk.say("訂單號碼也錯了 後面是 01375")
    assert f"電話改成 0933-123-456，已寫到 {number}" in talk.say("電話打錯了 是 0933-123-456")
    assert '"SO-2026-01375"' in ticket(number)["facts"]


def test_which_ticket_is_asked_and_the_second_is_taken(
    begin: Begin, ordered: Callable[[str], Talk], ticket: Any
) -> None:
    ordered("SO-2026-02201")
    ordered("SO-2026-02202")
    talk = begin()
    assert "您說的是哪一張" in talk.say("幫我催一下，等太久了")
    assert len(talk.titles) > 1
    second = talk.titles[1]
    assert f"處理 {second}" in talk.say("第二個")
    assert ticket(second)["assignee"] == LEAD


def test_words_describe_the_ticket(begin: Begin, ordered: Callable[[str], Talk]) -> None:
    one = ordered("SO-2026-02301")
    assert one.number in begin().say("SO-2026-02301 那張工單進度如何")


def test_another_ticket_in_the_middle_of_a_form_and_back(
    ordered: Callable[[str], Talk], ticket: Any
) -> None:
    talk = ordered("SO-2026-02401")
    number = talk.number
    assert "訂單號碼" in talk.say("另外還有一批貨一直沒到 我要問交期")
    answer = talk.say(f"{number} 幫我催一下")
    assert f"已請{LEAD}處理 {number}" in answer
    assert "請問訂單號碼？" in answer
    assert ticket(number)["assignee"] == LEAD
    assert "照這樣開單可以嗎" in talk.say("SO-2026-02402")


def test_a_stranger_gets_the_words_for_a_number_that_does_not_exist(
    begin: Begin, ordered: Callable[[str], Talk], ticket: Any
) -> None:
    number = ordered("SO-2026-02501").number
    before = ticket(number)
    stranger, visitor = begin(OTHER_COMPANY), begin(None)
    assert f"查不到 {number}" in stranger.say(f"請幫我催一下 {number}，等太久了")
    assert "這要先確認身分" in visitor.say(f"請幫我催一下 {number}，等太久了")
    assert ticket(number) == before


def test_a_wrong_number_is_put_right_by_its_end(ordered: Callable[[str], Talk]) -> None:
    talk = ordered("SO-2026-02601")
    number = talk.number
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    assert f"查不到 {wrong}" in talk.say(f"幫我 check {wrong} 的 status")
    assert f"{number}（" in talk.say(f"sorry 是 {int(number[4:10])}{number[-2:]}")

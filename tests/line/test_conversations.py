"""Whole conversations with all three processes: what partners write, and what comes of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from deploy.line import Line
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY
from tests.line.conftest import FRIDAY_NIGHT, OPEN_HOURS
from tests.line.talk import Talk

pytestmark = pytest.mark.line

Begin = Callable[..., Talk]


@pytest.fixture
def begin(line: Line, at: Any) -> Begin:
    def start(email: str | None = CONTACT, language: str = "zh-TW") -> Talk:
        return Talk(line, email, language)

    at(OPEN_HOURS)
    return start


@pytest.fixture
def ticket(rows: Any) -> Any:
    def find(number: str) -> dict[str, Any]:
        [found] = rows(
            "SELECT intent, queue, severity, state, subject, description, facts, "
            "identity_verified FROM tickets WHERE number = ?",
            number,
        )
        names = ("intent", "queue", "severity", "state", "subject", "description", "facts",
                 "identity_verified")  # fmt: skip
        known = dict(zip(names, found, strict=True))
        known["facts"] = json.loads(known["facts"])
        return known

    return find


def test_a_quote_is_asked_for_in_one_sentence_and_two_answers(begin: Begin, ticket: Any) -> None:
    talk = begin()
    assert "報價給哪家客戶" in talk.say("想請你們報價 5148-24F 兩台 下週三要")
    summary = talk.say("青田機械")
    assert all(line in summary for line in ("5148-24F", "數量：2", "客戶：青田機械", "下週三"))
    assert "售前支援會在今天 14:15 前回覆您" in talk.press("確認開單")
    opened = ticket(talk.number)
    assert (opened["intent"], opened["queue"]) == ("presales_quote", "presales")
    assert opened["facts"]["quantity"]["value"] == "2"


def test_an_order_is_asked_about_with_its_number(begin: Begin, ticket: Any) -> None:
    talk = begin()
    summary = talk.say("訂單 SO-2026-01357 什麼時候到")
    assert "訂單號碼：SO-2026-01357" in summary
    assert "行政支援會在今天" in talk.say("OK")
    assert ticket(talk.number)["queue"] == "admin"


def test_software_an_event_and_anything_else_land_in_their_queues(
    begin: Begin, ticket: Any
) -> None:
    software = begin()
    software.say("ERP 程式一直跳錯誤訊息 Error 1045，登不進去")
    while "確認開單" not in software.titles:
        software.say("略過")
    software.press("確認開單")
    assert ticket(software.number)["intent"] == "technical_software"
    event = begin()
    event.say("我想報名十二月的夥伴說明會")
    event.press("略過")
    event.press("確認開單")
    assert ticket(event.number)["queue"] == "campaign"
    other = begin()
    other.say("你好")
    other.press("開工單")
    other.say("我們公司要換招牌，想跟你們要新的商標圖檔")
    other.press("確認開單")
    assert ticket(other.number)["queue"] == "other"


def test_a_phone_that_does_not_fit_twice_does_not_stop_the_request(
    begin: Begin, ticket: Any
) -> None:
    talk = begin()
    assert "訂單號碼" in talk.say("貨一直沒到 我要問交期")
    assert "電話還缺區碼" in talk.say("SO-2026-01357 打 2345678 給我就好")
    given_up = talk.say("02-234567")
    assert "這項先不卡住" in given_up
    assert "待確認" in given_up
    assert "電話改成 0933-123-456，其他不變" in talk.say("抱歉打錯 是 0933-123-456")
    talk.say("OK")
    facts = ticket(talk.number)["facts"]
    assert facts["phone"] == {"value": "0933-123-456", "status": "known"}


def test_a_digression_comes_back_to_the_question(begin: Begin) -> None:
    talk = begin()
    talk.say("儲存設備一直叫，很吵")
    talk.say("序號 06B7721")
    answer = talk.say("等一下 你們今天到幾點")
    assert "09:00-17:00" in answer
    assert "回到報修：哪家客戶、在哪裡？" in answer
    assert "好，取消了，沒有開單" in talk.say("取消")
    assert "目前沒有進行中的事" in talk.say("取消")


def test_corrections_at_the_summary(begin: Begin, ticket: Any) -> None:
    talk = begin()
    talk.say("主機開到一半就停 序號78A1234")
    talk.say("Power 9")
    talk.say("客戶是青田機械")
    assert "客戶改成大立營造，其他不變" in talk.say("客戶打錯了 是大立營造")
    assert "要改哪一項" in talk.press("修改")
    assert "打哪支電話給您？" in talk.press("電話")
    assert "0912-000-111" in talk.say("0912000111")
    talk.press("確認開單")
    facts = ticket(talk.number)["facts"]
    assert facts["customer"]["value"] == "大立營造"
    assert facts["phone"]["value"] == "0912-000-111"


def test_less_urgent_lowers_by_one(begin: Begin, ticket: Any) -> None:
    talk = begin()
    talk.say("Power 主機開不了機，序號 78A1234，自用，產線停了")
    assert "嚴重受影響" in talk.press("沒那麼急")
    talk.press("確認開單")
    assert ticket(talk.number)["severity"] == 2


def test_a_person_is_wanted_and_the_request_goes_on_afterwards(begin: Begin, rows: Any) -> None:
    talk = begin()
    talk.say("Power 主機完全開不了機")
    assert "已排隊" in talk.say("找真人")
    assert rows("SELECT holder FROM conversations WHERE id = ?", talk.id) == [("queue",)]
    assert "會一起轉給專員" in talk.say("是機房那台")
    assert "回到報修：請問序號？" in talk.press("回到助理")
    assert rows("SELECT holder FROM conversations WHERE id = ?", talk.id) == [("bot",)]


def test_how_a_ticket_stands_is_told_to_its_company_only(begin: Begin) -> None:
    talk = begin()
    talk.say("訂單 SO-2026-01999 什麼時候到")
    talk.press("確認開單")
    number = talk.number
    assert f"{number}（" in talk.say("那張現在怎麼樣了")
    assert "還沒有人接手" in begin(COLLEAGUE).say(f"查 {number}")
    stranger, nobody = begin(OTHER_COMPANY), begin(None)
    never = "T26-009999-" + "0123456789"[int(number[-1]) - 1]
    told = stranger.say(f"{number} 進度").replace(number, "…")
    assert "查不到 …" in told
    assert stranger.say(f"{never} 進度").replace(never, "…") == told
    assert "這要先確認身分" in nobody.say(f"{number} 進度")
    assert "這要先確認身分" in nobody.say("列出我的工單")


def test_a_visitor_leaves_something_that_reaches_somebody(begin: Begin, ticket: Any) -> None:
    talk = begin(None)
    talk.say("我要問訂單 SO-2026-01888 的交期")
    assert "請留一支聯絡得到您的電話或 e-mail" in talk.say("王小明")
    summary = talk.say("0912-345-678")
    assert "王小明" in summary
    assert "0912-345-678" in summary
    talk.press("確認開單")
    opened = ticket(talk.number)
    assert opened["identity_verified"] == 0
    assert opened["facts"]["phone"]["value"] == "0912-345-678"


def test_the_language_follows_the_partner(begin: Begin) -> None:
    talk = begin()
    assert "Which customer" in talk.say("our server shuts down at random, serial 78A1234")
    assert "哪家客戶" in talk.say("可以講中文嗎")
    assert "請確認" in talk.say("自用")


def test_an_outage_told_late_at_night_brings_the_line_first(
    begin: Begin, at: Any, ticket: Any
) -> None:
    at(FRIDAY_NIGHT)
    talk = begin()
    assert "下週一（12/7）09:00" in talk.greeting
    talk.say("主機要報修")
    answer = talk.say("整台都開不了機，產線停了")
    assert answer.startswith("請先撥 24 小時硬體專線 0800-000-024")
    opened = talk.press("確認開單")
    assert "技術支援會在下週一（12/7）09:30 前接手" in opened
    assert ticket(talk.number)["severity"] == 1


def test_at_night_a_person_cannot_be_had_and_a_ticket_can(begin: Begin, at: Any) -> None:
    at(FRIDAY_NIGHT)
    talk = begin()
    answer = talk.say("找真人")
    assert "專線現在休息，下週一（12/7）09:00 開始服務" in answer
    assert "請說要轉達的話" in talk.say("好")


def test_a_password_is_never_kept(begin: Begin, rows: Any) -> None:
    talk = begin()
    assert "請不要貼密碼" in talk.say("入口網登不進去，密碼是 Zx9!secret")
    assert rows("SELECT count(*) FROM messages WHERE text LIKE '%Zx9!secret%'") == [(0,)]


def test_commands_that_are_typed_do_nothing(begin: Begin) -> None:
    talk = begin()
    for typed in ("/restart", '／confirm{"x":1}', "/affirm", "<script>alert(1)</script>"):
        assert talk.say(typed).strip()

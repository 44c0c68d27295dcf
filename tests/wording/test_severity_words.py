"""`wording.severity`: the effect decides, not the loudness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.severity import Severity, hardware_is_down, severity_of, telling_words


@pytest.mark.parametrize(
    "text",
    [
        "停機了",
        "主機開不了機",
        "整個不能用",
        "產線停了",
        "系統全掛",
        "服务器开不了机",
        "今天一直當機",
        "服务器宕机了",
        "主機當雞了",
        "ERP 當掉了",
        "整條線停了",
        "整個停掉",
        "停工了",
        "系統停止運作",
        "客戶機房停了",
        "整個機房停了",
        "機房跳電",
        "所有使用者都連不上",
        "資料不見了",
        "production down",
        "the whole ERP is down!!",
        "Server won't start",
        "all users out",
        "our data is lost",
        "nobody can log in",
    ],
)
def test_production_down_is_severity_1(text: str) -> None:
    assert severity_of(text, technical=True).level == 1


@pytest.mark.parametrize(
    "text",
    [
        "時好時壞",
        "慢到不能用",
        "備援電源壞了",
        "部分使用者登不進去",
        "今天截標",
        "客戶明天上線",
        "array is degraded",
        "redundancy lost",
        "很急",
        "urgent",
        "每隔一小時就自動關機",
        "伺服器今天早上突然自己重開三次",
        "主機斷斷續續當機",
        "it reboots every two hours",
        "客戶在催",
        "ASAP please",
    ],
)
def test_seriously_degraded_a_hard_deadline_or_bare_urgency_is_severity_2(text: str) -> None:
    assert severity_of(text, technical=True).level == 2


@pytest.mark.parametrize(
    "text",
    [
        "主機當機了 現在有備援先頂著 沒那麼急",
        "主機當機，另一台先撐著",
        "the server is down, standby took over",
        "主機開不了機，不急",
    ],
)
def test_an_outage_that_something_else_bears_is_severity_2(text: str) -> None:
    assert severity_of(text, technical=True).level == 2


@pytest.mark.parametrize("text", ["請問", "多少", "可以嗎", "could you please", "麻煩您了 謝謝"])
def test_manners_decide_nothing(text: str) -> None:
    assert severity_of(text, technical=True) == severity_of(text, technical=False) == Severity(3)
    outage = f"{text} 主機開不了機"
    assert severity_of(outage, technical=True) == Severity(1, ("開不了機",))


@pytest.mark.parametrize(
    "text", ["風扇有異音", "想換一顆硬碟", "訂單什麼時候到", "硬碟壞一顆", "儲存設備一直叫 很急"]
)
def test_what_is_broken_late_or_to_be_done_is_severity_3(text: str) -> None:
    assert severity_of(text, technical=True).level == 3


@pytest.mark.parametrize("text", ["想報名 12 月的課", "活動在哪裡辦？", "How do I join the event?"])
def test_a_question_without_loss_is_severity_4_outside_technical_matters(text: str) -> None:
    assert severity_of(text, technical=False).level == 4
    assert severity_of(text, technical=True).level == 3


@pytest.mark.parametrize("text", ["訂單還沒到，可以查嗎", "報價可以給我嗎", "Where is my order?"])
def test_a_question_about_work_to_be_done_is_severity_3(text: str) -> None:
    assert severity_of(text, technical=False).level == 3


@pytest.mark.parametrize(
    "text",
    [
        "沒有停機",
        "還沒停機，但是有異音",
        "升級需要停機嗎",
        "預計停機時間多久",
        "如果停機怎麼辦",
        "擔心會停機",
        "server is not down",
        "server isn't down, just slow",
        "no data lost",
        "whole site down for maintenance",
    ],
)
def test_an_outage_that_is_denied_planned_or_feared_is_none(text: str) -> None:
    assert severity_of(text, technical=True).level == 3


@pytest.mark.parametrize("text", ["不急，有空再看", "沒有很急", "not urgent", "no rush"])
def test_calm_words_are_not_read_as_urgency(text: str) -> None:
    assert severity_of(text, technical=True).level == 3


def test_the_deciding_words_are_kept_as_they_were_typed() -> None:
    text = "我們客戶的 Power 主機從傍晚就开不了机，很急"
    assert severity_of(text, technical=True) == Severity(1, ("开不了机",))
    assert severity_of("ＡＳＡＰ", technical=True) == Severity(2, ("ＡＳＡＰ",))


@pytest.mark.parametrize(
    "text", ["主機開不了機", "伺服器停機", "S1022 won't power on", "server is dead", "機器停了"]
)
def test_words_that_say_that_a_machine_is_down_leave_nothing_to_ask(text: str) -> None:
    assert hardware_is_down(text)


@pytest.mark.parametrize(
    "text",
    [
        "the whole ERP is down",
        "系統全掛",
        "風扇有異音",
        "主機沒有停機",
        "WebSphere 主控台開不起來",
        "",
    ],
)
def test_software_doubtful_and_working_things_are_asked_about(text: str) -> None:
    assert not hardware_is_down(text)


@given(st.text(), st.booleans())
def test_every_text_has_a_severity_and_its_words_occur_in_it(text: str, technical: bool) -> None:
    severity = severity_of(text, technical)
    assert severity.level in (1, 2, 3, 4)
    assert all(words in text for words in severity.words)


def test_every_place_that_tells_how_bad_it_is_is_found() -> None:
    text = "很急，整條產線停擺"
    told = {(kind, text[start:end].strip()) for kind, start, end in telling_words(text)}
    assert {kind for kind, _ in told} >= {"loud", "down"}
    assert telling_words("請問怎麼報名") == []

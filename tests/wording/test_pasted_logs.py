"""`wording.logs`: what is pasted from a log, and what somebody says around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.facts import find_facts
from wording.language import language_of
from wording.logs import pasted_spans, without_pasted

TRACEBACK = """Traceback (most recent call last):
  File "/opt/app/sync.py", line 12, in main
    return we.can(not_connect)
ConnectionError: please check your network"""


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01 09:58:12 ERROR connection pool exhausted",
        "[ERROR] 12/01 10:11:05 db2sysc: SQL1042C unexpected system error",
        "Nov 30 23:59:12 app01 systemd: mq.service: Failed",
        "ORA-12154: TNS:could not resolve the connect identifier specified",
        "java.lang.OutOfMemoryError: Java heap space, you may want to raise it",
        "Caused by: java.net.ConnectException: Connection timed out",
        "BMC log: System Power Fault, PSU1 AC lost asserted",
        TRACEBACK,
    ],
)
def test_a_pasted_error_is_nobodys_language(text: str) -> None:
    assert without_pasted(text).strip() == ""
    assert language_of(text, "zh-TW") == "zh-TW"
    assert language_of(text, "en") == "en"


def test_a_pasted_run_ends_where_chinese_begins() -> None:
    text = "SEL 12/01 04:22 Power Supply 2 Failure detected 這個要換嗎"
    assert without_pasted(text).strip() == "這個要換嗎"


def test_what_is_said_around_a_log_keeps_its_language() -> None:
    log = "2026-12-01 09:58:12 ERROR connection pool exhausted"
    assert language_of(f"客戶的 DB 連不上，log 如下：{log}", "en") == "zh-TW"
    assert language_of(f"our database is down\n{log}", "zh-TW") == "en"


def test_a_date_in_a_log_is_no_wish_and_its_numbers_are_no_telephones() -> None:
    log = "2026-12-01 09:58:12 ERROR 12 users 0912345678"
    assert find_facts(f"客戶的 DB 連不上：{log}") == []
    assert [fact.kind for fact in find_facts(f"{log} 序號 78A1234 下週三要好")] == [
        "serial",
        "needed_by",
    ]


def test_a_serial_in_a_log_is_still_a_serial() -> None:
    facts = find_facts("BMC log: chassis S/N 78A1234 power fault asserted")
    assert [(fact.kind, fact.value) for fact in facts] == [("serial", "78A1234")]


@pytest.mark.parametrize(
    "text", ["12/15 10:00 到貨", "S1022: it won't start", "error 404 when I log in", "at ten"]
)
def test_what_people_write_is_not_pasted(text: str) -> None:
    assert pasted_spans(text) == []


@given(st.text())
def test_blanking_keeps_every_place(text: str) -> None:
    assert len(without_pasted(text)) == len(text)

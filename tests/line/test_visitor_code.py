"""A visitor comes back for a ticket, on a phone: by a code to the address that was left with it."""

import re
import time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from deploy.line import Line
from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

EMAIL = "service@qingtian.example"
WIDTH, HEIGHT = 360, 740
MAIL_WITHIN_S = 10.0


@pytest.fixture(autouse=True)
def open_hours(at: Any) -> None:
    at(OPEN_HOURS)


def arrives(new_context: Any) -> PartnerPage:
    """Somebody whom the hotline has never seen: a browser without any cookie."""
    visitor = PartnerPage(new_context(WIDTH, HEIGHT).new_page())
    visitor.page.goto("/")
    expect(visitor.said_by("bot")).to_have_count(1)
    return visitor


def code_mailed_to(line: Line, address: str) -> str:
    deadline = time.monotonic() + MAIL_WITHIN_S
    while time.monotonic() < deadline:
        for file in sorted((line.settings.var_dir / "mail").glob("*.eml"), reverse=True):
            if (code := _code_in(file, address)) is not None:
                return code
        time.sleep(0.1)
    raise AssertionError("no mail came")


def _code_in(file: Path, address: str) -> str | None:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    if message["To"] != address:
        return None
    body = message.get_body(("plain",))  # notices have an HTML part as well
    said = body.get_content() if body else ""
    found = re.search(r"^您的驗證碼：([0-9]{6})$", said, re.MULTILINE)
    return found[1] if found else None


def test_a_visitor_comes_back_and_proves_the_address(
    line: Line, rows: Any, new_context: Any
) -> None:
    first = arrives(new_context)
    first.say("我要問訂單 SO-2026-01888 的交期")
    first.say("王小明")
    assert EMAIL in first.say(EMAIL)
    first.press("確認開單")
    number = first.number

    visitor = arrives(new_context)
    asked = visitor.say(f"{number} 進度")
    assert "這要先確認身分" in asked
    assert number not in asked
    assert "哪個 e-mail" in visitor.press("收驗證碼")
    assert "如果這個信箱有登記，驗證碼 1 分鐘內會到" in visitor.say(EMAIL)
    assert "可能還在路上" in visitor.say("沒收到")
    code = code_mailed_to(line, EMAIL)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert "還可以試 4 次" in visitor.say(wrong)

    assert "確認完成。" in visitor.say(f"{code[:3]} {code[3:]}")

    answer = visitor.said_by("bot").last
    expect(answer).to_contain_text(number)
    expect(answer).to_contain_text("行政支援")
    assert visitor.number == number
    width = visitor.page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= WIDTH

    visitor.page.reload()
    expect(visitor.said_by("partner").last).to_contain_text("●●●●●●")
    kept = rows("SELECT text, buttons FROM messages")
    assert code not in str(kept)
    assert wrong not in str(kept)
    proven = rows("SELECT proven_email, contact_id FROM conversations")
    assert {contact for email, contact in proven if email == EMAIL} == {None}
    assert "這要先確認身分" in arrives(new_context).say(f"{number} 進度")


def test_in_the_middle_of_a_request_the_proof_comes_back_to_its_question(
    line: Line, new_context: Any
) -> None:
    visitor = arrives(new_context)
    visitor.say("我要問訂單 SO-2026-01999 的交期")
    visitor.say("T26-999999-1 進度")
    visitor.press("收驗證碼")
    visitor.say("yichun.chen@heguang.example")
    told = visitor.say(code_mailed_to(line, "yichun.chen@heguang.example"))
    assert "陳怡君 您好，確認完成。" in told
    expect(visitor.said_by("bot").filter(has_text="查不到 T26-999999-1")).to_be_visible()
    # Who asks was the question; it is known by now, and the request goes on to its summary.
    expect(visitor.said_by("bot").last).to_contain_text("SO-2026-01999")
    expect(visitor.said_by("bot").last).to_contain_text("陳怡君")

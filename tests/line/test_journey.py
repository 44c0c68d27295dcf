"""A machine is down: from the partner's first words to "not solved yet", in two browsers."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.desk.pictures import taken
from tests.line.conftest import FRIDAY_NIGHT, OPEN_HOURS
from tests.line.people import PartnerPage, StaffPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

DOWN = "我們客戶的 Power 主機從昨天晚上就開不了機，序號 78A1234，產線停了，很急"


def test_words_become_a_ticket_that_staff_resolve_and_the_partner_reopens(
    at: Any, rows: Any, partner: PartnerPage, staff: StaffPage, tmp_path: Path
) -> None:
    at(OPEN_HOURS)
    staff.sign_in()
    staff.page.evaluate("() => { window.neverReloaded = true; }")
    partner.enter()

    answers = [partner.say(DOWN), partner.say("客戶是青田機械 台中廠"), partner.press("確認開單")]

    assert partner.turns <= 4
    assert not any("請問序號" in answer for answer in answers)
    number = partner.number
    assert f"工單 {number} 已開好，技術支援會在今天 10:45 前回覆您。" in answers[-1]
    [ticket] = rows(
        "SELECT queue, severity, state, facts, id FROM tickets WHERE number = ?", number
    )
    assert ticket[:3] == ("technical", 1, "new")
    assert json.loads(ticket[3])["serial"]["value"] == "78A1234"

    row = staff.row(number)
    expect(row).to_be_visible()
    expect(row).to_contain_text("停機")
    row.locator("[data-test=claim]").click()
    expect(row.locator("[data-holder]")).to_have_text("我")
    assert staff.page.evaluate("() => window.neverReloaded") is True

    row.locator("[data-title]").click()
    staff.reply("您好，我是王志豪，備品已經出發，一小時內到台中廠。")
    said = partner.said_by("staff")
    expect(said).to_contain_text("備品已經出發")
    expect(said).to_contain_text("王志豪")
    _picture(partner, staff)

    staff.resolve("更換電源模組")
    asked = partner.said_by("bot").last
    expect(asked).to_contain_text("更換電源模組")
    expect(asked).to_contain_text("解決了嗎")
    assert f"還沒解決，{number} 已重開，專員會接手，今天 10:45 前回覆您。" in partner.press("還沒")
    assert f"已補到 {number}" in partner.say("換了電源還是開不了機，面板紅燈")

    expect(staff.page.locator("#head")).to_contain_text("待認領")
    [[state, times]] = rows("SELECT state, reopened FROM tickets WHERE number = ?", number)
    assert (state, times) == ("open", 1)
    told = rows("SELECT kind, detail FROM journal WHERE ticket_id = ? ORDER BY id", ticket[4])
    assert [json.loads(detail).get("move", kind) for kind, detail in told] == [
        "ticket.opened",
        "escalation.opened",
        "ticket.claimed",
        "escalation.acknowledged",
        "ticket.viewed",
        "ticket.replied",
        "resolve",
        "reopen",
        "ticket.added_to",
    ]


def test_on_a_friday_night_the_round_the_clock_line_comes_first_and_is_asked_about(
    at: Any, rows: Any, partner: PartnerPage, staff: StaffPage
) -> None:
    at(FRIDAY_NIGHT)
    partner.enter()

    first = partner.say(DOWN)

    assert first.removeprefix("助理").lstrip().startswith("請先撥 24 小時硬體專線 0800-000-024")
    call = partner.page.locator(".line__call")
    expect(call).to_have_attribute("href", "tel:0800000024")
    opened = partner.press("確認開單")
    assert "技術支援會在下週一（12/7）09:30 前" in opened
    [[due]] = rows("SELECT first_response_due FROM tickets WHERE number = ?", partner.number)
    assert str(due).startswith("2026-12-07 01:30")

    at(FRIDAY_NIGHT + timedelta(minutes=7))
    asked = partner.said_by("bot").last
    expect(asked).to_contain_text("24 小時專線接通了嗎", timeout=30_000)
    assert "已通知" in partner.press("沒接通")
    [[outcome]] = rows(
        "SELECT outcome FROM line_checks JOIN tickets ON tickets.id = ticket_id WHERE number = ?",
        partner.number,
    )
    assert outcome == "no"
    staff.sign_in()
    staff.page.goto("/console?sort=newest")
    expect(staff.row(partner.number)).to_contain_text("專線")


def _picture(partner: PartnerPage, staff: StaffPage) -> None:
    taken(staff.page, "console")
    taken(partner.page, "chat")

"""Why a deadline is when it is, on the ticket's page: rule, versions, and sums that add up."""

import re
from datetime import datetime
from html import unescape

from hotline.core import Hotline
from hotline.deadlines import service as deadline_service
from hotline.deadlines.rules import Rule, Targets
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets import handling
from tests.conftest import ENGINEER
from tests.core.desk_work import brought_to, opened
from tests.core.test_recounting import close_now, fire_all
from tests.desk.conftest import OpenDesk
from tests.desk.console_pages import page, part, pass_time, sign_in
from tests.desk.people import Client

CHRISTMAS_EVE = datetime.fromisoformat("2026-12-24T16:00:00+08:00")


async def lines_of(client: Client, number: str) -> list[tuple[str, str, str]]:
    """The lines of the table: when, what, how long."""
    text = await page(client, f"/console/tickets/{number}")
    rows = re.findall(r'<tr class="why__.*?</tr>', text, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [(when, what, length) for when, what, length in (row for row in cells if len(row) == 3)]


def added_up(lines: list[tuple[str, str, str]]) -> int:
    counted = [length.split(":") for _when, _what, length in lines if ":" in length]
    return sum(int(hours) * 60 + int(minutes) for hours, minutes in counted)


def total(text: str) -> str:
    [found] = re.findall(r'<tr class="why__total">.*?<td[^>]*>(.*?)</td>', text, re.DOTALL)
    return str(found)


async def why(client: Client, number: str) -> str:
    """All of the sheet."""
    text = await page(client, f"/console/tickets/{number}")
    return text[
        text.index('data-test="why-sheet"') : text.index("</header>", text.index("why-sheet"))
    ]


async def test_the_sheet_names_the_rule_and_the_versions(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    sheet = await why(console, ticket.number)
    assert "為什麼是今天 14:15？" in sheet
    assert "嚴重度 3（一般），服務時間 4 時內首次回覆" in sheet
    facts = re.findall("<li>(.*?)</li>", part(sheet, "why-facts"))
    assert facts == ["規則：S3", "期限規則依設定檔，第 3 條", "行事曆依設定檔"]
    assert added_up(await lines_of(console, ticket.number)) == 240
    assert total(sheet) == "4:00"


async def test_what_has_gone_and_what_is_to_come_add_up_and_so_do_pauses(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_other")
    await pass_time(hotline, console, "2026-12-01T11:15")
    await handling.set_state(hotline, engineer, ticket.number, "open")
    await pass_time(hotline, console, "2026-12-01T12:15")
    lines = await lines_of(console, ticket.number)
    assert [(what, length) for _when, what, length in lines[:3]] == [
        ("等候期間暫停計時，順延", "不計"),
        ("服務時間", "1:00"),
        ("剩下的時間", "3:00"),
    ]
    sheet = await why(console, ticket.number)
    assert "今天 11:15 等候結束，續計" in sheet
    assert added_up(lines) == 240
    assert total(sheet) == "4:00"


async def test_the_strip_is_as_long_as_what_counts(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_other")
    await pass_time(hotline, console, "2026-12-01T11:15")
    await handling.set_state(hotline, engineer, ticket.number, "open")
    await pass_time(hotline, console, "2026-12-01T12:15")
    sheet = await why(console, ticket.number)
    bars = re.findall(r'why__bar--(\w+)" x="(\d+)" width="(\d+)"', sheet)
    assert bars == [("paused", "0", "200"), ("counted", "200", "200"), ("ahead", "400", "600")]


async def test_holidays_and_nights_are_lines_that_do_not_count(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, contact: Contact
) -> None:
    hotline.clock.set(CHRISTMAS_EVE)
    ticket = await opened(hotline, contact)
    client = await open_desk(settings, CHRISTMAS_EVE)
    await sign_in(client, ENGINEER)
    lines = await lines_of(client, ticket.number)
    assert ("12/25（五）", "行憲紀念日", "不計") in lines
    assert [what for _when, what, length in lines if ":" in length] == ["剩下的時間", "服務時間"]
    assert added_up(lines) == 240


async def test_a_changed_rule_is_named_and_until_it_is_counted_anew_the_sheet_says_so(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    rules = (Rule("全天一小時", Targets(60, 60, 480, round_the_clock=True)),)
    await deadline_service.change(
        hotline.database, hotline.deadlines, hotline.now(), "system", rules
    )
    await page(console, "/console/deadlines")  # by then the desk knows them
    sheet = await why(console, ticket.number)
    assert "為什麼是今天 14:15？" in sheet
    assert "依期限規則第 0 版、行事曆第 0 版算的" in sheet
    assert "規則：全天一小時" in sheet
    assert "期限規則第 1 版，第 1 條" in sheet
    await fire_all(hotline)
    sheet = await why(console, ticket.number)
    assert "為什麼是今天 11:15？" in sheet
    assert "不分日夜 1 時內首次回覆" in sheet
    assert "服務時間或期限規則改了，重新計算" in sheet
    assert "依期限規則第 0 版" not in sheet


async def test_a_closure_is_a_line_with_its_name(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    await close_now(hotline)
    await page(console, "/console/deadlines")
    lines = await lines_of(console, ticket.number)
    assert "颱風停班" in [what for _when, what, _length in lines]
    assert "行事曆第 1 版" in await why(console, ticket.number)
    assert added_up(lines) == 240


async def test_all_of_it_can_be_copied_as_text(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    sheet = await why(console, ticket.number)
    [copied] = re.findall("<textarea[^>]*>(.*?)</textarea>", sheet, re.DOTALL)
    lines = unescape(copied).splitlines()
    assert lines[:2] == ["為什麼是今天 14:15？", ticket.number]
    assert "合計　4:00" in lines
    assert "期限　今天 14:15" in lines
    assert "規則：S3　期限規則依設定檔，第 3 條　行事曆依設定檔" in lines

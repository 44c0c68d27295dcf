"""What the console's pages show of tickets in every state, and of what there is not."""

import re
from datetime import timedelta

import pytest

from hotline.core import Hotline
from hotline.partners.rows import PartnerRow
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.moves import STATES
from tests.conftest import contact_of
from tests.core.desk_work import brought_to, opened, says
from tests.desk.console_work import Work
from tests.desk.people import Client, page


@pytest.mark.parametrize("language", ["zh-TW", "en"])
async def test_every_page_shows_with_a_ticket_in_each_state(
    console: Client, work: Work, language: str
) -> None:
    urls = ["/console", "/console/conversations"]
    urls += [f"/console?queue={queue}" for queue in ("technical", "presales", "lost")]
    urls += [f"/console?filter={chosen}" for chosen in ("mine", "unclaimed", "down", "lost")]
    urls += ["/console?q=Power", "/console?q=%3Cscript%3E", "/console?fragment=rows"]
    urls += ["/console/conversations?fragment=list"]
    urls += [f"/console/tickets/{ticket.number}" for ticket in work.tickets.values()]
    for talk in (work.queued, work.mine, work.others):
        urls += [f"/console/conversations/{talk}"]
    for whole in (
        f"/console/tickets/{work.tickets['open'].number}",
        f"/console/conversations/{work.mine}",
    ):
        urls += [f"{whole}?fragment={part}" for part in ("header", "timeline")]
    for url in urls:
        text = await page(console, f"{url}{'&' if '?' in url else '?'}lang={language}")
        if "fragment" not in url:
            assert f'<html lang="{language}"' in text, url
            assert ("登出" in text) == (language == "zh-TW"), url


@pytest.mark.parametrize("state", STATES)
async def test_a_ticket_page_offers_exactly_the_moves_of_its_state(
    console: Client, work: Work, state: str
) -> None:
    number = work.tickets[state].number
    text = await page(console, f"/console/tickets/{number}")
    forms = set(re.findall(rf'action="/console/tickets/{number}/([\w-]+)"', text))
    states = set(re.findall(r'name="state"\s+value="(\w+)"', text))
    expected = {
        "new": ({"claim", "resolve"}, set()),
        "open": ({"resolve", "state", "release"}, {"waiting_partner", "waiting_other"}),
        "waiting_partner": ({"resolve", "state"}, {"open", "waiting_other"}),
        "waiting_other": ({"resolve", "state"}, {"open", "waiting_partner"}),
        "resolved": ({"state"}, {"open"}),
        "closed": ({"state"}, {"open"}),
    }[state]
    beside = {"reply", "note", "insert", "amend", "link", "merge", "unlink", "unmerge"}
    assert (forms - beside, states) == expected


async def test_the_address_of_a_form_leads_to_its_page(
    console: Client, hotline: Hotline, work: Work
) -> None:
    number, talk = work.tickets["new"].number, work.queued
    for act in ("claim", "take-over", "release", "reply", "note", "resolve", "state"):
        answer = await console.get(
            f"/console/tickets/{number}/{act}?queue=technical", allow_redirects=False
        )
        where = f"/console/tickets/{number}?queue=technical"
        assert (answer.status, answer.headers["Location"]) == (303, where), act
    for act in ("take", "give-back", "messages", "note"):
        answer = await console.get(f"/console/conversations/{talk}/{act}", allow_redirects=False)
        where = f"/console/conversations/{talk}"
        assert (answer.status, answer.headers["Location"]) == (303, where), act


async def test_a_long_conversation_shows_its_end_and_leads_to_its_beginning(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    assert ticket.conversation_id is not None
    for n in range(510):
        await says(hotline, ticket.conversation_id, f"第{n}句。", f"c{n}")
    for url in (
        f"/console/tickets/{ticket.number}",
        f"/console/conversations/{ticket.conversation_id}",
    ):
        text = await page(console, url)
        assert ("第509句。" in text, "第5句。" in text) == (True, False), url
        [earlier] = re.findall(r'href="([^"]*before=\d+)"', text)
        # The chats beside it and the brief have the last words all the same.
        main = (await page(console, earlier)).partition("<main")[2]
        before, _brief = main.split('data-test="brief"')
        assert ("第509句。" in before, "第5句。" in before) == (False, True), url
        # Nothing new may push it away while it is being read.
        assert "fragment=timeline" not in before
        assert "回到最新" in before


async def test_a_ticket_that_was_late_is_never_called_on_time(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    hotline.clock.advance(timedelta(hours=6))
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    text = await page(console, f"/console/tickets/{ticket.number}")
    assert "回覆晚了" in text
    assert "準時" not in text
    assert 'data-test="why"' not in text
    queue = await page(console, "/console")
    assert "已處理，待確認" in queue


async def test_a_paused_clock_says_since_when_it_stands(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    text = await page(console, f"/console/tickets/{ticket.number}")
    # Beside the deadline, in its arithmetic, and as text.
    assert text.count("今天 10:15 起暫停計時") == 3


async def test_a_number_that_no_ticket_has_is_said_within_the_console(console: Client) -> None:
    for number in ("T26-000042-7", "x", "%3Cscript%3E"):
        text = await page(console, f"/console/tickets/{number}?lang=en", status=404)
        assert "Ticket not found" in text
        assert "Back to the queue" in text
        assert 'data-test="nav-queue"' in text
        assert "<script>" not in text


async def test_what_does_not_exist_is_a_page_that_says_so(console: Client) -> None:
    for path in ("conversations/nowhere", "lost"):
        text = await page(console, f"/console/{path}?lang=en", status=404)
        assert "Page not found" in text


async def test_a_tier_that_only_the_settings_know_shows_as_its_code(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    async with hotline.database.write() as session:
        company = await session.get(PartnerRow, contact.partner_id)
        assert company is not None
        company.tier, company.region = "platinum", "islands"
    ticket = await opened(hotline, await contact_of(hotline, contact.email))
    shown = await page(console, f"/console/tickets/{ticket.number}")
    assert "系統整合商" in shown
    assert "platinum" in shown
    assert "islands" in shown

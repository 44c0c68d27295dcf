"""The page of a partner for staff: as far as a role reads, journalled, and found by the search."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser

from hotline import audit
from hotline.audit import Wanted
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import ratings
from tests.conftest import ENGINEER, LEAD
from tests.core.company_records import record_company
from tests.core.desk_work import brought_to, journal, opened
from tests.desk.console_browser import check, signed_in
from tests.desk.console_pages import all_of, page, part, sign_in
from tests.desk.people import Client
from tests.desk.pictures import take

ADMINISTRATOR = "meiling.xie@hotline.example"
PARTNERS = "/console/partners"
FOR_ALL = ["company", "certification", "contract"]
FOR_LEADS = ["fund", "performance", "credit", "headcount", "satisfaction"]


@pytest.fixture
async def company(hotline: Hotline) -> None:
    await record_company(hotline)


def refused(text: str) -> list[str]:
    listed = re.search(r'data-test="refused".*?</dl>', text, re.DOTALL)
    return re.findall(r'data-record="(\w+)"', listed[0]) if listed else []


@pytest.mark.usefixtures("company")
async def test_an_engineer_reads_some_records_and_is_told_who_reads_the_others(
    client: Client,
) -> None:
    await sign_in(client, ENGINEER)
    text = await page(client, f"{PARTNERS}/P-1001?lang=zh-TW")
    assert all_of(text, "record", "data-record") == FOR_ALL
    assert refused(text) == FOR_LEADS
    assert text.count("由通路經理、主管查看") == 1
    assert text.count("P-1001</span>") == 1
    assert "<dt>等級</dt>" not in text
    assert "資料到 11/30" in text
    for figure in ("NT$1,250,000", "NT$5,000,000", "回覆快"):
        assert figure not in text, figure
    assert "陳怡君" in part(text, "people")
    assert "負責人" in part(text, "people")


@pytest.mark.usefixtures("company")
async def test_a_lead_reads_them_all(client: Client) -> None:
    await sign_in(client, LEAD)
    text = await page(client, f"{PARTNERS}/P-1001?lang=zh-TW")
    assert all_of(text, "record", "data-record") == [*FOR_ALL, *FOR_LEADS]
    assert refused(text) == []
    assert "NT$1,250,000" in text


async def test_tickets_ratings_and_complaints_stand_with_their_promises(
    client: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    open_one = await opened(hotline, contact)
    complaint = await opened(hotline, contact, key="k2", intent="complain")
    done = await brought_to(hotline, contact, engineer, "closed", key="k3")
    assert done.conversation_id is not None
    await ratings.rate(hotline, done.conversation_id, done.number, 4, "很快")
    await sign_in(client, ENGINEER)
    text = await page(client, f"{PARTNERS}/P-1001?lang=zh-TW")
    stood = part(text, "open")
    assert open_one.number in stood
    assert complaint.number in stood
    assert 'data-test="due"' in stood
    assert done.number not in stood
    assert done.number in part(text, "closed")
    assert "4／5" in part(text, "ratings")
    assert "很快" in part(text, "ratings")
    assert complaint.number in part(text, "complaints")


async def test_that_somebody_looked_is_journalled_once_and_found_by_the_partner(
    client: Client, hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    await sign_in(client, ENGINEER)
    for _again in range(2):
        await page(client, f"{PARTNERS}/p-1001")
    await page(client, f"{PARTNERS}/P-1002")
    looked = await journal(hotline, audit.PARTNER_VIEWED)
    assert [(one.actor, one.detail) for one in looked] == [
        (f"staff:{engineer.id}", {"partner": "P-1001"}),
        (f"staff:{engineer.id}", {"partner": "P-1002"}),
    ]
    found = await audit.read(hotline, lead, Wanted(partner="P-1001"))
    assert [one.kind for one in found.entries] == [audit.PARTNER_VIEWED]
    await sign_in(client, LEAD)
    assert f'href="{PARTNERS}/P-1001"' in await page(client, "/console/audit?partner=P-1001")


async def test_who_handles_no_tickets_is_told_the_same_of_every_number(
    client: Client, hotline: Hotline
) -> None:
    await sign_in(client, ADMINISTRATOR)
    known, unknown = [
        re.sub(r"[0-9a-f]{8,}|P-\d+", "", await page(client, f"{PARTNERS}/{one}", 403))
        for one in ("P-1001", "P-9999")
    ]
    assert known == unknown
    assert await journal(hotline, audit.PARTNER_VIEWED) == []


async def test_a_number_that_no_company_has_says_so_and_leads_on(client: Client) -> None:
    await sign_in(client, ENGINEER)
    text = await page(client, f"{PARTNERS}/P-9999?lang=zh-TW", 404)
    assert "找不到這家夥伴" in text
    assert 'action="/console/search"' in text


@pytest.mark.parametrize("words", ["禾光", "heguang info", "P-1001", "12345675"])
async def test_the_search_finds_companies_by_name_number_and_tax_id(
    client: Client, words: str
) -> None:
    await sign_in(client, ENGINEER)
    text = await page(client, f"/console/search?q={words}")
    assert all_of(text, "company", "href") == [f"{PARTNERS}/P-1001"]
    assert all_of(await page(client, "/console/search?q=%25"), "company", "href") == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme", "locale", "who"),
    [(360, "dark", "en", LEAD), (1440, "light", "zh-TW", ENGINEER)],
)
@pytest.mark.usefixtures("company")
async def test_the_page_for_everybody(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    contact: Contact,
    width: int,
    scheme: Any,
    locale: str,
    who: str,
) -> None:
    ticket = await opened(hotline, contact)
    url = f"/console/tickets/{ticket.number}"
    shown = await signed_in(browser, client, who, url, width, color_scheme=scheme, locale=locale)
    if width < 768:
        await shown.locator("label:has(#view-brief)").click()
    await check(shown)
    await shown.click("[data-test=company-page]")
    await shown.wait_for_url(f"**{PARTNERS}/P-1001")
    await check(shown)
    if (width, locale) == (1440, "zh-TW"):
        await take(shown, "partner", whole=True)
    await shown.click("[data-test=open] [data-test=ticket] a")
    await shown.wait_for_url(f"**{url}")
    await shown.goto(f"/console/conversations/{ticket.conversation_id}")
    if width < 768:
        await shown.locator("label:has(#view-brief)").click()
    await check(shown)

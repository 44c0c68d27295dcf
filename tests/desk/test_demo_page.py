"""The portal's stand-in: three contacts at hand, everybody else under their company."""

import re

from hotline import seed
from hotline.core import Hotline
from hotline.demonstration import year
from hotline.demonstration.companies import firms
from hotline.settings import Settings
from tests.desk.conftest import OpenDesk
from tests.desk.people import Client

BUTTON = re.compile(r'data-test="enter" data-email="([^"]+)"')


async def page_of(client: Client, language: str = "zh-TW") -> str:
    async with client.get("/demo", headers={"Accept-Language": language}) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_without_a_year_there_are_the_contacts_written_by_hand(client: Client) -> None:
    page = await page_of(client)
    assert BUTTON.findall(page) == seed.written_by_hand()
    assert "<details" not in page


async def test_the_contacts_of_the_year_are_under_their_companies(
    client: Client, hotline: Hotline
) -> None:
    await year.add_companies(hotline)
    page = await page_of(client, "en")
    at_hand, *companies = page.split('data-test="company"')
    assert BUTTON.findall(at_hand) == seed.written_by_hand()
    assert len(companies) == len(firms())
    for firm, company in zip(firms(), companies, strict=True):
        assert firm.name_en in company
        emails = BUTTON.findall(company)
        assert len(emails) == firm.people
        assert all(email.endswith(f"@{firm.domain}") for email in emails)
    assert "Suspended" in page


async def test_any_of_them_may_come_in(client: Client, hotline: Hotline) -> None:
    await year.add_companies(hotline)
    page = await page_of(client)
    last = page.rindex('name="token"')
    token = re.search(r'value="([^"]+)"', page[last:])
    assert token is not None
    async with client.post("/enter", data={"token": token[1]}, allow_redirects=False) as answer:
        assert answer.status == 303


async def test_without_a_demonstration_there_is_no_such_page(
    open_desk: OpenDesk, settings: Settings
) -> None:
    desk = await open_desk(settings.model_copy(update={"demo": "none"}))
    async with desk.get("/demo") as answer:
        assert answer.status == 404

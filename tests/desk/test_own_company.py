"""What the partner's own page shows of the company: its records to the roles that may read them."""

import re

import pytest
from sqlalchemy import delete

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners import look_ups
from hotline.partners.record_rows import FundRow, PerformanceRow
from hotline.partners.telling import Question
from hotline.partners.vocabulary import WHOLE_YEAR
from tests.conftest import CONTACT, OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.core.company_records import record_company
from tests.core.desk_work import journal
from tests.desk.people import Client, enter, page

FIGURES = {
    "fund": "NT$1,250,000",
    "credit": "NT$3,140,000",
    "performance": "NT$7,750,000",
    "headcount": "約定最低",
    "satisfaction": "4.2／5",
}


def card_of(shown: str, record: str) -> str:
    return shown.partition(f'data-record="{record}"')[2].partition("</section>")[0]


async def test_what_was_seeded_is_called_demonstration_data(own: Client) -> None:
    card = card_of(await page(own, "/my/company"), "company")
    assert "來源 示範資料" in card


async def test_the_owner_sees_every_record_with_its_day_and_source(
    own: Client, hotline: Hotline
) -> None:
    await record_company(hotline)
    shown = await page(own, "/my/company")
    for words in FIGURES.values():
        assert words in shown
    for words in ("禾光資訊", "12345675", "系統整合商", "金級", "C-2026-0117", "快到期，剩 30 天",
                  "林柏宏", "快到期，剩 19 天", "已過期", "不會到期", "NT$1,250,000",
                  "距約定最低還差 NT$1,250,000", "NT$80,000", "偶爾逾期", "有條件"):  # fmt: skip
        assert words in shown, words
    assert shown.count("資料到 11/30（一），來源 ERP") == 7
    assert "只給原廠看" not in shown
    records = {entry.detail["record"] for entry in await journal(hotline, "record.read")}
    assert records == {"company", "contract", "certification", "fund", "performance", "credit",
                       "headcount", "satisfaction"}  # fmt: skip


@pytest.mark.parametrize(
    ("actual", "reached"), [(985, "98%"), (1_004, "100%"), (999, "99%"), (4, "不到 1%")]
)
async def test_what_was_reached_is_rounded_as_in_the_chat(
    own: Client, hotline: Hotline, actual: int, reached: str
) -> None:
    year = TUESDAY_MORNING.year
    async with hotline.database.write() as session:
        await session.execute(delete(PerformanceRow))
        session.add(
            PerformanceRow(
                partner_id="P-1001",
                year=year,
                quarter=WHOLE_YEAR,
                actual=actual,
                minimum=1_000,
                as_of=TUESDAY_MORNING.date(),
                source="test",
            )
        )
    shown = await page(own, "/my/company")
    assert f">{reached}<" in re.sub(r"\s*([<>])\s*", r"\1", card_of(shown, "performance"))
    contact = await contact_of(hotline, CONTACT)
    conversation, _greeting = await start(hotline, contact, "zh-TW")
    asked = Question("account_performance", text="今年業績", year=year)
    told = await look_ups.answer(hotline, conversation, asked, "zh-TW")
    assert reached in told.text


@pytest.mark.parametrize(("quarter", "is_warned"), [(3, False), (4, True)])
async def test_only_what_can_still_be_made_up_is_warned_of(
    own: Client, hotline: Hotline, quarter: int, is_warned: bool
) -> None:
    async with hotline.database.write() as session:
        await session.execute(delete(PerformanceRow))
        session.add(
            PerformanceRow(
                partner_id="P-1001",
                year=TUESDAY_MORNING.year,
                quarter=quarter,
                actual=400,
                minimum=1_000,
                as_of=TUESDAY_MORNING.date(),
                source="test",
            )
        )
    card = card_of(await page(own, "/my/company"), "performance")
    row = card.partition(f"第 {quarter} 季")[2].partition("</tr>")[0]
    assert "NT$600" in row
    assert ("remark--warn" in row) is is_warned


async def test_what_a_role_does_not_read_says_whom_to_ask_and_no_figure(
    colleague: Client, hotline: Hotline
) -> None:
    await record_company(hotline)
    shown = await page(colleague, "/my/company")
    for record, figure in FIGURES.items():
        card = card_of(shown, record)
        assert figure not in card
        assert "開放給貴公司的" in card
        assert "可以問：陳怡君" in card
    assert "負責人、財務" in card_of(shown, "fund")
    assert "C-2026-0117" in shown
    read = {entry.detail["record"] for entry in await journal(hotline, "record.read")}
    assert read == {"company", "contract", "certification"}
    assert await journal(hotline, "record.refused") == []  # nobody tried


async def test_no_record_of_another_company_is_shown(client: Client, hotline: Hotline) -> None:
    await record_company(hotline)
    async with hotline.database.write() as session:
        await session.execute(delete(FundRow).where(FundRow.partner_id == "P-1002"))
    await enter(client, hotline, OTHER_COMPANY)
    shown = await page(client, "/my/company")
    sums = [words for words in FIGURES.values() if words.startswith("NT$")]
    assert not [words for words in ("C-2026-0117", *sums) if words in shown]
    assert "這裡還沒有登記資料" in card_of(shown, "fund")
    assert "貴公司目前沒有登記這個角色的人" in card_of(shown, "headcount")
    assert "陳怡君" not in shown

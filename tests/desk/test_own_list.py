"""The list of requests on the partner's own page: how they stand, what is found in it."""

import re
from datetime import timedelta

import pytest

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets import queries
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.core.desk_work import brought_to, notes_on, opened
from tests.desk.conftest import OpenDesk
from tests.desk.own_page import act, desk_at
from tests.desk.people import Client, page


def numbers(shown: str) -> list[str]:
    return re.findall(r'data-test="request" data-number="([^"]+)"', shown)


async def test_the_list_has_open_ones_first_and_says_how_they_stand(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed", key="closed")
    waits = await brought_to(hotline, contact, engineer, "waiting_partner", key="waits")
    usual = await opened(hotline, contact, key="usual")
    urgent = await opened(hotline, contact, key="urgent", severity=1)
    others = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="others")
    shown = await page(own, "/my")
    assert numbers(shown) == [t.number for t in (urgent, usual, waits, closed)]
    assert others.number not in shown
    for words in (
        "等您回覆，今天 10:15 起暫停計時",
        "今天 10:45 前",
        "已結案",
        "共 4 張",
        "今天 10:15 更新",
    ):
        assert words in shown
    for staff_only in ("嚴重度", "停機", "severity"):
        assert staff_only not in shown
    assert numbers(await page(own, "/my?state=open")) == [t.number for t in (urgent, usual, waits)]
    assert numbers(await page(own, "/my?state=closed")) == [closed.number]


@pytest.mark.parametrize(
    ("minutes", "words", "tone"),
    [
        (-120, "今天 14:15 前", "ontime"),
        (-30, "可能來不及，已通知主管。", "atrisk"),
        (12, "逾時 12 分，我們沒有做到，抱歉。", "missed"),
        (345, "專線休息中", "missed"),
    ],
)
async def test_what_may_be_late_and_what_is_late_is_told(
    hotline: Hotline, ticket: Ticket, open_desk: OpenDesk, settings: Settings,
    minutes: int, words: str, tone: str,
) -> None:  # fmt: skip
    at = ticket.first_response_due + timedelta(minutes=minutes)
    shown = await page(await desk_at(open_desk, settings, hotline, at), "/my")
    assert f"promise--{tone}" in shown
    assert (words in shown) == (minutes < 345)


async def test_at_night_the_clock_stands_and_says_until_when(
    hotline: Hotline, ticket: Ticket, open_desk: OpenDesk, settings: Settings
) -> None:
    night = TUESDAY_MORNING.replace(hour=20)
    hotline.clock.set(night)
    await opened(hotline, await contact_of(hotline, CONTACT), key="night")
    shown = await page(await desk_at(open_desk, settings, hotline, night), "/my")
    assert "專線休息中，12/2（三）9:00 開始續計" in shown


async def test_own_ones_and_colleagues_are_told_apart(
    own: Client, hotline: Hotline, ticket: Ticket
) -> None:
    theirs = await opened(hotline, await contact_of(hotline, COLLEAGUE), key="theirs")
    shown = await page(own, "/my")
    assert set(numbers(shown)) == {ticket.number, theirs.number}
    assert "林柏宏開的" in shown
    assert numbers(await page(own, "/my?whose=own")) == [ticket.number]
    assert numbers(await page(own, "/my?whose=colleagues")) == [theirs.number]


async def test_a_visitors_request_with_the_contacts_address_is_found_and_may_be_added_to(
    own: Client, hotline: Hotline
) -> None:
    before = await opened(hotline, None, key="visitor")
    assert before.conversation_id
    theirs = await open_ticket(
        hotline,
        before.conversation_id,
        NewTicket("v2", "admin_order", "貨還沒到", 3,
                  facts={"email": {"value": CONTACT.upper(), "status": "known"}}),
    )  # fmt: skip
    assert numbers(await page(own, "/my")) == [theirs.number]
    await act(own, theirs.number, "answer", text="是 SO-2026-01357")
    assert await notes_on(hotline, theirs) == ["是 SO-2026-01357"]


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("{number}", True),
        ("{bare}", True),
        ("power 開不了", True),
        ("開不了機", True),
        ("青田", True),
        ("印表機", False),
        ("%", False),
        ("_", False),
        ("T26-000009-9", False),
    ],
)
async def test_a_search_finds_a_number_in_any_writing_or_words_of_the_subject(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff, search: str, is_found: bool
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed")
    async with hotline.database.write() as session:
        row = await queries.locked(session, old.number)
        row.facts = {"customer": {"value": "青田機械", "status": "known"}}
        row.closed_at = TUESDAY_MORNING - timedelta(days=400)
    assert numbers(await page(own, "/my")) == []
    words = search.format(number=old.number, bare=old.number.replace("-", " ").lower())
    answer = await own.get("/my", params={"q": words})
    shown = await answer.text()
    assert numbers(shown) == ([old.number] if is_found else [])
    if not is_found:
        assert "找不到「" in shown


async def test_an_empty_list_says_why_and_what_next(own: Client) -> None:
    assert "在對話裡說要辦的事" in await page(own, "/my")
    assert "換一個條件，或看全部" in await page(own, "/my?whose=own")


@pytest.mark.parametrize(
    "query", ["state=' OR 1=1", "whose=all'", "page=0", "page=-1", "page=99999999999999999999",
              "page=²", "q=%00%ff", "q=" + "長" * 600, "before=x"]
)  # fmt: skip
async def test_what_cannot_be_read_in_the_address_is_the_usual(
    own: Client, ticket: Ticket, query: str
) -> None:
    await page(own, f"/my?{query}")


async def test_pages_have_twenty_each(own: Client, hotline: Hotline, contact: Contact) -> None:
    all_of_them = [await opened(hotline, contact, key=f"k{n}") for n in range(21)]
    first, second = await page(own, "/my"), await page(own, "/my?page=2")
    assert (len(numbers(first)), len(numbers(second))) == (20, 1)
    assert set(numbers(first) + numbers(second)) == {t.number for t in all_of_them}
    assert "第 1 頁，共 2 頁" in first
    assert numbers(await page(own, "/my?page=7")) == numbers(second)

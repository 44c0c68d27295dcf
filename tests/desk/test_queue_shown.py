"""What the console's queue shows, how long it is, and how it leads to a ticket and back."""

import re

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import handling
from hotline.tickets.opening import NewTicket, open_ticket
from tests.conftest import OTHER_COMPANY, contact_of
from tests.core.desk_work import brought_to, opened, says
from tests.desk.console_work import Work
from tests.desk.people import Client, page


async def test_the_queue_shows_every_open_ticket_and_its_company(
    console: Client, work: Work
) -> None:
    text = await page(console, "/console")
    for state, ticket in work.tickets.items():
        assert (ticket.number in text) == (state != "closed"), state
    assert "禾光資訊" in text
    only = await page(console, "/console?queue=presales&fragment=rows")
    assert work.tickets["new"].number not in only


async def test_the_queue_and_its_filter_go_along_and_come_back(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    lost, free = [await opened(hotline, contact, key=key) for key in ("lost", "free")]
    kept = "queue=technical&filter=unclaimed"
    text = await page(console, f"/console?{kept}")
    assert f"/console/tickets/{free.number}?{kept.replace('&', '&amp;')}" in text
    assert 'href="/console?queue=presales&amp;filter=unclaimed"' in text
    await handling.claim(hotline, lead, lost.number)
    late = await console.post(f"/console/tickets/{lost.number}/claim?{kept}")
    text = await late.text()
    assert f'href="/console?{kept.replace("&", "&amp;")}"' in text
    [button] = re.findall(r'<a class="button" href="([^"]*)" data-test="next-free"', text)
    assert button == f"/console/tickets/{free.number}?{kept.replace('&', '&amp;')}"
    won = await console.post(f"/console/tickets/{free.number}/claim?{kept}", allow_redirects=False)
    assert won.headers["Location"] == f"/console/tickets/{free.number}?{kept}"


async def test_the_ticket_page_leads_to_its_neighbours(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    tickets = [await opened(hotline, contact, key=f"k{n}", severity=n + 1) for n in range(3)]
    text = await page(console, f"/console/tickets/{tickets[1].number}")
    beside = dict(re.findall(r'href="/console/tickets/([^"]*)" rel="(prev|next)"', text))
    assert beside == {tickets[0].number: "prev", tickets[2].number: "next"}


async def test_what_the_partner_answers_is_new_until_the_holder_opens_the_ticket(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    assert ticket.conversation_id is not None
    for n in range(2):
        await says(hotline, ticket.conversation_id, "紅燈", f"c{n}")
    assert "2 則新訊息" in await page(console, "/console")
    # What a page in the background renews has not been seen.
    await page(console, f"/console/tickets/{ticket.number}?fragment=header")
    assert "2 則新訊息" in await page(console, "/console?fragment=rows")
    await page(console, f"/console/tickets/{ticket.number}")
    assert "則新訊息" not in await page(console, "/console")


async def test_a_tab_counts_what_its_queue_has(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    other = await contact_of(hotline, OTHER_COMPANY)
    await opened(hotline, other, key="other", intent="presales_quote")
    for n in range(3):
        await opened(hotline, contact, key=f"k{n}")
    text = await page(console, "/console?queue=presales")
    counts = dict(re.findall(r'data-test="tab-(\w+)"[^>]*>[^<]*<span class="count">(\d+)', text))
    assert (counts["all"], counts["presales"], counts["technical"]) == ("4", "1", "3")


async def test_a_long_queue_has_pages_and_a_cut_group_no_count(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    conversation, _greeting = await start(hotline, contact)
    for n in range(103):
        request = NewTicket(f"k{n}", "technical_hardware", "Power 主機開不了機", 3)
        await open_ticket(hotline, conversation.id, request)
    first = await page(console, "/console")
    assert len(re.findall(r'data-test="queue-row"', first)) == 100
    [behind] = re.findall(r'href="(/console\?behind=\d+)"', first)
    assert '<span class="count">103</span>' in first
    assert "group__count" not in first
    rest = await page(console, behind)
    assert len(re.findall(r'data-test="queue-row"', rest)) == 3
    [before] = re.findall(r'href="(/console\?before=\d+)"', rest)
    again = await page(console, before)
    listed = [re.findall(r'data-number="([^"]*)"', text) for text in (first, again)]
    assert listed[0] == listed[1]
    number = re.findall(r'data-number="([^"]*)"', first)[0]
    shown = await page(console, f"/console/tickets/{number}")
    assert "看全部 102 張" in shown


async def test_what_nobody_has_any_more_looks_like_new_work(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await handling.set_state(hotline, engineer, ticket.number, "open", text="還沒好")
    text = await page(console, "/console?filter=unclaimed")
    assert ticket.number in text
    assert "pill--new" in text
    assert "待認領" in text

"""What was brought before staff, complaints and answers owed, as the console shows them."""

import re
from datetime import timedelta

import pytest

from desk.keys import HOTLINE
from hotline.core import Hotline
from hotline.escalations import records
from hotline.escalations.service import take_notice
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.ticket import Ticket
from tests.conftest import ENGINEER, LEAD, OTHER_COMPANY, contact_of
from tests.core.desk_work import brought_to, journal, opened, ticket_row
from tests.core.test_escalations import escalations
from tests.core.test_recounting import close_now
from tests.desk.console_pages import all_of, page, part, pass_time, post, sign_in
from tests.desk.people import Client, enter


@pytest.fixture
async def outage(hotline: Hotline, contact: Contact) -> Ticket:
    """Production is down, in open hours: before the engineer until 10:45."""
    return await opened(hotline, contact, severity=1)


async def acknowledge_url(hotline: Hotline, ticket: Ticket, place: int = 0) -> str:
    escalation = (await escalations(hotline, ticket))[place]
    return f"/console/tickets/{ticket.number}/escalations/{escalation.id}/acknowledge"


async def twice_reopened(hotline: Hotline, contact: Contact, engineer: Staff) -> Ticket:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    assert ticket.conversation_id is not None
    await answers.reopen(hotline, ticket.conversation_id, ticket.number, "還是一樣")
    await handling.claim(hotline, engineer, ticket.number)
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換主機板")
    return await answers.reopen(hotline, ticket.conversation_id, ticket.number, "又來了")


def counted(text: str) -> str:
    """The figure beside the queue in the navigation."""
    [found] = re.findall(r'id="count-raised"[^>]*>(?:<span aria-hidden="true">(\d+)<)?', text)
    return str(found)


async def test_what_is_before_the_reader_stands_on_top_of_the_queue_until_notice_is_taken(
    console: Client, hotline: Hotline, outage: Ticket
) -> None:
    text = await page(console, "/console")
    assert all_of(text, "raised-ticket", "data-number") == [outage.number]
    strip = part(text, "raised-mine")
    assert "停機" in strip
    assert "今天 10:45 前要有人看" in strip
    assert f'href="/console/tickets/{outage.number}"' in strip
    assert counted(text) == "1"
    for fragment in ("/console?fragment=rows", "/console/conversations?fragment=vital"):
        assert counted(await page(console, fragment)) == "1"
    await post(console, await acknowledge_url(hotline, outage))
    text = await page(console, "/console")
    assert (all_of(text, "raised-ticket", "data-number"), counted(text)) == ([], "")


async def test_what_is_before_somebody_else_is_not_for_the_reader(
    client: Client, outage: Ticket
) -> None:
    await sign_in(client, LEAD)
    text = await page(client, "/console")
    assert (all_of(text, "raised-ticket", "data-number"), counted(text)) == ([], "")


async def test_where_nobody_was_found_everybody_of_the_level_sees_it(
    client: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    by = hotline.now() + timedelta(minutes=30)
    async with hotline.database.write() as session:
        await records.write(session, hotline, ticket.id, why="wish", level="lead", to=None, by=by)
    await sign_in(client, ENGINEER)
    assert all_of(await page(client, "/console"), "raised-ticket", "data-number") == []
    assert "給主管，現在沒有人在" in await page(client, f"/console/tickets/{ticket.number}")
    await sign_in(client, LEAD)
    assert all_of(await page(client, "/console"), "raised-ticket", "data-number") == [ticket.number]


async def test_the_most_urgent_comes_first_and_what_is_over_time_says_so(
    console: Client, hotline: Hotline, outage: Ticket
) -> None:
    hotline.clock.advance(timedelta(minutes=5))
    later = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="k2", severity=1)
    text = await page(console, "/console")
    assert all_of(text, "raised-ticket", "data-number") == [outage.number, later.number]
    await pass_time(hotline, console, "2026-12-01T10:47")
    assert "今天 10:45 前要有人看，已過" in await page(console, "/console")


async def test_the_ticket_says_why_before_whom_and_who_has_taken_notice(
    console: Client, hotline: Hotline, outage: Ticket, engineer: Staff
) -> None:
    url = f"/console/tickets/{outage.number}"
    shown = part(await page(console, url), "raised")
    for words in ("停機", f"給 {engineer.name}（技術支援工程師）", "今天 10:15 起", "收到，我來看"):
        assert words in shown
    told = part(await post(console, await acknowledge_url(hotline, outage)), "raised")
    assert f"{engineer.name} 今天 10:15 收到" in told
    assert 'data-test="acknowledge"' not in told
    assert [it.actor for it in await journal(hotline, "escalation.acknowledged")] == [
        f"staff:{engineer.id}"
    ]


async def test_whoever_comes_second_reads_who_was_first(
    client: Client, hotline: Hotline, outage: Ticket, engineer: Staff
) -> None:
    url = await acknowledge_url(hotline, outage)
    [standing] = await escalations(hotline, outage)
    await take_notice(hotline, engineer, standing.id)
    await sign_in(client, LEAD)
    assert f"{engineer.name} 已經收到，由他在看。" in await post(client, url, status=409)
    await sign_in(client, ENGINEER)
    await post(client, url)  # once more by the same is harmless


async def test_an_escalation_of_another_ticket_or_of_none_is_not_found(
    console: Client, hotline: Hotline, outage: Ticket, contact: Contact
) -> None:
    other = await opened(hotline, contact, key="k2")
    [standing] = await escalations(hotline, outage)
    for number, escalation in (
        (other.number, str(standing.id)),
        (outage.number, "4711"),
        (outage.number, "²"),
        (outage.number, "9" * 30),
        ("T26-999999-9", str(standing.id)),
    ):
        url = f"/console/tickets/{number}/escalations/{escalation}/acknowledge"
        await post(console, url, status=404)
    assert await journal(hotline, "escalation.acknowledged") == []


async def test_only_staff_take_notice(client: Client, hotline: Hotline, outage: Ticket) -> None:
    url = await acknowledge_url(hotline, outage)
    answer = await client.post(url, allow_redirects=False)
    assert answer.headers["Location"].startswith("/console/sign-in")
    leads = await client.get(url, allow_redirects=False)
    assert leads.headers["Location"] == f"/console/tickets/{outage.number}"
    await sign_in(client, ENGINEER)
    elsewhere = await client.post(url, headers={"Origin": "https://elsewhere.example"})
    assert elsewhere.status == 403
    assert await journal(hotline, "escalation.acknowledged") == []


async def test_what_climbed_stands_among_those_before(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff
) -> None:
    ticket = await opened(hotline, contact, key="slow")  # to be answered by 14:15
    for moment in ("13:15", "13:45"):
        await pass_time(hotline, console, f"2026-12-01T{moment}")
    text = await page(console, f"/console/tickets/{ticket.number}")
    assert "沒有人回應，又往上反映了" in part(text, "raised-before")
    assert re.search(rf"前一位沒有回應</b> <span>給 {lead.name}（主管）", text)
    # The lead's notice is enough: nothing is left for the engineer of what it climbed from.
    climbed = [it for it in await escalations(hotline, ticket) if it.why == "unanswered"]
    await take_notice(hotline, lead, climbed[0].id)
    strip = part(await page(console, "/console"), "raised-mine")
    assert ticket.number not in strip


async def test_a_warning_that_has_come_true_says_so_and_is_one_line_with_its_breach(
    client: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact, key="slow")  # to be answered by 14:15
    hotline.clock.advance(timedelta(hours=4, minutes=5))
    by = hotline.now() + timedelta(minutes=30)
    async with hotline.database.write() as session:
        warned = await records.write(
            session, hotline, ticket.id, why="warning", level="lead", to=lead, by=by
        )
    client.app[HOTLINE].clock.set(hotline.now())
    await sign_in(client, LEAD)
    strip = part(await page(client, "/console"), "raised-mine")
    assert ticket.number in strip
    assert "已逾時" in strip
    assert "快到期限" not in strip
    async with hotline.database.write() as session:
        await records.write(session, hotline, ticket.id, why="breach", level="lead", to=None, by=by)
    url = f"/console/tickets/{ticket.number}"
    assert (await page(client, url)).count('data-test="raised-open"') == 1
    # Whose own it is takes notice of the one in the strip; the other goes with it.
    [acknowledge] = set(re.findall(r'action="([^"]*/acknowledge)"', strip))
    assert acknowledge.endswith(f"/escalations/{warned.id}/acknowledge")
    told = await post(client, acknowledge)
    assert 'data-test="raised-open"' not in told
    assert all_of(await page(client, "/console"), "raised-ticket", "data-number") == []


async def test_a_complaint_says_since_when_and_by_when_the_lead_is_in_touch(
    client: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await twice_reopened(hotline, contact, engineer)
    await sign_in(client, LEAD)
    url = f"/console/tickets/{ticket.number}"
    text = await page(client, url)
    told = part(text, "complaint")
    assert "今天 10:15 起列為客訴" in told
    assert "主管要在 今天 14:15 前親自聯絡夥伴" in told
    assert f"重開 2 次，列為客訴，由{lead.name}負責" in text
    assert ">客訴<" in part(await page(client, "/console"), "queue-row")
    await pass_time(hotline, client, "2026-12-01T14:16")
    text = await page(client, url)
    assert "主管應在 今天 14:15 前親自聯絡夥伴，已過" in text
    assert "主管回覆客訴逾時，應於 今天 14:15" in text
    await handling.reply(hotline, lead, ticket.number, "我來處理")
    assert "主管已經回覆夥伴" in part(await page(client, url), "complaint")


async def test_what_is_due_is_told_in_the_queue_on_the_ticket_and_among_the_companys(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    assert ticket.conversation_id is not None
    url, company = f"/console/tickets/{ticket.number}", f"/console/partners/{contact.partner_id}"
    for each in (url, "/console", company):
        assert "首次回覆" in part(await page(console, each), "owes")
    await handling.reply(hotline, engineer, ticket.number, "請給我序號", claims=True)
    assert "解決" in part(await page(console, url), "owes")
    hotline.clock.advance(timedelta(minutes=30))
    await answers.add(hotline, ticket.conversation_id, ticket.number, "78A1234")
    text = await page(console, url)
    assert "補充後回覆" in part(text, "owes")
    assert "今天 14:45" in part(text, "due")
    assert "夥伴補充後服務時間 4 時內回覆" in text
    for each in ("/console", company):
        assert "補充後回覆" in part(await page(console, each), "owes")


async def test_the_timeline_tells_of_promises_that_move_come_near_and_break(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    await close_now(hotline)
    moved = await ticket_row(hotline, ticket.number)
    url = f"/console/tickets/{ticket.number}"
    assert "首次回覆期限重算：今天 14:15 改為 12/2（三）13:00" in await page(console, url)
    await pass_time(hotline, console, "2026-12-02T12:30")
    await pass_time(hotline, console, "2026-12-02T13:05")
    await sign_in(console, ENGINEER)  # a day later
    text = await page(console, url)
    assert "首次回覆快到期限，應於 今天 13:00，已先告訴夥伴" in text
    assert "首次回覆逾時，應於 今天 13:00" in text
    assert "往上反映給" in text
    english = await page(console, f"{url}?lang=en")
    assert "First reply missed, was due today 13:00" in english
    assert moved.owes == "first_response"


async def test_the_partner_reads_of_the_new_time_and_of_the_complaint_and_of_nothing_internal(
    client: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    late = await opened(hotline, contact, key="late")
    complaint = await twice_reopened(hotline, contact, engineer)
    await close_now(hotline)
    await pass_time(hotline, client, "2026-12-02T12:30")
    await pass_time(hotline, client, "2026-12-02T13:05")
    await enter(client, hotline)
    shown = await page(client, f"/my/tickets/{late.number}")
    assert "改為 今天 13:00 前回覆" in shown
    assert "可能趕不上 今天 13:00，已先告知" in shown
    told = await page(client, f"/my/tickets/{complaint.number}")
    assert f"列為客訴，由主管{lead.name}負責" in told
    for text in (shown, told):
        for internal in ("往上反映", "逾時，應於", "前要有人看"):
            assert internal not in text
    in_english = await page(client, f"/my/tickets/{late.number}?lang=en")
    assert "It may be later than today 13:00, as was said beforehand" in in_english

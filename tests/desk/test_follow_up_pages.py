"""What colleagues see of a ticket that its partner has followed up."""

import pytest

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, corrections, escalation, handling, ratings
from hotline.tickets.again import open_again
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, LEAD, TUESDAY_MORNING, contact_of
from tests.core.desk_work import brought_to, says
from tests.desk.people import PASSWORD, Client


@pytest.fixture
async def console(client: Client) -> Client:
    """The browser of the lead, signed in."""
    await sign_in(client)
    return client


async def sign_in(client: Client) -> None:
    answer = await client.post(
        "/console/sign-in", data={"email": LEAD, "password": PASSWORD}, allow_redirects=False
    )
    assert answer.status == 303


async def page(client: Client, url: str) -> str:
    answer = await client.get(url)
    assert answer.status == 200, url
    return await answer.text()


async def test_a_hurried_ticket_says_so_in_the_list_and_in_its_timeline(
    console: Client, hotline: Hotline, ticket: Ticket, lead: Staff
) -> None:
    assert ticket.conversation_id is not None
    await says(hotline, ticket.conversation_id, "客戶一直在催", "c1")
    await escalation.escalate(
        hotline, ticket.conversation_id, ticket.number, "客戶一直在催", severity=2
    )
    row = await page(console, "/console?filter=mine")
    assert "夥伴請主管處理" in row
    assert "1 則新訊息" in row
    shown = await page(console, f"/console/tickets/{ticket.number}")
    assert f"夥伴 請主管處理，改由 {lead.name} 負責　嚴重度 3 改為 2" in shown
    assert "開單，嚴重度 3，今天 14:15 前回覆" in shown
    assert shown.count("客戶一直在催") == 1  # it stands in the conversation itself


async def test_what_is_said_from_another_conversation_stands_in_the_timeline(
    console: Client, hotline: Hotline, ticket: Ticket
) -> None:
    colleague, _greeting = await start(hotline, await contact_of(hotline, COLLEAGUE))
    await answers.add(hotline, colleague.id, ticket.number, "零件在台中倉")
    await corrections.correct(hotline, colleague.id, ticket.number, "phone", "0933-123-456")
    await answers.close(hotline, colleague.id, ticket.number, "自己修好了")
    shown = await page(console, f"/console/tickets/{ticket.number}")
    for words in ("零件在台中倉", "電話：（沒有） → 0933-123-456", "夥伴 更正了電話", "自己修好了"):
        assert words in shown
    assert "夥伴 結案" in shown
    # Whose it is: the colleague's name stands over what they added.
    author = (await contact_of(hotline, COLLEAGUE)).name
    assert shown.count(f"<b>{author}</b>") == 3


async def test_ratings_and_the_ticket_before_stand_on_the_page(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed")
    assert old.conversation_id is not None
    await ratings.rate(hotline, old.conversation_id, old.number, 2, "拖了三天")
    shown = await page(console, f"/console/tickets/{old.number}")
    for words in ("2／5", contact.name, "拖了三天", "夥伴 評 2 分"):
        assert words in shown
    hotline.clock.set(TUESDAY_MORNING.replace(day=20))
    new = await open_again(hotline, old.conversation_id, old.number, "又開不了機")
    await sign_in(console)  # the session has ended meanwhile
    assert f"接續 {old.number}" in await page(console, f"/console/tickets/{new.number}")


async def test_staff_have_no_button_that_closes_for_the_partner(
    console: Client, hotline: Hotline, ticket: Ticket, lead: Staff
) -> None:
    await handling.claim(hotline, lead, ticket.number)
    shown = await page(console, f"/console/tickets/{ticket.number}")
    assert "move.close" not in shown
    assert 'value="closed"' not in shown

"""A request's page without script: solved or not, closed, opened again, rated and hurried."""

from datetime import timedelta

import pytest

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets import answers
from hotline.tickets.ratings import ratings_of
from hotline.tickets.ticket import Ticket
from tests.conftest import TUESDAY_MORNING
from tests.core.desk_work import brought_to, notes_on, said, ticket_row
from tests.desk.conftest import OpenDesk
from tests.desk.own_page import act, desk_at
from tests.desk.people import Client, page


async def test_solved_closes_it_and_asks_for_a_score(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    assert "這樣解決了嗎？" in await page(own, f"/my/tickets/{ticket.number}")
    await act(own, ticket.number, "solved")
    assert (await ticket_row(hotline, ticket.number)).state == "closed"
    assert "這次處理幾分？" in await page(own, f"/my/tickets/{ticket.number}")
    talk = await said(hotline, ticket.conversation_id)
    assert [message.text for message in talk if message.sender == "partner"] == ["解決了"]
    assert "這次處理幾分" in talk[-1].text


async def test_not_yet_opens_it_again_with_the_reason(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await act(own, ticket.number, "unsolved", text="面板紅燈")
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.reopened, row.assignee) == ("open", 1, None)
    assert (await notes_on(hotline, ticket))[-1] == "面板紅燈"
    shown = await page(own, f"/my/tickets/{ticket.number}")
    assert "貴公司重開" in shown
    assert '<span class="pill pill--open">等專員接手</span>' in shown
    assert "還沒有：面板紅燈" in shown


async def test_closing_is_asked_about_once_and_keeps_the_reason(
    colleague: Client, hotline: Hotline, ticket: Ticket
) -> None:
    shown = await page(colleague, f"/my/tickets/{ticket.number}")
    assert "這張要結案嗎？14 天內可以重開。" in shown
    await act(colleague, ticket.number, "close", text="自己修好了")
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, await notes_on(hotline, ticket)) == ("closed", ["自己修好了"])


async def test_what_was_closed_meanwhile_takes_no_answer_and_says_so(
    own: Client, hotline: Hotline, ticket: Ticket
) -> None:
    assert ticket.conversation_id
    await answers.close(hotline, ticket.conversation_id, ticket.number)
    answer = await act(own, ticket.number, "answer", 409, text="還有一件事")
    shown = await answer.text()
    assert "這張工單剛才已經有變動" in shown
    assert ">還有一件事</textarea>" in shown  # in the form that opens it again
    await act(own, ticket.number, "escalate", 409, text="很急")


async def test_a_closed_one_opens_again_within_the_days_allowed(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    answer = await act(own, ticket.number, "reopen", text="又壞了")
    assert answer.headers["Location"] == f"/my/tickets/{ticket.number}"
    assert (await ticket_row(hotline, ticket.number)).state == "open"


async def test_after_the_days_allowed_a_new_one_goes_on_from_it(
    hotline: Hotline, contact: Contact, engineer: Staff, open_desk: OpenDesk, settings: Settings
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    own = await desk_at(open_desk, settings, hotline, TUESDAY_MORNING + timedelta(days=15))
    shown = await page(own, f"/my/tickets/{ticket.number}")
    assert "結案超過 14 天，不能重開" in shown
    assert "14 天內可以重開" not in shown.partition('data-test="history"')[0]
    nothing = await act(own, ticket.number, "reopen", 400)
    assert "請寫一句現在的狀況" in await nothing.text()
    answer = await act(own, ticket.number, "reopen", text="又開不了機")
    new = answer.headers["Location"].rpartition("/")[2]
    row = await ticket_row(hotline, new)
    assert (row.follows, row.description, row.state) == (ticket.number, "又開不了機", "new")
    assert (await ticket_row(hotline, ticket.number)).state == "closed"
    assert f"已由 {new} 接續" in await page(own, f"/my/tickets/{ticket.number}")
    assert f"接續 {ticket.number}" in await page(own, f"/my/tickets/{new}")


async def test_a_score_and_a_word_are_kept_and_the_last_one_counts(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    await act(own, ticket.number, "rate", score="2", text="拖了三天")
    await act(own, ticket.number, "rate", score="4")
    async with hotline.database.read() as session:
        [rating] = await ratings_of(session, ticket.id)
    assert (rating.score, rating.words, rating.by) == (4, "", contact.name)
    assert "您評了 4 分" in await page(own, f"/my/tickets/{ticket.number}")


@pytest.mark.parametrize("score", ["9", "0", "-1", "", "4.5", "五", "²", "1" * 400])
async def test_what_is_no_score_is_asked_for_again(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff, score: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    before = await said(hotline, ticket.conversation_id)
    answer = await act(own, ticket.number, "rate", 400, score=score, text="不錯")
    shown = await answer.text()
    assert "請選 1 到 5 分" in shown
    assert ">不錯</textarea>" in shown
    async with hotline.database.read() as session:
        assert await ratings_of(session, ticket.id) == []
    assert await said(hotline, ticket.conversation_id) == before


async def test_the_lead_takes_what_is_hurried(
    own: Client, hotline: Hotline, ticket: Ticket, lead: Staff
) -> None:
    await act(own, ticket.number, "escalate", why="waiting")
    row = await ticket_row(hotline, ticket.number)
    assert (row.assignee, row.severity, row.state) == (lead, 3, "open")
    assert await notes_on(hotline, ticket) == ["等太久"]
    shown = await page(own, f"/my/tickets/{ticket.number}")
    assert f"改由主管{lead.name}負責" in shown
    assert "嚴重度" not in shown


@pytest.mark.parametrize(("sure", "severity", "has_lead"), [("yes", 1, True), ("no", 3, False)])
async def test_what_makes_it_graver_is_asked_about_once(
    own: Client, hotline: Hotline, ticket: Ticket, sure: str, severity: int, has_lead: bool
) -> None:
    before = await said(hotline, ticket.conversation_id)
    asked = await act(own, ticket.number, "escalate", 200, text="產線停了")
    assert "急迫性改成「生產停機」，並請張文彬處理，對嗎？" in await asked.text()
    assert await said(hotline, ticket.conversation_id) == before
    assert (await ticket_row(hotline, ticket.number)).severity == 3
    await act(own, ticket.number, "escalate", text="產線停了", sure=sure)
    row = await ticket_row(hotline, ticket.number)
    assert (row.severity, row.assignee is not None) == (severity, has_lead)
    assert await notes_on(hotline, ticket) == ["產線停了"]


@pytest.mark.parametrize("fields", [{}, {"why": "nonsense"}, {"text": "  "}])
async def test_why_it_is_urgent_is_asked_for(
    own: Client, hotline: Hotline, ticket: Ticket, fields: dict[str, str]
) -> None:
    answer = await act(own, ticket.number, "escalate", 400, **fields)
    assert "請選一個原因，或寫一句為什麼急" in await answer.text()
    assert (await ticket_row(hotline, ticket.number)).escalated_at is None

"""The brief of a ticket and of a live chat, and the page of a partner, without script."""

from uuid import uuid4

import pytest

from hotline.conversations import turns
from hotline.conversations.service import start
from hotline.conversations.turns import Incoming
from hotline.core import Hotline
from hotline.hand_off.wanting import want_person
from hotline.knowledge.rows import QuestionRow
from hotline.partners.service import Contact
from hotline.replies import Reply
from hotline.tickets import ratings
from tests.conftest import ENGINEER
from tests.core.company_records import record_company
from tests.core.desk_work import opened, ticket_row
from tests.core.looks import heard
from tests.desk.console_pages import page, part, sign_in
from tests.desk.people import Client

pytestmark = pytest.mark.usefixtures("somebody_there")

CHATS, TICKETS = "/console/conversations", "/console/tickets"


@pytest.fixture
async def console(client: Client, hotline: Hotline) -> Client:
    await record_company(hotline)
    await sign_in(client, ENGINEER)
    return client


async def waiting(hotline: Hotline, contact: Contact | None) -> str:
    """A chat that waits for a person after an article that did not help."""
    chat = (await start(hotline, contact))[0].id
    await heard(
        hotline, chat, "5148 重建停住，序號 78A1234", "technical_hardware",
        Reply("？", ({"title": "找專員", "payload": "/talk_to_human"},)),
        entities=[("serial_number", 13, 20)],
    )  # fmt: skip
    async with hotline.database.write() as session:
        session.add(
            QuestionRow(
                conversation_id=chat, text="交期", language="zh-TW", outcome="answered",
                article="order-lead-time", helped=False, certainty=1, asked_at=hotline.now(),
            )
        )  # fmt: skip
    await turns.receive(hotline, chat, Incoming(str(uuid4()), "", "/talk_to_human"))
    await want_person(hotline, chat, "zh-TW")
    return chat


async def test_a_chat_without_a_ticket_has_what_there_is(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    text = await page(console, f"{CHATS}/{await waiting(hotline, contact)}?lang=zh-TW")
    brief = text[text.index('data-test="brief"') :]
    assert "禾光資訊" in brief
    assert "有效 2 張，2 人" in part(brief, "certificates")
    assert "林柏宏的 Power 系統管理 12/20 到期" in part(brief, "certificates")
    assert "5148 重建停住" in part(brief, "wish")
    assert "硬體報修，把握 30%" in part(brief, "understood")
    assert "夥伴要找專員" in part(brief, "reasons")
    assert "78A1234" in part(brief, "facts")
    assert "未填" in part(brief, "facts")
    assert '/help/order-lead-time"' in part(brief, "answered")
    assert "沒幫助" in part(brief, "answered")
    assert 'data-test="deadline"' not in brief


async def test_a_visitor_has_no_company_and_no_standing(console: Client, hotline: Hotline) -> None:
    text = await page(console, f"{CHATS}/{await waiting(hotline, None)}?lang=zh-TW")
    assert "身分未驗證" in part(text, "partner")
    for what in ("certificates", "last-rating", "last-complaint", "company-page"):
        assert f'data-test="{what}"' not in text, what


async def test_a_chat_with_a_ticket_has_its_deadline_and_where_it_is_explained(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    text = await page(console, f"{CHATS}/{ticket.conversation_id}?lang=zh-TW")
    due = part(text, "deadline")
    assert "首次回覆" in due
    assert f'href="{TICKETS}/{ticket.number}#why"' in due


async def test_a_ticket_tells_the_last_rating_and_the_last_complaint(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    assert ticket.conversation_id is not None
    complaint = await opened(hotline, contact, key="k2", intent="complain")
    await ratings.rate(hotline, ticket.conversation_id, ticket.number, 2)
    text = await page(console, f"{TICKETS}/{ticket.number}?lang=zh-TW")
    assert "2／5（12/1）" in part(text, "last-rating")
    assert f"{complaint.number}（12/1），處理中" in part(text, "last-complaint")
    assert "2 張" in part(text, "open-tickets")
    assert (await ticket_row(hotline, ticket.number)).state == "new"


async def test_the_brief_of_a_chat_is_renewed_as_a_part_of_its_own(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    chat = await waiting(hotline, contact)
    text = await page(console, f"{CHATS}/{chat}?fragment=brief&lang=zh-TW")
    assert 'id="brief"' in text
    assert "<main" not in text

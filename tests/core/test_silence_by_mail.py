"""Who does not answer and is not there gets each step by mail, once; who is there gets none."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from desk.letters import laid_out
from hotline.core import Hotline
from hotline.deliveries import DeliveryRow, mark_chat_delivered
from hotline.notices.sending import mail_next
from hotline.partners.service import Contact
from hotline.settings import MailSettings
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.opening import NewTicket, open_ticket
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    everything_journalled,
    journal,
    opened,
    says,
)
from tests.core.silent_partner import (
    at,
    fire_all,
    fire_at,
    letters,
    resolved,
    steps,
    talk_of,
    text_of,
    waiting,
)


async def test_somebody_who_is_busy_with_something_else_is_not_asked_in_between(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    hotline.clock.set(at("2026-12-02 10:00"))
    await says(hotline, talk_of(ticket), "另一件事", "n1")
    other = await open_ticket(hotline, talk_of(ticket), NewTicket("k2", "admin_order", "查訂單", 3))
    await answers.close(hotline, talk_of(ticket), other.number)
    before = (await conversation_row(hotline, ticket.conversation_id)).asking
    assert before is not None
    assert before["ticket"] == other.number
    async with hotline.database.write() as session:  # their page has what was said so far
        await mark_chat_delivered(session, talk_of(ticket), 100, hotline.now())
    await fire_at(hotline, "2026-12-02 10:15")
    assert await steps(hotline) == ["solved"]
    assert (await conversation_row(hotline, ticket.conversation_id)).asking == before
    # Just now they were here, so nothing is mailed.
    assert letters(hotline) == []


async def test_who_is_not_there_gets_each_step_by_mail(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-02 10:15")
    await fire_at(hotline, "2026-12-04 10:15")
    reminder, closing = letters(hotline)
    assert (reminder["To"], closing["To"]) == (contact.email, contact.email)
    assert reminder["Subject"] == f"{ticket.number} 解決了嗎？請在 12/4（五）10:15 前回覆"
    assert closing["Subject"] == f"{ticket.number} 已結案"
    assert "12/4（五）10:15 前沒有收到您的回覆" in text_of(reminder)
    assert reminder["Message-ID"] != closing["Message-ID"]
    for letter in (reminder, closing):
        assert "{" not in text_of(letter)
        assert ticket.subject not in text_of(letter)
    assert contact.email not in await everything_journalled(hotline)


async def test_who_is_not_there_is_asked_by_mail_whether_it_is_solved(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    hotline.clock.advance(timedelta(hours=2))
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    await fire_all(hotline)
    [letter] = letters(hotline)
    assert (letter["To"], letter["Subject"]) == (
        contact.email,
        f"{ticket.number} 已回報處理好，解決了嗎？",
    )
    assert "換電源" not in text_of(letter)


async def test_who_is_there_is_asked_in_the_chat_only(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await brought_to(hotline, contact, engineer, "resolved")
    await fire_all(hotline)
    assert letters(hotline) == []


async def test_a_letter_that_does_not_get_away_is_tried_again_and_is_the_same(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    nowhere = MailSettings(host="127.0.0.1", port=1, starttls=False, from_address="a@b.example")
    away = replace(hotline, settings=hotline.settings.model_copy(update={"mail": nowhere}))
    await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(away, "2026-12-03 10:15")
    assert letters(hotline) == []
    assert await mail_next(away, laid_out) is False  # not before half a minute
    await fire_at(hotline, "2026-12-03 10:16")
    # As if the desk had died between sending it and noting that.
    async with hotline.database.write() as session:
        kind = DeliveryRow.kind == "remind_waiting"
        row = await session.scalar(select(DeliveryRow).where(kind))
        assert row is not None
        row.state, row.next_at = "pending", row.created_at
    await fire_at(hotline, "2026-12-03 10:20")
    first, second = letters(hotline)
    assert first["Message-ID"] == second["Message-ID"]
    assert await steps(hotline) == ["waiting"]


async def test_a_letter_that_has_been_answered_meanwhile_is_not_sent(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-03 10:15", mailing=False)
    await answers.add(hotline, talk_of(ticket), ticket.number, "序號 78A1234")
    await fire_all(hotline)
    assert letters(hotline) == []


async def test_a_visitor_is_mailed_at_the_address_that_was_left(
    hotline: Hotline, engineer: Staff
) -> None:
    hotline.clock.set(at("2026-12-01 10:15"))
    ticket = await opened(hotline, None)
    left = {"email": {"value": "guest@qingtian.example", "status": "known"}}
    other = await open_ticket(
        hotline, talk_of(ticket), NewTicket("k2", "admin_order", "查訂單", 3, facts=left)
    )
    for each in (ticket, other):
        await handling.set_state(hotline, engineer, each.number, "resolved", text="好了")
    await fire_at(hotline, "2026-12-02 10:15")
    assert await steps(hotline) == ["solved", "solved"]
    [letter] = letters(hotline)
    assert letter["To"] == "guest@qingtian.example"
    assert other.number in letter["Subject"]
    mailed = [entry.detail["mailed"] for entry in await journal(hotline, "ticket.reminded")]
    assert sorted(mailed) == [False, True]

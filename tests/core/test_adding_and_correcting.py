"""What a partner adds to a ticket, and what is corrected on it: a number, a phone, a name."""

import pytest

from actions.dialogue import Inform, Unsure
from actions.follow_up import Correct, TicketAdd
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import corrections
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    everything_journalled,
    journal,
    opened,
    ticket_row,
)
from tests.core.follow_up import Partner, notes, response, speaks


@pytest.fixture
async def order(hotline: Hotline, contact: Contact) -> Ticket:
    ticket = await opened(hotline, contact, key="order", intent="admin_order")
    assert ticket.conversation_id is not None
    return await corrections.correct(
        hotline, ticket.conversation_id, ticket.number, "order_number", "SO-2026-01357"
    )


async def test_adding_without_anything_asks_what_and_the_next_words_go_in(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    assert response(await partner.says(TicketAdd(), "我要補資料")) == "add_ask"
    [said] = await partner.says(Inform(), "序號 78A1234")
    assert said["text"] == f"已補到 {ticket.number}：「序號 78A1234」，接手的同事看得到。"
    assert await notes(hotline, ticket) == [("addition", "序號 78A1234")]
    assert (await conversation_row(hotline, ticket.conversation_id)).asking is None


async def test_a_closed_ticket_offers_to_be_opened_again_instead(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    partner = speaks(hotline, closed)
    for action, words in (
        (TicketAdd(), "補充 log 已寄出"),
        (Correct(), "電話打錯 是 0933-123-456"),
    ):
        said = await partner.says(action, f"{closed.number} {words}")
        assert response(said) == "closed_takes_nothing"
    assert await ticket_row(hotline, closed.number) == closed


async def test_the_end_of_an_order_number_corrects_it_and_what_it_was_is_noted(
    hotline: Hotline, order: Ticket
) -> None:
    [said] = await speaks(hotline, order).says(Correct(), "訂單號碼也錯了 後面是 01375")
    assert (said["response"], said["fact"]) == ("utter_corrected_on_ticket", "訂單號碼")
    assert (said["value"], said["number"]) == ("SO-2026-01375", order.number)
    row = await ticket_row(hotline, order.number)
    assert row.facts["order_number"] == {"value": "SO-2026-01375", "status": "known"}
    assert (await notes(hotline, order))[-1] == (
        "correction",
        "訂單號碼：SO-2026-01357 → SO-2026-01375",
    )
    entry = (await journal(hotline, "ticket.corrected"))[-1]
    assert (entry.actor, entry.detail["fact"]) == ("partner", "order_number")
    assert "01375" not in await everything_journalled(hotline)


async def test_a_phone_is_corrected_by_name_and_by_its_kind(
    hotline: Hotline, order: Ticket
) -> None:
    partner = speaks(hotline, order)
    for words, phone in (
        ("電話打錯了 是 0933-123-456", "0933-123-456"),
        ("抱歉打錯 是 0922-000-111", "0922-000-111"),
    ):
        assert response(await partner.says(Correct(), words)) == "corrected_on_ticket"
        assert (await ticket_row(hotline, order.number)).fact("phone") == phone


async def test_a_phone_that_cannot_be_read_is_asked_for_again(
    hotline: Hotline, order: Ticket
) -> None:
    partner = speaks(hotline, order)
    said = await partner.says(Correct(), "電話改成 2345678")
    assert response(said) == "invalid_phone_missing_area_code"
    assert response(await partner.says(Inform(), "02-2345-6789")) == "corrected_on_ticket"
    assert (await ticket_row(hotline, order.number)).fact("phone") == "02-2345-6789"


async def test_what_is_unclear_is_asked_for_step_by_step(hotline: Hotline, order: Ticket) -> None:
    partner = speaks(hotline, order)
    asked = await partner.says(Correct(), "剛才說的錯了")
    assert response(asked) == "correct_which"
    pressed = {"ticket_number": order.number, "change": "order_number"}
    assert response(await partner.presses(Correct(), "correct", **pressed)) == "correct_to"
    assert response(await partner.says(Unsure(), "01399")) == "corrected_on_ticket"
    assert (await ticket_row(hotline, order.number)).fact("order_number") == "SO-2026-01399"


async def test_the_same_value_again_changes_nothing(hotline: Hotline, order: Ticket) -> None:
    said = await speaks(hotline, order).says(Correct(), "訂單號碼改成 SO-2026-01357")
    assert response(said) == "corrected_before"
    assert await ticket_row(hotline, order.number) == order


async def test_naming_both_values_corrects_the_fact_that_has_the_old_one(
    hotline: Hotline, order: Ticket
) -> None:
    assert order.conversation_id is not None
    await corrections.correct(
        hotline, order.conversation_id, order.number, "customer", "青田機械 台中廠"
    )
    await speaks(hotline, order).says(Correct(), "不是台中廠 是台南廠")
    assert (await ticket_row(hotline, order.number)).fact("customer") == "青田機械 台南廠"

"""A closed ticket is opened again; one that is too old goes on in a new one."""

from dataclasses import replace
from datetime import timedelta

from actions.dialogue import Deny, Unsure
from actions.follow_up import Correct, TicketAdd, TicketEscalate, TicketReopen
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff, add_staff
from hotline.tickets import answers, told
from hotline.tickets.again import open_again
from hotline.tickets.reopening import goes_to_another
from hotline.tickets.ticket import Ticket
from tests.conftest import TUESDAY_MORNING
from tests.core.desk_work import brought_to, journal, opened, ticket_row
from tests.core.follow_up import Partner, notes, response, speaks


async def taken(hotline: Hotline, ticket: Ticket) -> str:
    """Who takes the ticket after the partner's no, by the words of every way to say it."""
    assert ticket.conversation_id is not None
    again = await answers.reopen(hotline, ticket.conversation_id, ticket.number)
    another = await goes_to_another(hotline, again)
    for language in ("zh-TW", "en"):
        takes = told.who_takes(hotline, language, another=another)
        for reason in ("", "又壞了"):
            reply = told.reopened(hotline, again, language, reason, another=another)
            assert takes in reply.text
    return "another" if another else "a_colleague"


async def test_a_closed_ticket_is_opened_again_with_what_happens_now(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    partner = speaks(hotline, closed)
    assert response(await partner.says(TicketReopen(), "請重開")) == "reopen_ask"
    again = await partner.says(Unsure(), "面板紅燈，跟上次一樣")
    assert "面板紅燈" in again[0]["text"]
    row = await ticket_row(hotline, closed.number)
    assert (row.state, row.reopened, row.assignee) == ("open", 1, None)


async def test_another_colleague_is_spoken_of_only_where_somebody_had_it_and_somebody_else_is_there(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    alone = await brought_to(hotline, contact, engineer, "resolved", key="alone")
    nobodys = await opened(hotline, contact, key="nobody's")
    assert nobodys.conversation_id is not None
    await answers.close(hotline, nobodys.conversation_id, nobodys.number)
    assert await taken(hotline, alone) == await taken(hotline, nobodys) == "a_colleague"

    await add_staff(
        hotline.database,
        email="yating.xu@hotline.example",
        name="許雅婷",
        name_en="Yating Xu",
        role="engineer",
        queues=("technical",),
        password="correct horse battery",
    )
    had = await brought_to(hotline, contact, engineer, "resolved", key="had")
    nobodys = await opened(hotline, contact, key="nobody's again")
    assert nobodys.conversation_id is not None
    await answers.close(hotline, nobodys.conversation_id, nobodys.number)
    assert await taken(hotline, had) == "another"
    assert await taken(hotline, nobodys) == "a_colleague"


async def test_in_the_chat_it_is_said_who_takes_what_is_opened_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    [said] = await speaks(hotline, closed).says(TicketReopen(), "請重開")
    assert (said["response"], said["takes"]) == ("utter_reopen_ask", "專員會接手")


async def test_what_is_open_is_not_opened_again_but_takes_the_words(
    hotline: Hotline, ticket: Ticket, partner: Partner
) -> None:
    said = await partner.says(TicketReopen(), f"{ticket.number} 又壞了 風扇不轉")
    assert said[0]["response"] == "utter_reopen_open"
    assert await notes(hotline, ticket) == [("addition", "又壞了 風扇不轉")]
    assert (await ticket_row(hotline, ticket.number)).reopened == 0


async def test_what_is_too_old_goes_on_in_a_new_ticket(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed")
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=15))
    partner = speaks(hotline, old)
    assert response(await partner.says(TicketReopen(), f"重開 {old.number}")) == "reopen_old_ask"
    said = await partner.says(Unsure(), "又開不了機，整台沒反應")
    assert response(said) == "reopen_new"
    new = await ticket_row(hotline, said[0]["number"])
    assert (new.follows, new.intent, new.contact) == (old.number, old.intent, old.contact)
    assert new.description == "又開不了機，整台沒反應"
    assert [entry.ticket_id for entry in await journal(hotline, "ticket.follows")] == [new.id]
    assert old.conversation_id is not None
    again = await open_again(hotline, old.conversation_id, old.number, "又開不了機")
    assert again.number == new.number
    assert (await ticket_row(hotline, old.number)).state == "closed"


async def test_of_what_is_too_old_everything_said_offers_a_new_ticket_that_goes_on_from_it(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed")
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=15))
    partner = speaks(hotline, old)
    button = f'/ticket_reopen{{"ticket_number":"{old.number}"}}'
    for language, words in (("zh-TW", "開一張新的接續它"), ("en", "a new ticket goes on from it")):
        reply = told.status(hotline, old, language)
        assert words in reply.text
        assert "14 天內" not in reply.text
        assert [one["payload"] for one in reply.buttons] == [button]
    assert told.confirmed(hotline, old, "zh-TW") == told.status(hotline, old, "zh-TW")
    plain = told.status(hotline, replace(old, resolution=None), "zh-TW")
    assert (plain.name, "接續" in plain.text) == ("status_closed_plain_old", True)
    for action, words in (
        (TicketAdd(), "補充 log 已寄出"),
        (Correct(), "電話打錯 是 0933-123-456"),
        (TicketEscalate(), "等太久了"),
    ):
        uttered = await partner.says(action, f"{old.number} {words}")
        assert response(uttered) == "closed_takes_nothing_old"
        assert uttered[0]["n"] == 14


async def test_on_the_last_day_it_may_still_be_opened_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=14))
    assert "14 天內可以重開" in told.status(hotline, closed, "zh-TW").text


async def test_a_no_to_what_is_too_old_by_now_asks_what_happens_or_takes_the_words_as_that(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "resolved")
    partner = speaks(hotline, old)
    assert old.conversation_id is not None
    elsewhere, _greeting = await start(hotline, contact)
    await answers.confirm_solved(hotline, elsewhere.id, old.number)
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=15))
    assert response(await partner.says(Deny(), "還沒")) == "reopen_old_ask"
    said = await partner.says(Unsure(), "又開不了機，整台沒反應")
    assert response(said) == "reopen_new"
    assert (await ticket_row(hotline, said[0]["number"])).follows == old.number

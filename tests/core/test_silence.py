"""A partner who does not answer is reminded, told when the ticket closes, and then it does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from actions.dialogue import Affirm
from desk.letters import laid_out
from hotline.calendar import plan as plans
from hotline.calendar.days import Hours
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan
from hotline.calendar.service import change
from hotline.core import Hotline
from hotline.deliveries import DeliveryRow, mark_chat_delivered, undelivered_seqs
from hotline.notices.queueing import note_news
from hotline.notices.sending import mail_next
from hotline.partners.service import Contact
from hotline.settings import MailSettings, SilenceSettings
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, ratings
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.queries import locked_by_id
from hotline.tickets.rows import TicketRow
from hotline.tickets.silence import reset
from hotline.tickets.silence_steps import HANDLERS
from hotline.tickets.ticket import Ticket
from hotline.tickets.told import status_now
from hotline.timers.rows import TimerRow
from hotline.timers.service import fire_next
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    everything_journalled,
    journal,
    opened,
    said,
    says,
    ticket_row,
)
from tests.core.follow_up import Partner

TAIPEI = ZoneInfo("Asia/Taipei")
MINUTE = timedelta(minutes=1)
_OF_SILENCE = ("解決了嗎", "已結案", "請在")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TAIPEI)


async def fire_all(hotline: Hotline, *, mailing: bool = True) -> None:
    while await fire_next(hotline, HANDLERS):
        pass
    while await note_news(hotline):
        pass
    while mailing and await mail_next(hotline, laid_out):
        pass


async def fire_at(hotline: Hotline, moment: str, *, mailing: bool = True) -> None:
    hotline.clock.set(at(moment))
    await fire_all(hotline, mailing=mailing)


async def reset_all(hotline: Hotline) -> None:
    """As a change of the calendar does for every ticket that waits for its partner."""
    waits = TicketRow.state.in_(("resolved", "waiting_partner"))
    async with hotline.database.read() as session:
        ids = list(await session.scalars(select(TicketRow.id).where(waits).order_by(TicketRow.id)))
    for ticket_id in ids:
        async with hotline.database.write() as session:
            row = await locked_by_id(session, ticket_id)
            assert row is not None
            await reset(session, hotline, row)


async def steps(hotline: Hotline) -> list[str]:
    """What silence has done so far."""
    entries = await journal(hotline, "ticket.reminded", "ticket.moved")
    return [
        entry.detail.get("step") or entry.detail["move"]
        for entry in entries
        if entry.actor == "bot"
    ]


async def due(hotline: Hotline) -> dict[str, str]:
    """What is still to be done, by the timer's last word, at the hotline's own time."""
    async with hotline.database.read() as session:
        rows = await session.scalars(select(TimerRow).where(TimerRow.done_at.is_(None)))
    return {
        row.key.rpartition(":")[2]: f"{row.due_at.astimezone(TAIPEI):%Y-%m-%d %H:%M}"
        for row in rows
        if row.key.startswith("silence:")
    }


def letters(hotline: Hotline) -> list[EmailMessage]:
    """The mails about silence that were written, oldest first."""
    folder = hotline.settings.var_dir / "mail"
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    return [mail for mail in mails if any(words in mail["Subject"] for words in _OF_SILENCE)]


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def waiting(hotline: Hotline, contact: Contact | None, staff: Staff, since: str) -> Ticket:
    hotline.clock.set(at(since))
    return await brought_to(hotline, contact, staff, "waiting_partner")


async def resolved(hotline: Hotline, contact: Contact | None, staff: Staff, since: str) -> Ticket:
    hotline.clock.set(at(since))
    return await brought_to(hotline, contact, staff, "resolved")


def talk_of(ticket: Ticket) -> str:
    assert ticket.conversation_id is not None
    return ticket.conversation_id


@pytest.mark.parametrize(
    ("since", "reminded", "closed"),
    [
        ("2026-12-01 10:15", "2026-12-02 10:15", "2026-12-04 10:15"),
        ("2026-12-03 15:00", "2026-12-04 15:00", "2026-12-08 15:00"),  # over a weekend
        ("2026-12-04 22:40", "2026-12-08 09:00", "2026-12-10 09:00"),  # from a Friday night
        ("2026-12-24 16:59", "2026-12-28 16:59", "2026-12-30 16:59"),  # over a holiday
    ],
)
async def test_no_answer_to_solved_is_asked_once_more_and_then_closed_to_the_minute(
    hotline: Hotline, contact: Contact, engineer: Staff, since: str, reminded: str, closed: str
) -> None:
    ticket = await resolved(hotline, contact, engineer, since)
    for moment, before, after in ((reminded, [], ["solved"]), (closed, ["solved"], ["lapse"])):
        hotline.clock.set(at(moment) - MINUTE)
        await fire_all(hotline)
        assert await steps(hotline) == before
        await fire_at(hotline, moment)
        assert await steps(hotline) == before + after
    row = await ticket_row(hotline, ticket.number)
    assert row.state == "closed"
    assert row.closed_at is not None
    assert timedelta(0) <= row.closed_at - at(closed) < MINUTE
    assert await due(hotline) == {}


async def test_what_was_asked_for_is_reminded_of_after_two_days_and_closed_after_ten(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    assert await due(hotline) == {"remind": "2026-12-03 10:15"}
    await fire_at(hotline, "2026-12-03 10:15")
    assert await due(hotline) == {"close": "2026-12-15 10:15"}
    await fire_at(hotline, "2026-12-15 10:15")
    assert await steps(hotline) == ["waiting", "lapse"]
    assert (await ticket_row(hotline, ticket.number)).state == "closed"


async def test_the_numbers_of_days_are_settings(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    days = SilenceSettings(solved_reminder_days=2, solved_close_days=4)
    settings = hotline.settings.model_copy(update={"silence": days})
    other = replace(hotline, settings=settings)
    await resolved(other, contact, engineer, "2026-12-01 10:15")
    assert await due(other) == {"remind": "2026-12-03 10:15"}
    await fire_at(other, "2026-12-03 10:15")
    assert await due(other) == {"close": "2026-12-07 10:15"}


async def test_the_reminder_asks_again_and_says_by_when(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-02 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.sender == "bot"
    assert ticket.number in bubble.text
    assert "週五 10:15 前沒有回覆，我就先結案，之後 14 天內可以重開。解決了嗎？" in bubble.text
    assert [button["payload"] for button in bubble.buttons] == [
        f"desk:solved:{ticket.number}",
        f"desk:unsolved:{ticket.number}",
    ]
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert conversation.asking == {"kind": "solved", "ticket": ticket.number}
    assert conversation.last_ticket == ticket.number
    [entry] = await journal(hotline, "ticket.reminded")
    assert (entry.actor, entry.ticket_id, entry.conversation_id) == (
        "bot",
        ticket.id,
        ticket.conversation_id,
    )
    told = {"queue": "technical", "state": "resolved", "step": "solved", "mailed": True}
    assert entry.detail == told
    assert (await ticket_row(hotline, ticket.number)).version == ticket.version
    async with hotline.database.read() as session:
        assert bubble.seq in await undelivered_seqs(session, talk_of(ticket))


async def test_a_yes_right_after_the_reminder_closes_the_ticket_as_solved(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-02 10:15")
    [uttered] = await Partner(hotline, talk_of(ticket)).says(Affirm(), "解決了")
    assert uttered["text"].startswith(f"好，{ticket.number} 結案")
    assert (await journal(hotline, "ticket.moved"))[-1].detail["move"] == "confirm"
    await fire_at(hotline, "2026-12-31 10:15")
    assert await steps(hotline) == ["solved"]


async def test_the_reminder_repeats_what_staff_asked_if_it_is_short(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-03 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.text.startswith(f"{ticket.number} 還在等您回覆：「請稍候」。")
    assert "12/15（週二）10:15 前沒有回覆" in bubble.text
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert conversation.asking == {"kind": "reply", "ticket": ticket.number}


async def test_long_words_are_not_repeated(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    long = "請提供序號、型號、錯誤代碼、發生的時間，" * 4
    await handling.reply(hotline, engineer, ticket.number, long)
    await fire_at(hotline, "2026-12-03 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.text.startswith(f"{ticket.number}（{ticket.subject}）還在等您回覆。")


async def test_closing_says_how_it_is_opened_again_and_it_is(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-02 10:15")
    await fire_at(hotline, "2026-12-04 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert bubble.text.startswith(f"{ticket.number} 沒有等到您的回覆，先結案。")
    assert [button["payload"] for button in bubble.buttons] == [f"desk:unsolved:{ticket.number}"]
    conversation = await conversation_row(hotline, ticket.conversation_id)
    assert (conversation.asking, conversation.last_ticket) == (None, ticket.number)
    told = (await journal(hotline, "ticket.moved"))[-1]
    assert (told.actor, told.detail["move"], told.detail["state"]) == ("bot", "lapse", "closed")
    row = await answers.reopen(hotline, talk_of(ticket), ticket.number, "風扇又停了")
    assert (row.state, row.reopened) == ("open", 1)
    assert await due(hotline) == {}


async def test_an_answer_stops_it_and_a_second_waiting_starts_anew(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-03 10:15")
    await answers.add(hotline, talk_of(ticket), ticket.number, "序號 78A1234")
    assert await due(hotline) == {}
    await fire_at(hotline, "2026-12-16 10:15")
    assert await steps(hotline) == ["waiting"]
    await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請拍照")
    assert await due(hotline) == {"remind": "2026-12-18 10:15"}
    await fire_at(hotline, "2026-12-18 10:15")
    assert "請拍照" in (await said(hotline, ticket.conversation_id))[-1].text
    assert await steps(hotline) == ["waiting", "waiting"]


async def test_not_solved_stops_it(hotline: Hotline, contact: Contact, engineer: Staff) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await answers.reopen(hotline, talk_of(ticket), ticket.number, "還沒")
    await fire_at(hotline, "2026-12-31 10:15")
    assert await steps(hotline) == []
    assert (await ticket_row(hotline, ticket.number)).state == "open"


async def test_solved_after_waiting_counts_from_the_solution(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-03 10:15")
    hotline.clock.set(at("2026-12-08 11:30"))
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換電源")
    assert await due(hotline) == {"remind": "2026-12-09 11:30"}


async def test_after_waiting_for_others_the_partners_days_begin_with_the_question(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    hotline.clock.set(at("2026-12-01 10:15"))
    ticket = await brought_to(hotline, contact, engineer, "waiting_other")
    assert await due(hotline) == {}
    hotline.clock.set(at("2026-12-14 11:00"))
    await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請拍照")
    assert await due(hotline) == {"remind": "2026-12-16 11:00"}


async def test_another_change_of_the_ticket_neither_delays_nor_repeats_a_step(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    hotline.clock.set(at("2026-12-02 09:00"))
    await handling.note(hotline, engineer, ticket.number, "等夥伴確認")
    await fire_at(hotline, "2026-12-02 10:15")
    await handling.take_over(hotline, lead, ticket.number)
    await ratings.rate(hotline, talk_of(ticket), ticket.number, 5)
    assert await due(hotline) == {"close": "2026-12-04 10:15"}
    await fire_at(hotline, "2026-12-04 10:15")
    assert await steps(hotline) == ["solved", "lapse"]


async def test_what_was_due_while_nothing_ran_is_reminded_of_first_and_closed_days_later(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-10 14:20")
    assert await steps(hotline) == ["solved"]
    assert await due(hotline) == {"close": "2026-12-14 14:20"}
    assert "週一（12/14）14:20" in (await said(hotline, ticket.conversation_id))[-1].text
    await fire_at(hotline, "2026-12-14 14:20")
    assert await steps(hotline) == ["solved", "lapse"]


async def test_a_late_step_waits_for_the_hotline_to_open(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await fire_at(hotline, "2026-12-05 23:30")  # a Saturday night
    assert (await steps(hotline), letters(hotline)) == ([], [])
    assert await due(hotline) == {"remind": "2026-12-07 09:00"}
    await fire_at(hotline, "2026-12-07 09:00")
    assert await steps(hotline) == ["solved"]


async def change_calendar(hotline: Hotline, changed: Callable[[Plan], Plan]) -> None:
    await change(hotline.database, hotline.calendars, hotline.now(), "staff:3", "changed", changed)
    await reset_all(hotline)


def declared(kind: str, day: str, *hours: str) -> Callable[[Plan], Plan]:
    when = date.fromisoformat(day)
    spans = tuple(Hours.parse(span) for span in hours)
    special = Exceptional(kind, when, "颱風停班", "Typhoon", spans)
    return lambda plan: plans.with_exception(plan, special, date(2026, 12, 1), 615)


async def test_a_day_that_is_closed_after_all_does_not_count(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    await change_calendar(hotline, declared(CLOSED, "2026-12-02"))
    assert await due(hotline) == {"remind": "2026-12-03 10:15"}
    await fire_at(hotline, "2026-12-03 10:15")
    await change_calendar(hotline, declared(CLOSED, "2026-12-04"))
    assert await due(hotline) == {"close": "2026-12-08 10:15"}
    await reset_all(hotline)
    assert await due(hotline) == {"close": "2026-12-08 10:15"}
    await fire_at(hotline, "2026-12-08 10:15")
    assert await steps(hotline) == ["solved", "lapse"]


async def test_a_sudden_closure_puts_a_step_off_until_the_hotline_is_open_again(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-11-30 15:00")
    hotline.clock.set(at("2026-12-01 10:15"))
    await change(
        hotline.database,
        hotline.calendars,
        hotline.now(),
        "staff:3",
        "close_now",
        declared(SUDDEN, "2026-12-01", "10:15-24:00"),
    )
    await fire_at(hotline, "2026-12-01 15:00")
    assert (await steps(hotline), await due(hotline)) == ([], {"remind": "2026-12-02 09:00"})
    await fire_at(hotline, "2026-12-02 09:00")
    assert await steps(hotline) == ["solved"]


async def test_no_ticket_closes_earlier_than_its_reminder_said(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-03 10:15")
    await fire_at(hotline, "2026-12-04 10:15")
    assert await due(hotline) == {"close": "2026-12-08 10:15"}
    await change_calendar(hotline, declared(OPEN, "2026-12-05"))
    assert await due(hotline) == {"close": "2026-12-08 10:15"}


async def test_tickets_from_before_get_their_times_once(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    async with hotline.database.write() as session:
        await session.execute(delete(TimerRow))
    for _ in range(2):
        await reset_all(hotline)
        assert await due(hotline) == {"remind": "2026-12-02 10:15"}
    await fire_at(hotline, "2026-12-02 10:15")
    await reset_all(hotline)
    await fire_all(hotline)
    assert await steps(hotline) == ["solved"]


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


async def test_who_asks_how_it_stands_hears_by_when_an_answer_is_waited_for(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await resolved(hotline, contact, engineer, "2026-12-01 10:15")
    told = await status_now(hotline, ticket, "zh-TW")
    assert told.text.endswith("換電源。週五 10:15 前沒有回覆就先結案。解決了嗎？")
    await fire_at(hotline, "2026-12-03 11:00")  # late by a day
    told = await status_now(hotline, ticket, "en")
    assert "Without an answer by Mon 7 Dec, 11:00 it will be closed." in told.text
    await answers.reopen(hotline, talk_of(ticket), ticket.number, "還沒")
    row = await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請拍")
    told = await status_now(hotline, row, "zh-TW")
    assert told.text.endswith("您補上後繼續計時；12/17（週四）11:00 前沒有回覆就先結案。")
    closed = await answers.close(hotline, talk_of(ticket), ticket.number)
    assert "沒有回覆" not in (await status_now(hotline, closed, "zh-TW")).text


async def test_english_is_answered_in_english(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await waiting(hotline, contact, engineer, "2026-12-01 10:15")
    await says(hotline, talk_of(ticket), "I will look for the serial number tomorrow", "n1")
    await fire_at(hotline, "2026-12-03 10:15")
    bubble = (await said(hotline, ticket.conversation_id))[-1]
    assert "without one by Tue 15 Dec, 10:15 I'll close it" in bubble.text

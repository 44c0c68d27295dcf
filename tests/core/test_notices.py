"""Notices by a real SMTP server: noted once, mailed at least once as one mail, and not for ever."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from hotline.conversations.holding import staff_says, take
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.deliveries import DeliveryRow, mark_chat_delivered
from hotline.escalations.rows import WHYS
from hotline.notices import compose, retry
from hotline.notices.queueing import note_news
from hotline.notices.rows import MarkRow
from hotline.partners.rows import ContactRow
from hotline.partners.service import Contact
from hotline.settings.sections import IntakeSettings, SmtpSettings
from hotline.staff.rows import StaffRow
from hotline.staff.service import Staff
from hotline.tickets import amending, handling
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.core.desk_work import WORDS, brought_to, journal, opened
from tests.core.notice_work import (
    Postbox,
    deliveries,
    html_of,
    mail_all,
    mailing_to,
    note_all,
    serving,
    text_of,
)

MINUTE = timedelta(minutes=1)
LEFT = 5 * MINUTE
ANSWER = "請先換電源線 <b>再試</b>"


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
async def mailing(hotline: Hotline, postbox: Postbox) -> AsyncIterator[Hotline]:
    async with serving(postbox) as port:
        yield replace(hotline, settings=mailing_to(hotline.settings, port))


async def fetched(hotline: Hotline, ticket: Ticket) -> None:
    """The partner's page has all that was said."""
    assert ticket.conversation_id is not None
    async with hotline.database.write() as session:
        await mark_chat_delivered(session, ticket.conversation_id, 1000, hotline.now())


async def test_opening_a_ticket_is_answered_by_a_receipt_with_the_promise(
    mailing: Hotline, postbox: Postbox, contact: Contact
) -> None:
    ticket = await opened(mailing, contact)
    await mail_all(mailing)
    [mail] = postbox.taken
    assert mail["To"] == contact.email
    assert mail["Subject"] == f"{ticket.number} 已開單，技術支援會在 12/1（二）14:15 前回覆您"
    page = f"http://127.0.0.1:8080/my/tickets/{ticket.number}"
    assert page in text_of(mail)
    assert f'href="{page}"' in html_of(mail)
    assert mail["List-Unsubscribe"] == "<http://127.0.0.1:8080/my/notices#notices>"
    assert mail["Auto-Submitted"] == "auto-generated"
    for words in (text_of(mail), html_of(mail)):
        assert WORDS not in words
        assert "{" not in words
    assert not any(loads in html_of(mail) for loads in ("<img", "src=", "<table", "url("))
    [row] = await deliveries(mailing)
    assert (row.state, row.tries, row.receiver) == ("delivered", 1, f"contact:{contact.id}")


async def test_who_reads_english_is_written_to_in_english(
    mailing: Hotline, postbox: Postbox, contact: Contact
) -> None:
    async with mailing.database.write() as session:
        await session.execute(
            update(ContactRow).where(ContactRow.id == contact.id).values(language="en")
        )
    ticket = await opened(mailing, contact)
    await mail_all(mailing)
    [mail] = postbox.taken
    assert mail["Subject"] == (
        f"{ticket.number} is open: technical support will reply by Tue 1 Dec 14:15"
    )
    assert '<html lang="en">' in html_of(mail)


async def test_news_is_noted_once_whoever_reads_the_journal(
    mailing: Hotline, postbox: Postbox, contact: Contact
) -> None:
    await opened(mailing, contact)
    await note_all(mailing)
    async with mailing.database.write() as session:  # as if it were read a second time
        await session.execute(update(MarkRow).values(entry_id=0))
    await note_all(mailing)
    await mail_all(mailing)
    assert len(postbox.taken) == 1
    async with mailing.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(MarkRow)) == 1


async def test_what_the_server_puts_off_is_tried_again_ever_more_rarely_as_the_same_mail(
    mailing: Hotline, postbox: Postbox, contact: Contact
) -> None:
    await opened(mailing, contact)
    waits = list[timedelta]()
    for _ in range(4):
        postbox.answers = ["451 later"]
        await mail_all(mailing)
        assert not postbox.answers
        [row] = await deliveries(mailing)
        assert (row.state, row.failure) == ("pending", "later")
        assert row.next_at is not None
        assert row.tried_at is not None
        waits.append(row.next_at - row.tried_at)
        mailing.clock.set(row.next_at)
    assert all(later > sooner for sooner, later in itertools.pairwise(waits))
    await mail_all(mailing)
    # As if the desk had died between sending it and noting that.
    async with mailing.database.write() as session:
        await session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.channel == "mail")
            .values(state="pending", next_at=mailing.now())
        )
    await mail_all(mailing)
    first, second = postbox.taken
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@daybreak.example>")


def test_the_waits_grow_from_half_a_minute_to_an_hour() -> None:
    now = datetime.fromisoformat("2026-12-01T10:15:00+08:00")
    waits = [(retry.again_at(tries, now) - now).total_seconds() for tries in range(1, 12)]
    assert waits[:8] == [30, 60, 120, 240, 480, 960, 1920, 3600]
    assert set(waits[8:]) == {3600}


async def test_what_cannot_be_delivered_is_given_up_and_journalled_without_an_address(
    mailing: Hotline, postbox: Postbox, contact: Contact
) -> None:
    ticket = await opened(mailing, contact)
    postbox.answers = ["550 nobody lives here"]
    await mail_all(mailing)
    [row] = await deliveries(mailing)
    assert (row.state, row.failure, row.next_at) == ("undelivered", "refused", None)
    [entry] = await journal(mailing, "notice.undelivered")
    assert entry.ticket_id == ticket.id
    assert entry.detail == {
        "delivery": row.id,
        "notice": "opened",
        "receiver": f"contact:{contact.id}",
        "why": "refused",
    }


async def test_after_three_days_of_a_silent_server_it_is_given_up(
    hotline: Hotline, contact: Contact
) -> None:
    nowhere = replace(hotline, settings=mailing_to(hotline.settings, 1))
    await opened(nowhere, contact)
    await mail_all(nowhere)
    for state in ("pending", "undelivered"):
        [row] = await deliveries(nowhere)
        nowhere.clock.advance(timedelta(hours=36, minutes=2))
        await mail_all(nowhere)
        [row] = await deliveries(nowhere)
        assert (row.state, row.failure) == (state, "later")
    assert row.tries == 3


@pytest.mark.parametrize("evil", ["a@b.example\r\nBcc: all@b.example", "a@b.example\nX: y"])
async def test_no_header_is_made_of_an_address(
    mailing: Hotline, postbox: Postbox, contact: Contact, evil: str
) -> None:
    async with mailing.database.write() as session:
        await session.execute(
            update(ContactRow).where(ContactRow.id == contact.id).values(email=evil)
        )
    await opened(mailing, contact)
    await mail_all(mailing)
    assert postbox.taken == []
    [row] = await deliveries(mailing)
    assert (row.state, row.failure) == ("undelivered", "refused")


async def test_an_answer_that_is_not_read_in_the_chat_goes_by_mail_with_its_words(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(mailing, contact, engineer, "open")
    await mail_all(mailing)
    await fetched(mailing, ticket)
    postbox.taken.clear()
    await handling.reply(mailing, engineer, ticket.number, ANSWER)
    await mail_all(mailing)
    assert postbox.taken == []
    mailing.clock.advance(LEFT)
    await mail_all(mailing)
    [mail] = postbox.taken
    assert mail["Subject"] == f"{ticket.number} 有回覆：王志豪回答您了"
    assert f"王志豪:\n> {ANSWER}\n" in text_of(mail)
    assert "請先換電源線 &lt;b&gt;再試&lt;/b&gt;" in html_of(mail)


async def test_an_answer_that_was_read_is_not_mailed(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(mailing, contact, engineer, "open")
    await mail_all(mailing)
    postbox.taken.clear()
    await handling.reply(mailing, engineer, ticket.number, ANSWER)
    mailing.clock.advance(MINUTE)
    await fetched(mailing, ticket)
    mailing.clock.advance(LEFT)
    await mail_all(mailing)
    assert postbox.taken == []
    [row] = await deliveries(mailing, "reply")
    assert (row.state, row.failure) == ("dropped", "read")


async def test_a_page_that_listens_is_given_time(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(mailing, contact, engineer, "open")
    await handling.reply(mailing, engineer, ticket.number, ANSWER)
    mailing.clock.advance(LEFT)
    await mail_all(mailing, lambda talk: talk == ticket.conversation_id)
    assert postbox.subjects == [f"{ticket.number} 已開單，技術支援會在 12/1（二）14:15 前回覆您"]
    mailing.clock.advance(MINUTE)
    await mail_all(mailing)
    assert len(postbox.taken) == 2


async def test_what_was_said_while_away_is_one_mail_and_waiting_is_its_subject(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(mailing, contact, engineer, "open")
    await mail_all(mailing)
    postbox.taken.clear()
    await handling.reply(mailing, engineer, ticket.number, "第一句")
    mailing.clock.advance(MINUTE)
    await handling.set_state(mailing, engineer, ticket.number, "waiting_partner", text="請給序號")
    mailing.clock.advance(LEFT - MINUTE)
    await mail_all(mailing)
    mailing.clock.advance(LEFT)
    await mail_all(mailing)
    [mail] = postbox.taken
    assert mail["Subject"] == f"{ticket.number} 在等您回覆：王志豪要跟您確認"
    assert text_of(mail).index("第一句") < text_of(mail).index("請給序號")
    assert {row.state for row in await deliveries(mailing, "reply", "waiting")} == {"delivered"}


async def test_letters_say_what_comes_of_an_answer(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    """Only where mail is taken and somebody vouches for its sender; else not to answer."""
    smtp = SmtpSettings(enabled=True, addresses=("in@vendor.example",), trusted_relay="relay")
    taking = mailing.settings.model_copy(update={"intake": IntakeSettings(smtp=smtp)})
    for hotline in (mailing, replace(mailing, settings=taking)):
        ticket = await opened(hotline, contact, key=f"of {hotline is mailing}")
        await handling.claim(hotline, lead, ticket.number)
        await amending.amend(hotline, lead, ticket.number, "assignee", str(engineer.id))
        await mail_all(hotline)
    told = [(mail["Reply-To"], text_of(mail).split("-- ")[-1]) for mail in postbox.taken]
    assert [reply_to for reply_to, _ in told] == [None, None, *["in@vendor.example"] * 2]
    assert all("請不要直接回信" in words for _, words in told[:2])
    assert f"您的話就會加進 {ticket.number}" in told[2][1]
    assert f"記在 {ticket.number} 的內部筆記" in told[3][1]


async def test_the_mails_of_a_ticket_are_one_thread(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(mailing, contact, engineer, "open")
    other = await opened(mailing, contact, key="k2")
    await mail_all(mailing)
    await handling.reply(mailing, engineer, ticket.number, ANSWER)
    mailing.clock.advance(LEFT)
    await mail_all(mailing)
    threads = {
        number: [mail["References"] for mail in postbox.taken if number in mail["Subject"]]
        for number in (ticket.number, other.number)
    }
    assert len(threads[ticket.number]) == 2
    assert len(set(threads[ticket.number])) == 1
    assert threads[ticket.number][0] != threads[other.number][0]
    assert all(mail["In-Reply-To"] == mail["References"] for mail in postbox.taken)
    assert len({mail["Message-ID"] for mail in postbox.taken}) == 3


async def test_a_chat_that_the_partner_has_left_is_answered_by_mail(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff
) -> None:
    talk, _greeting = await start(mailing, contact)
    await take(mailing, engineer, talk.id)
    await staff_says(mailing, engineer, talk.id, ANSWER)
    mailing.clock.advance(LEFT)
    await mail_all(mailing)
    [mail] = postbox.taken
    assert mail["Subject"] == "王志豪回覆您在專線的對話"
    assert ANSWER in text_of(mail)
    assert "回到對話: http://127.0.0.1:8080/" in text_of(mail)


async def test_an_address_that_was_only_typed_gets_no_words_of_anybody_and_no_receipt(
    mailing: Hotline, postbox: Postbox, engineer: Staff
) -> None:
    talk, _greeting = await start(mailing, None)
    left = {"email": {"value": "guest@qingtian.example", "status": "known"}}
    new = NewTicket("k1", "admin_order", WORDS, 3, facts=left)
    ticket = await open_ticket(mailing, talk.id, new)
    await handling.claim(mailing, engineer, ticket.number)
    await handling.reply(mailing, engineer, ticket.number, ANSWER)
    mailing.clock.advance(LEFT)
    await mail_all(mailing)
    [mail] = postbox.taken
    assert (mail["To"], mail["List-Unsubscribe"]) == ("guest@qingtian.example", None)
    assert ANSWER not in text_of(mail)
    assert "請回到原本的對話裡看" in text_of(mail)
    assert "http" not in text_of(mail)


@pytest.mark.parametrize(
    ("choice", "expected"), [("asks", ["opened", "waiting"]), ("receipts", ["opened"])]
)
async def test_partners_choose_what_they_get(
    mailing: Hotline,
    postbox: Postbox,
    contact: Contact,
    engineer: Staff,
    choice: str,
    expected: list[str],
) -> None:
    async with mailing.database.write() as session:
        await session.execute(
            update(ContactRow).where(ContactRow.id == contact.id).values(mails=choice)
        )
    ticket = await brought_to(mailing, contact, engineer, "open")
    await handling.reply(mailing, engineer, ticket.number, ANSWER)
    mailing.clock.advance(2 * LEFT)
    await mail_all(mailing)
    await handling.set_state(mailing, engineer, ticket.number, "waiting_partner", text="序號？")
    mailing.clock.advance(2 * LEFT)
    await mail_all(mailing)
    delivered = [row.kind for row in await deliveries(mailing) if row.state == "delivered"]
    assert delivered == expected
    assert len(postbox.taken) == len(expected)


async def test_whom_a_ticket_is_given_to_hears_of_it_unless_they_took_it_themselves(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(mailing, contact)
    await amending.amend(mailing, lead, ticket.number, "assignee", str(engineer.id))
    await amending.amend(mailing, lead, ticket.number, "assignee", str(lead.id))
    await amending.amend(mailing, lead, ticket.number, "assignee", str(engineer.id))
    await mail_all(mailing)
    assert postbox.to(lead.email) == []
    # Given twice: both entries are true of whoever has it now.
    assert [mail["Subject"] for mail in postbox.to(engineer.email)] == [
        f"{ticket.number} 交給您了（技術支援，12/1（二）14:15 前）"
    ] * 2
    assert f"/console/tickets/{ticket.number}" in text_of(postbox.to(engineer.email)[0])


async def test_staff_are_left_alone_while_closed_save_by_what_wakes_them(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    mailing.clock.set(datetime.fromisoformat("2026-12-04T22:40:00+08:00"))
    ticket = await opened(mailing, contact)
    await amending.amend(mailing, lead, ticket.number, "assignee", str(engineer.id))
    down = await opened(mailing, contact, key="k2", severity=1)
    await mail_all(mailing)
    staff = [mail for mail in postbox.taken if mail["To"] != contact.email]
    assert [mail["Subject"] for mail in staff] == [
        f"值班：{down.number} 生產停機，12/4（五）22:55 前請確認"
    ]
    assert staff[0]["List-Unsubscribe"] is None
    mailing.clock.set(datetime.fromisoformat("2026-12-07T09:00:00+08:00"))
    await mail_all(mailing)
    assert f"{ticket.number} 交給您了" in "".join(postbox.subjects)


async def test_partners_are_left_alone_at_night_where_the_settings_say_so(
    mailing: Hotline, postbox: Postbox, contact: Contact
) -> None:
    notices = mailing.settings.notices.model_copy(update={"partners_at_night": False})
    quiet = replace(mailing, settings=mailing.settings.model_copy(update={"notices": notices}))
    quiet.clock.set(datetime.fromisoformat("2026-12-04T22:40:00+08:00"))
    await opened(quiet, contact)
    await mail_all(quiet)
    assert postbox.taken == []
    quiet.clock.set(datetime.fromisoformat("2026-12-07T09:00:00+08:00"))
    await mail_all(quiet)
    assert len(postbox.taken) == 1


async def test_staff_switch_off_what_they_do_not_want_but_not_what_wakes_them(
    mailing: Hotline, postbox: Postbox, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    everything = ["assigned", "raised", "warning", "complaint", "on_call"]
    async with mailing.database.write() as session:
        await session.execute(update(StaffRow).values(no_mails=everything))
    mailing.clock.set(datetime.fromisoformat("2026-12-04T22:40:00+08:00"))
    ticket = await opened(mailing, contact)
    await amending.amend(mailing, lead, ticket.number, "assignee", str(engineer.id))
    down = await opened(mailing, contact, key="k2", severity=1)
    await mail_all(mailing)
    staff = [str(mail["Subject"]) for mail in postbox.taken if mail["To"] != contact.email]
    assert [subject[:15] for subject in staff] == [f"值班：{down.number}"]
    assert [row.failure for row in await deliveries(mailing, "assigned")] == ["unwanted"]


async def test_old_news_is_no_news(mailing: Hotline, postbox: Postbox, contact: Contact) -> None:
    await opened(mailing, contact)
    mailing.clock.advance(timedelta(days=4))
    assert await note_news(mailing)
    assert await deliveries(mailing) == []


async def test_one_that_cannot_be_written_holds_up_nobody(
    mailing: Hotline, postbox: Postbox, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await opened(mailing, contact, key="k1")
    await note_all(mailing)
    write = compose.letter_of

    async def fails_for_the_first(session: Any, hotline: Any, row: DeliveryRow, *rest: Any) -> Any:
        if row.ticket_id == first.id:
            raise KeyError("a word that is missing")
        return await write(session, hotline, row, *rest)

    monkeypatch.setattr("hotline.notices.sending.letter_of", fails_for_the_first)
    second = await opened(mailing, contact, key="k2")
    await mail_all(mailing)
    assert any(second.number in subject for subject in postbox.subjects)
    assert not any(first.number in subject for subject in postbox.subjects)
    [row] = [one for one in await deliveries(mailing, "opened") if one.ticket_id == first.id]
    assert (row.state, row.failure, row.tries) == ("pending", "not_written", 1)
    monkeypatch.undo()
    mailing.clock.advance(timedelta(minutes=2))
    await mail_all(mailing)
    assert any(first.number in subject for subject in postbox.subjects)


def test_every_reason_to_bring_something_up_has_a_word() -> None:
    for why in WHYS:
        for language in ("zh-TW", "en"):
            assert compose.words().say(f"why.{why}", language)

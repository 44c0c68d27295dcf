"""Erasing a person: nothing of them is left anywhere, and what counts is still counted."""

import os
import sqlite3
from typing import Any

import pytest
from sqlalchemy import select, update

from hotline import access
from hotline.access_codes import service as codes
from hotline.access_codes.codes import NewCode
from hotline.conversations import holding, turns
from hotline.conversations.service import start
from hotline.conversations.stored_files import path_of
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound, Unauthorized
from hotline.partners import sessions
from hotline.partners.record_rows import CertificationRow
from hotline.partners.rows import ContactRow
from hotline.partners.service import Contact, contact_by_email
from hotline.privacy import erasing, outside, placeholders
from hotline.privacy.marks import MASK
from hotline.replies import Reply
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, queries
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.rows import NoteRow, RatingRow, TicketRow
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, journal, notes_on, said, says, ticket_row
from tests.core.personal import (
    ADDED,
    BYTES,
    MACHINE,
    PLATYPUS,
    hears,
    kept_on,
    left_in_database,
    left_in_files,
    senders_kept,
    sessions_kept,
    tracker_of,
    upload,
)


def marks_of(contact: Contact) -> tuple[str, ...]:
    assert contact.phone is not None
    return contact.name, contact.email, contact.phone, contact.phone.replace("-", "")


async def test_nothing_of_the_person_is_left_anywhere(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer)
    searched = (*marks_of(contact), *story.words)
    assert await left_in_database(hotline, *searched) != []
    assert left_in_files(hotline.settings.var_dir, "aardvark", contact.email, PLATYPUS) != []

    erased = await erasing.erase_contact(hotline, CONTACT)

    assert await left_in_database(hotline, *searched) == []
    assert left_in_files(hotline.settings.var_dir, *searched) == []
    assert not path_of(hotline.settings, story.file.sha256).exists()
    assert erased.complete
    assert (erased.files, erased.engine_events, erased.mails) == (1, 1, 1)
    assert erased.rows["messages"] > 0


async def test_the_ticket_counts_on_and_the_journal_is_whole(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer)
    before, entries = await ticket_row(hotline, story.ticket.number), await journal(hotline)

    await erasing.erase_contact(hotline, CONTACT)

    after = await ticket_row(hotline, story.ticket.number)
    for stays in (
        "number", "queue", "intent", "severity", "state", "source", "audience", "opened_at",
        "first_responded_at", "resolved_at", "closed_at", "assignee", "identity_verified",
    ):  # fmt: skip
        assert getattr(after, stays) == getattr(before, stays), stays
    assert (after.subject, after.description, after.severity_words) == ("（內容已刪除）", "", ())
    assert after.facts == {"serial": {"value": "78A1234", "status": "known"}}
    assert after.resolution == f"已換電源，並告知{MASK}"
    assert after.contact is not None
    assert (after.contact.name, after.contact.partner_id) == ("已刪除的聯絡人", contact.partner_id)
    async with hotline.database.read() as session:
        [rating] = await session.scalars(select(RatingRow))
        assert (rating.score, rating.words) == (2, "")
        kinds = [note.kind for note in await session.scalars(select(NoteRow))]
        certificates = await session.scalars(
            select(CertificationRow.title).where(CertificationRow.person.like("erased-%"))
        )
        assert sorted(certificates) == ["Power 專業", "Power 系統銷售"]
    assert sorted(kinds) == ["addition", "note", "resolution"]
    now = await journal(hotline)
    assert now[: len(entries)] == entries
    assert [entry.kind for entry in now[len(entries) :]] == ["person.erased", "ticket.erased"]
    assert now[len(entries)].detail["contact"] == contact.id


async def test_what_colleagues_said_of_the_person_is_masked_and_the_rest_stays(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    colleague, stranger = (
        await contact_of(hotline, COLLEAGUE),
        await contact_of(hotline, OTHER_COMPANY),
    )
    await kept_on(hotline, contact, engineer)
    quoting, _ = await start(hotline, colleague)
    sender = await hears(
        hotline, quoting.id, "請改找陳怡君 0912345678，信箱 YiChun.Chen@heguang.example"
    )
    elsewhere, _ = await start(hotline, stranger)
    await says(hotline, elsewhere.id, "陳怡君 0912-345-678 yichun.chen@heguang.example", "e1")
    await says(hotline, elsewhere.id, "陳怡君", "e2")
    other = await open_ticket(
        hotline,
        quoting.id,
        NewTicket(
            "k2",
            "admin_order",
            "訂單窗口是陳怡君",
            3,
            facts={"contact": {"value": "陳怡君 0912-345-678", "status": "known"}},
        ),
    )

    erased = await erasing.erase_contact(hotline, CONTACT)

    texts = [message.text for message in await said(hotline, quoting.id)]
    assert f"請改找{MASK} {MASK}，信箱 {MASK}" in texts
    ticket = await ticket_row(hotline, other.number)
    assert (ticket.description, ticket.subject) == (f"訂單窗口是{MASK}", f"訂單窗口是{MASK}")
    assert ticket.facts["contact"] == {"value": f"{MASK} {MASK}", "status": "known"}
    assert erased.masked == 3  # a message, a ticket, and an address at another company
    # At another company the same name may be somebody else's, unless the address stands there.
    kept = [message.text for message in await said(hotline, elsewhere.id)]
    assert kept[-2:] == [f"{MASK} {MASK} {MASK}", "陳怡君"]
    # The engine has heard it as well, so the colleague's next turn begins a session of its own.
    assert sender not in await sessions_kept(hotline) | senders_kept(hotline)
    assert left_in_files(hotline.settings.var_dir, "0912345678", CONTACT) == []
    assert await left_in_database(hotline, CONTACT, "0912345678") == []


async def test_what_the_person_added_to_a_colleagues_ticket_goes_with_them(
    hotline: Hotline, contact: Contact
) -> None:
    colleague = await contact_of(hotline, COLLEAGUE)
    theirs, _ = await start(hotline, colleague)
    ticket = await open_ticket(hotline, theirs.id, NewTicket("k", "other_request", "門禁", 3))
    await says(hotline, theirs.id, "門禁卡也要換", "t1")
    await answers.add(hotline, theirs.id, ticket.number, "門禁卡也要換")
    own, _ = await start(hotline, contact)
    await says(hotline, own.id, f"補充 {ADDED}", "o1")
    await answers.add(hotline, own.id, ticket.number, ADDED)
    await forget_the_author(hotline, ADDED)
    # Of this one nothing was said in the chat: only the note itself says whose it is.
    await answers.add(hotline, own.id, ticket.number, "長頸鹿的梯子")

    would = await erasing.erase_contact(hotline, CONTACT, dry_run=True)
    assert would.rows["ticket_notes"] == 1
    erased = await erasing.erase_contact(hotline, CONTACT)

    assert erased.rows["ticket_notes"] == 2
    async with hotline.database.read() as session:
        notes = [note.text for note in await queries.notes_of(session, ticket.id)]
    assert notes == ["門禁卡也要換", "（內容已刪除）", "（內容已刪除）"]


async def forget_the_author(hotline: Hotline, text: str) -> None:
    """As of what was noted before notes had one."""
    async with hotline.database.write() as session:
        await session.execute(update(NoteRow).where(NoteRow.text == text).values(contact_id=None))


async def test_a_person_is_masked_in_a_note_of_nobody_known(
    hotline: Hotline, contact: Contact
) -> None:
    theirs, _ = await start(hotline, await contact_of(hotline, COLLEAGUE))
    ticket = await open_ticket(hotline, theirs.id, NewTicket("k", "other_request", "門禁", 3))
    await answers.add(hotline, theirs.id, ticket.number, "請找陳怡君")
    await forget_the_author(hotline, "請找陳怡君")
    await erasing.erase_contact(hotline, CONTACT)
    assert await notes_on(hotline, ticket) == [f"請找{MASK}"]


async def test_what_a_colleague_was_shown_of_the_ticket_loses_its_words(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer)
    shown, _ = await start(hotline, await contact_of(hotline, COLLEAGUE))
    received = await says(hotline, shown.id, "我們公司的工單", "c1")
    turn = await turns.begin(hotline, shown.id, received.message)
    number = story.ticket.number
    card = {"kind": "list", "items": [{"number": number, "subject": MACHINE}]}
    told = Reply(f"{number}「{MACHINE}」處理中", (), card)
    await turns.store_answer(
        hotline, shown.id, received.message, turn, turns.Answer((told,), None, "list", 1.0)
    )

    await erasing.erase_contact(hotline, CONTACT)

    last = (await said(hotline, shown.id))[-1]
    assert last.text == f"{number}「{MASK}」處理中"
    assert last.card == {"kind": "list", "items": [{"number": number, "subject": MASK}]}


async def test_a_number_or_a_name_that_others_share_is_not_masked(
    hotline: Hotline, contact: Contact
) -> None:
    colleague = await contact_of(hotline, COLLEAGUE)
    async with hotline.database.write() as session:
        row = await session.get_one(ContactRow, contact.id)
        row.phone = "02-23456789"  # the switchboard, the colleague's too
        session.add(
            ContactRow(partner_id="P-1001", name=row.name, email="same@heguang.example", roles=[])
        )
    theirs, _ = await start(hotline, colleague)
    await says(hotline, theirs.id, "打 02-2345-6789 找陳怡君", "c1")
    await erasing.erase_contact(hotline, CONTACT)
    assert "打 02-2345-6789 找陳怡君" in [
        message.text for message in await said(hotline, theirs.id)
    ]


async def test_nobody_signs_in_or_speaks_as_the_erased(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer)
    portal = access.partner_token(hotline, contact)
    browser = await sessions.begin(hotline, contact, sessions.CODE, "Chrome, Windows")

    await erasing.erase_contact(hotline, CONTACT)

    async with hotline.database.read() as session:
        with pytest.raises(Unauthorized):
            await access.contact_of_partner_token(hotline, session, portal)
        assert await sessions.live(session, browser.id, hotline.now()) is None
        row = await session.get_one(ContactRow, contact.id)
        assert await contact_by_email(session, row.email) is None
        assert (row.phone, row.roles, row.partner_id) == (None, [], contact.partner_id)
        assert row.erased_at is not None
    with pytest.raises(NotFound):
        await says(hotline, story.conversation, "我還在", "x1")
    assert (await conversation_row(hotline, story.conversation)).is_erased
    assert await said(hotline, story.conversation) == []
    new, _ = await start(hotline, None)
    code = await codes.new_code(hotline, new.id, "c", CONTACT)
    assert isinstance(code, NewCode)
    await codes.send(hotline, code, "zh-TW")
    assert list((hotline.settings.var_dir / "mail").glob("*")) == []


async def test_an_answer_that_comes_after_the_erasing_is_not_stored(
    hotline: Hotline, contact: Contact
) -> None:
    conversation, _ = await start(hotline, contact)
    received = await says(hotline, conversation.id, PLATYPUS, "c1")
    turn = await turns.begin(hotline, conversation.id, received.message)
    await erasing.erase_contact(hotline, CONTACT)
    answer = turns.Answer((Reply(f"您說{PLATYPUS}"),), None, "x", 1.0)
    assert not await turns.store_answer(hotline, conversation.id, received.message, turn, answer)
    await turns.say_first(hotline, conversation.id, answer.replies)
    await turns.answer_without_engine(hotline, conversation.id, 9, answer.replies, failed=True)
    with pytest.raises(NotFound):
        await turns.begin(hotline, conversation.id, received.message)
    assert await left_in_database(hotline, PLATYPUS) == []


async def test_events_that_the_engine_wrote_late_are_swept_later(
    hotline: Hotline, contact: Contact
) -> None:
    conversation, _ = await start(hotline, contact)
    other, _ = await start(hotline, None)
    kept = await hears(hotline, other.id, "留著")
    late = await hears(hotline, conversation.id, PLATYPUS)
    await erasing.erase_contact(hotline, CONTACT)
    assert senders_kept(hotline) == {kept}
    with sqlite3.connect(tracker_of(hotline)) as database:
        database.execute("INSERT INTO events (sender_id, data) VALUES (?, ?)", (late, PLATYPUS))
    assert await outside.sweep_engine(hotline) == 1
    assert senders_kept(hotline) == {kept}
    assert left_in_files(hotline.settings.var_dir, PLATYPUS) == []


async def test_open_tickets_are_told_and_must_be_meant(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer, closed=False)
    with pytest.raises(Conflict, match=story.ticket.number) as refused:
        await erasing.erase_contact(hotline, CONTACT)
    assert refused.value.fields["tickets"] == [story.ticket.number]
    assert await contact_of(hotline, CONTACT) == contact

    erased = await erasing.erase_contact(hotline, CONTACT, also_open=True)

    assert erased.open_tickets == (story.ticket.number,)
    assert await left_in_database(hotline, *marks_of(contact), *story.words) == []
    # The company keeps it: a colleague sees it, and staff can bring it to its end.
    colleague, _ = await start(hotline, await contact_of(hotline, COLLEAGUE))
    async with hotline.database.read() as session:
        assert (
            await queries.find_for(session, hotline, colleague, story.ticket.number)
        ).state == "open"
    with pytest.raises(Conflict, match="no conversation"):
        await handling.reply(hotline, engineer, story.ticket.number, "您好")
    done = await handling.set_state(
        hotline, engineer, story.ticket.number, "resolved", text="已換電源"
    )
    assert done.state == "resolved"


async def test_a_dry_run_tells_and_changes_nothing(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer, closed=False)
    quoting, _ = await start(hotline, await contact_of(hotline, COLLEAGUE))
    await says(hotline, quoting.id, "找陳怡君", "c1")
    entries = await journal(hotline)
    would = await erasing.erase_contact(hotline, CONTACT, dry_run=True)
    assert (would.dry_run, would.masked, would.files) == (True, 1, 1)
    assert would.open_tickets == (story.ticket.number,)
    assert await journal(hotline) == entries
    assert path_of(hotline.settings, story.file.sha256).read_bytes() == BYTES
    did = await erasing.erase_contact(hotline, CONTACT, also_open=True)
    assert did.rows == would.rows
    assert did.masked == would.masked


async def test_bytes_that_somebody_else_sent_too_stay(hotline: Hotline, contact: Contact) -> None:
    own, _ = await start(hotline, contact)
    theirs, _ = await start(hotline, await contact_of(hotline, COLLEAGUE))
    file = await upload(hotline, own.id, b"same", "a.txt")
    await upload(hotline, theirs.id, b"same", "b.txt")
    assert (await erasing.erase_contact(hotline, CONTACT)).files == 0
    assert path_of(hotline.settings, file.sha256).read_bytes() == b"same"


async def test_whoever_was_talking_or_waiting_is_let_go(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    conversation, _ = await start(hotline, contact)
    await holding.take(hotline, engineer, conversation.id)
    await erasing.erase_contact(hotline, CONTACT)
    row = await conversation_row(hotline, conversation.id)
    assert (row.holder, row.staff) == ("nobody", None)


async def test_nobody_brings_them_back_in_silence(hotline: Hotline, contact: Contact) -> None:
    async with hotline.database.read() as session:
        assert not await placeholders.was_erased(hotline, session, CONTACT)
    await erasing.erase_contact(hotline, CONTACT)
    async with hotline.database.write() as session:
        assert await placeholders.was_erased(hotline, session, f" {CONTACT.upper()} ")
        assert not await placeholders.was_erased(hotline, session, COLLEAGUE)
        # Somebody decided to, by hand; and may be erased once more.
        session.add(ContactRow(partner_id="P-1001", name="陳怡君", email=CONTACT, roles=[]))
    again = await erasing.erase_contact(hotline, CONTACT)
    assert again.contact != contact.id
    assert not again.already
    async with hotline.database.read() as session:
        assert await placeholders.was_erased(hotline, session, CONTACT)


async def test_an_erasing_that_broke_off_is_finished_by_the_next(
    hotline: Hotline, contact: Contact, engineer: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = await kept_on(hotline, contact, engineer)

    async def fails(*_: Any, **__: Any) -> int:
        raise OSError("the disk is gone")

    with monkeypatch.context() as broken:
        broken.setattr(outside, "sweep_files", fails)
        with pytest.raises(OSError, match="disk"):
            await erasing.erase_contact(hotline, CONTACT)
    assert path_of(hotline.settings, story.file.sha256).exists()
    os.utime(path_of(hotline.settings, story.file.sha256), (0, 0))
    again = await erasing.erase_contact(hotline, CONTACT)
    assert (again.rows, again.files, again.engine_events, again.mails) == ({}, 1, 1, 1)
    assert again.already
    assert left_in_files(hotline.settings.var_dir, *marks_of(contact), *story.words) == []


async def test_a_visitor_is_erased_by_the_address(hotline: Hotline, engineer: Staff) -> None:
    address = "wang@qingtian.example"
    left, _ = await start(hotline, None)
    await says(hotline, left.id, f"我是王曉明，{PLATYPUS}，{address}", "v1")
    ticket = await open_ticket(
        hotline,
        left.id,
        NewTicket(
            "v",
            "admin_order",
            PLATYPUS,
            3,
            facts={"email": {"value": address, "status": "known"}},
        ),
    )
    await answers.close(hotline, left.id, ticket.number)
    another, _ = await start(hotline, None)
    await says(hotline, another.id, f"驗證碼請寄 {address}", "a1")

    await erasing.erase_visitor(hotline, address.upper())

    assert await left_in_database(hotline, address, PLATYPUS, "王曉明") == []
    assert left_in_files(hotline.settings.var_dir, address, PLATYPUS, "王曉明") == []
    assert (await conversation_row(hotline, left.id)).is_erased
    assert (await ticket_row(hotline, ticket.number)).state == "closed"
    assert f"驗證碼請寄 {MASK}" in [m.text for m in await said(hotline, another.id)]
    again = await erasing.erase_visitor(hotline, f" {address} ")
    assert (again.already, again.rows) == (True, {})


async def test_a_contact_is_no_visitor_and_a_stranger_nobody(
    hotline: Hotline, contact: Contact
) -> None:
    with pytest.raises(Conflict, match="is a contact's"):
        await erasing.erase_visitor(hotline, CONTACT)
    for erase in (erasing.erase_contact, erasing.erase_visitor):
        with pytest.raises(NotFound):
            await erase(hotline, "nobody@x.example")
    async with hotline.database.read() as session:
        assert list(await session.scalars(select(TicketRow.id))) == []

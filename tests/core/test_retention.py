"""What has been kept long enough goes; nothing of an open ticket ever does."""

import asyncio
import fcntl
import os
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from hotline.access_codes.rows import AccessCodeRow
from hotline.conversations import holding
from hotline.conversations.rows import EngineSessionRow, FileRow, MessageRow
from hotline.conversations.service import start
from hotline.conversations.stored_files import path_of
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.notices import mail
from hotline.partners.rows import PartnerSessionRow
from hotline.partners.service import Contact
from hotline.privacy import retention
from hotline.privacy.periods import PERIODS
from hotline.settings.sections import RetentionSettings
from hotline.staff.service import Staff
from hotline.tickets import answers
from hotline.tickets.rows import NoteRow, RatingRow, TicketRow
from hotline.timers.service import fire_next, set_timer, waiting
from tests.conftest import TUESDAY_MORNING, set_clock
from tests.core.desk_work import brought_to, conversation_row, journal, said, says, ticket_row
from tests.core.personal import (
    MACHINE,
    PLATYPUS,
    RATED,
    hears,
    kept_on,
    left_in_database,
    left_in_files,
    senders_kept,
    upload,
)

KINDS = [*(period.kind for period in PERIODS), "mail"]


def later(hotline: Hotline, days: float) -> datetime:
    """So many days after the tests' morning; the clock stands there now."""
    at = TUESDAY_MORNING + timedelta(days=days)
    set_clock(hotline.settings, at)
    hotline.clock._look()
    return at


async def counts(hotline: Hotline, *, dry_run: bool = False) -> dict[str, int]:
    """How much of each kind went, of the kinds of which anything did."""
    done = await retention.run(hotline, dry_run=dry_run)
    assert [gone.kind for gone in done.kinds] == KINDS
    return {gone.kind: gone.count for gone in done.kinds if gone.count}


async def number_of(hotline: Hotline, rows: type) -> int:
    async with hotline.database.read() as session:
        return await session.scalar(select(func.count()).select_from(rows)) or 0


async def test_a_conversation_without_a_ticket_goes_after_its_time(
    hotline: Hotline, contact: Contact
) -> None:
    conversation, _ = await start(hotline, contact)
    await hears(hotline, conversation.id, PLATYPUS)
    later(hotline, 179.9)
    assert "conversations" not in await counts(hotline)
    later(hotline, 180.1)
    gone = await counts(hotline)
    assert gone["conversations"] == 1
    assert await left_in_database(hotline, PLATYPUS) == []
    assert senders_kept(hotline) == set()
    if hotline.database.is_sqlite:
        assert left_in_files(hotline.settings.var_dir, PLATYPUS) == []
    # It is the person's still, who may go on in it.
    assert (await conversation_row(hotline, conversation.id)).contact == contact
    await says(hotline, conversation.id, "又來了", "n1")
    assert [message.text for message in await said(hotline, conversation.id)] == ["又來了"]


async def test_the_last_word_counts_not_the_first(hotline: Hotline, contact: Contact) -> None:
    conversation, _ = await start(hotline, contact)
    later(hotline, 170)
    await says(hotline, conversation.id, PLATYPUS, "c1")
    later(hotline, 340)
    assert "conversations" not in await counts(hotline)
    later(hotline, 351)
    assert (await counts(hotline))["conversations"] == 1


async def test_nothing_of_an_open_ticket_ever_goes(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer, closed=False)
    about, _ = await start(hotline, contact)
    await hears(hotline, about.id, f"{story.ticket.number} {PLATYPUS}")
    await answers.spoken_of(hotline, about.id, await ticket_row(hotline, story.ticket.number))
    before = [await number_of(hotline, rows) for rows in (MessageRow, FileRow, EngineSessionRow)]
    later(hotline, 10_000)
    gone = await counts(hotline)
    assert set(gone) <= {"access_codes", "sessions", "mail"}
    assert before == [
        await number_of(hotline, rows) for rows in (MessageRow, FileRow, EngineSessionRow)
    ]
    assert path_of(hotline.settings, story.file.sha256).exists()
    assert (await ticket_row(hotline, story.ticket.number)).description == MACHINE
    assert len(senders_kept(hotline)) == 2


async def test_nor_what_an_open_one_goes_on_from(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed", key="old")
    new = await brought_to(hotline, contact, engineer, "open", key="new")
    async with hotline.database.write() as session:
        (await session.get_one(TicketRow, new.id)).follows = old.number
    later(hotline, 4000)
    assert "tickets" not in await counts(hotline)


async def test_nor_where_somebody_waits_or_speaks(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    conversation, _ = await start(hotline, contact)
    await holding.take(hotline, engineer, conversation.id)
    later(hotline, 4000)
    assert "conversations" not in await counts(hotline)
    await holding.give_back(hotline, engineer, conversation.id)
    later(hotline, 8000)
    assert (await counts(hotline))["conversations"] == 1


async def test_a_ticket_loses_its_words_and_keeps_its_figures(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    story = await kept_on(hotline, contact, engineer)
    before = await ticket_row(hotline, story.ticket.number)
    later(hotline, 731)
    assert (await counts(hotline))["ticket_conversations"] == 1
    assert await left_in_database(hotline, PLATYPUS) == ["ticket_notes.text: 鴨嘴獸機房在漏水"]
    later(hotline, 1826)
    assert await counts(hotline) == {"tickets": 1}
    assert await left_in_database(hotline, PLATYPUS, MACHINE, RATED, "水豚", "已換電源") == []
    after = await ticket_row(hotline, story.ticket.number)
    assert (after.subject, after.description, after.resolution) == ("（內容已刪除）", "", None)
    assert after.facts == {"serial": {"value": "78A1234", "status": "known"}}
    for stays in ("number", "queue", "intent", "severity", "state", "closed_at", "assignee"):
        assert getattr(after, stays) == getattr(before, stays), stays
    assert after.contact == contact  # who asked; the person is erased on request only
    async with hotline.database.read() as session:
        [rating] = await session.scalars(select(RatingRow))
        assert (rating.score, rating.words) == (2, "")
        notes = set(await session.scalars(select(NoteRow.text)))
    assert notes == {"（內容已刪除）"}
    assert await counts(hotline) == {}


async def test_a_file_goes_before_the_words_around_it(hotline: Hotline, contact: Contact) -> None:
    conversation, _ = await start(hotline, contact)
    file = await upload(hotline, conversation.id, b"old", "old.txt")
    os.utime(path_of(hotline.settings, file.sha256), (0, 0))
    later(hotline, 366)
    await says(hotline, conversation.id, "還在用", "c1")
    assert (await counts(hotline))["files"] == 1
    assert not path_of(hotline.settings, file.sha256).exists()
    kept = await said(hotline, conversation.id)
    assert [(message.text, message.file) for message in kept[1:]] == [
        ("（檔案已過保存期限）", None),
        ("還在用", None),
    ]


async def test_codes_sessions_and_mail_have_their_days(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await kept_on(hotline, contact, engineer)
    later(hotline, 1.1)
    assert await counts(hotline) == {"access_codes": 1}
    later(hotline, 7.1)
    new = mail.Letter(contact.email, "later", "x")
    await mail.send(hotline.settings, new, hotline.now())
    assert await counts(hotline) == {"mail": 1}
    assert len(list((hotline.settings.var_dir / "mail").glob("*.eml"))) == 1
    later(hotline, 31)
    gone = await counts(hotline)
    assert (gone["sessions"], gone["engine"]) == (1, 1)
    assert senders_kept(hotline) == set()
    assert (
        await number_of(hotline, AccessCodeRow) == await number_of(hotline, PartnerSessionRow) == 0
    )


async def test_a_timer_goes_a_month_after_it_was_done_and_never_before(hotline: Hotline) -> None:
    async def nothing(*_arguments: object) -> None: ...

    async with hotline.database.write() as session:
        await set_timer(session, "done", "known", TUESDAY_MORNING - timedelta(days=90))
        await set_timer(session, "not done", "unknown", TUESDAY_MORNING)
    assert await fire_next(hotline, {"known": nothing})
    later(hotline, 29.9)
    assert "timers" not in await counts(hotline)
    later(hotline, 30.1)
    assert (await counts(hotline))["timers"] == 1
    async with hotline.database.read() as session:
        assert [row.key for row in await waiting(session)] == ["not done"]


async def test_an_engine_session_that_is_in_use_stays(hotline: Hotline, contact: Contact) -> None:
    conversation, _ = await start(hotline, contact)
    sender = await hears(hotline, conversation.id, "一")
    later(hotline, 29)
    assert await hears(hotline, conversation.id, "二") == sender
    later(hotline, 40)
    assert "engine" not in await counts(hotline)
    assert senders_kept(hotline) == {sender}


async def test_a_dry_run_tells_the_same_and_changes_nothing(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await kept_on(hotline, contact, engineer)
    at = later(hotline, 4000)
    before = len(await journal(hotline))
    done = await retention.run(hotline, dry_run=True)
    told = done.to_json(hotline)
    assert (told["dry_run"], told["at"][:10]) == (True, at.date().isoformat())
    assert told["kinds"][3] == {
        "kind": "tickets",
        "days": 1825,
        "before": (at - timedelta(days=1825)).isoformat(timespec="seconds"),
        "count": 1,
    }
    assert len(await journal(hotline)) == before
    would = {gone.kind: gone.count for gone in done.kinds if gone.count}
    did = await counts(hotline)
    # A file and an engine session go with their conversation, so they are not counted twice.
    assert {**would, **did} == would
    assert set(would) - set(did) == {"files", "access_codes", "engine"} - set(did)


async def test_a_second_run_has_nothing_to_do_and_both_are_journalled(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await kept_on(hotline, contact, engineer)
    later(hotline, 4000)
    assert await counts(hotline) != {}
    assert await counts(hotline) == {}
    first, second = await journal(hotline, "retention.done")
    assert set(first.detail) == set(second.detail) == set(KINDS)
    assert first.detail["tickets"] == 1
    assert set(second.detail.values()) == {0}


async def test_what_is_kept_for_ever_stays(hotline: Hotline, contact: Contact) -> None:
    conversation, _ = await start(hotline, contact)
    await says(hotline, conversation.id, PLATYPUS, "c1")
    for_ever = RetentionSettings(conversations_days=0, mail_days=0)
    patient = hotline.settings.model_copy(update={"retention": for_ever})
    later(hotline, 30_000)
    done = await retention.run(replace(hotline, settings=patient))
    kinds = {gone.kind: gone for gone in done.kinds}
    assert (kinds["conversations"].before, kinds["conversations"].count) == (None, 0)
    assert kinds["mail"].before is None
    assert PLATYPUS in [message.text for message in await said(hotline, conversation.id)]


async def test_many_go_batch_by_batch(
    hotline: Hotline, contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_BATCH", 2)
    for _ in range(5):
        await start(hotline, contact)
    later(hotline, 200)
    assert (await counts(hotline))["conversations"] == 5
    assert await number_of(hotline, MessageRow) == 0


async def test_a_run_beside_another_is_refused(hotline: Hotline) -> None:
    with (hotline.settings.var_dir / "retention.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Conflict, match="under way"):
            await retention.run(hotline)
        assert (await retention.run(hotline, dry_run=True)).dry_run
    await retention.run(hotline)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-12-01T03:29:59+08:00", "2026-11-30T03:30:00+08:00"),
        ("2026-12-01T03:30:00+08:00", "2026-12-01T03:30:00+08:00"),
        ("2026-12-01T23:59:00+08:00", "2026-12-01T03:30:00+08:00"),
    ],
)
def test_it_is_due_every_night_by_the_hotlines_clock(hotline: Hotline, now: str, due: str) -> None:
    set_clock(hotline.settings, datetime.fromisoformat(now))
    hotline.clock._look()
    assert retention.last_due_at(hotline) == datetime.fromisoformat(due)


async def test_a_turn_beside_a_run_is_stored(hotline: Hotline, contact: Contact) -> None:
    conversation, _ = await start(hotline, contact)
    later(hotline, 200)
    await asyncio.gather(
        retention.run(hotline),
        *(says(hotline, conversation.id, f"第 {n} 句", f"n{n}") for n in range(8)),
    )
    texts = [message.text for message in await said(hotline, conversation.id)]
    assert len([text for text in texts if text.startswith("第")]) == 8

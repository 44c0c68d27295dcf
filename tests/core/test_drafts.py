"""Drafts: what they begin with, what is refused, and that the file is what was written."""

import dataclasses
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.core import Hotline, open_hotline
from hotline.errors import Conflict, NotFound
from hotline.knowledge import drafts, prefilling
from hotline.knowledge.drafts import DraftFault, NotWritable
from hotline.knowledge.library import Library
from hotline.knowledge.naming import known_to
from hotline.knowledge.reading import parse_article
from hotline.knowledge.tasks import count_expired, expired
from hotline.knowledge.writing import Draft, checked, draft_of, file_text
from hotline.partners.service import Contact
from hotline.privacy.masking import Names, masked
from hotline.settings import Settings, load_settings
from hotline.staff.service import Staff
from tests.conftest import begin_clock
from tests.core.desk_work import brought_to, journal
from tests.core.questions import (
    ARTICLE,
    COMPLETE,
    FILE,
    asked,
    expire,
    gaps_of,
    in_words,
    with_own_articles,
)


@pytest.fixture
async def hotline(sqlite_settings: Settings, tmp_path: Path) -> AsyncIterator[Hotline]:
    begin_clock(sqlite_settings)
    async with open_hotline(with_own_articles(sqlite_settings, tmp_path)) as opened:
        assert opened.library.shelf().faults == ()
        yield opened


def folder(hotline: Hotline) -> Path:
    return hotline.library.folder / "drafts"


def test_every_article_can_be_written_again_and_is_the_same() -> None:
    settings = load_settings()
    known = known_to(settings)
    articles = Library(settings.knowledge_dir, known).shelf().articles
    assert articles
    for article in articles.values():
        draft = draft_of(article)
        again, faults = parse_article(file_text(draft), article.file, known)
        assert faults == []
        assert again is not None
        assert dataclasses.asdict(again) == dataclasses.asdict(article)
        assert checked(draft, article.file, known, articles.keys()) == []


@pytest.mark.parametrize(
    "text",
    ["yes", "1.0", "null", "- x: [y]", "a: b #c", "「引號」", "'\"\\", "{hours} 起", "& * ! % @ `"],
)
async def test_whatever_is_typed_is_read_back(hotline: Hotline, engineer: Staff, text: str) -> None:
    draft = COMPLETE
    for language in ("zh-TW", "en"):
        words = {"title": text, "questions": (text, f"{text},"), "short": text, "answer": text}
        draft = in_words(draft, language, **words)
    draft = replace(draft, source=text, audience="partners", types=("isv",), tiers=("gold",))
    draft = replace(draft, intents=("admin_order",), related=(ARTICLE,), valid_to="2027-01-31")
    await drafts.save(hotline, engineer, draft)
    assert drafts.fields_of(drafts.opened(hotline, draft.id)) == draft


async def test_a_draft_is_a_file_that_is_listed_and_not_spoken(
    hotline: Hotline, engineer: Staff
) -> None:
    await drafts.save(hotline, engineer, COMPLETE)
    assert [path.name for path in folder(hotline).iterdir()] == ["visitor-parking.md"]
    [kept] = drafts.listed(hotline)
    assert (kept.id, kept.faults) == ("visitor-parking", [])
    assert kept.file.endswith("knowledge/drafts/visitor-parking.md")
    assert set(Library(hotline.library.folder, hotline.library.known).shelf().articles) == {ARTICLE}
    assert [(it.actor, it.detail) for it in await journal(hotline, "draft.saved")] == [
        (f"staff:{engineer.id}", {"article": "visitor-parking"})
    ]


async def test_another_draft_is_not_overwritten_unawares(
    hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    first = await drafts.save(hotline, engineer, COMPLETE)
    assert await drafts.save(hotline, engineer, COMPLETE) == first  # twice is once
    changed = in_words(COMPLETE, "en", title="Places to park")
    with pytest.raises(Conflict) as met:
        await drafts.save(hotline, lead, changed)
    assert met.value.fields["stamp"] == first
    assert drafts.fields_of(drafts.opened(hotline, COMPLETE.id)) == COMPLETE
    await drafts.save(hotline, lead, changed, first)
    with pytest.raises(Conflict):  # by a page that is old
        await drafts.save(hotline, engineer, replace(COMPLETE, source="else"), first)
    assert drafts.fields_of(drafts.opened(hotline, COMPLETE.id)) == changed
    assert len(await journal(hotline, "draft.saved")) == 2


@pytest.mark.parametrize(
    ("draft", "code", "key"),
    [
        (replace(COMPLETE, id=ARTICLE), "taken", "id"),
        (replace(COMPLETE, id=""), "missing", "id"),
        (replace(COMPLETE, id="../x"), "slug", "id"),
        (replace(COMPLETE, id="a" * 61), "long", "id"),
        (replace(COMPLETE, topic="Two Words"), "slug", "topic"),
        (replace(COMPLETE, owner="finance"), "owner", "owner"),
        (replace(COMPLETE, valid_from="2026-02-30"), "date", "valid_from"),
        (replace(COMPLETE, valid_from="0"), "date", "valid_from"),
        (replace(COMPLETE, valid_to="2026-11-30"), "order", "valid_to"),
        (replace(COMPLETE, intents=("nonsense",)), "intent", "intents"),
        (replace(COMPLETE, related=("nowhere",)), "link", "related"),
        (in_words(COMPLETE, "en", answer="[x](article:nowhere)"), "link", "answer.en"),
        (in_words(COMPLETE, "en", questions=()), "missing", "questions.en"),
        (in_words(COMPLETE, "en", short=""), "missing", "short.en"),
        (in_words(COMPLETE, "en", answer=""), "missing", "answer.en"),
        (in_words(COMPLETE, "zh-TW", short="字" * 181), "characters", "short.zh-TW"),
        (in_words(COMPLETE, "zh-TW", short="a\nb\nc\nd\ne\nf"), "lines", "short.zh-TW"),
        (in_words(COMPLETE, "zh-TW", short="a\n---\nb"), "rule", "short.zh-TW"),
        (in_words(COMPLETE, "zh-TW", answer="a\n# en\nb"), "heading", "answer.zh-TW"),
        (in_words(COMPLETE, "zh-TW", label="九個字就是太長的鈕"), "label", "label.zh-TW"),
        (in_words(COMPLETE, "en", answer="call {number}"), "placeholder", "answer.en"),
    ],
)
async def test_what_makes_no_article_is_refused_at_its_field(
    hotline: Hotline, engineer: Staff, draft: Draft, code: str, key: str
) -> None:
    with pytest.raises(DraftFault) as refused:
        await drafts.save(hotline, engineer, draft)
    assert (code, key) in {(fault.code, fault.key) for fault in refused.value.fields["faults"]}
    assert not folder(hotline).exists()
    assert await journal(hotline, "draft.saved") == []


async def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_journalled(
    hotline: Hotline, engineer: Staff
) -> None:
    folder(hotline).write_text("no folder", encoding="utf-8")
    with pytest.raises(NotWritable):
        await drafts.save(hotline, engineer, COMPLETE)
    assert drafts.listed(hotline) == []
    assert await journal(hotline, "draft.saved") == []


async def test_a_write_that_fails_leaves_the_draft_as_it_was(
    hotline: Hotline, engineer: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = await drafts.save(hotline, engineer, COMPLETE)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritable):
        await drafts.save(hotline, engineer, replace(COMPLETE, source="else"), stamp)
    assert [path.name for path in folder(hotline).iterdir()] == ["visitor-parking.md"]
    assert drafts.opened(hotline, COMPLETE.id).stamp == stamp


async def test_a_file_with_a_fault_is_listed_with_it_and_opens_no_form(hotline: Hotline) -> None:
    folder(hotline).mkdir()
    (folder(hotline) / "half.md").write_text("---\nid: half\n---\n", encoding="utf-8")
    (folder(hotline) / "bytes.md").write_bytes(b"\xff")
    (folder(hotline) / "day.md").write_text("---\nupdated: 2026-02-30\n---\n", encoding="utf-8")
    for kept in drafts.listed(hotline):
        assert kept.faults
        assert drafts.fields_of(kept) is None
    for wrong in ("nothing", "../orders/order-lead-time", "A"):
        with pytest.raises(NotFound):
            drafts.opened(hotline, wrong)


async def test_a_gap_begins_with_its_questions_and_nobody_in_them(
    hotline: Hotline, contact: Contact
) -> None:
    said = "停車位要先登記嗎，我是陳怡君 0912-345-678"
    for text in (said, "停車位要先登記嗎", "停車位要先登記嗎 ", "●●●的停車位要先登記嗎"):
        await asked(hotline, text, contact)
    await asked(hotline, "停車位要先登記", outcome="answered", article=ARTICLE, helped=False)
    [gap] = await gaps_of(hotline)
    async with hotline.database.read() as session:
        draft = await prefilling.from_gap(hotline, session, gap)
    questions = draft.texts["zh-TW"].questions
    assert questions == (
        "停車位要先登記",
        "停車位要先登記嗎",
        "停車位要先登記嗎，我是王小明 0900-000-000",
    )
    article = hotline.library.shelf().articles[ARTICLE]
    assert (draft.topic, draft.owner) == (article.topic, article.owner)
    assert (draft.id, draft.valid_from) == ("", "2026-12-01")


async def test_a_solved_ticket_begins_with_what_was_asked_and_done(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    solved = replace(
        ticket,
        description="禾光資訊的主機 78A1234 開不了機\n請打 0912-345-678 給陳怡君",
        resolution=f"換電源就好。{engineer.name} 02-2345-6789",
    )
    async with hotline.database.read() as session:
        draft = await prefilling.from_ticket(hotline, session, solved)
    text = draft.texts["zh-TW"]
    assert draft.owner == "technical"
    assert text.questions[0] == "範例公司的主機 78X0000 開不了機"
    assert text.answer == text.short == "換電源就好。王小明 0900-000-000"
    assert draft.texts["en"].answer == ""
    opened = await brought_to(hotline, contact, engineer, "open", key="k2")
    async with hotline.database.read() as session:
        with pytest.raises(Conflict):
            await prefilling.from_ticket(hotline, session, opened)


def test_a_text_of_several_lines_keeps_them_and_its_products() -> None:
    text = "Power S1014 序號 78A1234\n\n統編 97176270"
    assert masked(text) == "Power S1014 序號 78X0000\n\n統編 12345675"
    assert masked("Amy Wu asked", Names(("Amy Wu",))) != "Amy Wu asked"


async def test_expired_articles_are_told_to_all_and_counted_for_their_queue(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    begin_clock(sqlite_settings)
    settings = with_own_articles(sqlite_settings, tmp_path)
    expire(settings, "2026-11-30")
    async with open_hotline(settings) as hotline:
        owner = hotline.library.shelf().articles[ARTICLE].owner
        mine = Staff(1, "a@x", "A", "A", "specialist", (owner,))
        others = replace(mine, queues=())
        for staff, count in ((mine, 1), (others, 0)):
            assert [it.file.endswith(FILE) for it in expired(hotline, staff)] == [True]
            assert count_expired(hotline, staff) == count

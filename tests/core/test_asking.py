"""A question in a conversation: what comes of it, for whom, and what is kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hotline.conversations.service import Conversation, start
from hotline.core import Hotline
from hotline.knowledge import asking
from hotline.knowledge.articles import Article, Audience, Reader
from hotline.knowledge.deciding import ANSWER, OFFER, REFUSE
from hotline.knowledge.library import Library
from hotline.knowledge.rows import QuestionRow
from hotline.partners.service import Contact
from hotline.privacy.erasing import erase_contact


@pytest.fixture
async def chat(hotline: Hotline, contact: Contact) -> Conversation:
    conversation, _greeting = await start(hotline, contact, "zh-TW")
    return conversation


async def kept(hotline: Hotline) -> list[QuestionRow]:
    async with hotline.database.read() as session:
        return list(await session.scalars(select(QuestionRow).order_by(QuestionRow.id)))


async def test_an_answer_is_kept_with_its_article(hotline: Hotline, chat: Conversation) -> None:
    asked = await asking.ask(hotline, chat, "BDF 是什麼")
    assert (asked.outcome, [one.id for one in asked.articles]) == (ANSWER, ["bdf"])
    [row] = await kept(hotline)
    assert (row.text, row.article, row.outcome, row.helped) == ("BDF 是什麼", "bdf", ANSWER, None)
    await asking.note_helped(hotline, chat, helped=False)
    await asking.note_helped(hotline, chat, helped=True)
    assert [row.helped for row in await kept(hotline)] == [True]


async def test_only_what_is_near_is_offered_and_the_choice_is_kept(
    hotline: Hotline, chat: Conversation
) -> None:
    asked = await asking.ask(hotline, chat, "要當夥伴需要什麼條件")
    assert asked.outcome == OFFER
    assert {one.id for one in asked.articles} == {"recruit-process", "selection-criteria"}
    assert [row.article for row in await kept(hotline)] == [None]
    chosen = await asking.chosen(hotline, chat, "selection-criteria")
    assert chosen is not None
    assert [row.article for row in await kept(hotline)] == ["selection-criteria"]
    assert await asking.chosen(hotline, chat, "nothing-of-the-kind") is None


async def test_what_nothing_answers_is_refused_and_kept(
    hotline: Hotline, chat: Conversation
) -> None:
    asked = await asking.ask(hotline, chat, "原廠在台灣一共有幾家夥伴")
    assert (asked.outcome, asked.articles) == (REFUSE, ())
    assert [row.outcome for row in await kept(hotline)] == [REFUSE]
    assert await asking.spoken_of(hotline, chat) is None


async def test_an_article_is_spoken_of_for_half_an_hour(
    hotline: Hotline, chat: Conversation
) -> None:
    await asking.ask(hotline, chat, "BDF 是什麼")
    spoken_of = await asking.spoken_of(hotline, chat)
    assert spoken_of is not None
    assert spoken_of.id == "bdf"
    hotline.clock.advance(timedelta(minutes=31))
    assert await asking.spoken_of(hotline, chat) is None


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, True),
        ({"audience": Audience(partners_only=True)}, False),
        ({"audience": Audience(partners_only=True, tiers=frozenset({"gold"}))}, False),
        ({"valid_to": date(2026, 11, 30)}, False),
        ({"valid_to": date(2026, 12, 1)}, True),
        ({"valid_from": date(2026, 12, 2)}, False),
    ],
)
async def test_a_visitor_is_shown_what_is_for_everyone_and_holds_today(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], shown: bool
) -> None:
    shelf = hotline.library.shelf()
    changed: Article = replace(shelf.articles["bdf"], **change)  # type: ignore[arg-type]
    articles = {**shelf.articles, "bdf": changed}
    monkeypatch.setattr(Library, "shelf", lambda _self: replace(shelf, articles=articles))
    assert ("bdf" in asking.readable(hotline, Reader())) == shown


async def test_questions_go_with_whoever_asked(
    hotline: Hotline, chat: Conversation, contact: Contact
) -> None:
    await asking.ask(hotline, chat, "BDF 是什麼")
    await erase_contact(hotline, contact.email)
    assert await kept(hotline) == []


async def test_only_what_surely_answers_is_said_where_no_question_was_understood(
    hotline: Hotline, chat: Conversation
) -> None:
    asked = await asking.surely(hotline, chat, "客戶想先看實機，展示機可以借多久", asking.SURE)
    assert asked is not None
    assert [one.id for one in asked.articles] == ["demo-loan"]
    assert not asking.says_enough(hotline, "那個東西")
    assert asking.says_enough(hotline, "客戶想先看實機，展示機可以借多久")
    for nothing in ("原廠在台灣一共有幾家夥伴", "天氣如何"):
        assert await asking.surely(hotline, chat, nothing, asking.SURE) is None
    assert [(row.article, row.outcome) for row in await kept(hotline)] == [("demo-loan", ANSWER)]

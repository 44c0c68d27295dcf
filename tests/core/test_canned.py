"""Canned texts: kept by leads, with a fixed set of variables, filled in the partner's language."""

from dataclasses import replace

import pytest

from hotline.canned import service
from hotline.canned.filling import VARIABLES, faults, filled, gaps, values_for
from hotline.canned.seeding import add_texts, to_begin_with
from hotline.canned.service import CannedText, Draft
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotAllowed, NotFound
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from tests.core.desk_work import journal, opened

DRAFT = Draft("稍候", "One moment", "{contact} 您好，{number} {due} 前回覆。", "{number} by {due}.")


async def texts(hotline: Hotline) -> list[CannedText]:
    async with hotline.database.read() as session:
        return await service.all_texts(session)


async def test_a_dozen_in_both_languages_are_there_from_the_start(hotline: Hotline) -> None:
    known = await texts(hotline)
    assert len(known) == len(to_begin_with()) >= 12
    for text in known:
        assert gaps(text.text_zh) - gaps(text.text_en) <= {"contact", "me"}
        assert gaps(text.text_zh) | gaps(text.text_en) <= set(VARIABLES)
    await add_texts(hotline)
    assert len(await texts(hotline)) == len(known)


async def test_what_a_lead_has_removed_does_not_come_back(hotline: Hotline, lead: Staff) -> None:
    for text in await texts(hotline):
        await service.remove(hotline, lead, text.id, text.version)
    await add_texts(hotline)
    assert await texts(hotline) == []


async def test_a_lead_adds_changes_and_removes_and_the_journal_says_who(
    hotline: Hotline, lead: Staff
) -> None:
    added = await service.add(hotline, lead, DRAFT)
    assert (added.version, added.by, added.title("en")) == (1, lead, "One moment")
    changed = await service.change(hotline, lead, added.id, replace(DRAFT, title_zh="請稍候"), 1)
    assert (changed.version, changed.title_zh) == (2, "請稍候")
    with pytest.raises(Conflict) as stale:
        await service.change(hotline, lead, added.id, DRAFT, 1)
    assert stale.value.fields["by"] == lead.name
    await service.remove(hotline, lead, added.id, 2)
    await service.remove(hotline, lead, added.id, 2)
    with pytest.raises(NotFound):
        await service.change(hotline, lead, added.id, DRAFT, 2)
    entries = await journal(hotline, "canned.added", "canned.changed", "canned.removed")
    assert [entry.kind for entry in entries] == ["canned.added", "canned.changed", "canned.removed"]
    assert {entry.actor for entry in entries} == {f"staff:{lead.id}"}


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"text_en": "{nmber} is here"}, "text_en", "unknown"),
        ({"text_zh": "{number 收到"}, "text_zh", "unknown"),
        ({"text_zh": "{} 收到"}, "text_zh", "unknown"),
        ({"title_en": "  "}, "title_en", "missing"),
        ({"text_zh": "字" * 2001}, "text_zh", "too_long"),
    ],
)
async def test_a_variable_that_is_none_and_a_missing_language_are_refused(
    hotline: Hotline, lead: Staff, change: dict[str, str], field: str, reason: str
) -> None:
    known = len(await texts(hotline))
    with pytest.raises(BadInput) as refused:
        await service.add(hotline, lead, replace(DRAFT, **change))
    assert (refused.value.fields["field"], refused.value.fields["reason"]) == (field, reason)
    assert len(await texts(hotline)) == known


async def test_nobody_but_a_lead_keeps_them(hotline: Hotline, engineer: Staff) -> None:
    with pytest.raises(NotAllowed):
        await service.add(hotline, engineer, DRAFT)
    with pytest.raises(NotAllowed):
        await service.remove(hotline, engineer, 1, 1)


async def test_a_text_is_filled_with_what_the_ticket_has_or_not_offered_at_all(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await opened(hotline, contact)
    values = values_for(hotline, engineer, "zh-TW", contact=contact, ticket=ticket)
    assert filled(DRAFT.text_zh, values) == f"陳怡君您好，{ticket.number} 今天 14:15 前回覆。"
    in_english = values_for(hotline, engineer, "en", contact=contact, ticket=ticket)
    assert filled("{me}, {partner}", in_english) == (f"{engineer.name_en}, {contact.company('en')}")
    in_chat = values_for(hotline, engineer, "zh-TW", contact=None, ticket=None)
    assert filled(DRAFT.text_zh, in_chat) is None
    assert filled("我是{me}", in_chat) is not None


def test_every_fault_is_named_once() -> None:
    assert faults("{number} {x} {x} {due}") == ("x",)
    assert faults("{number} }") == ("}",)

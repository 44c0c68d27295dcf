"""Which messages are offered for a look and why, and what becomes of them once they have one."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from hotline.conversations import turns
from hotline.conversations.rows import MessageRow
from hotline.conversations.turns import Incoming
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.hand_off.wanting import want_person
from hotline.partners.service import Contact
from hotline.privacy import retention
from hotline.privacy.erasing import erase_contact
from hotline.replies import Reply
from hotline.staff.service import Staff
from hotline.understanding import service
from hotline.understanding.intents import INTENTS
from hotline.understanding.rows import LookRow
from hotline.understanding.service import AT_ONCE, DONE
from tests.conftest import CONTACT
from tests.core.desk_work import conversation_row, everything_journalled, journal
from tests.core.looks import LIKELY, OFFER, begun, heard, looks, the_look


async def reasons(hotline: Hotline) -> dict[str, tuple[str, ...]]:
    return {look.message.text: look.reasons for look in await looks(hotline)}


async def test_the_parse_is_kept_with_the_message(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "序號 78A1234", "inform", entities=[("serial_number", 3, 10)])
    async with hotline.database.read() as session:
        row = await session.scalar(select(MessageRow).where(MessageRow.text == "序號 78A1234"))
    assert row is not None
    assert row.entities == [{"kind": "serial_number", "start": 3, "end": 10}]
    assert [one["intent"] for one in row.ranking or []] == list(LIKELY)
    assert (row.intent, row.confidence) == ("inform", 0.3)


async def test_a_pressed_button_has_no_parse_of_its_words(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的", "nlu_fallback", OFFER)
    await heard(hotline, chat, "", "ticket_status", payload="/ticket_status")
    async with hotline.database.read() as session:
        row = await session.scalar(select(MessageRow).where(MessageRow.text == "查進度"))
        with_null = select(func.count()).where(MessageRow.entities.is_(None))
        assert await session.scalar(with_null) == await session.scalar(
            select(func.count()).where(MessageRow.text != "那台怪怪的")
        )
    assert row is not None
    assert (row.intent, row.entities, row.ranking) == ("ticket_status", None, None)


async def test_what_was_not_sure_is_offered_with_the_two_messages_before(
    hotline: Hotline,
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "你好", "greet", Reply("您好"))
    await heard(hotline, chat, "那台怪怪的")
    [look] = await looks(hotline)
    assert (look.message.text, look.reasons) == ("那台怪怪的", ("unsure",))
    assert [intent for intent, _share in look.ranking] == list(LIKELY)
    assert [message.text for message in look.before] == ["你好", "您好"]
    assert (look.label, look.by, look.version) == (None, None, 0)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ("/technical_hardware", ("corrected", "unsure")),
        ("/help", ("corrected", "unsure")),
        ("/ticket_status", ("unsure",)),  # the likeliest was the right one
    ],
)
async def test_a_button_corrects_if_it_is_another_than_the_likeliest(
    hotline: Hotline, payload: str, expected: tuple[str, ...]
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的", "nlu_fallback", OFFER)
    await heard(hotline, chat, "", payload.removeprefix("/"), payload=payload)
    [look] = await looks(hotline)
    assert (look.message.text, look.reasons) == ("那台怪怪的", expected)
    assert look.pressed == (payload.removeprefix("/") if "corrected" in expected else None)


async def test_a_bare_fact_is_corrected_too_and_a_typed_label_is_a_button(
    hotline: Hotline,
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "78A1234", "inform", OFFER, ranking=("inform", "ticket_status"))
    await heard(hotline, chat, "硬體報修", "technical_hardware")
    [look] = await looks(hotline)
    assert (look.message.text, look.reasons) == ("78A1234", ("corrected",))
    assert look.pressed == "technical_hardware"


async def test_other_buttons_and_old_offers_correct_nothing(hotline: Hotline) -> None:
    chat = await begun(hotline)
    other = Reply("辦哪個？", ({"title": "報修", "payload": "/technical_hardware"},))
    await heard(hotline, chat, "查進度", "ticket_status", other)
    await heard(hotline, chat, "", "technical_hardware", payload="/technical_hardware")
    await heard(hotline, chat, "78A1234", "inform", OFFER, ranking=("inform",))
    await heard(hotline, chat, "沒事了", "cancel")
    await heard(hotline, chat, "", "technical_hardware", payload="/technical_hardware")
    assert await looks(hotline) == []


async def test_the_last_words_before_a_wish_for_a_person_are_offered(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "我要報價", "presales_quote")
    await heard(hotline, chat, "訂單到哪了", "ticket_status")
    received = await turns.receive(hotline, chat, Incoming("c9", "找真人"))
    await want_person(hotline, chat, "zh-TW")  # by the action, while the turn is under way
    assert received.fresh
    assert await reasons(hotline) == {"訂單到哪了": ("handed_over",)}
    await want_person(hotline, chat, "zh-TW")  # once more is harmless
    assert len(await looks(hotline)) == 1


async def test_after_unsure_twice_the_message_has_both_reasons(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "嗯嗯那個")
    await heard(hotline, chat, "就那個啊")
    await turns.receive(hotline, chat, Incoming("c9", "", "/talk_to_human"))
    await want_person(hotline, chat, "zh-TW")
    assert await reasons(hotline) == {
        "就那個啊": ("handed_over", "unsure"),
        "嗯嗯那個": ("unsure",),
    }


async def test_what_nothing_has_read_is_not_offered(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "我要報價", "presales_quote")
    received = await turns.receive(hotline, chat, Incoming("c8", "訂單到哪了"))
    down = hotline.replies.say("engine_down", "zh-TW")
    await turns.answer_without_engine(hotline, chat, received.message.seq, [down], failed=True)
    await turns.receive(hotline, chat, Incoming("c9", "", "desk:human"))
    await want_person(hotline, chat, "zh-TW")
    assert await looks(hotline) == []


async def test_at_night_nobody_goes_to_a_person(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "訂單到哪了", "ticket_status")
    hotline.clock.advance(timedelta(hours=12))
    await want_person(hotline, chat, "zh-TW")
    assert await looks(hotline) == []


async def test_the_newest_come_first_thirty_at_once_and_by_reason(hotline: Hotline) -> None:
    chat = await begun(hotline)
    for n in range(AT_ONCE + 2):
        await heard(hotline, chat, f"那個 {n}")
    async with hotline.database.read() as session:
        first, more = await service.offered(session)
        rest, no_more = await service.offered(session, before=first[-1].message_id)
    assert (len(first), more, len(rest), no_more) == (AT_ONCE, True, 2, False)
    said = [look.message.text for look in [*first, *rest]]
    assert said == [f"那個 {n}" for n in reversed(range(AT_ONCE + 2))]
    assert await looks(hotline, "corrected") == []
    assert len(await looks(hotline, "unsure")) == AT_ONCE
    assert len(await looks(hotline, "' OR 1=1")) == AT_ONCE  # no reason at all


async def test_a_label_says_who_and_when_leaves_the_list_and_can_be_changed(
    hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的")
    [look] = await looks(hotline)
    before = await conversation_row(hotline, chat)
    await service.label(hotline, engineer, look.message_id, "technical_hardware", look.version)
    assert await looks(hotline) == []
    [done] = await looks(hotline, DONE)
    assert (done.label, done.by) == ("technical_hardware", engineer)
    assert done.done_at is not None
    assert hotline.now() - done.done_at < timedelta(seconds=10)
    await service.label(hotline, lead, look.message_id, "ticket_status", done.version)
    again = await the_look(hotline, look.message_id)
    assert (again.label, again.by) == ("ticket_status", lead)
    assert [(it.actor, it.detail) for it in await journal(hotline, "message.labelled")] == [
        (f"staff:{engineer.id}", {"message": look.message_id, "intent": "technical_hardware"}),
        (f"staff:{lead.id}", {"message": look.message_id, "intent": "ticket_status"}),
    ]
    assert await conversation_row(hotline, chat) == before
    assert "怪怪" not in await everything_journalled(hotline)


async def test_what_is_skipped_leaves_the_list_without_a_label(
    hotline: Hotline, engineer: Staff
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "啊啊啊")
    [look] = await looks(hotline)
    await service.label(hotline, engineer, look.message_id, None, look.version)
    assert await looks(hotline) == []
    [done] = await looks(hotline, DONE)
    assert done.label is None
    assert [it.detail for it in await journal(hotline, "message.skipped")] == [
        {"message": look.message_id}
    ]


async def test_of_two_who_label_at_once_one_is_first(
    hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的")
    [look] = await looks(hotline)
    wishes = ((engineer, "technical_hardware"), (lead, "ticket_status"))
    told = await asyncio.gather(
        *(service.label(hotline, who, look.message_id, what, 0) for who, what in wishes),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in told) == ["Conflict", "NoneType"]
    first = wishes[told.index(None)]
    done = await the_look(hotline, look.message_id)
    assert (done.by, done.label, done.version) == (*first, 1)
    assert len(await journal(hotline, "message.labelled")) == 1


async def test_the_same_label_twice_by_the_same_is_one(hotline: Hotline, engineer: Staff) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的")
    [look] = await looks(hotline)
    for _ in range(2):
        await service.label(hotline, engineer, look.message_id, "greet", 0)
    assert len(await journal(hotline, "message.labelled")) == 1
    with pytest.raises(Conflict):  # by a page that is old
        await service.label(hotline, engineer, look.message_id, "thank", 0)


async def test_an_unknown_meaning_and_an_unknown_message_are_refused(
    hotline: Hotline, engineer: Staff
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的")
    [look] = await looks(hotline)
    for wrong in ("nlu_fallback", "", "no_such"):
        with pytest.raises(BadInput):
            await service.label(hotline, engineer, look.message_id, wrong, 0)
    with pytest.raises(NotFound):
        await service.label(hotline, engineer, look.message_id - 1, "greet", 0)


async def test_what_is_erased_or_past_its_time_is_not_offered(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    for said, whose in (("陳的話", contact), ("訪客的話", None)):
        await heard(hotline, await begun(hotline, whose), said)
    visitors, _contacts = await looks(hotline)
    await service.label(hotline, engineer, visitors.message_id, "greet", 0)
    await erase_contact(hotline, CONTACT, also_open=True)
    assert [look.message.text for look in await looks(hotline)] == []
    hotline.clock.advance(timedelta(days=181))
    await retention.run(hotline)
    async with hotline.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(LookRow)) == 0


async def test_every_meaning_that_the_engine_knows_can_be_chosen(hotline: Hotline) -> None:
    domain = (hotline.settings.root / "domain.yml").read_text(encoding="utf-8")
    listed = domain.partition("\nintents:\n")[2].partition("\nentities:")[0]
    known = {line.strip(" -:") for line in listed.splitlines() if line.strip().startswith("- ")} - {
        "nlu_fallback"
    }
    assert known == INTENTS

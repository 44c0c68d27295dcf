"""Why a conversation came to a person and what it is about, read from what is stored."""

from uuid import uuid4

import pytest

from hotline.conversations import holding, turns
from hotline.conversations.service import start
from hotline.conversations.turns import Incoming
from hotline.core import Hotline
from hotline.hand_off.wanting import want_person
from hotline.knowledge.answered import answers_of
from hotline.knowledge.rows import QuestionRow
from hotline.partners.service import Contact
from hotline.replies import Reply
from hotline.staff.service import Staff
from hotline.tickets.so_far import facts_so_far, missing_from
from hotline.understanding.hand_offs import Matter, matter_of
from tests.core.looks import begun, heard

pytestmark = pytest.mark.usefixtures("somebody_there")

PERSON, TICKET, RETRY = "/talk_to_human", "/other_request", "desk:retry"
NOT_HELPED = '/ask_knowledge{"article":"order-lead-time","step":"not_helped"}'


def offering(*payloads: str) -> Reply:
    return Reply("要找專員嗎？", tuple({"title": one, "payload": one} for one in payloads))


async def presses(hotline: Hotline, chat: str, payload: str) -> None:
    await turns.receive(hotline, chat, Incoming(str(uuid4()), "", payload))
    await want_person(hotline, chat, "zh-TW")


async def matter(hotline: Hotline, chat: str) -> Matter:
    async with hotline.database.read() as session:
        return await matter_of(session, chat)


async def why(hotline: Hotline, chat: str) -> tuple[str, ...]:
    came = (await matter(hotline, chat)).hand_off
    return came.reasons if came else ()


async def test_with_the_assistant_nothing_came_to_a_person(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "主機開不了機", "technical_hardware")
    found = await matter(hotline, chat)
    assert found.hand_off is None
    assert [(one.text, one.intent) for one in found.words] == [
        ("主機開不了機", "technical_hardware")
    ]


async def test_who_asks_for_a_person_asked_for_one(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "標案規格要確認", "presales_proposal")
    await turns.receive(hotline, chat, Incoming(str(uuid4()), "我要找真人"))
    await want_person(hotline, chat, "zh-TW")
    assert await why(hotline, chat) == ("asked",)
    assert [one.text for one in (await matter(hotline, chat)).words] == ["標案規格要確認"]


async def test_what_is_said_while_waiting_is_part_of_the_matter(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "你好", "greet", offering(TICKET, PERSON))
    await presses(hotline, chat, PERSON)
    await turns.receive(hotline, chat, Incoming(str(uuid4()), "明天截標"))
    assert await why(hotline, chat) == ("asked",)
    assert [one.text for one in (await matter(hotline, chat)).words] == ["明天截標"]


async def test_unsure_twice_says_how_often(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的")
    await heard(hotline, chat, "就那個", "nlu_fallback", offering(PERSON, TICKET))
    await presses(hotline, chat, PERSON)
    came = (await matter(hotline, chat)).hand_off
    assert came is not None
    assert (came.reasons, came.unsure) == (("unsure",), 2)
    words = (await matter(hotline, chat)).words
    assert words[-1].likeliest == "ticket_status"


async def test_an_article_that_did_not_help(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "交期多久", "ask_knowledge", offering(NOT_HELPED))
    await heard(
        hotline, chat, "", "ask_knowledge", offering(PERSON, TICKET, "/deny"), payload=NOT_HELPED
    )
    await presses(hotline, chat, PERSON)
    assert await why(hotline, chat) == ("not_helped",)


async def test_an_article_that_did_not_help_and_then_a_wish_in_words(hotline: Hotline) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "交期多久", "ask_knowledge", offering(NOT_HELPED))
    await heard(hotline, chat, "", "ask_knowledge", offering(PERSON, TICKET), payload=NOT_HELPED)
    await turns.receive(hotline, chat, Incoming(str(uuid4()), "步驟做過了，可以找人嗎"))
    await want_person(hotline, chat, "zh-TW")
    assert await why(hotline, chat) == ("not_helped", "asked")


async def test_a_question_without_an_answer(hotline: Hotline) -> None:
    chat = await begun(hotline)
    async with hotline.database.write() as session:
        session.add(
            QuestionRow(
                conversation_id=chat, text="停車費多少", language="zh-TW", outcome="refused",
                certainty=0.1, asked_at=hotline.now(),
            )
        )  # fmt: skip
    await heard(hotline, chat, "停車費多少", "ask_knowledge", offering(PERSON, TICKET))
    await presses(hotline, chat, PERSON)
    assert await why(hotline, chat) == ("no_answer",)


@pytest.mark.parametrize(("intent", "reason"), [(None, "no_engine"), ("admin_order", "failed")])
async def test_after_a_failure(hotline: Hotline, intent: str | None, reason: str) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "訂單到了嗎", intent, offering("desk:ticket", "desk:human", RETRY))
    await presses(hotline, chat, "desk:human")
    assert await why(hotline, chat) == (reason,)


async def test_a_colleague_who_speaks_up_unasked(hotline: Hotline, engineer: Staff) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "主機開不了機", "technical_hardware")
    await holding.take(hotline, engineer, chat)
    assert await why(hotline, chat) == ("taken",)


async def test_taken_out_of_the_queue_the_reason_stays(hotline: Hotline, engineer: Staff) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "那台怪怪的")
    await heard(hotline, chat, "就那個", "nlu_fallback", offering(PERSON, TICKET))
    await presses(hotline, chat, PERSON)
    await holding.take(hotline, engineer, chat)
    await holding.give_back(hotline, engineer, chat)
    assert await why(hotline, chat) == ("unsure",)


async def test_facts_are_read_from_what_was_said_the_newest_first(
    hotline: Hotline, contact: Contact
) -> None:
    chat = (await start(hotline, contact))[0].id
    await heard(hotline, chat, "序號 78A1234", entities=[("serial_number", 3, 10)])
    await heard(hotline, chat, "打錯 78A1235", entities=[("serial_number", 3, 10), ("page", 0, 2)])
    async with hotline.database.read() as session:
        found = await facts_so_far(session, chat)
    assert found == {"serial": "78A1235"}
    assert missing_from("technical_hardware", found) == ("description", "product", "customer")
    assert missing_from("greet", found) == ()


async def test_an_article_is_told_once_as_it_was_used_last(hotline: Hotline) -> None:
    chat = await begun(hotline)
    async with hotline.database.write() as session:
        for article, helped in (("a", False), ("b", None), (None, None), ("a", True)):
            session.add(
                QuestionRow(
                    conversation_id=chat, text="?", language="zh-TW", outcome="answered",
                    article=article, helped=helped, certainty=1, asked_at=hotline.now(),
                )
            )  # fmt: skip
            await session.flush()
    async with hotline.database.read() as session:
        found = await answers_of(session, chat)
    assert [(one.article, one.helped) for one in found] == [("a", True), ("b", None)]

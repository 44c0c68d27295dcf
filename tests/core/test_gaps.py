"""What no article answered: grouped, counted by who asked, and seen to once."""

import asyncio
from datetime import datetime, timedelta

import pytest

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.errors import BadInput
from hotline.knowledge import gaps
from hotline.knowledge.gaps import ANSWERED, NOT_OURS, Question, grouped
from hotline.knowledge.library import Library
from hotline.knowledge.naming import known_to
from hotline.partners.service import Contact
from hotline.settings import load_settings
from hotline.staff.service import Staff
from tests.conftest import OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.core.desk_work import everything_journalled, journal
from tests.core.questions import ARTICLE, asked, gaps_of, texts_of

ALIKE = [
    ("你們公司可以停車嗎", "去你們公司能停車嗎"),
    ("有 LINE 官方帳號嗎", "do you have a LINE account"),
    ("可以開電子發票載具嗎", "發票可以存手機載具嗎"),
    ("認證考試幾分算及格，總共幾題", "認證考試幾分及格"),
    ("工單號碼最後面那一碼檢查碼是用什麼演算法算出來的", "工單編號最後一碼檢查碼的公式是什麼"),
    ("滿意度訪談是委託哪間市調公司在打電話", "滿意度訪談委託哪家市調公司做的"),
]


def question(number: int, text: str, asker: str = "", at: datetime = TUESDAY_MORNING) -> Question:
    when = at + timedelta(minutes=number)
    return Question(number, f"c{number}", asker or f"c{number}", text, "zh-TW", when, True)


@pytest.fixture(scope="module")
def library() -> Library:
    settings = load_settings()
    return Library(settings.knowledge_dir, known_to(settings))


def test_questions_alike_are_one_gap_and_others_are_not(library: Library) -> None:
    said = [text for pair in ALIKE for text in pair]
    found = grouped([question(n, text) for n, text in enumerate(said)], library.shelf())
    groups = {frozenset(it.text for it in gap.questions) for gap in found}
    assert groups == {frozenset(pair) for pair in ALIKE}


def test_grouping_is_the_same_in_whatever_order_and_loses_none(library: Library) -> None:
    said = [text for pair in ALIKE for text in pair]
    questions = [question(n, text) for n, text in enumerate(said)]
    first = grouped(questions, library.shelf())
    assert grouped(reversed(questions), library.shelf()) == first
    assert sum(len(gap.questions) for gap in first) == len(questions)
    assert grouped([], library.shelf()) == []


def test_what_has_no_term_stands_by_itself(library: Library) -> None:
    found = grouped(
        [question(1, "？？"), question(2, "請問"), question(3, "請問")], library.shelf()
    )
    assert len(found) == 3


def test_the_most_askers_come_first_then_the_newest(library: Library) -> None:
    said = [
        (1, "有停車位嗎", "anna"), (2, "有停車位嗎？", "anna"), (3, "停車位", "anna"),
        (4, "有 LINE 帳號嗎", "anna"), (5, "LINE 帳號", "ben"), (6, "講師鐘點費多少", "carl"),
    ]  # fmt: skip
    found = grouped([question(*one) for one in said], library.shelf())
    assert [(gap.askers, len(gap.questions)) for gap in found] == [(2, 2), (1, 1), (1, 3)]
    parking = found[-1]
    assert [it.id for it in parking.questions] == [3, 2, 1]
    assert (parking.since, parking.last) == tuple(
        TUESDAY_MORNING + timedelta(minutes=n) for n in (1, 3)
    )


async def test_only_what_was_refused_or_did_not_help_is_a_gap(
    hotline: Hotline, contact: Contact
) -> None:
    await asked(hotline, "有停車位嗎", contact)
    await asked(hotline, "交期多久", contact, outcome="answered", article=ARTICLE, helped=False)
    await asked(hotline, "講師鐘點費", contact, outcome="offered", helped=False)
    for helped in (None, True):
        await asked(hotline, "額度", outcome="answered", article=ARTICLE, helped=helped)
    await asked(hotline, "額度", outcome="offered")
    found = {gap.questions[0].text: gap for gap in await gaps_of(hotline)}
    assert set(found) == {"有停車位嗎", "交期多久", "講師鐘點費"}
    assert (found["有停車位嗎"].refused, found["有停車位嗎"].articles) == (1, ())
    assert (found["交期多久"].refused, found["交期多久"].articles) == (0, (ARTICLE,))


async def test_a_contact_is_one_asker_and_each_visitor_another(
    hotline: Hotline, contact: Contact
) -> None:
    other = await contact_of(hotline, OTHER_COMPANY)
    for who in (contact, contact, other, None, None):
        await asked(hotline, "有停車位嗎", who)
    begun, _greeting = await start(hotline, None)
    for _ in range(2):
        await asked(hotline, "有停車位嗎", conversation=begun.id)
    [gap] = await gaps_of(hotline)
    assert (len(gap.questions), gap.askers) == (7, 5)


async def test_done_is_who_and_when_without_words_and_what_comes_later_stays(
    hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    ids = [await asked(hotline, "有停車位嗎"), await asked(hotline, "停車位在哪")]
    other = await asked(hotline, "鴨嘴獸的鐘點費")
    [later] = [await asked(hotline, "有停車位嗎")]
    assert await gaps.mark_done(hotline, engineer, ids, ANSWERED) == 2
    assert sorted(await texts_of(hotline)) == [["有停車位嗎"], ["鴨嘴獸的鐘點費"]]
    assert await gaps.mark_done(hotline, lead, [*ids, other], NOT_OURS) == 1
    assert await gaps.mark_done(hotline, lead, [*ids, other], ANSWERED) == 0
    assert [(it.actor, it.detail) for it in await journal(hotline, "gap.done")] == [
        (f"staff:{engineer.id}", {"questions": ids, "reason": "answered"}),
        (f"staff:{lead.id}", {"questions": [other], "reason": "not_ours"}),
    ]
    assert "鴨嘴獸" not in await everything_journalled(hotline)
    [gap] = await gaps_of(hotline)
    assert [it.id for it in gap.questions] == [later]


async def test_of_two_who_say_so_at_once_one_is_first(
    hotline: Hotline, engineer: Staff, lead: Staff
) -> None:
    ids = [await asked(hotline, "有停車位嗎") for _ in range(3)]
    done = await asyncio.gather(
        *(gaps.mark_done(hotline, who, ids, ANSWERED) for who in (engineer, lead))
    )
    assert sorted(done) == [0, 3]
    assert len(await journal(hotline, "gap.done")) == 1


async def test_what_is_no_gap_is_not_marked_and_a_reason_is_one_of_two(
    hotline: Hotline, engineer: Staff
) -> None:
    fine = await asked(hotline, "額度", outcome="answered", article=ARTICLE, helped=True)
    assert await gaps.mark_done(hotline, engineer, [fine, 4711], ANSWERED) == 0
    assert await gaps.mark_done(hotline, engineer, [], ANSWERED) == 0
    with pytest.raises(BadInput):
        await gaps.mark_done(hotline, engineer, [fine], "because")
    assert await journal(hotline, "gap.done") == []

"""The catalogue: complete in both languages, and complete for everybody who asks it."""

import ast
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions.request_words import READ_BACK
from hotline.calendar.days import Hours, WeeklyHours
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.taiwan import official_day
from hotline.settings import QUEUES
from hotline.tickets.kinds import FACTS, KINDS
from hotline.tickets.moves import STATES
from hotline.words import Catalogue, Words, load_words

PROJECT = Path(__file__).parents[2]
TAIPEI = ZoneInfo("Asia/Taipei")
LANGUAGES = ("zh-TW", "en")


@pytest.fixture
def words() -> Words:
    week = WeeklyHours(TAIPEI, ((Hours.parse("09:00-17:00"),),) * 5 + ((), ()))
    return load_words(ServiceCalendar(week, official_day=official_day))


def said_keys() -> Iterator[tuple[str, str]]:
    """(file, key) of every `words.say("key", ...)` in the core, the desk and the actions."""
    for folder in ("hotline", "desk", "actions"):
        for file in sorted((PROJECT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr == "say"
                    and ast.unparse(node.func.value).endswith(("words", "catalogue"))
                    and isinstance(node.args[0], ast.Constant)
                ):
                    yield file.name, str(node.args[0].value)


def test_every_key_that_is_said_somewhere_is_in_the_catalogue(words: Words) -> None:
    said = list(said_keys())
    assert len(said) > 5
    assert [(file, key) for file, key in said if key not in words.catalogue] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_words(words: Words, language: str) -> None:
    assert all(words.queue(queue, language) for queue in QUEUES)
    assert all(words.state(state, language) for state in STATES)
    assert all(words.fact(fact, language) for fact in (*FACTS, "ticket_number", "tax_id"))
    assert all(words.say(f"task.{intent}", language) for intent in KINDS)
    assert all(words.say(f"wish.{intent}", language) for intent in KINDS)
    assert all(words.say(f"noted.{fact}", language, value="x") for fact in READ_BACK)


def test_a_day_is_said_with_its_weekday(words: Words) -> None:
    assert words.fact_value("2026-12-09 10:00", "zh-TW") == "12/9（週三）10:00"
    assert words.fact_value("2026-12-09 morning", "en") == "Wed 9 Dec, morning"
    assert words.fact_value("2026-12-09", "zh-TW") == "12/9（週三）"
    assert words.fact_value("78A1234", "en") == "78A1234"


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        ("apply", "申請", "application"),
        ("Claim", "請款", "claim"),
        ("Renew", "續約", "renewal"),
        ("Terminate", "終止合約", "termination"),
        ("sign", "簽約", "signing"),
        ("續約", "續約", "renewal"),
        ("核銷", "核銷", "claim"),
        ("修改", "修改", "amendment"),
        ("增列代理聯絡人", "增列代理聯絡人", "增列代理聯絡人"),
        ("end by agreement", "end by agreement", "end by agreement"),
    ],
)
def test_what_is_to_be_done_is_said_in_the_readers_words(
    words: Words, said: str, zh: str, en: str
) -> None:
    assert words.fact_value(said, "zh-TW", "purpose") == zh
    assert words.fact_value(said, "en", "purpose") == en
    assert words.fact_value(said, "zh-TW", "product") == said


def test_a_button_is_short_enough(words: Words) -> None:
    for intent in (*KINDS, "ticket_status", "ticket_list", "ask_hours", "talk_to_human", "help"):
        assert len(words.say(f"wish.{intent}", "zh-TW")) <= 8
        assert len(words.say(f"wish.{intent}", "en")) <= 24


def test_a_severity_is_called_by_its_effect(words: Words) -> None:
    assert [words.severity(level, "zh-TW") for level in (1, 2, 3, 4)] == [
        "生產停機",
        "嚴重受影響",
        "一般",
        "詢問",
    ]
    assert words.severity(2, "en", queue="admin") == "tight deadline"


def test_a_holiday_has_its_name_and_an_ordinary_day_has_none(words: Words) -> None:
    christmas = datetime(2026, 12, 25, 23, 59, tzinfo=TAIPEI)
    assert words.why_closed(christmas, "zh-TW") == ("holiday", "行憲紀念日")
    assert words.why_closed(christmas, "en") == ("holiday", "Constitution Day")
    assert words.why_closed(datetime(2026, 12, 26, tzinfo=TAIPEI), "en") == ("closed", "")
    assert words.why_closed(datetime(2026, 12, 28, 10, tzinfo=TAIPEI), "en") == ("open", "")


def test_a_missing_value_is_an_error_and_not_a_gap(words: Words) -> None:
    with pytest.raises(KeyError, match="name"):
        words.say("hello", "zh-TW")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: {zh-TW: 一}", "a needs words in zh-TW and en"),
        ("a: {b: {zh-TW: 一, en: one, fr: un}}", "a.b needs words in zh-TW and en"),
        ("a: {zh-TW: 1, en: one}", "a needs words"),
        ("a: {zh-TW: '{n} 張', en: many}", "a has other placeholders"),
        ("a: one", "a is neither"),
        ("a: {no: {zh-TW: 否, en: no}}", "a.False was written as a yes or no"),
    ],
)
def test_an_incomplete_catalogue_is_refused_by_the_key(
    tmp_path: Path, text: str, fault: str
) -> None:
    file = tmp_path / "words.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        Catalogue.load(file)

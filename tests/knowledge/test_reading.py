"""A file of the knowledge base: what is read, and each fault by its line."""

from datetime import date

import pytest

from hotline.knowledge.articles import Audience, Reader
from hotline.knowledge.reading import parse_article
from tests.knowledge.articles import FILE, known

PARTNER = Reader(is_partner=True, types=frozenset({"isv"}), tier="silver")
VISITOR = Reader()


def faults(*changes: tuple[str, str]) -> list[tuple[int, str]]:
    text = FILE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    article, found = parse_article(text, "knowledge/coffee.md", known())
    assert (article is None) == bool(found)
    return [(fault.line, fault.reason) for fault in found]


def test_a_good_file_is_an_article() -> None:
    article, found = parse_article(FILE, "knowledge/coffee.md", known())
    assert found == []
    assert article is not None
    assert (article.id, article.topic, article.owner) == ("coffee", "coffee", "other")
    chinese = article.wordings["zh-TW"]
    assert chinese.short == "每週五洗一次。\n問 {vendor}。"
    assert chinese.answer.startswith("先關機")
    assert chinese.questions == ("咖啡機多久洗一次",)
    assert article.wordings["en"].answer == "Switch it off, then use water."


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("  en: Cleaning the coffee machine\n", "", 9, "title.en is missing"),
        ("owner: other\n", "", 2, "owner is missing"),
        ("owner: other", "owner: nobody", 5, "owner nobody is none of"),
        ("source: demo", "source: demo\ncolour: red", 5, "there is no key colour"),
        ("intents: [ask_knowledge]", "intents: [ask_me]", 15, "there is no intent ask_me"),
        ("updated: 2026-11-27", "updated: yesterday", 8, "updated: "),
        ("updated: 2026-11-27", "updated: 2026-11-27\nvalid_to: 2025-01-01", 2, "before valid"),
        ("audience: everyone", "audience: {tiers: [wood]}", 6, "there are no tiers wood"),
        ("audience: everyone", "audience: friends", 6, "audience"),
        ("  zh-TW: 洗咖啡機", "  zh-TW: 每個星期五都要洗咖啡機", 13, "is too long"),
        ("{vendor}", "{vender}", 27, "{vender} is filled by nothing"),
        ("# en\n", "# de\n", 23, "has one part under # en"),
        ("id: coffee", "id: tea", 2, "the file of tea is tea.md"),
        ("title:\n", "title: [\n", 11, "expected"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    told = faults((old, new))
    assert any(at == line and reason in why for at, why in told), told


def test_a_file_without_front_matter_is_one_fault() -> None:
    assert parse_article("# zh-TW\n\n好\n", "knowledge/x.md", known())[1][0].line == 1
    assert parse_article("", "knowledge/x.md", known())[0] is None


def test_both_texts_are_needed() -> None:
    [(_, reason)] = faults(("Every Friday.\n\n---\n\nSwitch", "Switch"))
    assert "short answer, ---, full answer" in reason


@pytest.mark.parametrize(
    ("audience", "visitor", "partner"),
    [
        (Audience(), True, True),
        (Audience(partners_only=True), False, True),
        (Audience(partners_only=True, types=frozenset({"isv"})), False, True),
        (Audience(partners_only=True, types=frozenset({"reseller"})), False, False),
        (Audience(partners_only=True, tiers=frozenset({"gold"})), False, False),
        (Audience(partners_only=True, tiers=frozenset({"silver"})), False, True),
    ],
)
def test_who_may_read(audience: Audience, visitor: bool, partner: bool) -> None:
    assert (audience.admits(VISITOR), audience.admits(PARTNER)) == (visitor, partner)


def test_an_article_holds_until_its_last_day() -> None:
    text = FILE.replace("updated: ", "valid_to: 2026-12-31\nupdated: ")
    article, _ = parse_article(text, "knowledge/coffee.md", known())
    assert article is not None
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [article.holds_on(day) for day in days] == [False, True, True, False]
    assert [article.has_expired(day) for day in days] == [False, False, False, True]

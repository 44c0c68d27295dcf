"""Our articles: every topic, both languages, and found by questions of people who never read them.

The measured questions were written first and by others. A change to them changes every figure
before it, so it needs its reason in the commit, and its hash here.
"""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from bench import knowledge as bench
from hotline.knowledge import deciding
from hotline.knowledge.articles import LANGUAGES
from hotline.knowledge.library import Library
from hotline.knowledge.naming import known_to
from hotline.settings import load_settings

ROOT = Path(__file__).parents[2]
HASH = "e651f21a606fd327f9fae6ce6df457c2e1757b4bf689ceaffa21ccda5783ff7f"
TOPICS = """
    hotline-contact hotline-promise hotline-after-hours hotline-services partner-importance
    partner-types type-distributor type-solution-provider type-reseller route-strategy
    coverage-evolution partner-organisation recruit-process recruit-focus selection-criteria
    evaluation-performance evaluation-commitment renewal-termination partner-database prp-overview
    certification channel-academy bdf partnerworld satisfaction-programme technical-support
    presales-support admin-support campaign-programmes conflict-what conflict-causes conflict-kinds
    conflict-resolution conflict-matrix conflict-practice strategy-summary
""".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def library() -> Library:
    settings = load_settings()
    return Library(settings.knowledge_dir, known_to(settings))


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def test_the_measured_questions_are_as_they_were_written() -> None:
    assert sha256((ROOT / bench.MEASURED).read_bytes()).hexdigest() == HASH


def test_every_article_is_without_fault_and_every_topic_has_its_own(library: Library) -> None:
    shelf = library.shelf()
    assert shelf.faults == ()
    slides = {one.id for one in shelf.articles.values() if one.source == "slides"}
    assert slides == set(TOPICS)
    assert {one.topic for one in shelf.articles.values()} == set(TOPICS)
    assert sum(one.source == "demo" for one in shelf.articles.values()) >= 40


def test_no_measured_question_is_an_example_or_known_to_have_no_answer(library: Library) -> None:
    shelf = library.shelf()
    examples = {
        bare(question)
        for article in shelf.articles.values()
        for language in LANGUAGES
        for question in article.wordings[language].questions
    }
    unanswered = (ROOT / "knowledge/unanswered.yml").read_text("utf-8").splitlines()
    learned = examples | {bare(line) for line in unanswered}
    measured = bench.read_questions(ROOT / bench.MEASURED)
    assert [one.text for one in measured if bare(one.text) in learned] == []


def test_questions_find_their_articles_and_others_are_refused(library: Library) -> None:
    figures = bench.quality(library.index(library.shelf().articles))
    assert {
        name: figures[name] for name in bench.FLOORS if figures[name] < bench.FLOORS[name]
    } == {}
    assert figures["refused with an answer"] <= bench.CEILINGS["refused with an answer"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("BDF 是什麼", deciding.ANSWER),
        ("what is channel conflict", deciding.ANSWER),
        ("要當夥伴需要什麼條件", deciding.OFFER),
        ("明天會下雨嗎", deciding.REFUSE),
        ("", deciding.REFUSE),
        ("的了嗎呢", deciding.REFUSE),
        ("(.*)+[a-z]{1000}", deciding.REFUSE),
    ],
)
def test_a_question_is_answered_asked_back_or_refused(
    library: Library, question: str, kind: str
) -> None:
    index = library.index(library.shelf().articles)
    assert deciding.decide(index.rank(question)).kind == kind


@pytest.mark.parametrize("noise", ["<b>{}</b>", "{}" + "？" * 5000, "{}\x00", "　{}　"])
def test_noise_around_a_question_does_not_hide_it(library: Library, noise: str) -> None:
    index = library.index(library.shelf().articles)
    assert index.rank(noise.format("通路衝突是什麼")).ranked[0].article.id == "conflict-what"

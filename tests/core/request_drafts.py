"""Drafts of requests: begun with words and facts, asked the next question, answered."""

from datetime import date

from hotline.tickets import intake, questions
from hotline.tickets.draft import CONFIRM, Draft, Heard, Said
from wording.facts import find_facts

TUESDAY = date(2026, 12, 1)


def opened(
    text: str,
    *facts: tuple[str, str],
    intent: str = "technical_hardware",
    closed: bool = False,
    visitor: bool = False,
) -> Draft:
    heard = intake.start("key", intent, Said(text, facts), closed=closed, visitor=visitor)
    return questions.ask(heard.draft, questions.next_question(heard.draft))


def then(draft: Draft, text: str, *facts: tuple[str, str], closed: bool = False) -> Heard:
    return intake.hear(draft, Said(text, facts), closed=closed)


def going_on(heard: Heard) -> Draft:
    return questions.ask(heard.draft, questions.next_question(heard.draft))


def at_the_summary() -> Draft:
    draft = opened(
        "Power 主機開機到一半就停，自用", ("product", "Power 主機"), ("serial", "78A1234")
    )
    assert draft.asked == CONFIRM
    return draft


def as_read(text: str, *more: tuple[str, str]) -> Said:
    """`text` with the facts that the engine finds by rule."""
    return Said(text, (*((one.kind, one.value) for one in find_facts(text)), *more), TUESDAY)


def begun(text: str, intent: str, *more: tuple[str, str], visitor: bool = False) -> Draft:
    heard = intake.start(
        "key", intent, as_read(text, *more), closed=False, visitor=visitor, reachable=not visitor
    )
    return questions.ask(heard.draft, questions.next_question(heard.draft))


def answer(draft: Draft, text: str) -> Heard:
    return intake.hear(draft, as_read(text))

"""The form of a draft: what was typed in it. Pure."""

from collections.abc import Mapping

from hotline.knowledge.articles import LANGUAGES
from hotline.knowledge.writing import EVERYONE, PARTNERS, Draft, Text, lines_of, one_line
from wording.text import strip_control

_LINE_CHARS, _TEXT_CHARS, _QUESTIONS = 300, 20_000, 100
_TICKED = "1"


def read(said: Mapping[str, str], updated: str) -> Draft:
    """The draft as it stands in a form that was sent."""

    def line(name: str) -> str:
        return one_line(strip_control(said.get(name, "")))[:_LINE_CHARS]

    def ticked(kind: str) -> tuple[str, ...]:
        names = (name for name, value in said.items() if value == _TICKED)
        return tuple(sorted(it.removeprefix(kind) for it in names if it.startswith(kind)))

    def text(language: str) -> Text:
        return Text(
            title=line(f"title.{language}"),
            label=line(f"label.{language}"),
            questions=_questions(_lines(said, f"questions.{language}")),
            short=_lines(said, f"short.{language}"),
            answer=_lines(said, f"answer.{language}"),
        )

    is_for_all = line("audience") != PARTNERS
    return Draft(
        id=line("id"),
        topic=line("topic"),
        source=line("source"),
        owner=line("owner"),
        audience=EVERYONE if is_for_all else PARTNERS,
        types=() if is_for_all else ticked("types."),
        tiers=() if is_for_all else ticked("tiers."),
        valid_from=line("valid_from"),
        valid_to=line("valid_to"),
        updated=updated,
        intents=_codes(line("intents")),
        related=_codes(line("related")),
        texts={language: text(language) for language in LANGUAGES},
    )


def _lines(said: Mapping[str, str], name: str) -> str:
    return lines_of(strip_control(said.get(name, ""))[:_TEXT_CHARS])


def _questions(text: str) -> tuple[str, ...]:
    lines = (one_line(line)[:_LINE_CHARS] for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:_QUESTIONS]


def _codes(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.replace(",", " ").replace("、", " ").split()))

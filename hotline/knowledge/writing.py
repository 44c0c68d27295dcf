"""An article as it is written: its fields as texts, the file they make, and what is wrong. Pure."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date

import yaml

from hotline.knowledge.articles import LANGUAGES, Article
from hotline.knowledge.reading import (
    LANGUAGE_LINE,
    RULE,
    Fault,
    Known,
    is_id,
    links,
    parse_article,
)

EVERYONE, PARTNERS = "everyone", "partners"
_WHOLE_LINE = 1_000_000  # YAML folds what is longer


@dataclass(frozen=True)
class Text:
    """What is written in one language."""

    title: str = ""
    label: str = ""
    questions: tuple[str, ...] = ()
    short: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Draft:
    """An article as somebody has typed it, right or wrong; days as YYYY-MM-DD.

    `types` and `tiers` say which partners, if not all; empty ones all.
    """

    id: str = ""
    topic: str = ""
    source: str = ""
    owner: str = ""
    audience: str = EVERYONE
    types: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    updated: str = ""
    intents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, Text()))


def draft_of(article: Article) -> Draft:
    whom = article.audience
    return Draft(
        id=article.id,
        topic=article.topic,
        source=article.source,
        owner=article.owner,
        audience=PARTNERS if whom.partners_only else EVERYONE,
        types=tuple(sorted(whom.types or ())),
        tiers=tuple(sorted(whom.tiers or ())),
        valid_from=article.valid_from.isoformat(),
        valid_to=article.valid_to.isoformat() if article.valid_to else "",
        updated=article.updated.isoformat(),
        intents=article.intents,
        related=article.related,
        texts={
            language: Text(said.title, said.label, said.questions, said.short, said.answer)
            for language, said in article.wordings.items()
        },
    )


def file_text(draft: Draft) -> str:
    """The file as the library reads it."""
    return "\n".join(_lines(draft)) + "\n"


def checked(draft: Draft, name: str, known: Known, targets: Set[str]) -> list[Fault]:
    """What is wrong with the file that it makes, and with its links to other than `targets`."""
    faults = list(_misread(draft, name))
    article, found = parse_article(file_text(draft), name, known)
    faults += [_placed(fault, draft) for fault in found]
    if article is not None:
        for target in dict.fromkeys(links(article)):
            if target not in targets and target != draft.id:
                why = f"links to {target or 'nothing'}, which is no article"
                key = "related" if target in draft.related else _key_of(draft, f"({_link(target)}")
                faults.append(Fault(name, 1, why, "link", key, target))
    return faults


def one_line(text: str) -> str:
    return " ".join(text.split())


def lines_of(text: str) -> str:
    """A text in lines as the file has it: none ends in spaces, no empty ones around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _lines(draft: Draft) -> Iterator[str]:
    yield RULE
    for name in ("id", "topic", "source", "owner"):
        yield f"{name}: {_scalar(getattr(draft, name))}"
    yield from _audience(draft)
    for name in ("valid_from", "valid_to", "updated"):
        if day := getattr(draft, name):
            yield f"{name}: {_day(day)}"
    for name in ("title", "label"):
        yield f"{name}:"
        for language in LANGUAGES:
            yield f"  {language}: {_scalar(getattr(draft.texts[language], name))}"
    for name in ("intents", "related"):
        if codes := getattr(draft, name):
            yield f"{name}: [{', '.join(map(_in_list, codes))}]"
    yield "questions:"
    for language in LANGUAGES:
        questions = draft.texts[language].questions
        yield f"  {language}:{'' if questions else ' []'}"
        yield from (f"    - {_scalar(question)}" for question in questions)
    yield RULE
    for language in LANGUAGES:
        said = draft.texts[language]
        yield from ("", f"# {language}", "", lines_of(said.short))
        yield from ("", RULE, "", lines_of(said.answer))


def _audience(draft: Draft) -> Iterator[str]:
    chosen = [(name, getattr(draft, name)) for name in ("types", "tiers") if getattr(draft, name)]
    if draft.audience != PARTNERS or not chosen:
        yield f"audience: {_scalar(draft.audience)}"
        return
    yield "audience:"
    for name, codes in chosen:
        yield f"  {name}: [{', '.join(map(_in_list, codes))}]"


def _scalar(text: str) -> str:
    """One line of YAML that is read as this text and nothing else."""
    written = yaml.safe_dump(one_line(text), allow_unicode=True, width=_WHOLE_LINE)
    return written.removesuffix("\n").removesuffix("\n...")


def _in_list(text: str) -> str:
    """The same where a comma would end it."""
    listed = yaml.safe_dump(
        [one_line(text)], allow_unicode=True, width=_WHOLE_LINE, default_flow_style=True
    )
    return listed.strip().removeprefix("[").removesuffix("]")


def _day(typed: str) -> str:
    return typed if is_day(typed) else _scalar(typed)


def is_day(typed: str) -> bool:
    try:
        return date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        return False


def _misread(draft: Draft, name: str) -> Iterator[Fault]:
    """Lines that the file would take for the ends of its parts, and days in another form."""
    for key in ("valid_from", "valid_to", "updated"):
        if (day := getattr(draft, key)) and not is_day(day):
            yield Fault(name, 1, f"{key}: {day} is no day", "date", key, day)
    for language, said in draft.texts.items():
        if RULE in lines_of(said.short).splitlines():
            why = f"{language}: --- ends the short answer"
            yield Fault(name, 1, why, "rule", f"short.{language}")
        for key, text in (("short", said.short), ("answer", said.answer)):
            for line in text.splitlines():
                if LANGUAGE_LINE.fullmatch(line.rstrip()):
                    why = f"{line} begins another part"
                    yield Fault(name, 1, why, "heading", f"{key}.{language}", line)


def _placed(fault: Fault, draft: Draft) -> Fault:
    """At the field that says what is named, where the reader only knows its line."""
    if fault.code != "placeholder":
        return fault
    return replace(fault, key=_key_of(draft, fault.about))


def _key_of(draft: Draft, words: str) -> str:
    """The field of a language in which these words stand."""
    for language, said in draft.texts.items():
        for key in ("short", "answer", "title", "label"):
            if words in getattr(said, key):
                return f"{key}.{language}"
        if any(words in question for question in said.questions):
            return f"questions.{language}"
    return ""


def _link(target: str) -> str:
    return f"article:{target}" if is_id(target) else target

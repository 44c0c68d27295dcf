"""A file of `knowledge/` as an article, or what is wrong with it, by its line.

A file is front matter between two lines of `---`, then for each language `# zh-TW` or `# en`, the
short answer, a line `---`, and the full one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hotline.knowledge.articles import LANGUAGES, Article, Audience, Wording
from hotline.yaml_files import parsed

# libyaml's where there is one: a tenth of the time, and there are a hundred files.

ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
RULE = "---"
LANGUAGE_LINE = re.compile(r"# *(?P<language>zh-TW|en) *")
_LINK = re.compile(r"\]\((?P<target>[^)\s]*)\)")
_PLACEHOLDER = re.compile(r"\{(?P<name>[a-z_]+)\}")
_ARTICLE = "article:"
_LABEL_WIDTH = {"zh-TW": 16, "en": 24}
SHORT_LINES, SHORT_CHARACTERS = 5, {"zh-TW": 180, "en": 600}


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong with a file, for whoever wrote it.

    To be told in other words as well: `code` is the kind of fault, `key` the field that has it,
    such as `title.en` or `short.zh-TW`, and `about` what is named in it.
    """

    file: str
    line: int
    reason: str
    code: str = field(default="other", compare=False)
    key: str = field(default="", compare=False)
    about: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Both(_Strict):
    zh: str = Field(alias="zh-TW", min_length=1)
    en: str = Field(min_length=1)

    def of(self, language: str) -> str:
        return self.zh if language == "zh-TW" else self.en


class _Questions(_Strict):
    zh: tuple[str, ...] = Field(alias="zh-TW", min_length=1)
    en: tuple[str, ...] = Field(min_length=1)

    def of(self, language: str) -> tuple[str, ...]:
        return self.zh if language == "zh-TW" else self.en


class _Whom(_Strict):
    types: tuple[str, ...] | None = None
    tiers: tuple[str, ...] | None = None


class _Front(_Strict):
    id: str = Field(pattern=ID)
    topic: str = Field(pattern=ID)
    source: str = Field(min_length=1)
    owner: str
    audience: Literal["everyone", "partners"] | _Whom
    valid_from: date
    valid_to: date | None = None
    updated: date
    title: _Both
    label: _Both
    intents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    questions: _Questions

    @model_validator(mode="after")
    def _in_order(self) -> "_Front":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        return self


@dataclass(frozen=True)
class Known:
    """What an article may name: queues, intents, types, tiers, and what is filled in later."""

    owners: frozenset[str]
    intents: frozenset[str]
    types: frozenset[str]
    tiers: frozenset[str]
    placeholders: frozenset[str]


def read_article(path: Path, name: str, known: Known) -> tuple[Article | None, list[Fault]]:
    """The article in `path`, called `name` in faults; None with one fault at least."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as failure:
        return None, [Fault(name, 1, f"cannot be read: {failure}", "unreadable")]
    return parse_article(text, name, known)


def parse_article(text: str, name: str, known: Known) -> tuple[Article | None, list[Fault]]:
    """The same of a file's text."""
    lines = text.splitlines()
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == RULE), None)
    if not lines or lines[0].rstrip() != RULE or end is None:
        return None, [Fault(name, 1, "begins with front matter between two lines of ---", "front")]
    front, places, faults = _front(lines[1:end], name)
    bodies, more = _bodies(lines, end + 1, name)
    faults += more
    if front is not None:
        faults += _named_wrongly(front, places, name, known)
        if path_id(name) != front.id:
            why = f"the file of {front.id} is {front.id}.md"
            faults.append(Fault(name, places("id"), why, "file_name", "id", front.id))
    faults += _unfilled(lines, name, known)
    if front is None or faults:
        return None, sorted(set(faults))
    return _article(front, bodies, name), []


def is_id(text: str) -> bool:
    return re.fullmatch(ID, text) is not None


def path_id(name: str) -> str:
    return Path(name).stem


def links(article: Article) -> Iterator[str]:
    """The ids that the article's texts link to, and those that it is related to."""
    yield from article.related
    for wording in article.wordings.values():
        for link in _LINK.finditer(wording.answer):
            yield link["target"].removeprefix(_ARTICLE)


def _front(lines: list[str], name: str) -> tuple[_Front | None, Callable[[str], int], list[Fault]]:
    """The front matter, where its keys stand, and what is wrong with it."""
    written = "\n".join(lines)
    try:
        values = parsed(written)
    except (yaml.YAMLError, ValueError) as failure:  # a day that no month has is no YAMLError
        mark = getattr(failure, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        problem = getattr(failure, "problem", None) or "is no YAML"
        return None, lambda _key: 2, [Fault(name, line, str(problem), "yaml")]
    places = _places(written)
    if not isinstance(values, dict):
        return None, places, [Fault(name, 2, "front matter is keys with values", "front")]
    try:
        return _Front.model_validate(values), places, []
    except ValidationError as failure:
        return None, places, [_told(error, places, name) for error in failure.errors()]


# What pydantic calls a fault, and the code of it here.
_CODES = {
    "extra_forbidden": "extra",
    "missing": "missing",
    "string_too_short": "missing",
    "too_short": "missing",
    "string_pattern_mismatch": "slug",
    "value_error": "order",
}


def _told(error: Any, places: Callable[[str], int], name: str) -> Fault:
    where = [str(part) for part in error["loc"] if part not in ("_Whom",)]
    key = ".".join(where)
    reasons = {
        "extra_forbidden": f"there is no key {key}",
        "missing": f"{key} is missing",
    }
    line = places(".".join(where)) or places(where[0] if where else "")
    kind = error["type"]
    code = _CODES.get(kind, "date" if kind.startswith("date_") else "other")
    if error["input"] == "":
        code = "missing"
    why = reasons.get(kind, f"{key}: {error['msg']}".lstrip(": "))
    return Fault(name, line, why, code, "valid_to" if code == "order" else key, error["msg"])


def _places(written: str) -> Callable[[str], int]:
    """On which line of the file a key such as `title.en` stands; 2 if nowhere.

    Read once more for it, and only where something is wrong.
    """
    found: dict[str, int] = {}

    def walk(part: Any, prefix: str) -> None:
        if isinstance(part, yaml.MappingNode):
            for key, value in part.value:
                name = f"{prefix}{key.value}"
                found[name] = key.start_mark.line + 2
                walk(value, f"{name}.")
        elif isinstance(part, yaml.SequenceNode):
            for number, value in enumerate(part.value):
                found[f"{prefix}{number}"] = value.start_mark.line + 2
                walk(value, f"{prefix}{number}.")

    def line(key: str) -> int:
        if not found:
            walk(yaml.compose(written, Loader=yaml.SafeLoader), "")
        while key:
            if key in found:
                return found[key]
            key = key.rpartition(".")[0]
        return 2

    return line


def _bodies(
    lines: list[str], start: int, name: str
) -> tuple[dict[str, tuple[str, str]], list[Fault]]:
    """Of each language the short and the full text."""
    faults: list[Fault] = []
    begins = [
        (at, match["language"])
        for at, line in enumerate(lines)
        if at >= start and (match := LANGUAGE_LINE.fullmatch(line))
    ]
    for language in LANGUAGES:
        if [found for _, found in begins].count(language) != 1:
            why = f"has one part under # {language}"
            faults.append(Fault(name, start + 1, why, "part", f"answer.{language}", language))
    bodies = {}
    ends = [*(at for at, _ in begins[1:]), len(lines)]
    for (at, language), end in zip(begins, ends, strict=False):  # no part has no end
        part = lines[at + 1 : end]
        rule = next((n for n, line in enumerate(part) if line.rstrip() == RULE), None)
        if rule is None:
            why = f"{language}: short answer, ---, full answer"
            faults.append(Fault(name, at + 1, why, "halves", f"short.{language}"))
            continue
        short, full = "\n".join(part[:rule]).strip(), "\n".join(part[rule + 1 :]).strip()
        faults += _too_much(name, at + 2, language, short, full)
        bodies[language] = (short, full)
    return bodies, faults


def _too_much(name: str, line: int, language: str, short: str, full: str) -> Iterator[Fault]:
    def fault(why: str, code: str, key: str, about: int | str = "") -> Fault:
        return Fault(name, line, f"{language}: {why}", code, f"{key}.{language}", str(about))

    for key, text in (("short", short), ("answer", full)):
        if not text:
            which = "short" if key == "short" else "full"
            yield fault(f"the {which} answer is empty", "missing", key)
    most = SHORT_CHARACTERS[language]
    if len(short.splitlines()) > SHORT_LINES:
        why = f"the short answer has at most {SHORT_LINES} lines"
        yield fault(why, "lines", "short", SHORT_LINES)
    if len(short) > most:
        why = f"the short answer has at most {most} characters"
        yield fault(why, "characters", "short", most)


def _named_wrongly(
    front: _Front, places: Callable[[str], int], name: str, known: Known
) -> Iterator[Fault]:
    if front.owner not in known.owners:
        allowed = ", ".join(sorted(known.owners))
        why = f"owner {front.owner} is none of {allowed}"
        yield Fault(name, places("owner"), why, "owner", "owner", front.owner)
    for number, intent in enumerate(front.intents):
        if intent not in known.intents:
            why = f"there is no intent {intent}"
            yield Fault(name, places(f"intents.{number}"), why, "intent", "intents", intent)
    if isinstance(front.audience, _Whom):
        for key, allowed_ones in (("types", known.types), ("tiers", known.tiers)):
            for one in getattr(front.audience, key) or ():
                if one not in allowed_ones:
                    why = f"there are no {key} {one}"
                    yield Fault(name, places(f"audience.{key}"), why, "whom", "audience", one)
    for language, most in _LABEL_WIDTH.items():
        label = front.label.of(language)
        if sum(1 if char.isascii() else 2 for char in label) > most:
            key = f"label.{language}"
            yield Fault(name, places(key), f"label {label!r} is too long", "label", key, str(most))


def _unfilled(lines: list[str], name: str, known: Known) -> Iterator[Fault]:
    """Placeholders that nothing fills."""
    for at, line in enumerate(lines, 1):
        for found in _PLACEHOLDER.finditer(line):
            if found["name"] not in known.placeholders:
                why = f"{found.group()} is filled by nothing"
                yield Fault(name, at, why, "placeholder", about=found.group())


def _article(front: _Front, bodies: Mapping[str, tuple[str, str]], name: str) -> Article:
    return Article(
        id=front.id,
        topic=front.topic,
        source=front.source,
        owner=front.owner,
        updated=front.updated,
        valid_from=front.valid_from,
        valid_to=front.valid_to,
        audience=_audience(front.audience),
        wordings={
            language: Wording(
                title=front.title.of(language),
                label=front.label.of(language),
                short=bodies[language][0],
                answer=bodies[language][1],
                questions=front.questions.of(language),
            )
            for language in LANGUAGES
        },
        intents=front.intents,
        related=front.related,
        file=name,
    )


def _audience(written: str | _Whom) -> Audience:
    if isinstance(written, str):
        return Audience(partners_only=written == "partners")
    return Audience(
        partners_only=True,
        types=None if written.types is None else frozenset(written.types),
        tiers=None if written.tiers is None else frozenset(written.tiers),
    )

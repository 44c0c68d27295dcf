"""A request as somebody tells it on the telephone: the same draft as in the chat. Pure.

The words are read as a first message is; what stands in the fields beside them was asked for, and
is read as the answers to those questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hotline.tickets import intake
from hotline.tickets.draft import Draft, Said
from hotline.tickets.kinds import KINDS
from hotline.tickets.noting import (
    PAST,
    find_number,
    problem_with,
    says_a_past,
    value_for,
    with_fact,
)
from wording.facts import find_facts

_CALLER, _PHONE = "contact", "phone"
_OF_THE_CALL = ("description", _PHONE)


@dataclass(frozen=True)
class Told:
    """`facts` are the fields as typed, `tried` what could not be read there at the last try.

    `severity` is set by hand, or None: then the words decide.
    """

    intent: str
    words: str
    facts: Mapping[str, str] = field(default_factory=dict)
    tried: Mapping[str, str] = field(default_factory=dict)
    severity: int | None = None


@dataclass(frozen=True)
class Read:
    """The draft, and the fields that could not be read: {fact: what is wrong}."""

    draft: Draft
    problems: Mapping[str, str]


def fields_of(intent: str) -> tuple[str, ...]:
    """The facts to ask for, in order, beside the words and the number that the call has."""
    return tuple(fact for fact, _need in KINDS[intent].asks if fact not in _OF_THE_CALL)


def read(
    key: str,
    told: Told,
    *,
    today: date,
    closed: bool,
    visitor: bool,
    caller: str = "",
    phone: str = "",
) -> Read:
    """What is known of the request.

    As in the chat, what cannot be read is said once; told again, it is kept and marked for whoever
    handles it. Of an unknown caller name and number are facts as well.
    """
    found = tuple((fact.kind, fact.value) for fact in find_facts(told.words))
    said = Said(told.words, found, today)
    heard = intake.start(key, told.intent, said, closed=closed, visitor=visitor, reachable=True)
    draft = with_fact(heard.draft, "description", told.words)
    problems: dict[str, str] = {}
    for fact in fields_of(told.intent):
        typed = told.facts.get(fact, "").strip()
        if not typed:
            continue
        if fact == "needed_by" and says_a_past(typed, today):
            problems[fact] = PAST
        elif value := value_for(fact, typed, today) or find_number(fact, typed):
            draft = with_fact(draft, fact, value, "unverified" if fact == "product" else "known")
        elif told.tried.get(fact) == typed:
            draft = with_fact(draft, fact, typed, "unverified")
        else:
            problems[fact] = problem_with(fact, typed)
    if visitor:
        draft = with_fact(draft, _CALLER, caller)
    if phone:
        draft = with_fact(draft, _PHONE, phone)
    if told.severity is not None and told.severity != draft.severity:
        draft = replace(draft, severity=told.severity, severity_words=())
    return Read(draft, problems)

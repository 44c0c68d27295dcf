"""Filling a request before it is a ticket: what is known, what is asked next, what an answer means.

Pure rules: no database, no engine, no words for people. The actions hand in what was said with
the facts found in it; they get a new draft and what happened back.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from hotline.tickets.kinds import FACTS, KINDS, MOST_MISSES, MOST_QUESTIONS, NEEDED, Kind
from wording import steering
from wording.customers import customer_in
from wording.phones import Phone, PhoneProblem, read_phone
from wording.severity import severity_of

CONFIRM, CHANGE = "confirm", "change"
_FREE_TEXT = ("description", "product", "customer", "needed_by", "contact")


@dataclass(frozen=True)
class Said:
    """One message: its raw text and the facts the engine found, as (kind, value)."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fact:
    """`status` is known, skipped, unverified (given up after two tries) or unasked."""

    value: str
    status: str = "known"


@dataclass(frozen=True)
class Draft:
    """A request being filled. `asked` is the fact that was asked for last, or CONFIRM or CHANGE."""

    key: str
    intent: str
    severity: int
    severity_words: tuple[str, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)
    asked: str | None = None
    questions: int = 0
    misses: int = 0
    urgent_first: bool = False  # an outage while closed: the ticket first, the rest later
    visitor: bool = False

    @property
    def kind(self) -> Kind:
        return KINDS[self.intent]

    def value(self, fact: str) -> str:
        return self.facts[fact].value if fact in self.facts else ""

    def to_json(self) -> dict[str, Any]:
        return {
            **self.__dict__,
            "severity_words": list(self.severity_words),
            "facts": {kind: fact.__dict__ for kind, fact in self.facts.items()},
        }


@dataclass(frozen=True)
class Heard:
    """What an answer did: facts written down, the fact that was corrected, what went wrong."""

    draft: Draft
    noted: tuple[str, ...] = ()
    corrected: str | None = None
    problem: str | None = None
    gave_up: bool = False
    skipped: bool = False


def draft_from_json(stored: dict[str, Any]) -> Draft:
    return Draft(
        **{
            **stored,
            "severity_words": tuple(stored["severity_words"]),
            "facts": {kind: Fact(**fact) for kind, fact in stored["facts"].items()},
        }
    )


def start(key: str, intent: str, said: Said, *, closed: bool, visitor: bool) -> tuple[Draft, Heard]:
    """A new draft with everything the first message says already filled in."""
    kind = KINDS[intent]
    judged = severity_of(said.text, kind.technical)
    level = judged.level if judged.words else kind.usual_severity
    draft = Draft(key, intent, level, tuple(judged.words), visitor=visitor)
    if intent == "technical_hardware" and level == 1 and closed:
        draft = replace(draft, urgent_first=True)
    if steering.has_content(said.text):
        draft = _with(draft, "description", said.text.strip())
    draft, noted = _note(draft, said)
    if problem := _unreadable_phone(said):
        draft = replace(draft, asked="phone", misses=1)
        return draft, Heard(draft, noted, problem=problem)
    return draft, Heard(draft, noted)


def next_question(draft: Draft) -> str:
    """The fact to ask for now, or CONFIRM when the summary is due."""
    if draft.visitor and "phone" not in draft.facts and "email" not in draft.facts:
        contact_due = "contact" not in draft.facts
    else:
        contact_due = False
    if draft.urgent_first:
        return "contact" if contact_due else CONFIRM
    for fact, need in draft.kind.asks:
        if fact in draft.facts:
            continue
        if need == NEEDED or draft.questions < MOST_QUESTIONS:
            return fact
    return "contact" if contact_due else CONFIRM


def ask(draft: Draft, what: str) -> Draft:
    """`draft` with `what` as the question that stands."""
    again = what == draft.asked or what in (CONFIRM, CHANGE)
    questions = draft.questions if again else draft.questions + 1
    return replace(draft, asked=what, questions=questions)


def hear(draft: Draft, said: Said) -> Heard:
    """Read an answer: every fact in it is kept, whatever was asked.

    The first miss of the asked fact names the problem; the second goes on, with what was typed
    marked for staff.
    """
    asked = draft.asked
    filled, noted = _note(draft, said)
    if asked != "phone" and (problem := _unreadable_phone(said)):
        return Heard(replace(filled, asked="phone", misses=1), noted, problem=problem)
    if asked in (None, CONFIRM, CHANGE):
        corrected = next((kind for kind in noted if kind in draft.facts), None)
        if not noted and steering.has_content(said.text):
            words = f"{draft.value('description')}\n{said.text.strip()}".strip()
            filled, noted = _with(filled, "description", words), ("description",)
        return Heard(_judge(filled, said), noted, corrected)
    if asked in noted or (asked == "contact" and {"phone", "email"} & set(noted)):
        if asked == "contact":
            filled = _with(filled, "contact", said.text.strip())
        return Heard(_judge(replace(filled, misses=0), said), noted)
    if steering.is_skip(said.text) and draft.kind.is_optional(asked):
        return Heard(_given(draft, asked, "", "skipped"), skipped=True)
    return _judged(_free_answer(filled, asked, said, noted), said)


def less_urgent(draft: Draft) -> Draft:
    return replace(draft, severity=min(draft.severity + 1, 4))


def open_facts(draft: Draft) -> dict[str, dict[str, str]]:
    """The facts for the ticket; what an outage left out is marked as not asked."""
    facts = {kind: dict(fact.__dict__) for kind, fact in draft.facts.items()}
    for kind, _need in draft.kind.asks:
        facts.setdefault(kind, {"value": "", "status": "unasked"})
    return facts


def is_complete(draft: Draft) -> bool:
    """Whether a ticket may be opened: nothing that is needed is still to be asked."""
    return next_question(draft) == CONFIRM


def _free_answer(draft: Draft, asked: str, said: Said, noted: tuple[str, ...]) -> Heard:
    text = said.text.strip()
    if noted and not steering.says_more_than(text, [draft.value(kind) for kind in noted]):
        return Heard(draft, noted)  # another fact came first; the question stands
    if asked == "description":
        if steering.has_content(text):
            return Heard(_given(draft, asked, text), noted)
    elif asked == "phone":
        phone = read_phone(text)
        if isinstance(phone, Phone):
            return Heard(_given(draft, "phone", str(phone)), (*noted, "phone"))
        return _missed(draft, asked, text, f"phone_{phone.code}")
    elif asked == "product":
        status = "skipped" if steering.is_skip(text) else "unverified"
        value = "" if status == "skipped" else steering.without_marker(text)
        return Heard(_given(draft, asked, value, status), (*noted, asked) if value else noted)
    elif asked in _FREE_TEXT:
        return Heard(_given(draft, asked, steering.without_marker(text)), (*noted, asked))
    if noted:
        return Heard(draft, noted)
    if steering.is_skip(text):  # needed, but the partner does not have it: staff will ask
        return Heard(_given(draft, asked, "", "skipped"), noted, skipped=True)
    return _missed(draft, asked, text, asked)


def _unreadable_phone(said: Said) -> str | None:
    """What is wrong with a telephone number that was given without being asked for."""
    value = dict(said.facts).get("phone")
    phone = read_phone(value) if value else None
    return f"phone_{phone.code}" if isinstance(phone, PhoneProblem) else None


def _missed(draft: Draft, asked: str, text: str, problem: str) -> Heard:
    if draft.misses + 1 >= MOST_MISSES:
        return Heard(_given(draft, asked, text, "unverified"), gave_up=True)
    return Heard(replace(draft, misses=draft.misses + 1), problem=problem)


def _note(draft: Draft, said: Said) -> tuple[Draft, tuple[str, ...]]:
    """Keep every fact of the message; a later value for the same fact wins."""
    found = {kind: value for kind, value in said.facts if kind in FACTS}
    customer = customer_in(said.text)
    if customer:
        found["customer"] = customer
    if draft.asked == "phone" or "phone" in dict(said.facts):
        found.pop("tax_id", None)
    if "machine_type" in found and "product" not in found and "product" not in draft.facts:
        found["product"] = found["machine_type"]
    if draft.kind.technical:  # 「一顆硬碟」 counts a part, not what is wanted
        found.pop("quantity", None)
    if "phone" in found and isinstance(read_phone(found["phone"]), PhoneProblem):
        found.pop("phone")
    noted = []
    for kind, value in found.items():
        if draft.value(kind) != value:
            draft = _with(draft, kind, value)
            noted.append(kind)
    return draft, tuple(noted)


def _judge(draft: Draft, said: Said) -> Draft:
    """A later word may show that it is worse than thought, never that it is milder."""
    judged = severity_of(said.text, draft.kind.technical)
    if judged.words and judged.level < draft.severity:
        return replace(draft, severity=judged.level, severity_words=tuple(judged.words))
    return draft


def _judged(heard: Heard, said: Said) -> Heard:
    return replace(heard, draft=_judge(heard.draft, said))


def _given(draft: Draft, kind: str, value: str, status: str = "known") -> Draft:
    return replace(_with(draft, kind, value, status), misses=0)


def _with(draft: Draft, kind: str, value: str, status: str = "known") -> Draft:
    return replace(draft, facts={**draft.facts, kind: Fact(value, status)})

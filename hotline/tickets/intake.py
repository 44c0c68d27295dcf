"""Filling a request: what is known, what is asked next, what an answer means.

Pure rules: no database, no engine, no words for people. The actions hand in what was said with
the facts found in it; they get a new draft and what happened back.
"""

from dataclasses import replace

from hotline.tickets.draft import CHANGE, CONFIRM, Draft, Fact, Heard, Said
from hotline.tickets.kinds import FACTS, KINDS, MOST_MISSES, MOST_QUESTIONS, NEEDED
from wording import steering
from wording.bare_numbers import bare_number
from wording.customers import customer_in
from wording.fact_names import new_value, says_more_than, without_marker
from wording.phones import Phone, PhoneProblem, read_phone
from wording.severity import severity_of

_FREE_TEXT = ("product", "customer", "needed_by")
_REACHES = ("phone", "email")
_NAMES_SO_FAR = "contact_so_far"  # what a visitor said before leaving a phone or an address
_SHORTEST_REMARK = 5
_LISTED = ("serial", "order_number")  # several of them in one message all belong to the request


def start(key: str, intent: str, said: Said, *, closed: bool, visitor: bool) -> Heard:
    """A new draft with everything the first message says already filled in."""
    kind = KINDS[intent]
    draft = Draft(key, intent, kind.usual_severity, visitor=visitor)
    noted: tuple[str, ...] = ()
    if steering.has_content(said.text):
        draft, noted = _with(draft, "description", said.text.strip()), ("description",)
    draft, found = _note(draft, said)
    judged = severity_of(said.text, kind.technical)
    if judged.words:
        draft = replace(draft, severity=judged.level, severity_words=tuple(judged.words))
    return _outage_first(_with_problem(Heard(draft, (*noted, *found)), said), closed)


def next_question(draft: Draft) -> str:
    """The fact to ask for now, or CONFIRM when the summary is due."""
    contact_due = draft.visitor and "contact" not in draft.facts
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


def hear(draft: Draft, said: Said, *, closed: bool = False) -> Heard:
    """Read an answer: every fact in it is kept, whatever was asked.

    The first miss of the asked fact names the problem; the second goes on, with what was typed
    marked for staff.
    """
    corrected = _correct(draft, said)
    if corrected is not None:
        heard = corrected
    elif draft.asked in (None, CONFIRM, CHANGE):
        heard = _remark(draft, said)
    else:
        heard = _answer(draft, draft.asked, said)
    if draft.asked != "phone":
        heard = _with_problem(heard, said)
    return _outage_first(_judge(heard, said), closed)


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


def has_facts(said: Said) -> bool:
    """Whether a message gives any fact, and does not only steer."""
    return any(kind in FACTS for kind, _value in said.facts)


def _answer(draft: Draft, asked: str, said: Said) -> Heard:
    text = said.text.strip()
    filled, noted = _note(draft, said)
    if asked == "contact":
        return _contact(filled, said, noted)
    if asked in noted:
        return Heard(replace(filled, misses=0), noted)
    if steering.is_skip(text):
        # What is needed but not to be had, staff will ask for; without a description is no ticket.
        if asked != "description":
            return Heard(_given(draft, asked, "", "skipped"), skipped=True)
        return _missed(draft, asked, text)
    known = [value for kind in FACTS if (value := filled.value(kind)) and kind != "description"]
    if known and not says_more_than(text, known):
        # Another fact came first, or one that is known was said again: the question stands.
        return Heard(filled, noted, no_answer=not noted)
    if steering.is_no_answer(text):
        if draft.misses + 1 >= MOST_MISSES and asked != "description":
            return Heard(_given(filled, asked, "", "skipped"), noted, gave_up=asked)
        return Heard(replace(filled, misses=draft.misses + 1), noted, no_answer=True)
    value = _value_for(asked, text)
    if value:
        status = "unverified" if asked == "product" else "known"
        return Heard(_given(filled, asked, value, status), (*noted, asked))
    if noted:
        return Heard(filled, noted)
    return _missed(draft, asked, text)


def _value_for(asked: str, text: str) -> str:
    """What `text` gives for the asked fact, or nothing where it does not fit."""
    if asked == "description":
        return text if steering.has_content(text) else ""
    if asked == "phone":
        phone = read_phone(text)
        return str(phone) if isinstance(phone, Phone) else ""
    if asked == "quantity":
        number = bare_number(without_marker(text))
        return str(number) if number else ""
    return without_marker(text) if asked in _FREE_TEXT else ""


def _contact(draft: Draft, said: Said, noted: tuple[str, ...]) -> Heard:
    """A visitor's name and company, with a phone or an address that reaches somebody."""
    text = said.text.strip()
    names = "" if steering.is_no_answer(text) or steering.is_skip(text) else text
    known = "\n".join(filter(None, (draft.value(_NAMES_SO_FAR), names)))
    given = replace(draft, facts={k: v for k, v in draft.facts.items() if k != _NAMES_SO_FAR})
    if any(draft.value(kind) for kind in _REACHES):
        more = says_more_than(known, [draft.value(kind) for kind in _REACHES])
        return Heard(_given(given, "contact", known if more else ""), (*noted, "contact"))
    if draft.misses + 1 >= MOST_MISSES:
        return Heard(_given(given, "contact", known, "unverified"), gave_up="contact")
    so_far = _with(draft, _NAMES_SO_FAR, known) if known else draft
    problem = _unreadable_phone(said) or "contact"
    return Heard(replace(so_far, misses=draft.misses + 1), noted, problem=problem)


def _correct(draft: Draft, said: Said) -> Heard | None:
    """A new value for a fact that is known: 「電話改成 …」, 「客戶打錯了 是大立營造」."""
    given = new_value(said.text)
    if given is None:
        return None
    fact, text = given
    if draft.asked not in (CONFIRM, CHANGE, fact) and not draft.value(fact):
        return None
    filled, noted = _note(draft, said)
    if text != filled.value(fact) and (fact == "customer" or fact not in noted):
        if fact in ("description", *_FREE_TEXT) and not steering.is_no_answer(text):
            filled = _with(filled, fact, text)
            noted = noted if fact in noted else (*noted, fact)
        elif value := _value_for(fact, text):
            filled, noted = _with(filled, fact, value), (*noted, fact)
    if not noted:
        return _missed(draft, fact, text) if draft.asked == fact else Heard(draft, problem=fact)
    known = tuple(kind for kind in noted if draft.value(kind))
    if fact == "phone" and not known:  # the record's is shown in the summary
        known = noted
    return Heard(replace(filled, misses=0), noted, known)


def _remark(draft: Draft, said: Said) -> Heard:
    """What is said at the summary: facts, or something to add to the description."""
    text = said.text.strip()
    filled, noted = _note(draft, said)
    if noted:
        return Heard(filled, noted, tuple(kind for kind in noted if draft.value(kind)))
    opening = steering.without_yes(text) if steering.starts_with_yes(text) else text
    if steering.is_no_answer(opening) or not steering.has_content(opening):
        return Heard(draft, no_answer=True)
    if steering.is_skip(opening) or len(opening) < _SHORTEST_REMARK:
        return Heard(draft, no_answer=True)
    words = f"{draft.value('description')}\n{opening}".strip()
    return Heard(_with(filled, "description", words), ("description",))


def _with_problem(heard: Heard, said: Said) -> Heard:
    """A telephone number that cannot be read, given without being asked for, is asked for next."""
    problem = _unreadable_phone(said)
    if problem is None or heard.problem or heard.draft.asked in ("phone", "contact"):
        return heard
    if "phone" in heard.noted:
        return heard
    return replace(heard, draft=replace(heard.draft, asked="phone", misses=1), problem=problem)


def _unreadable_phone(said: Said) -> str | None:
    """What is wrong with a telephone number that was given without being asked for."""
    value = next(iter(said.values("phone")), None)
    phone = read_phone(value) if value else None
    return f"phone_{phone.code}" if isinstance(phone, PhoneProblem) else None


def _missed(draft: Draft, asked: str, text: str) -> Heard:
    if draft.misses + 1 >= MOST_MISSES:
        return Heard(_given(draft, asked, text, "unverified"), gave_up=asked)
    problem = asked
    if asked == "phone" and isinstance(phone := read_phone(text), PhoneProblem):
        problem = f"phone_{phone.code}"
    return Heard(replace(draft, misses=draft.misses + 1), problem=problem)


def _note(draft: Draft, said: Said) -> tuple[Draft, tuple[str, ...]]:
    """Keep every fact of the message; a later message's value for the same fact wins."""
    found: dict[str, str] = {}
    for kind, value in said.facts:
        if kind not in FACTS:
            continue
        if kind in _LISTED and kind in found and value not in found[kind]:
            found[kind] = f"{found[kind]}、{value}"
        else:
            found.setdefault(kind, value)
    if customer := customer_in(said.text):
        found["customer"] = customer
    if draft.asked in ("phone", "contact") or "phone" in found:
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


def _judge(heard: Heard, said: Said) -> Heard:
    """A later word may show that it is worse than thought, never that it is milder."""
    draft = heard.draft
    judged = severity_of(said.text, draft.kind.technical)
    if judged.words and judged.level < draft.severity:
        words = tuple(judged.words)
        return replace(heard, draft=replace(draft, severity=judged.level, severity_words=words))
    return heard


def _outage_first(heard: Heard, closed: bool) -> Heard:
    """Hardware that is down while the hotline is closed: the 24-hour line, then the ticket."""
    draft = heard.draft
    is_outage = draft.intent == "technical_hardware" and draft.severity == 1
    if not closed or not is_outage or draft.urgent_first:
        return heard
    return replace(heard, draft=replace(draft, urgent_first=True), outage=True)


def _given(draft: Draft, kind: str, value: str, status: str = "known") -> Draft:
    return replace(_with(draft, kind, value, status), misses=0)


def _with(draft: Draft, kind: str, value: str, status: str = "known") -> Draft:
    return replace(draft, facts={**draft.facts, kind: Fact(value, status)})

"""Filling a request: what is known, what is asked next, what an answer means.

Pure rules: no database, no engine, no words for people. The actions hand in what was said with
the facts found in it; they get a new draft and what happened back.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from hotline.tickets.correcting import REACHES, correct, restated_in_words
from hotline.tickets.draft import CHANGE, CONFIRM, WHICH_FIRST, Draft, Heard, Said
from hotline.tickets.kinds import FACTS, KINDS, MOST_MISSES, NEEDED
from hotline.tickets.noting import (
    FREE,
    NOT_FREE,
    PAST,
    filled_in,
    is_past,
    missed,
    note,
    says_a_past,
    unreadable,
    value_for,
    with_fact,
)
from hotline.tickets.questions import NAMES_SO_FAR, asks_of
from wording import asides, request_facts, steering
from wording.fact_names import says_more_than, without_label
from wording.facts import find_facts
from wording.left_messages import only_wants_somebody
from wording.persons import names_somebody, without_numbers, without_repeats
from wording.phones import Phone, area_code, read_phone, without_area_code
from wording.severity import severity_of

_SHORTEST_REMARK = 5
_HAVE_A_FORM = (*NOT_FREE, "needed_by", "machine_type")
_AT_NO_FACT = (None, CONFIRM, CHANGE, WHICH_FIRST)
_SHORT_NOTICE_DAYS = 2


def start(
    key: str, intent: str, said: Said, *, closed: bool, visitor: bool, reachable: bool = False
) -> Heard:
    """A new draft with everything the first message says already filled in."""
    kind = KINDS[intent]
    draft = Draft(key, intent, kind.usual_severity, visitor=visitor, reachable=reachable)
    noted: tuple[str, ...] = ()
    if _tells_something(intent, said):
        draft, noted = with_fact(draft, "description", said.text.strip()), ("description",)
    for contact in said.values("contact"):  # a visitor who has said so before
        draft = with_fact(draft, "contact", contact)
    draft, found = note(draft, said)
    judged = severity_of(said.text, kind.technical)
    # A question is one however it is told; only an effect or a deadline makes it more.
    if judged.words and not (kind.usual_severity == 4 and judged.level == 3):
        draft = replace(draft, severity=judged.level, severity_words=tuple(judged.words))
    heard = Heard(_short_notice(draft, said), (*noted, *found))
    return _outage_first(_with_problem(heard, said), closed)


def _tells_something(intent: str, said: Said) -> bool:
    """Whether the words say what it is about.

    That somebody is wanted is no message yet, unless it says when to call.
    """
    if intent == "leave_message" and only_wants_somebody(said.text):
        return bool(said.values("needed_by")) and steering.has_content(said.text)
    return steering.has_content(said.text) or request_facts.is_statement(said.text)


def hear(draft: Draft, said: Said, *, closed: bool = False) -> Heard:
    """Read an answer: every fact in it is kept, whatever was asked.

    The first miss of the asked fact names the problem; the second goes on, with what was typed
    marked for staff.
    """
    said = _with_area_code(draft, said)
    corrected = correct(draft, said)
    if corrected is not None:
        heard = corrected
    elif draft.asked in _AT_NO_FACT:
        heard = _remark(draft, said)
    else:
        heard = _answer(draft, draft.asked, said)
    if draft.asked != "phone":
        heard = _with_problem(heard, said)
    heard = restated_in_words(draft, _judge(heard, said), said)
    half = without_area_code(said.text) if heard.problem == "phone_missing_area_code" else ""
    after = replace(_short_notice(heard.draft, said), half_phone=half)
    return _outage_first(replace(heard, draft=after), closed)


def _with_area_code(draft: Draft, said: Said) -> Said:
    """An answer that is only the area code asked for, together with the number said before."""
    code = area_code(said.text) if draft.half_phone else ""
    phone = read_phone(f"{code}-{draft.half_phone}") if code else None
    if not isinstance(phone, Phone):
        return said
    return replace(said, text=str(phone), facts=(("phone", str(phone)),))


def less_urgent(draft: Draft) -> Draft:
    return replace(draft, severity=min(draft.severity + 1, 4))


def _answer(draft: Draft, asked: str, said: Said) -> Heard:
    text = said.text.strip()
    filled, noted = note(draft, said)
    if asked == "contact":
        return _contact(filled, said, noted)
    if _says_who(filled, said):
        reaches = tuple(kind for kind in noted if kind in REACHES)
        who = with_fact(draft, "contact", without_numbers(text))
        for kind in reaches:
            who = with_fact(who, kind, filled.value(kind))
        return Heard(replace(who, misses=0), reaches, no_answer=not reaches)
    if asked in noted:
        return Heard(replace(filled, misses=0), noted)
    if steering.is_go_on(text):
        return Heard(filled, noted, no_answer=True)
    if steering.wants_it_open(text):
        return _finished(filled, asked, noted)
    if steering.skips_first(text) and asked != "description":
        left = filled_in(_with_remark(filled, text), asked, filled.value(asked), "skipped")
        return Heard(left, noted, skipped=True)
    if steering.is_skip(text):
        # What is needed but not to be had, staff will ask for; without a description is no ticket.
        if asked != "description" or filled.value("description"):
            return Heard(filled_in(draft, asked, draft.value(asked), "skipped"), skipped=True)
        return missed(draft, asked, text)
    if asked == "needed_by" and (is_past(said) or says_a_past(text, said.today)):
        return missed(filled, PAST, text)
    known = [value for kind in FACTS if (value := filled.value(kind)) and kind != "description"]
    known.extend(value for kind, value in said.facts if kind not in ("phone", "tax_id"))
    if known and not says_more_than(text, known):
        # Another fact came first, or one that is known was said again: the question stands.
        return Heard(filled, noted, no_answer=not noted)
    if steering.is_no_answer(text):
        return _no_answer(filled, asked, noted)
    value = value_for(asked, _rest(text, asked), said.today)
    if value:
        status = "unverified" if asked == "product" else "known"
        return Heard(filled_in(filled, asked, value, status), (*noted, asked))
    if asked in FREE and not noted:
        return _no_answer(_with_remark(filled, text), asked, noted)
    if noted:
        return Heard(_with_remark(filled, text), noted)
    return missed(draft, asked, text)


def _finished(draft: Draft, asked: str, noted: tuple[str, ...]) -> Heard:
    """「送出」: what may be skipped is skipped; what is needed is asked once more."""
    missing = [(fact, need) for fact, need in asks_of(draft) if fact not in draft.facts]
    if any(need == NEEDED for _fact, need in missing):
        return _no_answer(draft, asked, noted)
    for fact, _need in missing:
        draft = with_fact(draft, fact, "", "skipped")
    return Heard(replace(draft, misses=0), noted, skipped=True)


def _says_who(draft: Draft, said: Said) -> bool:
    """A visitor who says name and number at another question: the question stands."""
    if not draft.visitor or "contact" in draft.facts:
        return False
    return any(draft.value(kind) for kind in REACHES) and names_somebody(said.text)


def _no_answer(draft: Draft, asked: str, noted: tuple[str, ...]) -> Heard:
    """The question is put once more; after that it is left to staff."""
    if draft.misses + 1 >= MOST_MISSES and asked != "description":
        left = filled_in(draft, asked, draft.value(asked), "skipped")
        return Heard(left, noted, gave_up=asked)
    return Heard(replace(draft, misses=draft.misses + 1), noted, no_answer=True)


def _rest(text: str, asked: str) -> str:
    """An answer that is a name, without the facts that have a place of their own."""
    if asked not in FREE:
        return text
    for found in reversed(find_facts(text)):
        if found.kind in _HAVE_A_FORM:
            text = f"{without_label(text[: found.start])} {text[found.end :]}"
    return " ".join(text.split()).strip(" ,，。;、")


def _with_remark(draft: Draft, text: str) -> Draft:
    """What answers nothing, and tells of the matter all the same, is kept with it."""
    known = draft.value("description")
    if not asides.is_remark(text) or text in known:
        return draft
    return with_fact(draft, "description", f"{known}\n{text}".strip())


def _contact(draft: Draft, said: Said, noted: tuple[str, ...]) -> Heard:
    """A visitor's name and company, with a phone or an address that reaches somebody."""
    text = said.text.strip()
    is_other_fact = bool(noted) and not any(kind in REACHES for kind in noted)
    if is_other_fact and not names_somebody(text):
        return Heard(draft, noted)  # 「資金三千萬」 says nothing of who it is
    text = without_repeats(steering.without_skip(text))
    names = "" if steering.is_no_answer(text) or steering.is_skip(text) else text
    known = "\n".join(filter(None, (draft.value(NAMES_SO_FAR), names)))
    given = replace(draft, facts={k: v for k, v in draft.facts.items() if k != NAMES_SO_FAR})
    if any(draft.value(kind) for kind in REACHES):
        more = says_more_than(known, [draft.value(kind) for kind in REACHES])
        return Heard(filled_in(given, "contact", known if more else ""), (*noted, "contact"))
    if draft.misses + 1 >= MOST_MISSES:
        return Heard(filled_in(given, "contact", known, "unverified"), gave_up="contact")
    so_far = with_fact(draft, NAMES_SO_FAR, known) if known else draft
    problem = unreadable(draft, said) or "contact"
    return Heard(replace(so_far, misses=draft.misses + 1), noted, problem=problem)


def _remark(draft: Draft, said: Said) -> Heard:
    """What is said at the summary: facts, or something to add to the description."""
    text = said.text.strip()
    filled, noted = note(draft, said)
    if noted:
        return Heard(filled, noted, tuple(kind for kind in noted if draft.value(kind)))
    opening = steering.without_yes(text) if steering.starts_with_yes(text) else text
    if steering.is_no_answer(opening) or not steering.has_content(opening):
        return Heard(draft, no_answer=True)
    if steering.is_skip(opening) or len(opening) < _SHORTEST_REMARK:
        return Heard(draft, no_answer=True)
    known = [fact.value for fact in draft.facts.values() if fact.value]
    words = [word for value in known for word in value.split()]
    if not says_more_than(opening, [*known, *words]):
        return Heard(draft, no_answer=True)
    description = f"{draft.value('description')}\n{opening}".strip()
    return Heard(with_fact(filled, "description", description), ("description",))


def _with_problem(heard: Heard, said: Said) -> Heard:
    """A telephone number or a day that cannot be right, given without being asked for."""
    if heard.problem or heard.draft.asked in ("phone", "contact"):
        return heard
    problem = unreadable(heard.draft, said)
    fact = "tax_id" if problem == "tax_id" else "phone"
    if problem and fact not in heard.noted and heard.gave_up is None:
        return replace(heard, draft=replace(heard.draft, asked=fact, misses=1), problem=problem)
    if is_past(said) and "needed_by" not in heard.noted and heard.gave_up is None:
        draft = replace(heard.draft, asked="needed_by", misses=1)
        return replace(heard, draft=draft, problem=PAST)
    return heard


def _judge(heard: Heard, said: Said) -> Heard:
    """A later word may show that it is worse than thought, never that it is milder."""
    draft = heard.draft
    judged = severity_of(said.text, draft.kind.technical)
    if judged.words and judged.level < draft.severity:
        words = tuple(judged.words)
        return replace(heard, draft=replace(draft, severity=judged.level, severity_words=words))
    return heard


def _short_notice(draft: Draft, said: Said) -> Draft:
    """A proposal that is due within two working days is urgent, however calmly it is told."""
    if draft.intent != "presales_proposal" or draft.severity <= 2 or said.today is None:
        return draft
    due = draft.value("needed_by")[:10]
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", due):
        return draft
    if _workdays_until(said.today, date.fromisoformat(due)) > _SHORT_NOTICE_DAYS:
        return draft
    return replace(draft, severity=2)


def _workdays_until(today: date, day: date) -> int:
    days = ((today + timedelta(days=n)) for n in range(1, min((day - today).days, 14) + 1))
    return sum(one.weekday() < 5 for one in days)


def _outage_first(heard: Heard, closed: bool) -> Heard:
    """Hardware that is down while the hotline is closed: the 24-hour line, then the ticket."""
    draft = heard.draft
    is_outage = draft.intent == "technical_hardware" and draft.severity == 1
    if not closed or not is_outage or draft.urgent_first:
        return heard
    return replace(heard, draft=replace(draft, urgent_first=True), outage=True)

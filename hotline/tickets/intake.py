"""Filling a request: what is known, what is asked next, what an answer means.

Pure rules: no database, no engine, no words for people. The actions hand in what was said with
the facts found in it; they get a new draft and what happened back.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from hotline.tickets.draft import CHANGE, CONFIRM, WHICH_FIRST, Draft, Heard, Said, Wish
from hotline.tickets.kinds import FACTS, KINDS, MOST_MISSES, MOST_QUESTIONS, NEEDED
from hotline.tickets.noting import (
    FREE,
    NUMBERED,
    PAST,
    is_past,
    iso_day,
    note,
    numbered,
    problem_with,
    says_a_past,
    unreadable,
    value_for,
    with_fact,
)
from wording import asides, customers, request_facts, steering
from wording.dates import with_clock
from wording.fact_names import is_tail, new_value, says_more_than, without_label
from wording.facts import find_facts
from wording.machines import EVERYDAY
from wording.persons import names_somebody, without_numbers, without_repeats
from wording.restating import restated
from wording.severity import severity_of
from wording.swaps import denies, right_alone, swapped

_REACHES = ("phone", "email")
_NAMES_SO_FAR = "contact_so_far"  # what a visitor said before leaving a phone or an address
_SHORTEST_REMARK = 5
_LONGEST_TIME = 16
_NOT_FREE = ("phone", "email", "serial", "order_number", "quantity", "amount", "tax_id")
_HAVE_A_FORM = (*_NOT_FREE, "needed_by", "machine_type")
_AT_NO_FACT = (None, CONFIRM, CHANGE, WHICH_FIRST)
_SHORT_NOTICE_DAYS = 2
_NEEDS_A_MODEL = ("technical_install", "technical_software", "presales_demo")


def start(
    key: str, intent: str, said: Said, *, closed: bool, visitor: bool, reachable: bool = False
) -> Heard:
    """A new draft with everything the first message says already filled in."""
    kind = KINDS[intent]
    draft = Draft(key, intent, kind.usual_severity, visitor=visitor, reachable=reachable)
    noted: tuple[str, ...] = ()
    if steering.has_content(said.text) or request_facts.is_statement(said.text):
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


def next_question(draft: Draft) -> str:
    """The fact to ask for now, or CONFIRM when the summary is due."""
    contact_due = draft.visitor and "contact" not in draft.facts
    if draft.urgent_first:
        return "contact" if contact_due else CONFIRM
    for fact, need in asks_of(draft):
        if fact in draft.facts and not (fact == "product" and _only_says_what_it_is(draft)):
            continue
        if need == NEEDED or draft.questions < MOST_QUESTIONS or fact == draft.asked:
            return fact
    return "contact" if contact_due else CONFIRM


def asks_of(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The facts to ask for, as what was said makes them: (fact, NEEDED | OPTIONAL)."""
    said = draft.value("description")
    left_out: set[str] = set()
    if draft.intent == "admin_invoice":
        is_numbered = not (request_facts.is_about_credit(said) or request_facts.is_statement(said))
        left_out.add("amount" if is_numbered else "order_number")
        if request_facts.is_statement(said):
            left_out.add("amount")
    if draft.intent == "admin_account" and request_facts.is_own_account(said):
        left_out.add("email")
    if draft.visitor or draft.reachable or draft.value("email"):
        left_out.add("phone")  # a visitor's is asked for with the name
    asks = tuple((fact, need) for fact, need in draft.kind.asks if fact not in left_out)
    if draft.intent == "presales_quote" and request_facts.is_special_bid(said):
        asks = tuple((fact, NEEDED if fact == "customer" else need) for fact, need in asks)
    return asks


def _only_says_what_it_is(draft: Draft) -> bool:
    """「新買的 storage」: which one is asked, once, where no serial number will tell."""
    product = draft.facts["product"]
    is_everyday = product.status == "known" and product.value.lower() in EVERYDAY
    return is_everyday and draft.intent in _NEEDS_A_MODEL


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
    elif draft.asked in _AT_NO_FACT:
        heard = _remark(draft, said)
    else:
        heard = _answer(draft, draft.asked, said)
    if draft.asked != "phone":
        heard = _with_problem(heard, said)
    heard = _restated(draft, _judge(heard, said), said)
    return _outage_first(replace(heard, draft=_short_notice(heard.draft, said)), closed)


def one_more(draft: Draft, wish: Wish) -> Draft:
    """`draft` with a wish that is to come after it."""
    return replace(draft, wishes=(*draft.wishes, wish))


def ask_which_first(draft: Draft, wish: Wish) -> Draft:
    """`draft` while it is open whether `wish` is to come before it."""
    return replace(draft, asked=WHICH_FIRST, stood=draft.asked, other=wish)


def finish_first(draft: Draft) -> Draft:
    """Back to the question that stood; the newer wish comes after."""
    back = replace(draft, asked=draft.stood, stood=None, other=None)
    return one_more(back, draft.other) if draft.other else back


def put_aside(draft: Draft) -> Wish:
    """The request as it stands, to be taken up again later; its own wishes go along."""
    back = replace(draft, asked=draft.stood, stood=None, other=None)
    return Wish(draft.intent, draft=back.to_json())


def less_urgent(draft: Draft) -> Draft:
    return replace(draft, severity=min(draft.severity + 1, 4))


def open_facts(draft: Draft) -> dict[str, dict[str, str]]:
    """The facts for the ticket; what an outage left out is marked as not asked."""
    facts = {kind: dict(fact.__dict__) for kind, fact in draft.facts.items()}
    for kind, _need in asks_of(draft):
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
    filled, noted = note(draft, said)
    if asked == "contact":
        return _contact(filled, said, noted)
    if _says_who(filled, said):
        reaches = tuple(kind for kind in noted if kind in _REACHES)
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
        left = _given(_with_remark(filled, text), asked, filled.value(asked), "skipped")
        return Heard(left, noted, skipped=True)
    if steering.is_skip(text):
        # What is needed but not to be had, staff will ask for; without a description is no ticket.
        if asked != "description" or filled.value("description"):
            return Heard(_given(draft, asked, draft.value(asked), "skipped"), skipped=True)
        return _missed(draft, asked, text)
    if asked == "needed_by" and (is_past(said) or says_a_past(text, said.today)):
        return _missed(filled, PAST, text)
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
        return Heard(_given(filled, asked, value, status), (*noted, asked))
    if asked in FREE and not noted:
        return _no_answer(_with_remark(filled, text), asked, noted)
    if noted:
        return Heard(_with_remark(filled, text), noted)
    return _missed(draft, asked, text)


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
    return any(draft.value(kind) for kind in _REACHES) and names_somebody(said.text)


def _no_answer(draft: Draft, asked: str, noted: tuple[str, ...]) -> Heard:
    """The question is put once more; after that it is left to staff."""
    if draft.misses + 1 >= MOST_MISSES and asked != "description":
        left = _given(draft, asked, draft.value(asked), "skipped")
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


def _restated(before: Draft, heard: Heard, said: Said) -> Heard:
    """What was corrected is not left wrong in the description."""
    draft = heard.draft
    words = draft.value("description")
    for fact in heard.noted:
        words = restated(words, fact, before.value(fact), draft.value(fact), said.today)
    if words == draft.value("description"):
        return heard
    return replace(heard, draft=with_fact(draft, "description", words))


def _contact(draft: Draft, said: Said, noted: tuple[str, ...]) -> Heard:
    """A visitor's name and company, with a phone or an address that reaches somebody."""
    text = said.text.strip()
    is_other_fact = bool(noted) and not any(kind in _REACHES for kind in noted)
    if is_other_fact and not names_somebody(text):
        return Heard(draft, noted)  # 「資金三千萬」 says nothing of who it is
    text = without_repeats(steering.without_skip(text))
    names = "" if steering.is_no_answer(text) or steering.is_skip(text) else text
    known = "\n".join(filter(None, (draft.value(_NAMES_SO_FAR), names)))
    given = replace(draft, facts={k: v for k, v in draft.facts.items() if k != _NAMES_SO_FAR})
    if any(draft.value(kind) for kind in _REACHES):
        more = says_more_than(known, [draft.value(kind) for kind in _REACHES])
        return Heard(_given(given, "contact", known if more else ""), (*noted, "contact"))
    if draft.misses + 1 >= MOST_MISSES:
        return Heard(_given(given, "contact", known, "unverified"), gave_up="contact")
    so_far = with_fact(draft, _NAMES_SO_FAR, known) if known else draft
    problem = unreadable(draft, said) or "contact"
    return Heard(replace(so_far, misses=draft.misses + 1), noted, problem=problem)


def _correct(draft: Draft, said: Said) -> Heard | None:
    """A new value for a fact that is known: 「電話改成 …」, 「客戶打錯了 是大立營造」."""
    for correction in (_swap, _retimed, _right_alone):
        if heard := correction(draft, said):
            return heard
    given = new_value(said.text)
    if given is None:
        return None
    fact, text = _placed(draft, *given)
    is_open = draft.asked in (CONFIRM, CHANGE, fact) or fact in _REACHES
    if not is_open and not draft.value(fact):
        return None
    filled, noted = note(draft, said)
    if fact in NUMBERED and fact not in noted:
        value = numbered(fact, text, draft.value(fact), is_tail=is_tail(said.text))
        if value and value != draft.value(fact):
            filled, noted = with_fact(filled, fact, value), (*noted, fact)
    elif text != filled.value(fact) and (fact == "customer" or fact not in noted):
        value = value_for(fact, text, said.today)
        if fact in _NOT_FREE and value:
            filled, noted = with_fact(filled, fact, value), (*noted, fact)
        elif fact not in _NOT_FREE and value and not _is_read(filled, fact, text, noted):
            filled = with_fact(filled, fact, value)
            noted = noted if fact in noted else (*noted, fact)
    if not noted:
        return _unfit(draft, fact, text)
    known = tuple(kind for kind in noted if draft.value(kind))
    if fact == "phone" and not known:  # the record's is shown in the summary
        known = noted
    return Heard(replace(filled, misses=0), noted, known)


def _is_read(draft: Draft, fact: str, text: str, noted: tuple[str, ...]) -> bool:
    """Whether the rule has read the name already, where more than the name is said."""
    known = draft.value(fact)
    return text in known or (fact in noted and text.startswith(known))


def _placed(draft: Draft, fact: str, text: str) -> tuple[str, str]:
    """The place of a customer is said with it, where no place is asked for by itself."""
    if fact != "site" or "site" in dict(draft.kind.asks):
        return fact, text
    customer = draft.value("customer")
    return "customer", customers.with_site(customer, text) or f"{customer} {text}".strip()


def _unfit(draft: Draft, fact: str, text: str) -> Heard | None:
    """A correction that cannot be right; the question that stands is that fact now."""
    if draft.asked == fact:
        return _missed(draft, fact, text)
    if fact not in _NOT_FREE:
        return None
    return Heard(replace(draft, asked=fact, misses=1), problem=problem_with(fact, text))


def _swap(draft: Draft, said: Said) -> Heard | None:
    """「不是台中廠 是台南廠」: the fact that has the wrong words in it gets the right ones."""
    wrong_and_right = swapped(said.text)
    if wrong_and_right is None:
        return None
    wrong, right = wrong_and_right
    places = [kind for kind in FACTS if kind != "description"]
    if denies(said.text):
        places.append("description")
    for fact in places:
        value = _exchanged(draft, said, fact, wrong, right)
        if value and value != draft.value(fact):
            filled, noted = note(draft, said)
            corrected = with_fact(filled, fact, value)
            others = tuple(kind for kind in noted if kind not in (fact, *draft.facts))
            return Heard(replace(corrected, misses=0), (fact, *others), (fact,))
    return None


def _exchanged(draft: Draft, said: Said, fact: str, wrong: str, right: str) -> str:
    """The known value of `fact` with what is right where `wrong` stood; nothing if it has none."""
    known = draft.value(fact)
    if not known:
        return ""
    if fact in _NOT_FREE or fact == "needed_by":
        was = value_for(fact, wrong, said.today)
        is_it = (bool(was) and was[:10] == known[:10]) or wrong.lower() in known.lower()
        if not is_it:
            return ""
        fresh = value_for(fact, right, said.today)
        return fresh or (numbered(fact, right, known) if fact in NUMBERED else "")
    if wrong.lower() not in known.lower():
        return ""
    place = known.lower().index(wrong.lower())
    return known[:place] + right + known[place + len(wrong) :]


def _retimed(draft: Draft, said: Said) -> Heard | None:
    """「早上十點好了」: another time on the day that is known."""
    if draft.asked not in (CONFIRM, CHANGE) or len(said.text) > _LONGEST_TIME:
        return None
    if said.values("needed_by") or iso_day(said.text, said.today):
        return None
    later = with_clock(draft.value("needed_by"), said.text)
    if not later or later == draft.value("needed_by"):
        return None
    return Heard(with_fact(draft, "needed_by", later), ("needed_by",), ("needed_by",))


def _right_alone(draft: Draft, said: Said) -> Heard | None:
    """「不是 是彰化廠」, "make it the 10th": what it is says which fact is meant."""
    right = right_alone(said.text)
    if not right:
        return None
    if site := customers.with_site(draft.value("customer"), right):
        return Heard(with_fact(draft, "customer", site), ("customer",), ("customer",))
    day = iso_day(right, said.today)
    if day and draft.value("needed_by"):
        return Heard(with_fact(draft, "needed_by", day), ("needed_by",), ("needed_by",))
    filled, noted = note(draft, said)
    changed = tuple(kind for kind in noted if draft.value(kind))
    return Heard(filled, noted, changed) if has_facts(said) else None


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


def _missed(draft: Draft, asked: str, text: str) -> Heard:
    if draft.misses + 1 >= MOST_MISSES:
        fact = "needed_by" if asked == PAST else asked
        return Heard(_given(draft, fact, text, "unverified"), gave_up=fact)
    return Heard(replace(draft, misses=draft.misses + 1), problem=problem_with(asked, text))


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


def _given(draft: Draft, kind: str, value: str, status: str = "known") -> Draft:
    return replace(with_fact(draft, kind, value, status), misses=0)

"""Corrections of a request: a new value for a fact, or what was wrong and what is right. Pure."""

from dataclasses import replace

from hotline.tickets.draft import CHANGE, CONFIRM, Draft, Heard, Said
from hotline.tickets.kinds import FACTS
from hotline.tickets.noting import (
    NOT_FREE,
    NUMBERED,
    has_facts,
    iso_day,
    missed,
    note,
    numbered,
    problem_with,
    value_for,
    with_fact,
)
from wording import customers
from wording.dates import with_clock
from wording.fact_names import is_tail, new_value
from wording.restating import restated
from wording.swaps import denies, right_alone, swapped

REACHES = ("phone", "email")
_LONGEST_TIME = 16


def correct(draft: Draft, said: Said) -> Heard | None:
    """A new value for a fact that is known: 「電話改成 …」, 「客戶打錯了 是大立營造」."""
    for correction in (_swap, _retimed, _right_alone):
        if heard := correction(draft, said):
            return heard
    given = new_value(said.text)
    if given is None:
        return None
    fact, text = _placed(draft, *given)
    is_open = draft.asked in (CONFIRM, CHANGE, fact) or fact in REACHES
    if not is_open and not draft.value(fact):
        return None
    filled, noted = note(draft, said)
    if fact in NUMBERED and fact not in noted:
        value = numbered(fact, text, draft.value(fact), is_tail=is_tail(said.text))
        if value and value != draft.value(fact):
            filled, noted = with_fact(filled, fact, value), (*noted, fact)
    elif text != filled.value(fact) and (fact == "customer" or fact not in noted):
        value = value_for(fact, text, said.today)
        if fact in NOT_FREE and value:
            filled, noted = with_fact(filled, fact, value), (*noted, fact)
        elif fact not in NOT_FREE and value and not _is_read(filled, fact, text, noted):
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
        return missed(draft, fact, text)
    if fact not in NOT_FREE:
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
    if fact in NOT_FREE or fact == "needed_by":
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


def restated_in_words(before: Draft, heard: Heard, said: Said) -> Heard:
    """What was corrected is not left wrong in the description."""
    draft = heard.draft
    words = draft.value("description")
    for fact in heard.noted:
        words = restated(words, fact, before.value(fact), draft.value(fact), said.today)
    if words == draft.value("description"):
        return heard
    return replace(heard, draft=with_fact(draft, "description", words))

"""The facts that a message gives for a request, and whether an answer fits the fact asked for.

Pure rules. Days are noted as ISO (2026-12-09, with a time or a part of the day behind it), sums in
full digits; whoever shows them puts them into words.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hotline.tickets.draft import Draft, Fact, Heard, Said
from hotline.tickets.kinds import FACTS, MOST_MISSES
from wording import asides, request_facts, steering, tax_id
from wording.amounts import amount_in, amount_of
from wording.bare_numbers import bare_number
from wording.customers import customer_in, is_company
from wording.dates import read_day
from wording.emails import find_emails
from wording.fact_names import with_tail, without_marker
from wording.found import Found
from wording.machines import EVERYDAY, find_machine_types, find_serials
from wording.orders import find_orders
from wording.phones import Phone, PhoneProblem, read_phone
from wording.text import plain

NOT_FREE = ("phone", "email", "serial", "order_number", "quantity", "amount", "tax_id")
PAST = "needed_by_past"  # what is wrong with a day that has gone
_LISTED = ("serial", "order_number")  # several of them in one message all belong to the request
_EIGHT_DIGITS = re.compile(r"(?<![0-9])[0-9]{8}(?![0-9])")
# What is answered by a name, which no sentence is.
NAMED = ("product", "customer", "site", "course", "project", "company", "activity", "attendee")
FREE = (*NAMED, "scale", "error")
NUMBERED = ("serial", "order_number", "machine_type", "phone")
_NUMBER_FINDERS: dict[str, Callable[[str], list[Found]]] = {
    "serial": find_serials,
    "order_number": find_orders,
    "machine_type": find_machine_types,
    "email": find_emails,
}
# Kept for a request of any kind that is not about a machine.
_KEPT = ("amount",)


def note(draft: Draft, said: Said) -> tuple[Draft, tuple[str, ...]]:
    """`draft` with every fact of the message, and which ones are new or other than before."""
    noted = []
    for kind, value in _found(draft, said).items():
        if draft.value(kind) != value:
            draft = with_fact(draft, kind, value)
            noted.append(kind)
    return draft, tuple(noted)


def with_fact(draft: Draft, kind: str, value: str, status: str = "known") -> Draft:
    return replace(draft, facts={**draft.facts, kind: Fact(value, status)})


def filled_in(draft: Draft, kind: str, value: str, status: str = "known") -> Draft:
    return replace(with_fact(draft, kind, value, status), misses=0)


def missed(draft: Draft, asked: str, text: str) -> Heard:
    if draft.misses + 1 >= MOST_MISSES:
        fact = "needed_by" if asked == PAST else asked
        return Heard(filled_in(draft, fact, text, "unverified"), gave_up=fact)
    return Heard(replace(draft, misses=draft.misses + 1), problem=problem_with(asked, text))


def has_facts(said: Said) -> bool:
    """Whether a message gives any fact, and does not only steer."""
    return any(kind in FACTS for kind, _value in said.facts)


def value_for(asked: str, text: str, today: date | None) -> str:
    """What `text` gives for the asked fact, or nothing where it does not fit."""
    reader = _READERS.get(asked)
    if asked == "needed_by":
        return _day_or_soon(text, today)
    if reader:
        return reader(text)
    if asked in NAMED and not asides.may_be_name(text):
        return ""
    return without_marker(text)


def numbered(fact: str, said: str, known: str, *, is_tail: bool = False) -> str:
    """The serial, order or machine number that `said` gives; it may be no more than its end."""
    if found := find_number(fact, said):
        return found
    digits = sum(char.isdigit() for char in said)
    is_shorter = fact != "phone" and 0 < digits < sum(char.isdigit() for char in known)
    if not known or fact not in NUMBERED or not (is_tail or is_shorter):
        return ""
    return find_number(fact, with_tail(known, said))


def find_number(fact: str, said: str) -> str:
    """The number that `said` plainly gives."""
    if fact == "phone":
        return _phone(said)
    finder = _NUMBER_FINDERS.get(fact)
    found = finder(said) if finder else []
    return found[0].value if found else ""


def problem_with(asked: str, text: str) -> str:
    """What is wrong with an answer that does not fit: the name of the words that say so."""
    if asked == "phone" and isinstance(phone := read_phone(text), PhoneProblem):
        return f"phone_{phone.code}"
    return asked


def unreadable(draft: Draft, said: Said) -> str | None:
    """What is wrong with a number that was given without being asked for."""
    value = next(iter(said.values("phone")), None)
    if value is None:
        return None
    if _is_company_number(draft, value):
        digits = plain(value).replace("-", "")
        return None if said.values("tax_id") or tax_id.is_valid(digits) else "tax_id"
    phone = read_phone(value)
    return f"phone_{phone.code}" if isinstance(phone, PhoneProblem) else None


def is_past(said: Said) -> bool:
    """Whether the message wishes for a day that has gone, and for no other."""
    if said.today is None:
        return False
    days = [read_day(value, said.today) for value in said.values("needed_by")]
    return bool(days) and all(day is not None and day.day < said.today for day in days)


def says_a_past(text: str, today: date | None) -> bool:
    """Whether an answer to "by when?" is a day that has gone: 「昨天下午三點」."""
    day = read_day(text, today) if today else None
    return day is not None and today is not None and day.day < today


def iso_day(words: str, today: date | None) -> str:
    """The day that `words` mean, as it is noted; empty where they mean no single one, or a past."""
    day = read_day(words, today) if today else None
    if day is None or today is None or day.day < today:
        return ""
    return " ".join(filter(None, (day.day.isoformat(), day.clock or day.part)))


def _found(draft: Draft, said: Said) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, words in said.facts:
        if kind not in FACTS:
            continue
        if kind in _LISTED and kind in found and words not in found[kind]:
            found[kind] = f"{found[kind]}、{words}"
        else:
            found.setdefault(kind, words)
    if draft.intent == "admin_invoice" and "order_number" not in found:
        asked = draft.asked == "order_number"
        if invoice := request_facts.invoice_number(said.text, asked=asked):
            found["order_number"] = invoice
    if customer := customer_in(said.text):
        found["customer"] = customer
    elif draft.asked == "product" and is_company(said.text):
        found["customer"] = said.text.strip(" 。.")
    for kind in _by_rule(draft):
        value = request_facts.find(kind, said.text) if kind not in found else None
        if value:
            found[kind] = value
    if "needed_by" in found and said.today:
        found["needed_by"] = iso_day(found["needed_by"], said.today) or found["needed_by"]
        if is_past(said):
            del found["needed_by"]
    return _settled(draft, found)


def _by_rule(draft: Draft) -> list[str]:
    """The facts of its own that this kind of request asks for, and those kept anyway."""
    asks = [fact for fact, _need in draft.kind.asks]
    return [*asks, *(() if draft.kind.technical else _KEPT)]


def _settled(draft: Draft, found: dict[str, str]) -> dict[str, str]:
    """What the same characters are, by what was asked and by what is wanted."""
    digits = plain(found.get("phone", "")).replace("-", "")
    if _is_company_number(draft, digits):
        del found["phone"]
        if tax_id.is_valid(digits):  # 04595257 looks like a telephone number
            found["tax_id"] = digits
    elif draft.asked in ("phone", "contact") or "phone" in found:
        found.pop("tax_id", None)
    if draft.value("product") and _is_everyday(found.get("product", "")):
        del found["product"]  # "make it 3 servers" says how many, not which
    if found.get("customer", "-") in draft.value("customer"):
        del found["customer"]  # its site is known already
    product = found.get("product") or draft.value("product")
    if "machine_type" in found and (not product or product.lower() in EVERYDAY):
        found["product"] = found["machine_type"]
    if not _counts_things(draft):
        found.pop("quantity", None)
    if "phone" in found and isinstance(read_phone(found["phone"]), PhoneProblem):
        found.pop("phone")
    return found


def _is_everyday(product: str) -> bool:
    """Whether a word names a machine or a program of no line: 「主機」, "servers"."""
    word = product.lower()
    return bool(word) and (word in EVERYDAY or word.removesuffix("s") in EVERYDAY)


def _counts_things(draft: Draft) -> bool:
    """Whether a number of things is what is wanted: 「一顆硬碟」 of a broken machine is not."""
    ordered = draft.kind.queue in ("presales", "admin") or draft.intent == "technical_install"
    return ordered or "quantity" in dict(draft.kind.asks)


def _is_company_number(draft: Draft, digits: str) -> bool:
    """Whether eight digits are a company's number, though their check does not hold."""
    wanted = "tax_id" in dict(draft.kind.asks) and draft.asked not in ("phone", "contact")
    return wanted and _EIGHT_DIGITS.fullmatch(plain(digits).replace("-", "")) is not None


def _day_or_soon(text: str, today: date | None) -> str:
    if today is None:
        return without_marker(text)
    if day := iso_day(text, today):
        return day
    return without_marker(text) if request_facts.is_soon(text) else ""


def _description(text: str) -> str:
    return text if steering.has_content(text) else ""


def _phone(text: str) -> str:
    phone = read_phone(text)
    return str(phone) if isinstance(phone, Phone) else ""


def _quantity(text: str) -> str:
    number = bare_number(without_marker(text))
    return str(number) if number else ""


def _tax_id(text: str) -> str:
    digits = _EIGHT_DIGITS.search(plain(text).replace(" ", ""))
    return digits.group() if digits and tax_id.is_valid(digits.group()) else ""


def _company(text: str) -> str:
    return without_marker(request_facts.company_name(text))


def _scale(text: str) -> str:
    return text if request_facts.tells_size(text) else ""


def _error(text: str) -> str:
    """An error's text may be anything but how bad its effect is."""
    is_effect = asides.is_grave(text) and not any(
        char.isascii() and char.isalnum() for char in text
    )
    return "" if is_effect or not asides.may_be_quoted(text) else without_marker(text)


def _years(text: str) -> str:
    """A number of years, or the year it began."""
    return request_facts.find("years", text) or (
        without_marker(text) if request_facts.is_an_age(text) else ""
    )


def _nothing(text: str) -> str:
    return ""


_READERS: dict[str, Callable[[str], str]] = {
    "description": _description,
    "phone": _phone,
    "quantity": _quantity,
    "amount": lambda text: amount_in(text) or amount_of(text) or "",
    "tax_id": _tax_id,
    "company": _company,
    "scale": _scale,
    "error": _error,
    "years": _years,
    "email": _nothing,  # what is one has been found already
    "serial": _nothing,
    "order_number": _nothing,
}

"""What a text says of a person or a company becomes made up, of the same form, for others to read.

Pure. What cannot be found by rule, such as a nickname or a host name, is for whoever reviews it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hotline.words.times import core_catalogue
from wording import tax_id, ticket_number
from wording.customers import find_customer, is_own_use
from wording.facts import find_facts
from wording.found import Found
from wording.phones import find_phones
from wording.text import plain

# The engine's own names of kinds, as domain.yml has them.
_KINDS = {"serial": "serial_number"}
_MADE_UP = {
    "phone": "0900-000-000",
    "email": "name@partner.example",
    "tax_id": "12345675",
    "serial_number": "78X0000",
    "ticket_number": ticket_number.write(0, 0),
    "order_number": "SO-2000-0000",
}
_COMPANY, _NAME = "customer", "name"  # a name has no form of its own
_COMPANIES = (_COMPANY, "company")
_PERSONAL = frozenset((*_MADE_UP, *_COMPANIES, _NAME))
_LEAST_NAME_CHARS = 2
_EIGHT_DIGITS = re.compile(r"(?<![A-Za-z0-9\-])[0-9]{8}(?![A-Za-z0-9\-])")


@dataclass(frozen=True)
class Names:
    """Whose names are made up wherever they stand, by the whole name."""

    people: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    start: int
    end: int
    kind: str
    kept: bool  # the engine found it

    @property
    def is_product(self) -> bool:
        return self.kind == "product"

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def with_(self, other: "Span") -> "Span":
        """Both as one, of the longer one's kind."""
        first = max(self, other, key=lambda span: (span.end - span.start, span.kept))
        return Span(min(self.start, other.start), max(self.end, other.end), first.kind, first.kept)


def masked(text: str, names: Names = Names()) -> str:
    """`text` with what is personal made up; a line that keeps something of it is left out."""
    written, end = [], 0
    for span in spans(text, (), names):
        written += [text[end : span.start], made_up(span.kind, text[span.start : span.end])]
        end = span.end
    lines = "".join((*written, text[end:])).splitlines()
    return "\n".join(line for line in lines if not still_has(line)).strip()


def spans(text: str, entities: Iterable[Mapping[str, Any]], names: Names) -> list[Span]:
    """What is to be made up, and what the engine has found, in order and without overlaps."""
    kept = [
        Span(one["start"], one["end"], one["kind"], kept=True)
        for one in entities
        if 0 <= one["start"] < one["end"] <= len(text)
    ]
    products = [span for span in kept if span.is_product]
    found = [
        span
        for span in (*_found(text), *_named(text, names))
        # A product may look like a serial number or a name; the engine knows its products.
        if span.kind not in ("serial_number", *_COMPANIES) or not any(map(span.meets, products))
    ]
    personal: list[Span] = []
    for span in sorted(
        (span for span in (*kept, *found) if span.kind in _PERSONAL),
        key=lambda span: (span.start, span.end),
    ):
        if personal and personal[-1].meets(span):
            personal[-1] = personal[-1].with_(span)
        else:
            personal.append(span)
    all_spans = personal
    for span in kept:
        if not any(span.meets(other) for other in all_spans):
            all_spans = [*all_spans, span]
    return sorted(all_spans, key=lambda span: span.start)


def made_up(kind: str, said: str) -> str:
    """What stands for `said`; what is not personal stands for itself."""
    if kind in _COMPANIES and is_own_use(said):
        return said  # the partner itself: it names nobody
    if kind in (*_COMPANIES, _NAME):
        named = _NAME if kind == _NAME else _COMPANY
        return core_catalogue().say(f"made_up.{named}", "en" if said.isascii() else "zh-TW")
    return _MADE_UP.get(kind) or said


def still_has(text: str) -> bool:
    """Whether a rule finds something personal in it that is not made up."""
    return any(fact.text not in _MADE_UP.values() for fact in _personal_in(text))


def _found(text: str) -> Iterator[Span]:
    for fact in _personal_in(text):
        yield Span(fact.start, fact.end, _KINDS.get(fact.kind, fact.kind), kept=False)
    start = 0
    while customer := find_customer(text[start:]):
        yield Span(start + customer.start, start + customer.end, _COMPANY, kept=False)
        start += customer.end


def _personal_in(text: str) -> Sequence[Found]:
    """Facts with a form that say whose something is; telephone numbers in a pasted log, too."""
    found = find_facts(text)
    for more in (*_tax_ids(text), *find_phones(text)):
        if all(more.end <= fact.start or fact.end <= more.start for fact in found):
            found.append(more)
    return [fact for fact in found if _KINDS.get(fact.kind, fact.kind) in _MADE_UP]


def _tax_ids(text: str) -> Iterator[Found]:
    """Company numbers that nothing calls one, too: a request reads fewer than may be personal."""
    for run in _EIGHT_DIGITS.finditer(plain(text)):
        if tax_id.is_valid(run[0]):
            yield Found("tax_id", text[run.start() : run.end()], run[0], *run.span())


def _named(text: str, names: Names) -> Iterator[Span]:
    """Where one of the names stands, by its whole."""
    kinds = (*((_NAME, name) for name in names.people), *((_COMPANY, it) for it in names.companies))
    for kind, name in kinds:
        if len(name) >= _LEAST_NAME_CHARS:
            for place in re.finditer(re.escape(name), text, re.IGNORECASE):
                yield Span(*place.span(), kind, kept=False)

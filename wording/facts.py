"""The facts in a message: numbers, addresses, amounts and dates that fill a ticket's form.

Every kind has a module that finds it; here they are put together so that no two overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wording import tax_id, ticket_number
from wording.date_wishes import find_date_wishes
from wording.emails import find_emails
from wording.found import Found, Kind
from wording.logs import pasted_spans
from wording.machines import find_machine_types, find_serials
from wording.orders import find_orders
from wording.phones import find_phones
from wording.quantities import find_quantity
from wording.text import plain

__all__ = ["MOST_SPECIFIC_FIRST", "Found", "Kind", "find_facts", "without_overlaps"]

# Which kind wins where two read the same characters.
MOST_SPECIFIC_FIRST: tuple[Kind, ...] = (
    "email",
    "ticket_number",
    "order_number",
    "machine_type",
    "serial",
    "tax_id",
    "phone",
    "needed_by",
    "quantity",
    "customer",
)

# 「王小明/0912 345 678/9105-22A/78A1234/」: slashes between fields, not those of paths and dates.
_TYPE = "[0-9]{4}-[0-9A-Za-z]{3}"
_BETWEEN_FIELDS = re.compile(
    rf"(?<=[^\s/])/(?=[+(]?0?[0-9]{{1,3}}\)?[ \-]?[0-9]{{3}}|{_TYPE}(?![0-9A-Za-z]))"
    rf"|(?<={_TYPE})/|(?<=[\u4e00-\u9fff])/(?=[0-9A-Z]{{7}}(?![0-9A-Za-z]))|(?<=/[0-9A-Z]{{7}})/"
)

# What a person means; in a pasted log the same characters mean nothing.
_SAID = ("needed_by", "quantity", "phone", "tax_id")


def find_facts(text: str) -> list[Found]:
    """All facts in `text`, in order and without overlaps; offsets are those of the raw text.

    A ticket number with a wrong check digit is found too: whoever looks it up reads it with
    `ticket_number.read` and says that it cannot be found.
    """
    searched = _BETWEEN_FIELDS.sub(";", plain(text))
    found = [
        *_tickets(searched),
        *find_emails(searched),
        *find_orders(searched),
        *find_machine_types(searched),
        *find_serials(searched),
        *tax_id.find_tax_ids(searched),
        *find_phones(searched),
        *find_quantity(searched),
        *find_date_wishes(searched),
    ]
    pasted = pasted_spans(searched)
    found = [fact for fact in found if fact.kind not in _SAID or not _is_within(fact, pasted)]
    return [fact._replace(text=text[fact.start : fact.end]) for fact in without_overlaps(found)]


def without_overlaps(found: list[Found]) -> list[Found]:
    """The longest of overlapping facts, and of equally long ones the most specific, in order."""

    def weight(fact: Found) -> tuple[int, int]:
        return fact.start - fact.end, MOST_SPECIFIC_FIRST.index(fact.kind)

    kept: list[Found] = []
    for fact in sorted(found, key=weight):
        if all(fact.end <= other.start or other.end <= fact.start for other in kept):
            kept.append(fact)
    return sorted(kept, key=lambda fact: fact.start)


def _is_within(fact: Found, spans: list[tuple[int, int]]) -> bool:
    return any(start < fact.end and fact.start < end for start, end in spans)


def _tickets(text: str) -> Iterator[Found]:
    for candidate in ticket_number.find(text):
        words = text[candidate.start : candidate.end]
        yield Found("ticket_number", words, candidate.written, candidate.start, candidate.end)

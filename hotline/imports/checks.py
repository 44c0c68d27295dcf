"""What the values of one row must hold together; faults come as (column, reason). Pure.

A value that could not be read is not among them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

Fault = tuple[str, str]


def none(values: dict[str, Any]) -> Iterable[Fault]:
    return ()


def not_before(first: str, last: str) -> Callable[[dict[str, Any]], Iterator[Fault]]:
    """The day in `last` may be that in `first`, or later, or open."""

    def check(values: dict[str, Any]) -> Iterator[Fault]:
        begins, ends = values.get(first), values.get(last)
        if begins and ends and ends < begins:
            yield last, f"{ends} is before {first}, {begins}"

    return check


def not_yet(values: dict[str, Any], today: date) -> Iterator[Fault]:
    """What has been found, held or received was so by today."""
    for name in ("as_of", "held_on", "received_on", "reviewed_on"):
        if values.get(name) and values[name] > today:
            yield name, f"{values[name]} has not come yet"


def balance(values: dict[str, Any]) -> Iterator[Fault]:
    """A balance that is not said is what of the granted sum was not requested."""
    yield from within("claimed", "requested")(values)
    if values.get("balance") is not None or not {"granted", "requested"} <= {*values}:
        return
    values["balance"] = values["granted"] - values["requested"]
    if values["balance"] < 0:
        yield "requested", "is more than granted; if that is right, give the balance"


def within(part: str, whole: str) -> Callable[[dict[str, Any]], Iterator[Fault]]:
    """The sum in `part` is a part of that in `whole`."""

    def check(values: dict[str, Any]) -> Iterator[Fault]:
        if part in values and whole in values and values[part] > values[whole]:
            yield part, f"{values[part]} is more than {whole}, {values[whole]}"

    return check

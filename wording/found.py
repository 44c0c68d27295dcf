"""A fact that was found in a message."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    "ticket_number",
    "serial",
    "machine_type",
    "phone",
    "email",
    "tax_id",
    "order_number",
    "quantity",
    "needed_by",
    "customer",
    "score",
    "severity",
]


class Found(NamedTuple):
    """What was found: the raw words, the value they stand for, and where they stand."""

    kind: Kind
    text: str
    value: str
    start: int
    end: int

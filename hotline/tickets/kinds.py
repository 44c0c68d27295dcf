"""What each kind of request is: its queue, who it is for, and the facts it asks for.

● a fact that is needed, ○ one that is asked once and may be
skipped. Facts that are said but not asked for are kept as well. Pure data.
"""

from dataclasses import dataclass

NEEDED, OPTIONAL = "needed", "optional"


@dataclass(frozen=True)
class Kind:
    """`asks` is in the order of asking: (fact, NEEDED | OPTIONAL)."""

    intent: str
    queue: str
    audience: str
    asks: tuple[tuple[str, str], ...]
    usual_severity: int = 3

    @property
    def technical(self) -> bool:
        return self.queue == "technical"

    def is_optional(self, fact: str) -> bool:
        return dict(self.asks).get(fact, OPTIONAL) == OPTIONAL


KINDS = {
    kind.intent: kind
    for kind in (
        Kind(
            "presales_quote",
            "presales",
            "specialist",
            (
                ("product", NEEDED),
                ("quantity", OPTIONAL),
                ("customer", OPTIONAL),
                ("needed_by", OPTIONAL),
            ),
        ),
        Kind(
            "technical_hardware",
            "technical",
            "engineer",
            (
                ("description", NEEDED),
                ("product", NEEDED),
                ("serial", NEEDED),
                ("customer", OPTIONAL),
            ),
        ),
        Kind(
            "technical_software",
            "technical",
            "engineer",
            (("description", NEEDED), ("product", NEEDED), ("customer", OPTIONAL)),
        ),
        Kind("admin_order", "admin", "specialist", (("order_number", NEEDED),)),
        Kind(
            "campaign_event", "campaign", "specialist", (("description", NEEDED),), usual_severity=4
        ),
        Kind("other_request", "other", "specialist", (("description", NEEDED),)),
    )
}

FACTS = (
    "description",
    "product",
    "machine_type",
    "serial",
    "order_number",
    "quantity",
    "needed_by",
    "customer",
    "phone",
    "email",
)
MOST_QUESTIONS = 3
MOST_MISSES = 2

"""What each kind of request is: its queue, who it is for, and the facts it asks for.

A fact is needed, or optional: asked once, and it may be skipped. Facts that are said but not asked
for are kept as well. Pure data.
"""

from dataclasses import dataclass

NEEDED, OPTIONAL = "needed", "optional"
SPECIALIST, ENGINEER, CHANNEL_MANAGER, LEAD = "specialist", "engineer", "channel_manager", "lead"


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

    @property
    def is_about_own_record(self) -> bool:
        """Whether the company's own record is wanted: nothing for somebody who is not known."""
        return self.intent.startswith("account_")

    @property
    def wants_a_call(self) -> bool:
        """Whether whoever opens it waits for a call."""
        return self.intent == "leave_message"

    def is_optional(self, fact: str) -> bool:
        return dict(self.asks).get(fact, OPTIONAL) == OPTIONAL


def _kind(
    intent: str, queue: str, asks: str, audience: str = SPECIALIST, usual_severity: int = 3
) -> Kind:
    """`asks` are names of facts in order, an optional one with a question mark."""
    facts = ((fact.rstrip("?"), OPTIONAL if "?" in fact else NEEDED) for fact in asks.split())
    return Kind(intent, queue, audience, tuple(facts), usual_severity)


KINDS = {
    kind.intent: kind
    for kind in (
        _kind("presales_quote", "presales", "product quantity? customer? needed_by?"),
        _kind("presales_configuration", "presales", "description scale? needed_by?", ENGINEER, 4),
        _kind("presales_demo", "presales", "product needed_by? site?"),
        _kind("presales_proposal", "presales", "description needed_by customer?"),
        _kind("presales_opportunity", "presales", "customer project amount? needed_by?"),
        _kind("technical_hardware", "technical", "description product serial customer?", ENGINEER),
        _kind("technical_software", "technical", "description product error? customer?", ENGINEER),
        _kind("technical_install", "technical", "description product needed_by? site?", ENGINEER),
        _kind("technical_warranty", "technical", "serial description?"),
        _kind("admin_order", "admin", "order_number description?"),
        _kind("admin_invoice", "admin", "description order_number? amount?"),
        _kind("admin_contract", "admin", "purpose"),
        _kind("admin_account", "admin", "description email?"),
        _kind("admin_company_data", "admin", "description new_value needed_by?"),
        _kind("campaign_event", "campaign", "description quantity?", usual_severity=4),
        _kind("campaign_bdf", "campaign", "purpose activity amount needed_by?"),
        _kind("campaign_training", "campaign", "course attendee needed_by?", usual_severity=4),
        _kind("campaign_certification", "campaign", "course attendee needed_by?", usual_severity=4),
        _kind("other_request", "other", "description"),
        _kind("report_conflict", "other", "customer parties project promised?", CHANNEL_MANAGER),
        _kind(
            "apply_partnership",
            "other",
            "company tax_id years value_added people?",
            CHANNEL_MANAGER,
        ),
        _kind("complain", "other", "description outcome?", LEAD),
        _kind("leave_message", "other", "description phone needed_by?"),
        # Looked up by a colleague.
        _kind("ask_knowledge", "other", "description", usual_severity=4),
        _kind("account_contract", "admin", "description", usual_severity=4),
        _kind("account_credit", "admin", "description", usual_severity=4),
        _kind("account_certification", "campaign", "description", usual_severity=4),
        _kind("account_bdf", "campaign", "description", usual_severity=4),
        _kind("account_performance", "other", "description", CHANNEL_MANAGER, 4),
    )
}

# In the order in which a summary and staff read them.
FACTS = (
    "description",
    "purpose",
    "company",
    "tax_id",
    "years",
    "value_added",
    "people",
    "customer",
    "parties",
    "project",
    "promised",
    "activity",
    "course",
    "attendee",
    "product",
    "machine_type",
    "serial",
    "error",
    "order_number",
    "new_value",
    "quantity",
    "scale",
    "amount",
    "needed_by",
    "site",
    "outcome",
    "phone",
    "email",
)
# The engine names facts as its training data does; a request by `wording`'s own names.
FACT_OF_ENTITY = {"serial_number": "serial", "date_time": "needed_by"}
MOST_QUESTIONS = 3
MOST_MISSES = 2

# Somebody has a fault, a complaint or a message: that is taken down, not explained.
NOT_TO_BE_EXPLAINED = frozenset(
    ("technical_hardware", "technical_software", "complain", "report_conflict", "leave_message")
)

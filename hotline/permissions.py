"""Who may read what: the one table of permissions of the core. Pure.

A contact reads the records of its own company, by role; staff by theirs. What a record is not
listed for here is refused.
"""

from collections.abc import Iterable

COMPANY, CONTRACT, CERTIFICATION, FUND = "company", "contract", "certification", "fund"
PERFORMANCE, CREDIT, HEADCOUNT = "performance", "credit", "headcount"
SATISFACTION, COMMITMENT = "satisfaction", "commitment"

_MONEY = frozenset(("owner", "finance"))

# Of the asker's own company. Sales people know what they sold; what is owed is for those who pay.
# A contact without a role reads what is open to everybody signed in.
READERS: dict[str, frozenset[str] | None] = {
    COMPANY: None,
    CONTRACT: None,
    CERTIFICATION: None,
    FUND: _MONEY,
    PERFORMANCE: _MONEY | {"sales"},
    CREDIT: _MONEY,
    HEADCOUNT: frozenset(("owner", "administration")),
    SATISFACTION: frozenset(("owner",)),
    COMMITMENT: frozenset(),  # the vendor's own view
}

# Records of any company, by the role of a member of staff.
STAFF_READERS: dict[str, frozenset[str]] = {
    record: frozenset(("channel_manager", "lead")) for record in READERS
} | {
    record: frozenset(("specialist", "engineer", "channel_manager", "lead"))
    for record in (COMPANY, CONTRACT, CERTIFICATION)
}

ROLES = ("specialist", "engineer", "channel_manager", "lead", "administrator")

# What staff do. Who handles tickets reads them and what is said, and answers; an administrator
# looks after the people and their rights, and reads no partner's words.
HANDLERS = frozenset(("specialist", "engineer", "channel_manager", "lead"))
ADMINISTRATORS = frozenset(("administrator",))
# Who reads what a member of staff has seen and changed.
AUDITORS = frozenset(("lead", "administrator"))
# Who brings in the records of any company.
IMPORTERS = frozenset(("channel_manager", "lead"))
# Who changes when the hotline is open; everybody on staff reads it.
PLANNERS = frozenset(("lead",))
# Who says what a partner's message means; everybody on staff reads what is worth a look.
LABELLERS = frozenset(("engineer", "lead"))
# Who sees to what no article answers, and writes drafts; everybody on staff reads them.
AUTHORS = HANDLERS
# Who keeps the texts that all of staff insert into what they write to partners.
TEXT_KEEPERS = frozenset(("lead",))

# The table, as people read it: a right and the roles that have it.
RIGHTS: dict[str, frozenset[str]] = {
    "handle": HANDLERS,
    "write": AUTHORS,
    "label": LABELLERS,
    "import": IMPORTERS,
    "plan": PLANNERS,
    "texts": TEXT_KEEPERS,
    "audit": AUDITORS,
    "people": ADMINISTRATORS,
}


def may_read(roles: Iterable[str], record: str) -> bool:
    """Whether a contact with these roles reads this record of the own company."""
    allowed = READERS[record]
    return allowed is None or not allowed.isdisjoint(roles)


def sees_colleagues_tickets(rule: str, roles: Iterable[str]) -> bool:
    """Whether a contact sees the tickets of colleagues: by the setting, and an owner always."""
    return rule == "company" or "owner" in roles


def staff_may_read(role: str, record: str) -> bool:
    return role in STAFF_READERS[record]

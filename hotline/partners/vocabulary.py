"""The words of a partner's records that other parts rely on. Pure."""

TYPES = (
    "distributor",
    "solution_provider",
    "systems_integrator",
    "isv",
    "reseller",
    "service_provider",
)
STATUSES = ("prospect", "active", "suspended", "terminated")
ROLES = ("owner", "finance", "sales", "technical", "administration")

CONTRACT_STATUSES = ("draft", "active", "expired", "terminated")
RENEWALS = ("by_agreement", "automatic", "in_progress", "not_renewed")
PAYMENT_RECORDS = ("on_time", "sometimes_late", "often_late")
CREDIT_REVIEWS = ("passed", "conditional", "failed")
SATISFACTION_KINDS = ("survey", "interview")
TERRITORY = ("kept", "exceeded")
STRATEGY_FITS = ("complementary", "supportive", "conflicting")

WHOLE_YEAR = 0  # as a quarter: the figures of the year, where they are not a sum of quarters

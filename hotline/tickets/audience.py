"""Who a request is for, when its company is suspended or terminated. Pure.

Outages and contract matters go on as usual; anything else is for the channel manager, so that
nobody is refused in silence and nothing is lost.
"""

from hotline.tickets.kinds import CHANNEL_MANAGER, Kind

_HELD_UP = ("suspended", "terminated")
_CONTRACT_MATTERS = ("admin_contract", "account_contract")
_OUTAGE = 2  # this severity and graver


def audience_of(kind: Kind, severity: int, partner_status: str | None) -> str:
    """`partner_status` is the company's; None of a visitor."""
    is_outage = kind.technical and severity <= _OUTAGE
    if partner_status not in _HELD_UP or is_outage or kind.intent in _CONTRACT_MATTERS:
        return kind.audience
    return CHANNEL_MANAGER


def is_held_up(kind: Kind, severity: int, partner_status: str | None) -> bool:
    """Whether the request is for the channel manager only because its company is held up."""
    return audience_of(kind, severity, partner_status) != kind.audience

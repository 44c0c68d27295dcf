"""Production that is down comes first, whatever else the words ask or resemble."""

from actions.base import Turn
from wording.severity import severity_of

REQUEST = "technical_hardware"  # where it turns out to be a program, a colleague moves it
_GRAVEST = 1


def reports_outage(turn: Turn) -> bool:
    """Whether somebody says that production is down: 「24 小時專線沒人接，客戶整個停擺」.

    To be asked of what was taken for a question, or for nothing, and begins no request by itself.
    """
    if turn.is_button or turn.tracker.get_slot("draft"):
        return False
    return severity_of(turn.text, technical=True).level == _GRAVEST

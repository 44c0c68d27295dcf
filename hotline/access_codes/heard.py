"""What a message means while a visitor is being asked to prove an address. Pure.

The question that stands is in the conversation's `asking`: a code was offered, an address or a
code is waited for. Whatever answers it is the desk's own, and is marked so with one of the payloads
below before it is stored: neither addresses nor codes go to the engine.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from wording.access_codes import address_in, code_in, looks_like_address, says_no_mail

OFFERED, ADDRESS, CODE = "code_offered", "code_address", "code"
_KINDS = (OFFERED, ADDRESS, CODE)

BUTTON, AGAIN = "desk:code", "desk:code:again"
GAVE_ADDRESS, NO_ADDRESS = "desk:code:address", "desk:code:no-address"
GAVE_CODE, NO_MAIL = "desk:code:digits", "desk:code:no-mail"
SIGN_IN = "desk:code:sign-in"  # a page of ours goes to its sign-in instead of saying it

MASK = "●●●●●●"
STANDS_FOR = timedelta(minutes=30)  # by then six digits are about something else


def question(
    kind: str, asked_seq: int | None, at: datetime, before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The question as `asking` keeps it; `asked_seq` is the message that is answered afterwards.

    The wishes of the question `before`, to which that message may have said yes, wait on.
    """
    wishes = (before or {}).get("wishes")
    kept = {"wishes": wishes} if wishes else {}
    return {"kind": kind, "asked": asked_seq, "at": at.isoformat(), **kept}


def afterwards(asking: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What is asked once the address is proven: nothing, or whether to go on with what waits."""
    wishes = (asking or {}).get("wishes")
    return {"kind": "next", "wishes": wishes} if wishes else None


def stands(asking: Mapping[str, Any] | None, now: datetime) -> bool:
    """Whether the question that stands is one of ours."""
    if not asking or asking.get("kind") not in _KINDS:
        return False
    return now - datetime.fromisoformat(asking["at"]) <= STANDS_FOR


def heard(asking: Mapping[str, Any] | None, text: str, now: datetime) -> str | None:
    """The payload of a typed message that answers the question; None if it is something else."""
    if asking is None or not stands(asking, now):
        return None
    kind = asking["kind"]
    if address_in(text):
        return GAVE_ADDRESS
    if kind == ADDRESS and looks_like_address(text):
        return NO_ADDRESS
    if kind == CODE and code_in(text):
        return GAVE_CODE
    if kind == CODE and says_no_mail(text):
        return NO_MAIL
    return None


def is_own(payload: str | None) -> bool:
    """Whether a message with this payload is part of the proof, not of what was asked."""
    return payload is not None and payload.startswith(BUTTON)


def offers(buttons: Iterable[Mapping[str, str]]) -> bool:
    return any(button["payload"] == BUTTON for button in buttons)

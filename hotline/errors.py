"""Refusals: one kind each, with a code for programs and a message that is safe for anyone.

Raised where the reason is known, caught at the two edges (the desk's middleware, the base class
of actions). `fields` carry what a program or a test wants to know, such as who holds a ticket.
"""

from typing import Any, ClassVar


class HotlineError(Exception):
    """Something was asked that the hotline does not do; `status` is what HTTP calls it."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, **fields: Any) -> None:
        super().__init__(message)
        self.message = message
        self.fields: dict[str, Any] = fields


class SettingsError(HotlineError):
    """The settings are wrong: one line per fault, and `fields["faults"]` has them one by one."""

    code = "settings"


class NotFound(HotlineError):
    """Unknown, or not for the eyes of who asks: from outside the two look alike."""

    code = "not_found"
    status = 404


class NotAllowed(HotlineError):
    """Known who asks, and it is not theirs to do."""

    code = "not_allowed"
    status = 403


class Conflict(HotlineError):
    """Somebody or something was there first; `fields` say who or what."""

    code = "conflict"
    status = 409


class BadInput(HotlineError):
    """What was sent cannot be read or does not fit."""

    code = "bad_request"
    status = 400


class Unauthorized(HotlineError):
    """Nobody knows who asks: no token, a wrong one, or one that has expired."""

    code = "unauthorized"
    status = 401


class TooLarge(HotlineError):
    """A text or a file beyond the limit."""

    code = "too_long"
    status = 413


class TooMany(HotlineError):
    """More than the limits allow just now; `fields["retry_after_s"]` says when to come again."""

    code = "too_many"
    status = 429


class Unavailable(HotlineError):
    """Something the answer needs does not answer itself."""

    code = "unavailable"
    status = 503

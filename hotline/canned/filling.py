"""The gaps of a canned text: which there are, and what stands in them for a ticket or a chat."""

import re
from collections.abc import Mapping

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets.moves import DONE_STATES, PAUSED_STATES
from hotline.tickets.ticket import Ticket
from wording.sentences import fill

# Of the first nothing is known without a ticket; {contact} and {partner} fail for a visitor.
OF_TICKET = ("number", "subject", "due")
VARIABLES = ("contact", "partner", *OF_TICKET, "me", "toll_free", "hours")
_GAP = re.compile(r"\{([^{}]*)\}")


def faults(text: str) -> tuple[str, ...]:
    """What in braces is no variable, each once; a brace alone is one by itself."""
    unknown = [name for name in _GAP.findall(text) if name not in VARIABLES]
    rest = _GAP.sub("", text)
    return tuple(dict.fromkeys([*unknown, *(char for char in "{}" if char in rest)]))


def gaps(text: str) -> frozenset[str]:
    return frozenset(_GAP.findall(text))


def values_for(
    hotline: Hotline,
    staff: Staff,
    language: str,
    *,
    contact: Contact | None,
    ticket: Ticket | None,
) -> Mapping[str, str]:
    """What is known here, in the partner's language; a variable that has no value is not in it.

    Nothing is due of what is done or waits for somebody else.
    """
    values = {
        "me": staff.called(language),
        "toll_free": hotline.settings.vendor.toll_free,
        "hours": hotline.words.weekly(language),
    }
    if contact is not None:
        values |= {"contact": contact.name, "partner": contact.company(language)}
    if ticket is not None:
        values |= {"number": ticket.number, "subject": ticket.subject}
        if ticket.state not in (*DONE_STATES, *PAUSED_STATES) and ticket.due_at > hotline.now():
            values["due"] = hotline.words.time(ticket.due_at, hotline.now(), language)
    return values


def filled(text: str, values: Mapping[str, str]) -> str | None:
    """The text with its gaps filled; None if one of them has no value here."""
    if not gaps(text) <= values.keys():
        return None
    return fill(text, values.__getitem__)

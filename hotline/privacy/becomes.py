"""What a personal value becomes when its person is erased, or its time has passed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hotline.core import Hotline
from hotline.privacy import placeholders
from hotline.privacy.marks import NOBODY, Marks

# Facts with a form of their own: codes of machines, papers and companies, sums and counts.
FORMAL = ("serial", "order_number", "machine_type", "quantity", "amount", "tax_id")


@dataclass(frozen=True)
class Erasing:
    """Whose data goes. `address` is what was asked to be erased; None: only time has passed."""

    hotline: Hotline
    marks: Marks = NOBODY
    address: str | None = None


# From who is erased, the row and the value in it, the new value.
Becomes = Callable[[Erasing, Any, Any], Any]


def empty(erasing: Erasing, row: Any, value: Any) -> str:
    return ""


def nothing(erasing: Erasing, row: Any, value: Any) -> None:
    return None


def no_list(erasing: Erasing, row: Any, value: Any) -> list[Any]:
    return []


def masked(erasing: Erasing, row: Any, value: Any) -> Any:
    """Somebody else's words: they stay, without the person's name, e-mail and phone."""
    return erasing.marks.masked(value)


def nameless(erasing: Erasing, row: Any, value: Any) -> str:
    """Read wherever a name is shown: 「已刪除的聯絡人」."""
    return erasing.hotline.words.say("erased.contact", row.language)


def unusable(erasing: Erasing, row: Any, value: Any) -> str:
    """A contact's address must be there and differ from every other one."""
    return placeholders.address_for(erasing.hotline, value, row.id)


def proven(erasing: Erasing, row: Any, value: Any) -> str | None:
    """By this a conversation is known as that of somebody erased, and is nobody's any longer."""
    if erasing.address is None:
        return None
    return placeholders.address_for(erasing.hotline, erasing.address)


def erased_words(erasing: Erasing, row: Any, value: Any) -> str:
    """Where a line must say something: 「（內容已刪除）」."""
    return erasing.hotline.words.say("erased.words", row.language)


def solution(erasing: Erasing, row: Any, value: Any) -> Any:
    """What solved it is about the matter, and stays as long as the ticket has words."""
    return None if erasing.address is None else masked(erasing, row, value)


def note_words(erasing: Erasing, row: Any, value: Any) -> str:
    """As `solution`; any other note may be about the person."""
    if row.kind == "resolution" and (said := solution(erasing, row, value)):
        return str(said)
    return erasing.hotline.words.say("erased.words", "zh-TW")


def formal_facts(erasing: Erasing, row: Any, value: Any) -> dict[str, Any]:
    """The codes and numbers that were read as such; everything else is somebody's words."""
    return {
        fact: known
        for fact, known in value.items()
        if fact in FORMAL and known.get("status") == "known"
    }


def differing_name(erasing: Erasing, row: Any, value: Any) -> str:
    """The certificate still counts for its company."""
    return placeholders.name_for(erasing.hotline, row.partner_id, value)

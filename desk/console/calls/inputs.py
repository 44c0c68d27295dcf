"""What the form of a call says: who is calling, and what they want."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from desk.console.calls.places import began_of
from hotline.calls.request import Told
from hotline.calls.taking import Incoming
from hotline.core import Hotline
from hotline.tickets.kinds import FACTS, KINDS
from wording.text import strip_control

FACT, TRIED = "fact.", "tried."
_SHORT = 400
_WORDS = "words"
_LONGEST_WORDS = 20_000  # the core says how much it takes, and why not


@dataclass(frozen=True)
class Form:
    """The form as it was typed, cut to what fits."""

    fields: Mapping[str, str]

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Form":
        most = {_WORDS: _LONGEST_WORDS}
        return cls(
            {key: strip_control(value)[: most.get(key, _SHORT)] for key, value in said.items()}
        )

    def get(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    @property
    def intent(self) -> str:
        """The kind that was chosen; "" as long as none is."""
        return self.get("intent") if self.get("intent") in KINDS else ""

    @property
    def contact_id(self) -> int | None:
        return id_of(self.get("contact"))

    @property
    def call_id(self) -> str:
        """The form's own id; a new one for a form that brings none."""
        said = self.get("client_id")
        return said if 0 < len(said) <= 36 else str(uuid.uuid4())

    def call(self, hotline: Hotline) -> Incoming:
        return Incoming(
            self.call_id,
            self.contact_id,
            self.get("caller"),
            self.get("company"),
            self.get("phone"),
            began_of(hotline, self.get("began")),
        )

    def told(self) -> Told:
        severity = self.get("severity")
        return Told(
            self.get("intent"),
            self.get(_WORDS),
            {fact: self.get(FACT + fact) for fact in FACTS},
            {fact: self.get(TRIED + fact) for fact in FACTS},
            int(severity) if severity in ("1", "2", "3", "4") else None,
        )


def id_of(said: str) -> int | None:
    """A number that a row may have."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None

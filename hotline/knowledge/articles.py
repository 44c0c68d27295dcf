"""What an article is, and who may read it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

LANGUAGES = ("zh-TW", "en")


@dataclass(frozen=True)
class Reader:
    """Whoever asks, by the conversation's row: `types` and `tier` are of the partner company.

    Staff read what is for any partner.
    """

    is_partner: bool = False
    types: frozenset[str] = frozenset()
    tier: str | None = None
    is_staff: bool = False


@dataclass(frozen=True)
class Audience:
    """Everyone; or partners who are signed in, of some types or tiers, or of any (None)."""

    partners_only: bool = False
    types: frozenset[str] | None = None
    tiers: frozenset[str] | None = None

    def admits(self, reader: Reader) -> bool:
        if not self.partners_only or reader.is_staff:
            return True
        if not reader.is_partner:
            return False
        right_type = self.types is None or bool(self.types & reader.types)
        return right_type and (self.tiers is None or reader.tier in self.tiers)


@dataclass(frozen=True)
class Wording:
    """An article in one language: `short` is plain lines for a bubble, `answer` is Markdown."""

    title: str
    label: str  # of a button
    short: str
    answer: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Article:
    """One answer in both languages. `owner` is the queue that keeps it true."""

    id: str
    topic: str
    source: str
    owner: str
    updated: date
    valid_from: date
    valid_to: date | None
    audience: Audience
    wordings: Mapping[str, Wording] = field(hash=False)
    intents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    file: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it may be spoken on `day`; the last day counts."""
        return self.valid_from <= day and not self.has_expired(day)

    def has_expired(self, day: date) -> bool:
        return self.valid_to is not None and self.valid_to < day

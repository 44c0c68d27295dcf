"""What partners wrote, as it stands in `stories/*.yml`, with its gaps filled for one ticket."""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from random import Random
from typing import Any

from hotline.demonstration.chance import one_of, read
from hotline.tickets.kinds import KINDS
from wording.sentences import fill
from wording.severity import severity_of

_FILES = ("technical", "presales", "admin", "campaign", "other")

# How often each kind of request is made, in hundredths.
SHARES = {
    "technical_hardware": 15.0,
    "technical_software": 13.0,
    "technical_install": 7.0,
    "technical_warranty": 5.0,
    "presales_quote": 9.0,
    "presales_configuration": 5.0,
    "presales_demo": 3.0,
    "presales_proposal": 3.0,
    "presales_opportunity": 4.0,
    "admin_order": 8.0,
    "admin_invoice": 5.0,
    "admin_contract": 2.0,
    "admin_account": 4.0,
    "admin_company_data": 2.0,
    "campaign_event": 2.5,
    "campaign_bdf": 3.0,
    "campaign_training": 2.5,
    "campaign_certification": 2.0,
    "other_request": 1.5,
    "report_conflict": 0.8,
    "apply_partnership": 0.7,
    "complain": 1.0,
    "leave_message": 2.0,
    "ask_knowledge": 1.5,
    "account_contract": 0.4,
    "account_credit": 0.5,
    "account_certification": 0.5,
    "account_bdf": 0.4,
    "account_performance": 0.4,
}


@dataclass(frozen=True, eq=False)
class Story:
    """A request in the partner's words, the first answer to it, and what was done.

    `ask` is what had to be asked back, `answer` what came of it; both are empty for most.
    """

    intent: str
    say: str
    reply: str
    done: str
    language: str = "zh-TW"
    ask: str = ""
    answer: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> tuple[int, tuple[str, ...]]:
        """With the words for it, as the form finds it: told by them, else usual for the kind."""
        kind = KINDS[self.intent]
        judged = severity_of(self.say, kind.technical)
        if judged.words and not (kind.usual_severity == 4 and judged.level == 3):
            return judged.level, judged.words
        return kind.usual_severity, ()

    def filled(self, gaps: Mapping[str, str]) -> "Story":
        def written(text: str) -> str:
            return fill(text, gaps.__getitem__)

        return replace(
            self,
            say=written(self.say),
            facts={kind: written(value) for kind, value in self.facts.items()},
        )


@cache
def all_stories() -> tuple[Story, ...]:
    return tuple(_story(told) for name in _FILES for told in read(f"stories/{name}.yml"))


def _story(told: Mapping[str, Any]) -> Story:
    return Story(**{("language" if key == "lang" else key): value for key, value in told.items()})


class Telling:
    """Stories by their shares; the same one comes again only after most others of its intent."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._told: dict[str, deque[Story]] = defaultdict(deque)

    def next(self, but: Collection[Story] = ()) -> Story:
        """The next one, none of `but` if its intent has others."""
        intent = one_of(self._chance, SHARES)
        stories = [story for story in all_stories() if story.intent == intent]
        return self.one_of([story for story in stories if story not in but] or stories)

    def one_of(self, stories: Sequence[Story]) -> Story:
        """One of these, which are of one intent, that was not told lately."""
        told = self._told[stories[0].intent]
        while len(told) > 2 * len(stories) // 3:
            told.popleft()
        story = self._chance.choice([story for story in stories if story not in told] or stories)
        told.append(story)
        return story


def gaps(
    chance: Random, at: datetime, next_day: datetime, language: str, person: str
) -> dict[str, str]:
    """What the gaps of a story are filled with, for a ticket that is opened at `at`."""
    letter = chance.choice("ABCDFKN")
    return {
        "customer": str(chance.choice(read("words.yml")["customers"])[language]),
        "serial": f"{chance.randint(6, 78):02}{letter}{chance.randrange(9999):04}",
        "order": f"SO-{at.year}-{chance.randrange(200, 4_000):05}",
        "person": person,
        "next_day": next_day.date().isoformat(),
    }

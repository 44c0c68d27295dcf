"""The rules in force: the settings' own, or the newest version that an administrator wrote."""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from hotline import versions
from hotline.database import Database
from hotline.deadlines.documents import from_json, to_json
from hotline.deadlines.rules import Rule, check, rule_for
from hotline.settings import QUEUES, Settings
from hotline.timers.setting import set_timer
from hotline.versions import DEADLINES, RECOUNT


class Deadlines:
    """The rules as this process knows them; `refresh` looks for a newer version."""

    def __init__(self, settings: Settings) -> None:
        self.tiers = settings.partners.tiers
        self._take(0, settings.rules)

    def _take(self, version: int, rules: Sequence[Rule]) -> None:
        self.version, self.rules = version, tuple(rules)

    def rule_for(self, severity: int, queue: str, tier: str | None) -> Rule:
        return rule_for(self.rules, severity, queue, tier)

    def with_rules(self, rules: Sequence[Rule]) -> "Deadlines":
        """The same version with other rules: what they would be like."""
        other = copy(self)
        other._take(self.version, rules)
        return other

    async def refresh(self, session: AsyncSession) -> bool:
        """Whether there was a newer version."""
        number = await versions.newest_number(session, DEADLINES)
        if number == self.version:
            return False
        newest = await versions.find(session, DEADLINES, number)
        if newest is None:
            return False
        self._take(number, from_json(newest.document))
        return True


async def change(
    database: Database,
    deadlines: Deadlines,
    now: datetime,
    actor: str,
    rules: Sequence[Rule],
    after: int | None = None,
) -> int:
    """Write `rules` as the new version, and give back its number; open promises are counted anew.

    RuleFault where they cannot be; Conflict if the rules are no longer the version `after`.
    """
    check(rules, QUEUES, deadlines.tiers)
    async with database.write() as session:
        await deadlines.refresh(session)
        if after is not None:
            versions.require(deadlines.version, after)
        number = await versions.add(
            session, now, DEADLINES, actor, "rules", to_json(rules), after=deadlines.version
        )
        await set_timer(session, f"{RECOUNT}:{DEADLINES}:{number}", RECOUNT, now)
    async with database.read() as session:
        await deadlines.refresh(session)
    return number

"""Which targets a request has: rules in order, the first that matches wins. Pure.

A rule names severities, queues and tiers; one that names none of a kind holds for all of them. So
the last rule of a list holds for everything, and no request is without targets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

SEVERITIES = (1, 2, 3, 4)

Case = tuple[int, str, str | None]  # severity, queue, tier; None is a visitor's


@dataclass(frozen=True)
class Targets:
    """Minutes of open time, or of day and night with `round_the_clock`.

    `next_response` counts from a partner's words on a ticket that has been answered before.
    """

    first_response: int
    next_response: int
    resolution: int
    round_the_clock: bool = False

    def __post_init__(self) -> None:
        if min(self.first_response, self.next_response, self.resolution) < 1:
            raise ValueError("targets of at least one minute")
        if self.resolution < self.first_response:
            raise ValueError("a resolution that is not due before the first response")


@dataclass(frozen=True)
class Rule:
    name: str
    targets: Targets
    severities: frozenset[int] = frozenset()
    queues: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()

    def matches(self, severity: int, queue: str, tier: str | None) -> bool:
        return (
            (not self.severities or severity in self.severities)
            and (not self.queues or queue in self.queues)
            and (not self.tiers or tier in self.tiers)
        )


def rule_for(rules: Sequence[Rule], severity: int, queue: str, tier: str | None) -> Rule:
    """The first rule that matches; LookupError where there is none, which `gaps` tells before."""
    for rule in rules:
        if rule.matches(severity, queue, tier):
            return rule
    raise LookupError(f"no rule for severity {severity}, {queue}, {tier or 'a visitor'}")


def idle(rules: Sequence[Rule], queues: Sequence[str], tiers: Sequence[str]) -> list[Rule]:
    """The rules that never win, because those before them take every request they are for."""
    winners = {
        id(rule)
        for case in _cases(queues, tiers)
        if (rule := next((it for it in rules if it.matches(*case)), None)) is not None
    }
    return [rule for rule in rules if id(rule) not in winners]


def gaps(rules: Sequence[Rule], queues: Sequence[str], tiers: Sequence[str]) -> list[Case]:
    """The requests that no rule is for."""
    return [case for case in _cases(queues, tiers) if not any(it.matches(*case) for it in rules)]


def _cases(queues: Sequence[str], tiers: Sequence[str]) -> Iterator[Case]:
    return product(SEVERITIES, queues, (*tiers, None))

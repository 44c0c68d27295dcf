"""Which targets a request has: rules in order, the first that matches wins. Pure.

A rule names severities, queues and tiers; one that names none of a kind holds for all of them. So
the last rule of a list holds for everything, and no request is without targets.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from hotline.errors import BadInput

SEVERITIES = (1, 2, 3, 4)

Case = tuple[int, str, str | None]  # severity, queue, tier; None is a visitor's


class RuleFault(BadInput):
    """Rules that cannot be: `fields["reason"]` is idle, gap, twice or unknown."""

    def __init__(self, reason: str, message: str, **fields: object) -> None:
        super().__init__(message, reason=reason, **fields)


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


def check(rules: Sequence[Rule], queues: Sequence[str], tiers: Sequence[str]) -> None:
    """RuleFault: twice (a name), unknown (a queue, a tier), idle (never wins), gap (none wins)."""
    names = [rule.name for rule in rules]
    for rule in rules:
        if names.count(rule.name) > 1:
            raise RuleFault("twice", f"two rules are called {rule.name}", rule=rule.name)
        strangers = [*(rule.queues - set(queues)), *(rule.tiers - set(tiers))]
        if strangers or not rule.severities <= set(SEVERITIES):
            known = ", ".join((*queues, *tiers))
            message = f"{rule.name} knows only severities 1 to 4 and {known}"
            raise RuleFault("unknown", message, rule=rule.name)
    if never := idle(rules, queues, tiers):
        message = f"{never[0].name} never matches: rules before it take all it is for"
        raise RuleFault("idle", message, rule=never[0].name)
    if uncovered := gaps(rules, queues, tiers):
        severity, queue, tier = uncovered[0]
        message = f"no rule is for severity {severity}, {queue}, {tier or 'a visitor'}"
        raise RuleFault("gap", message, severity=severity, queue=queue, tier=tier or "")


def _cases(queues: Sequence[str], tiers: Sequence[str]) -> Iterator[Case]:
    return product(SEVERITIES, queues, (*tiers, None))

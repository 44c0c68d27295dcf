"""Rules as they are kept: one JSON document a version. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from hotline.deadlines.rules import Rule, Targets


def to_json(rules: Sequence[Rule]) -> dict[str, Any]:
    return {
        "rules": [
            {
                "name": rule.name,
                "severities": sorted(rule.severities),
                "queues": sorted(rule.queues),
                "tiers": sorted(rule.tiers),
                "first_response": rule.targets.first_response,
                "next_response": rule.targets.next_response,
                "resolution": rule.targets.resolution,
                "round_the_clock": rule.targets.round_the_clock,
            }
            for rule in rules
        ]
    }


def from_json(said: Mapping[str, Any]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            rule["name"],
            Targets(
                rule["first_response"],
                rule["next_response"],
                rule["resolution"],
                rule["round_the_clock"],
            ),
            frozenset(rule["severities"]),
            frozenset(rule["queues"]),
            frozenset(rule["tiers"]),
        )
        for rule in said["rules"]
    )

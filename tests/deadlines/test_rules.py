"""Rules of deadlines: the first that matches wins; what never wins and what nobody has is told."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.deadlines.rules import SEVERITIES, Rule, Targets, gaps, idle, rule_for

QUEUES, TIERS = ("presales", "technical", "admin"), ("gold", "silver")
CASES = list(product(SEVERITIES, QUEUES, (*TIERS, None)))
SLOW, FAST = Targets(240, 240, 1440), Targets(30, 30, 240, round_the_clock=True)


def subsets(of: tuple[object, ...]) -> st.SearchStrategy[frozenset[object]]:
    return st.frozensets(st.sampled_from(of))


rules = st.lists(
    st.builds(
        Rule,
        name=st.text(max_size=3),
        targets=st.sampled_from([SLOW, FAST]),
        severities=subsets(SEVERITIES),
        queues=subsets(QUEUES),
        tiers=subsets(TIERS),
    ),
    max_size=6,
)


@given(rules)
def test_whoever_wins_matches_and_nobody_before_does(given_rules: list[Rule]) -> None:
    for case in CASES:
        matching = [rule for rule in given_rules if rule.matches(*case)]
        if matching:
            assert rule_for(given_rules, *case) is matching[0]
        else:
            assert case in gaps(given_rules, QUEUES, TIERS)
            with pytest.raises(LookupError):
                rule_for(given_rules, *case)


@given(rules)
def test_without_the_idle_rules_nothing_changes(given_rules: list[Rule]) -> None:
    never = {id(rule) for rule in idle(given_rules, QUEUES, TIERS)}
    kept = [rule for rule in given_rules if id(rule) not in never]
    uncovered = gaps(given_rules, QUEUES, TIERS)
    assert gaps(kept, QUEUES, TIERS) == uncovered
    for case in CASES:
        if case not in uncovered:
            assert rule_for(kept, *case) is rule_for(given_rules, *case)
    assert idle(kept, QUEUES, TIERS) == []


def test_a_rule_behind_one_for_everything_is_idle() -> None:
    everything = Rule("everything", SLOW)
    gold = Rule("gold", FAST, tiers=frozenset({"gold"}))
    assert idle([everything, gold], QUEUES, TIERS) == [gold]
    assert idle([gold, everything], QUEUES, TIERS) == []
    assert rule_for([gold, everything], 3, "technical", "gold") is gold
    assert rule_for([gold, everything], 3, "technical", None) is everything


def test_a_rule_for_a_tier_that_does_not_exist_is_idle() -> None:
    platinum = Rule("platinum", FAST, tiers=frozenset({"platinum"}))
    assert idle([platinum, Rule("everything", SLOW)], QUEUES, TIERS) == [platinum]


def test_what_nobody_is_for_is_told() -> None:
    only_severe = Rule("severe", FAST, severities=frozenset({1, 2}))
    uncovered = gaps([only_severe], QUEUES, TIERS)
    assert (3, "technical", "gold") in uncovered
    assert (1, "technical", "gold") not in uncovered
    assert len(uncovered) == 2 * len(QUEUES) * 3


@pytest.mark.parametrize("minutes", [(0, 1, 1), (1, 0, 1), (240, 60, 30)])
def test_targets_that_cannot_be_are_refused(minutes: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"targets|resolution"):
        Targets(*minutes)

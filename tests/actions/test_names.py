"""Rasa and the action server agree on what there is to do and to say."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from actions.base import HotlineAction

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def domain() -> Any:
    return yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))


def test_every_action_of_the_domain_is_registered_and_the_other_way_round(domain: Any) -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert set(executor.actions) == set(domain["actions"])


def test_what_an_action_utters_is_in_the_domain(domain: Any) -> None:
    uttered = set(_uttered())
    assert len(uttered) > 10
    assert uttered - set(domain["responses"]) == set()


def _uttered() -> Iterator[str]:
    """Every response that an action names in full: `turn.say("name", ...)`."""
    for file in sorted((ROOT / "actions").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "say"
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "turn"
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                yield f"utter_{node.args[0].value}"


def test_an_action_without_a_line_of_permissions_stops_the_start_and_says_what_to_write() -> None:
    with pytest.raises(RuntimeError) as refused:
        type("New", (HotlineAction,), {"action_name": "action_new"})
    assert 'ACTIONS of actions/permissions.py:\n    "action_new": ...,' in str(refused.value)

"""The desk's channel in the engine: no silent failures, and nothing told to strangers."""

from typing import Any

import pytest

from tests.engine_side import told_by


@pytest.fixture(scope="module")
def told() -> Any:
    return told_by("tests.bot.channel_as_json")


@pytest.mark.parametrize("secret", ["none", "wrong", "not ASCII"])
def test_a_caller_without_the_secret_learns_nothing(told: Any, secret: str) -> None:
    assert told["said"][secret] == [404, None]


def test_a_turn_that_was_stored_is_answered(told: Any) -> None:
    status, answer = told["said"]["stores"]
    assert status == 200
    assert [message["text"] for message in answer["messages"]] == ["好的"]
    assert (answer["form"], answer["intent"], answer["confidence"]) == (None, "greet", 0.9)


def test_a_message_that_an_action_took_back_was_stored_all_the_same(told: Any) -> None:
    assert told["said"]["takes back"][0] == 200


@pytest.mark.parametrize("behaviour", ["loses", "has no store", "fails", "without words"])
def test_a_turn_that_was_not_stored_or_failed_is_a_failure(told: Any, behaviour: str) -> None:
    assert told["said"][behaviour] == [500, {"error": "turn failed"}]


def test_a_failed_turn_is_logged_by_kind_and_place_without_a_word_of_it(told: Any) -> None:
    kinds = [line.split()[3] for line in told["logged"].splitlines()]
    assert kinds == ["TurnLost", "TurnLost", "ValueError", "KeyError"]
    assert "channel_as_json.py" in told["logged"]
    assert "0912345678" not in told["logged"]

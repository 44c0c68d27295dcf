"""The engine's tracker store, run under the engine's own interpreter beside Rasa's."""

from typing import Any

import pytest

from tests.engine_side import told_by


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return told_by("tests.bot.store_as_json", tmp_path_factory.mktemp("trackers"))


def test_rasa_loads_the_store_that_is_configured(said: Any) -> None:
    # A class that cannot be imported becomes a store in memory, with no more than a warning.
    assert said["configured"] == "LiveStore"


def test_a_conversation_under_way_is_not_read_back(said: Any) -> None:
    assert said["is_live"]


def test_the_table_holds_what_rasas_own_store_would_have_written(said: Any) -> None:
    assert said["rows"]["ours"] == said["rows"]["rasas"]
    assert len(said["rows"]["ours"]) == 13


def test_a_restarted_engine_goes_on_where_the_conversation_stood(said: Any) -> None:
    assert said["after_restart"] == said["by_rasa"]
    assert said["after_restart"]["form"] == "ticket_form"
    assert said["after_restart"]["slots"]["draft"] == {"serial": "78A1234"}


def test_what_a_turn_that_died_had_set_is_forgotten(said: Any) -> None:
    assert said["after_dead_turn"] == said["by_rasa"]
    assert said["rows_after_next_turn"] == 14


def test_what_nobody_has_used_for_an_hour_is_in_the_table_or_nowhere(said: Any) -> None:
    assert said["remembered_within_the_hour"]
    assert said["remembered_after_it"] is None

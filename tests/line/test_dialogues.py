"""The conversations of tests/dialogues, played with all three processes: README.md there."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.line import ROOT, Line
from tests.dialogues import script, table
from tests.dialogues.play import Played, play_all
from tests.dialogues.responses import Responses
from tests.dialogues.script import BadScript, Conversation
from tests.dialogues.stage import Stage

SCRIPTS = script.load()
CONVERSATION = "conversation"


def _tests() -> list[Any]:
    return [
        pytest.param(
            one.name,
            id=one.name,
            marks=[pytest.mark.xfail(reason=one.not_yet, strict=True)] if one.not_yet else [],
        )
        for one in SCRIPTS
    ]


@pytest.fixture(scope="module")
def played(line: Line, request: pytest.FixtureRequest) -> dict[str, Played]:
    """Every conversation that this run has a test of, all of them played at once."""
    chosen = {
        item.callspec.params[CONVERSATION]
        for item in request.session.items
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        if CONVERSATION in item.callspec.params
    }
    wanted = [one for one in SCRIPTS if one.name in chosen]
    stage = Stage(line.url, line.settings)
    return {one.script.name: one for one in play_all(stage, Responses(), wanted)}


@pytest.mark.line
@pytest.mark.parametrize(CONVERSATION, _tests())
def test_the_conversation_goes_as_it_is_written(
    played: dict[str, Played], conversation: str
) -> None:
    if played[conversation].fault:
        pytest.fail(played[conversation].fault, pytrace=False)


@pytest.mark.line
def test_every_intent_is_said_and_understood_in_both_languages(
    played: dict[str, Played], capsys: pytest.CaptureFixture[str]
) -> None:
    if len(played) < len(SCRIPTS):
        pytest.skip("only some of the conversations were played")
    intents = _intents()
    understood = [pair for one in played.values() for pair in one.understood]
    with capsys.disabled():
        print(f"\n{len(played)} conversations\n{table.coverage(intents, understood)}")
    assert table.uncovered(intents, understood) == []


def test_a_key_that_nobody_knows_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "wrong.yml"
    file.write_text("- name: a\n  turns:\n    - say: x\n      answers: [y]\n", encoding="utf-8")
    with pytest.raises(BadScript, match=r"wrong\.yml, line 4: .*answers.*not permitted"):
        script.read(file)
    file.write_text("- name: a\n  turns:\n    - say: x\n      press: y\n", encoding="utf-8")
    with pytest.raises(BadScript, match=r"wrong\.yml, line 3: .*exactly one of say, press"):
        script.read(file)


def test_yes_and_a_day_stay_what_was_typed(tmp_path: Path) -> None:
    file = tmp_path / "typed.yml"
    file.write_text("- name: a\n  turns:\n  - say: yes\n  - say: 2026-12-09\n", encoding="utf-8")
    [read] = script.read(file)
    assert isinstance(read, Conversation)
    assert [turn.say for turn in read.turns] == ["yes", "2026-12-09"]


def test_a_bubble_is_recognised_and_a_wrong_one_is_not() -> None:
    responses = Responses()
    bubble = "序號 78A1234，記下了。請問產品或型號？"
    assert responses.names_of(bubble, "zh-TW") == ("noted", "ask_product")
    assert responses.follows([bubble], "zh-TW", ["noted", "ask_product"])
    assert not responses.follows([bubble], "zh-TW", ["noted", "ask_serial"])
    assert not responses.follows([bubble], "zh-TW", ["noted"])
    assert not responses.follows([bubble], "en", ["noted", "ask_product"])
    assert not responses.follows([bubble, "不客氣。"], "zh-TW", ["noted", "ask_product"])
    assert not responses.follows([], "zh-TW", ["thank"])


def _intents() -> list[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [name for entry in domain["intents"] for name in entry]

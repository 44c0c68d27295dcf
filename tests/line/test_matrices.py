"""Every control at every question of a request, every intent in every state of a conversation.

A question is tried once, in the first kind of request that asks it; with WHOLE_MATRICES=1, which is
`make matrices`, in every kind: that takes a quarter of an hour.
What does not go right yet stands, with the reason, in tests/dialogues/matrices/not_yet.yml.
"""

import os
from collections.abc import Iterator

import pytest

from deploy.line import Line
from hotline.partners.look_ups import LOOK_UPS
from hotline.tickets.kinds import KINDS
from tests.dialogues.matrices import cells, slots, states
from tests.dialogues.matrices.cells import Cell
from tests.dialogues.responses import Responses
from tests.dialogues.script import OPEN_HOURS
from tests.dialogues.stage import Stage

IS_WHOLE = os.environ.get("WHOLE_MATRICES") == "1"
# A request of these kinds begins with a button, not with words.
BY_THE_BUTTON = {"ask_knowledge", *LOOK_UPS}


@pytest.fixture(scope="module")
def stage(line: Line) -> Stage:
    return Stage(line.url, line.settings)


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest) -> Iterator[dict[str, list[Cell]]]:
    """The cells of this run; in the end each matrix is printed."""
    tried: dict[str, list[Cell]] = {"slots": [], "states": []}
    yield tried
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        for title, found in tried.items():
            if found:
                print(f"\n{cells.drawn(found, title)}")


@pytest.mark.line
@pytest.mark.parametrize("kind", slots.KINDS_TRIED)
def test_controls_at_every_question_of(
    stage: Stage, told: dict[str, list[Cell]], kind: str
) -> None:
    stage.set_clock(OPEN_HOURS)
    known = set() if IS_WHOLE else {cell.row.partition(".")[2] for cell in told["slots"]}
    tried = slots.try_kind(stage, Responses(), kind, slots.language_of(kind), known)
    told["slots"] += tried
    _judge(tried)


@pytest.mark.line
@pytest.mark.parametrize("state", states.STATES)
def test_every_intent_when(stage: Stage, told: dict[str, list[Cell]], state: str) -> None:
    tried = states.try_state(stage, Responses(), state)
    told["states"] += tried
    _judge(tried)


@pytest.mark.line
@pytest.mark.parametrize("matrix", ["slots", "states"] if IS_WHOLE else ["states"])
def test_what_is_known_not_to_be_right_is_still_so(
    told: dict[str, list[Cell]], matrix: str
) -> None:
    rows = {"slots": slots.KINDS_TRIED, "states": states.STATES}[matrix]
    tried = {c.row.partition(".")[0] if matrix == "slots" else c.column for c in told[matrix]}
    if tried < set(rows):
        pytest.skip("only a part of the matrix was tried")
    assert cells.healed(told[matrix], matrix) == []


def test_every_kind_of_request_is_tried() -> None:
    assert set(slots.KINDS_TRIED) == set(KINDS) - BY_THE_BUTTON


def _judge(tried: list[Cell]) -> None:
    if wrong := cells.faults(tried):
        pytest.fail("\n".join(wrong), pytrace=False)

"""The engine is killed in the middle of a turn: nothing is lost, and the partner is told."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from deploy.line import Line
from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

WORDS = "磁帶櫃備份失敗，序號 78B0077"


@pytest.fixture
def mortal_engine(line: Line) -> Iterator[Line]:
    """The line, whose engine a test may end; it runs again afterwards."""
    yield line
    line.stop("engine")
    line.start("engine")
    line.wait_ready()


def test_an_engine_killed_in_the_middle_of_a_turn_loses_nothing(
    at: Any, rows: Any, mortal_engine: Line, partner: PartnerPage
) -> None:
    at(OPEN_HOURS)
    partner.enter()
    engine = mortal_engine.pids["engine"]
    # Stopped, it takes the turn and does not answer: it is surely in the middle when it is killed.
    os.kill(engine, signal.SIGSTOP)
    partner.send(WORDS)
    expect(partner.page.locator("[data-typing]")).to_be_visible()
    os.kill(engine, signal.SIGKILL)

    told = partner.said_by("bot").last
    expect(told).to_contain_text("您的話已經存好")
    kept = rows("SELECT count(*) FROM messages WHERE sender = 'partner' AND text = ?", WORDS)
    assert kept == [(1,)]

    opened = partner.press("開成工單")
    number = partner.number
    assert f"工單 {number} 已開好" in opened
    [[description]] = rows("SELECT description FROM tickets WHERE number = ?", number)
    assert description == WORDS

    mortal_engine.stop("engine")
    mortal_engine.start("engine")
    mortal_engine.wait_ready()
    assert "09:00-17:00" in partner.say("你們今天到幾點")

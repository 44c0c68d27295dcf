"""`make run` over little programs: it gets ready, it notices, and it leaves nothing behind."""

import os
import signal
import time
from pathlib import Path

import pytest

from deploy.children import STOP_WITHIN_S
from tests.deploy.conftest import StartRunner
from tests.deploy.little_programs import READY


def test_the_ready_line_comes_when_all_answer_and_not_before(
    run: StartRunner, tmp_path: Path
) -> None:
    runner = run("serves", "opens_late")
    said = runner.lines_until("serves")
    assert said[0] == "starting: serves, opens_late"
    assert READY not in said

    (tmp_path / "gate").touch()

    said = runner.lines_until("ready ")
    assert any(line.startswith("  opens_late ready after") for line in said[:-1])
    assert said[-1] == READY


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_with_0(run: StartRunner, number: signal.Signals) -> None:
    runner = run("serves", "serves_too")
    runner.lines_until("ready ")

    os.kill(runner.process.pid, number)

    assert runner.end() == (0, "stopping\n", "")
    assert runner.left == []


def test_ctrl_c_before_all_are_ready_ends_what_was_started(run: StartRunner) -> None:
    runner = run("serves", "never_answers")
    runner.lines_until("serves")

    runner.interrupt()

    code, said, complained = runner.end()
    assert (code, complained) == (0, "")
    assert READY not in said
    assert runner.left == []


def test_a_second_ctrl_c_cuts_the_waiting_short_without_a_traceback(run: StartRunner) -> None:
    runner = run("stubborn", "serves")
    runner.lines_until("ready ")
    began = time.monotonic()

    runner.interrupt()
    runner.lines_until("stopping")
    runner.interrupt()

    assert runner.end() == (0, "", "")
    assert time.monotonic() - began < STOP_WITHIN_S / 2
    assert runner.left == []


def test_a_program_that_ends_with_0_unasked_is_an_error_with_its_last_lines(
    run: StartRunner,
) -> None:
    runner = run("serves", "ends_with_0")

    code, said, complained = runner.end()

    assert (code, complained) == (1, "")
    assert "ends_with_0 ended with 0, unasked. The last lines of its log:" in said
    assert said.rstrip().splitlines()[-20:] == [f"  line {n}" for n in range(20, 40)]
    assert READY not in said
    assert runner.left == []


def test_a_program_that_is_killed_is_told_with_the_signals_name(run: StartRunner) -> None:
    runner = run("dies", "serves")

    code, said, _ = runner.end()

    assert code == 1
    assert "dies was ended by SIGKILL, unasked" in said
    assert "  so it goes" in said
    assert runner.left == []


def test_a_program_that_ends_after_all_were_ready_ends_the_others(run: StartRunner) -> None:
    runner = run("serves", "serves_too")
    runner.lines_until("ready ")

    os.kill(runner.child("serves_too").pid, signal.SIGTERM)

    code, said, complained = runner.end()
    assert (code, complained) == (1, "")
    assert "serves_too was ended by SIGTERM, unasked" in said
    assert runner.left == []


def test_a_reader_that_has_gone_away_keeps_nothing_alive(run: StartRunner) -> None:
    runner = run("serves", "serves_too")
    runner.lines_until("ready ")
    assert runner.process.stdout is not None
    runner.process.stdout.close()

    os.kill(runner.process.pid, signal.SIGTERM)

    assert runner.process.wait(timeout=30) == 0
    assert runner.process.stderr is not None
    assert runner.process.stderr.read() == ""
    assert runner.left == []


def test_what_was_started_ends_with_a_runner_that_is_killed(run: StartRunner) -> None:
    runner = run("serves", "serves_too")
    runner.lines_until("ready ")

    runner.process.kill()
    runner.process.wait()

    deadline = time.monotonic() + 10
    while runner.left and time.monotonic() < deadline:
        os.sched_yield()
    assert runner.left == []

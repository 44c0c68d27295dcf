"""Several programs as one, in this process: deadlines, logs, and ending some of them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.children import ChildDied
from deploy.processes import NotReady, Processes, Program
from tests.deploy.little_programs import BABBLE, NOISE, program


@contextmanager
def started(folder: Path, *programs: str | Program) -> Iterator[Processes]:
    """Those programs, some by name; not waited for."""
    known = [program(one, folder) if isinstance(one, str) else one for one in programs]
    processes = Processes(known, folder / "log", folder)
    processes.start()
    try:
        yield processes
    finally:
        processes.stop()


def test_a_program_that_never_answers_is_named_when_the_time_is_up(tmp_path: Path) -> None:
    with (
        started(tmp_path, "serves", "never_answers") as processes,
        pytest.raises(NotReady, match=re.escape("no answer from never_answers in 1 s")),
    ):
        processes.wait_ready(within_s=1)


def test_what_was_ended_on_purpose_is_missed_by_nobody_and_can_be_started_again(
    tmp_path: Path,
) -> None:
    with started(tmp_path, "serves", "serves_too") as processes:
        assert processes.wait_ready()
        before = processes.pids

        processes.stop("serves")
        processes.check()
        assert processes.pids == {"serves_too": before["serves_too"]}

        processes.start("serves")
        assert processes.wait_ready()
        assert processes.pids["serves"] != before["serves"]


def test_the_log_of_the_start_before_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with started(tmp_path, "ends_with_0") as processes, pytest.raises(ChildDied):
            processes.wait_ready()
    log, kept = tmp_path / "log/ends_with_0.log", tmp_path / "log/ends_with_0.log.1"
    assert kept.read_text() == log.read_text() != ""


def test_of_a_large_log_only_the_end_is_told(tmp_path: Path) -> None:
    noisy = program("noisy", tmp_path, NOISE)
    with started(tmp_path, noisy) as processes, pytest.raises(ChildDied) as died:
        processes.wait_ready()
    assert died.value.last_lines[-2:] == ["noise 199999", "the end"]
    assert len(died.value.last_lines) == 20


def test_an_answer_that_is_not_http_is_none(tmp_path: Path) -> None:
    babbles = program("babbles", tmp_path, BABBLE)
    with started(tmp_path, babbles) as processes, pytest.raises(NotReady):
        processes.wait_ready(within_s=1)

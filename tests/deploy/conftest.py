"""The runner over little programs; whatever a test did, nothing is left of it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from deploy.leftovers import Process, living, new_mark

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 30.0


@dataclass
class Runner:
    """`make run` over programs of the test's own."""

    process: "subprocess.Popen[str]"
    mark: dict[str, str]

    def lines_until(self, start: str) -> list[str]:
        """What it says, up to the first line that begins so."""
        assert self.process.stdout is not None
        said: list[str] = []
        while not said or not said[-1].strip().startswith(start):
            line = self.process.stdout.readline()
            assert line, said
            said.append(line.rstrip("\n"))
        return said

    def interrupt(self) -> None:
        """Ctrl-C: the terminal tells the whole group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> tuple[int, str, str]:
        """Exit code, the rest of what it says, and what it complains of."""
        said, complained = self.process.communicate(timeout=TIMEOUT_S)
        return self.process.returncode, said, complained

    @property
    def left(self) -> list[Process]:
        return living(self.mark)

    def child(self, name: str) -> Process:
        """The running program called `name`."""
        [found] = [one for one in self.left if one.command[1] == "-c" and one.command[-1] == name]
        return found


class StartRunner(Protocol):
    def __call__(self, *names: str) -> Runner: ...


@pytest.fixture
def run(tmp_path: Path) -> Iterator[StartRunner]:
    """Starts runners over the little programs of these names."""
    runners: list[Runner] = []

    def start(*names: str) -> Runner:
        mark = new_mark()
        command = [sys.executable, "-m", "tests.deploy.little_programs", str(tmp_path), *names]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **mark},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        runners.append(Runner(process, mark))
        return runners[-1]

    yield start
    for runner in runners:
        for one in runner.left:
            os.kill(one.pid, signal.SIGKILL)
        runner.process.communicate(timeout=TIMEOUT_S)

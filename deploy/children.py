"""Child processes that end with their parent, leave a log, and never end unnoticed."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_WITHIN_S = 10.0
LAST_LINES = 20
_PR_SET_PDEATHSIG = 1


class ChildDied(Exception):
    """A process ended that nobody had asked to; with 0 it is an error all the same."""

    def __init__(self, name: str, code: int, last_lines: Sequence[str]) -> None:
        super().__init__(f"{name} ended with {code}")
        self.name, self.code, self.last_lines = name, code, last_lines


@dataclass
class Child:
    """One running process, the leader of its own group."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path

    def check(self) -> None:
        """ChildDied, with the last lines of its log, if it has ended."""
        code = self.process.poll()
        if code is not None:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
            raise ChildDied(self.name, code, lines[-LAST_LINES:])

    def signal(self, number: int) -> None:
        """To the whole group: an action server is a tree of processes."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def spawn(
    name: str, command: Sequence[str], environment: Mapping[str, str], log: Path, cwd: Path
) -> Child:
    """Start `command` with exactly `environment`; its output goes to `log`."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    return Child(name, process, log)


def stop(children: Sequence[Child]) -> None:
    """Ask all to end, and make those that have not within STOP_WITHIN_S."""
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN_S
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
        # What the leader left behind in its group goes too.
        child.signal(signal.SIGKILL)
        child.process.wait()


def free_port() -> int:
    """A loopback port that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _end_with_parent() -> None:
    """Ask the kernel to end us when our parent dies, even by SIGKILL (Linux)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

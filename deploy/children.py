"""Child processes that end with their parent, leave a log, and never end unnoticed."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_WITHIN_S = 10.0
LAST_LINES = 20
_TAIL_BYTES = 64 * 1024  # a log may be large; its last lines are at its end
_POLL_S = 0.05
_PR_SET_PDEATHSIG = 1


class ChildDied(Exception):
    """A process ended that nobody had asked to; with 0 it is an error all the same."""

    def __init__(self, name: str, code: int, last_lines: Sequence[str]) -> None:
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with {code}"
        super().__init__(f"{name} {how}, unasked")
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
            raise ChildDied(self.name, code, _last_lines(self.log))


def spawn(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    log: Path,
    cwd: Path,
    user: str | None = None,
) -> Child:
    """Start `command` with exactly `environment`; its output goes to `log`.

    The log of the start before, which may tell of a crash, is kept beside it as `*.log.1`.
    It leads a group of its own, so that Ctrl-C reaches only its parent, and the kernel asks it to
    end should that parent be killed. Root may start it as another `user`.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        log.replace(log.with_name(f"{log.name}.1"))
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_leash(),
            user=user,
            group=user,
            extra_groups=() if user else None,
        )
    return Child(name, process, log)


def patiently() -> bool:
    """Nobody is in a hurry."""
    return False


def stop(
    children: Sequence[Child],
    within_s: float = STOP_WITHIN_S,
    in_a_hurry: Callable[[], bool] = patiently,
) -> None:
    """Ask all to end; those that have not within `within_s` are made to, with all they started.

    Only a group's leader is asked: it knows how to end its own workers (an action server is a
    tree of processes). Somebody `in_a_hurry` cuts the waiting short, not the ending.
    """
    for child in children:
        if child.process.poll() is None:
            child.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + within_s
    try:
        while any(child.process.poll() is None for child in children):
            if in_a_hurry() or time.monotonic() > deadline:
                break
            time.sleep(_POLL_S)
    finally:
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
        for child in children:
            child.process.wait()


def _last_lines(log: Path) -> list[str]:
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _TAIL_BYTES))
        return file.read().decode(errors="replace").splitlines()[-LAST_LINES:]


def _leash() -> Callable[[], None] | None:
    """What a new process does first: let the kernel end it when its parent dies (Linux only).

    The function of the C library is found here, before the fork; after it, only calls are safe.
    """
    if not sys.platform.startswith("linux"):
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def end_with_parent() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the kernel had been told
            os._exit(1)

    return end_with_parent

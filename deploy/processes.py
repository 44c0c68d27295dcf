"""Several programs as one: started together, ready when all answer, watched, ended together."""

import http.client
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.children import Child, patiently, spawn, stop

READY_WITHIN_S = 180.0
_POLL_S = 0.25
_TELL_EVERY_S = 4.0
_ANSWER_WITHIN_S = 3.0

Progress = Callable[[str], None]


def quietly(_words: str) -> None:
    """Progress that nobody reads."""


class NotReady(Exception):
    """A program runs but does not answer."""


@dataclass(frozen=True)
class Program:
    """What to start, with which environment, and the URL that answers 200 once it is ready."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    answers_at: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def is_ready(self) -> bool:
        request = urllib.request.Request(self.answers_at, headers=dict(self.headers))  # noqa: S310
        # Not urlopen: a proxy named in the environment has no business with loopback.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=_ANSWER_WITHIN_S) as answer:
                return bool(answer.status == 200)
        except (OSError, http.client.HTTPException):
            return False


class Processes:
    """The running programs. As a context manager: started and ready inside, ended after it."""

    def __init__(self, programs: Sequence[Program], log_dir: Path, cwd: Path) -> None:
        self._programs = {program.name: program for program in programs}
        self.log_dir, self._cwd = log_dir, cwd
        self.children: dict[str, Child] = {}

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._programs)

    @property
    def pids(self) -> dict[str, int]:
        return {name: child.process.pid for name, child in self.children.items()}

    def start(self, *names: str) -> None:
        """Start those named, or all that do not run. `wait_ready` tells when they answer."""
        for name in names or [name for name in self.names if name not in self.children]:
            program, log = self._programs[name], self.log_dir / f"{name}.log"
            self.children[name] = spawn(name, program.command, program.environment, log, self._cwd)

    def wait_ready(
        self,
        progress: Progress = quietly,
        within_s: float = READY_WITHIN_S,
        in_a_hurry: Callable[[], bool] = patiently,
    ) -> bool:
        """True once every running program answers, False if `in_a_hurry` says so before.

        Raises ChildDied or NotReady.
        """
        waiting = list(self.children)
        began = told = time.monotonic()
        while waiting:
            self.check()
            for name in list(waiting):
                if in_a_hurry():
                    return False
                if self._programs[name].is_ready():
                    waiting.remove(name)
                    progress(f"  {name:<8} ready after {time.monotonic() - began:.0f} s")
            now = time.monotonic()
            if waiting and now - began > within_s:
                raise NotReady(f"no answer from {', '.join(waiting)} in {within_s:.0f} s")
            if waiting and now - told >= _TELL_EVERY_S:
                told = now
                progress(f"  {', '.join(waiting):<8} starting… {now - began:.0f} s")
            time.sleep(_POLL_S)
        return True

    def check(self) -> None:
        """ChildDied if any of them has ended."""
        for child in self.children.values():
            child.check()

    def stop(self, *names: str, in_a_hurry: Callable[[], bool] = patiently) -> None:
        """End those named, or all; what was ended on purpose is no longer watched."""
        chosen = [name for name in names or tuple(self.children) if name in self.children]
        try:
            stop([self.children[name] for name in chosen], in_a_hurry=in_a_hurry)
        finally:
            for name in chosen:
                del self.children[name]

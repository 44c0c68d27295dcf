"""`make run` as a person does it: it gets ready, Ctrl-C ends it, and nothing is left running.

Twice: from whatever is there, in CI a fresh clone, and again, where nothing is left to be made.
Needs only the standard library, for there may be no environment yet.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from deploy.leftovers import living, new_mark
from deploy.ports import free_ports

ROOT = Path(__file__).parent.parent
_FIRST_WITHIN_S, _AGAIN_WITHIN_S, _END_WITHIN_S = 1800.0, 180.0, 30.0

Make = subprocess.Popen[str]
Mark = dict[str, str]


class Broken(Exception):
    """`make run` did not do what it promises."""


def main() -> int:
    try:
        _start_and_end("first start", _FIRST_WITHIN_S, _end_runner)
        _start_and_end("second start", _AGAIN_WITHIN_S, _press_ctrl_c)
    except Broken as fault:
        print(f"make run: {fault}", file=sys.stderr)
        return 1
    return 0


def _start_and_end(name: str, within_s: float, end: Callable[[Make, Mark], None]) -> None:
    mark, began = new_mark(), time.monotonic()
    make = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env={**os.environ, **mark, "PORT": str(free_ports(1)[0])},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    # A read cannot be given up, but what it waits for can be ended.
    too_late = threading.Timer(within_s, _kill_all, [make, mark])
    too_late.start()
    try:
        _wait_until_ready(make)
        print(f"{name}: ready after {time.monotonic() - began:.0f} s", flush=True)
        end(make, mark)
        if left := living(mark):
            raise Broken("left running: " + ", ".join(" ".join(one.command) for one in left))
    finally:
        too_late.cancel()
        _kill_all(make, mark)


def _wait_until_ready(make: Make) -> None:
    assert make.stdout is not None
    for line in make.stdout:
        print(f"  {line}", end="", flush=True)
        if line.startswith("ready "):
            return
    raise Broken(f"it ended with {make.wait()} before it was ready")


def _end_runner(make: Make, mark: Mark) -> None:
    """The runner alone is told, so that make is there to say how it ended."""
    [runner] = [one for one in living(mark) if one.command[1:] == ("-m", "deploy.run")]
    os.kill(runner.pid, signal.SIGINT)
    if code := _ended(make):
        raise Broken(f"it ended with {code} after Ctrl-C")


def _press_ctrl_c(make: Make, _mark: Mark) -> None:
    """A terminal tells make too, which then ends by the signal once its runner has ended."""
    os.killpg(make.pid, signal.SIGINT)
    if (code := _ended(make)) not in (0, -signal.SIGINT):
        raise Broken(f"it ended with {code} after Ctrl-C")


def _ended(make: Make) -> int:
    try:
        make.communicate(timeout=_END_WITHIN_S)
    except subprocess.TimeoutExpired as late:
        raise Broken(f"it still runs {_END_WITHIN_S:.0f} s after Ctrl-C") from late
    return make.returncode


def _kill_all(make: Make, mark: Mark) -> None:
    for one in living(mark):
        try:
            os.kill(one.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    make.wait()


if __name__ == "__main__":
    sys.exit(main())

"""`make run`: prepare the database, start the line, say where it is, and end it all together."""

import contextlib
import os
import signal
import sys
import time

from deploy.children import ChildDied
from deploy.line import Line
from deploy.ports import refuse_taken
from deploy.processes import NotReady, Processes
from hotline.errors import BadInput, HotlineError
from hotline.seed import demo_sign_ins

_WATCH_S = 0.25
_OWNER_ONLY = 0o077


def main() -> int:
    """0 after Ctrl-C or SIGTERM; 1 when a process ended unasked; 2 when the start was refused."""
    os.umask(_OWNER_ONLY)
    try:
        wished = _wished_port()
        line = Line(port=wished)
        if wished is None:
            line = Line(port=line.settings.desk.port)
        refuse_taken(line.settings.desk.host, line.port)
        line.prepare()
        return watch(line, _where(line))
    except HotlineError as refused:
        print(refused.message, file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # before anything was started
        return 0


def watch(processes: Processes, ready_words: str) -> int:
    """Start them, print `ready_words` when all answer, and keep on until told to end."""
    told = _Told()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, told)
    try:
        say(f"starting: {', '.join(processes.names)}")
        processes.start()
        if processes.wait_ready(say, in_a_hurry=told.to_end):
            say(ready_words)
        while not told.to_end():
            processes.check()
            time.sleep(_WATCH_S)
        say("stopping")
        return 0
    except ChildDied as died:
        say(f"\n{died}. The last lines of its log:")
        for text in died.last_lines:
            say(f"  {text}")
        return 1
    except NotReady as late:
        say(f"\n{late}; the logs are in {processes.log_dir}")
        return 1
    finally:
        processes.stop(in_a_hurry=told.twice)


class _Told:
    """How often a signal said to end: once is a wish, twice is a hurry.

    It is asked for, and never raises: a signal that interrupts would do so between the start of a
    process and the note of it, or while the others are being ended.
    """

    def __init__(self) -> None:
        self._times = 0

    def __call__(self, _number: int, _frame: object) -> None:
        self._times += 1

    def to_end(self) -> bool:
        return self._times > 0

    def twice(self) -> bool:
        return self._times > 1


def say(words: str) -> None:
    """Print; that nobody reads any more, as after `| head`, ends nothing."""
    try:
        print(words, flush=True)
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wished_port() -> int | None:
    wish = os.environ.get("PORT", "")
    if not wish:
        return None
    if not wish.isascii() or not wish.isdigit() or not 0 < int(wish) < 65_536:
        raise BadInput(f"PORT={wish} is not a port; allowed: 1 to 65535")
    return int(wish)


def _where(line: Line) -> str:
    words = f"ready  partners {line.url}/  console {line.url}/console"
    if line.settings.demo != "none":
        role, email, password = demo_sign_ins()[0]
        words += f"  demo contacts {line.url}/demo  demo {role} {email} / {password}"
    return words


if __name__ == "__main__":
    sys.exit(main())

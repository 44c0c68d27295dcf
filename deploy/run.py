"""`make run`: prepare the database, start the line, say where it is, and end it all together."""

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


def main() -> int:
    """0 after Ctrl-C or SIGTERM; 1 when a process ended unasked; 2 when the start was refused."""
    try:
        wished = _wished_port()
        line = Line(port=wished)
        if wished is None:
            line = Line(port=line.settings.desk.port)
        refuse_taken(line.settings.desk.host, line.port)
        line.prepare()
    except HotlineError as refused:
        print(refused.message, file=sys.stderr)
        return 2
    return watch(line, _where(line))


def watch(processes: Processes, ready_words: str) -> int:
    """Start them, print `ready_words` when all answer, and keep on until told to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        say("starting: action server, engine, desk")
        processes.start()
        processes.wait_ready(say)
        say(ready_words)
        while True:
            processes.check()
            time.sleep(_WATCH_S)
    except ChildDied as died:
        say(f"\n{died}. The last lines of its log:")
        for text in died.last_lines:
            say(f"  {text}")
        return 1
    except NotReady as late:
        say(f"\n{late}; the logs are in var/log")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        say("stopping")
        processes.stop()


def say(words: str) -> None:
    print(words, flush=True)


def _wished_port() -> int | None:
    wish = os.environ.get("PORT", "")
    if not wish:
        return None
    if not wish.isascii() or not wish.isdigit() or not 0 < int(wish) < 65_536:
        raise BadInput(f"PORT={wish} is not a port; allowed: 1 to 65535")
    return int(wish)


def _where(line: Line) -> str:
    words = f"ready  partners {line.url}/  console {line.url}/console"
    if line.settings.demo:
        role, email, password = demo_sign_ins()[0]
        words += f"  demo contacts {line.url}/demo  demo {role} {email} / {password}"
    return words


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())

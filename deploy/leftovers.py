"""Which processes came from one start, however far from it: by a mark in their environment."""

import uuid
from pathlib import Path
from typing import NamedTuple

MARK = "STARTED_AS"


class Process(NamedTuple):
    """A running process."""

    pid: int
    command: tuple[str, ...]


def new_mark() -> dict[str, str]:
    """An environment variable that a process hands on to all that it starts."""
    return {MARK: uuid.uuid4().hex}


def living(mark: dict[str, str]) -> list[Process]:
    """Those with `mark` that run now, oldest first; one that ended and awaits its parent does not.

    Linux only.
    """
    entry = f"{MARK}={mark[MARK]}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if entry in (folder / "environ").read_bytes().split(b"\0"):
                command = (folder / "cmdline").read_text(errors="replace").split("\0")
                found.append(Process(int(folder.name), tuple(command[:-1])))
        except OSError:  # it has just ended, or belongs to somebody else
            continue
    return sorted(found)

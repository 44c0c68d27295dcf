"""What the desk writes to its log: kinds and places, never values.

The text of an exception may hold a person's words, a token, the parameters of a statement. So of
an exception its kind is logged, those of its causes, and where it came through.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict

_ROOT = Path(__file__).parent.parent
_MOST_FRAMES = 30


def configure(stream: TextIO | None = None) -> None:
    """One JSON line for each event, ours and those of the libraries, on standard output."""
    stream = stream or sys.stdout
    structlog.configure(
        processors=[
            structlog.processors.TimeStamper("iso"),
            without_values,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_KindsOnly())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def without_values(_logger: object, _method: str, event: EventDict) -> EventDict:
    """A structlog processor: of `exc_info` only the kinds and the frames."""
    failure = event.pop("exc_info", None)
    if failure is True:
        failure = sys.exc_info()[1]
    elif isinstance(failure, tuple):
        failure = failure[1]
    if isinstance(failure, BaseException):
        event.update(described(failure))
    return event


def described(failure: BaseException) -> dict[str, list[str]]:
    """The kind of `failure` and of its causes, and its frames as file:line:function."""
    return {
        "exception": [type(each).__qualname__ for each in _chain(failure)],
        "frames": [
            f"{_short(frame.filename)}:{frame.lineno}:{frame.name}"
            for each in _chain(failure)
            for frame in traceback.extract_tb(each.__traceback__, limit=-_MOST_FRAMES)
        ],
    }


class _KindsOnly(logging.Formatter):
    """For the libraries' loggers: the first line of the message before its values are put in."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "logger": record.name,
            "level": record.levelname.lower(),
            "event": str(record.msg).partition("\n")[0],
            "timestamp": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line.update(described(record.exc_info[1]))
        return json.dumps(line)


def _chain(failure: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = failure
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name

"""One clock for all processes: the real one or, for trying and testing, a moved one that ticks on.

The file `var/clock` says when it was moved and to what time; every process looks at it again
after at most 200 ms. In production the clock is the real one and stays so.
"""

import json
import os
import re
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from hotline.errors import BadInput, NotAllowed, SettingsError

LOOK_AGAIN_S = 0.2
FIRST_YEAR, LAST_YEAR = 2000, 2200  # far from the ends of the calendar, where sums fail

_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_DURATION = re.compile(r"(?:\d{1,6}[dhms])+", re.ASCII)
_NO_SHIFT = timedelta()


class Clock:
    """The time of the hotline. `env` is that of the settings; reading is cheap."""

    def __init__(self, path: Path, env: str) -> None:
        self._path = path
        self._may_move = env != "production"
        self._shift = _NO_SHIFT
        self._seen: tuple[int, int] | None = None  # the file behind `_shift`
        self._look_again_at = 0.0  # of the monotonic clock

    def now(self) -> datetime:
        """The present, aware and in UTC."""
        if self._may_move and time.monotonic() >= self._look_again_at:
            self._look()
        return _real() + self._shift

    def set(self, at: datetime) -> None:
        """Move the clock to `at`, for every process; it ticks on from there."""
        self._refuse_in_production()
        if at.tzinfo is None:
            raise BadInput("the time needs its zone, such as 2026-12-01T10:15:00+08:00")
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise BadInput(f"the time must lie in the years {FIRST_YEAR} to {LAST_YEAR}")
        _write(self._path, {"moved_at": _real().isoformat(), "to": at.astimezone(UTC).isoformat()})
        self._look()

    def advance(self, by: timedelta) -> None:
        """Move the clock on by so much, or back if it is negative."""
        self._refuse_in_production()
        self._look()
        try:
            self.set(self.now() + by)
        except OverflowError as error:
            raise BadInput("that is further than the calendar reaches") from error

    def real(self) -> None:
        """Back to the real time."""
        self._refuse_in_production()
        self._path.unlink(missing_ok=True)
        self._look()

    def apply_environment(self, environment: Mapping[str, str] = os.environ) -> None:
        """Start at HOTLINE_CLOCK, if it is set.

        For whoever starts the processes, once: a process that did so again would set all of them
        back.
        """
        text = environment.get("HOTLINE_CLOCK", "")
        if not text:
            return
        if not self._may_move:
            raise SettingsError("HOTLINE_CLOCK is set; in production the clock is the real one")
        try:
            self.set(parse_time(text))
        except BadInput as error:
            raise SettingsError(f"HOTLINE_CLOCK: {error.message}") from error

    def _refuse_in_production(self) -> None:
        if not self._may_move:
            raise NotAllowed("in production the clock is the real one and stays so")

    def _look(self) -> None:
        self._look_again_at = time.monotonic() + LOOK_AGAIN_S
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_ino)
            if seen != self._seen:
                self._shift, self._seen = _read(self._path), seen
        except FileNotFoundError:
            self._shift, self._seen = _NO_SHIFT, None


def parse_time(text: str, zone: tzinfo | None = None) -> datetime:
    """Read an ISO 8601 time; one that names no zone is taken in `zone`, or refused without it."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(f"{text!r} is not a time such as 2026-12-01T10:15:00+08:00") from error
    if at.tzinfo is None and zone is None:
        raise BadInput(f"{text!r} does not name its zone; write 2026-12-01T10:15:00+08:00")
    return at if at.tzinfo else at.replace(tzinfo=zone)


def parse_duration(text: str) -> timedelta:
    """Read `6h`, `90m`, `2d`, `45s`, or several together: `1d12h`."""
    if not _DURATION.fullmatch(text.strip()):
        raise BadInput(f"{text!r} is not a duration such as 6h, 90m or 2d")
    parts = re.findall(r"(\d+)([dhms])", text)
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), _NO_SHIFT)


def _real() -> datetime:
    return datetime.now(UTC)


def _read(path: Path) -> timedelta:
    try:
        written = json.loads(path.read_text(encoding="ascii"))
        return parse_time(written["to"]) - parse_time(written["moved_at"])
    except (ValueError, KeyError, TypeError, AttributeError, BadInput) as error:
        raise SettingsError(f"{path} is damaged; `hotline clock real` sets it right") from error


def _write(path: Path, content: dict[str, str]) -> None:
    """Replace the file at once, so that no process reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".clock-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(content, file)
    os.replace(draft, path)

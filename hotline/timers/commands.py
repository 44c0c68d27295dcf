"""`hotline timers`: what waits for its time, and what has failed."""

from argparse import Namespace
from datetime import datetime
from typing import Any

from hotline.core import Hotline, open_hotline
from hotline.settings import load_settings
from hotline.timers.rows import TimerRow
from hotline.timers.service import waiting


async def show(arguments: Namespace) -> Any:
    """What has failed comes first, then what is due next."""
    async with open_hotline(load_settings()) as hotline:
        async with hotline.database.read() as session:
            rows = await waiting(session)
        shown = [_shown(hotline, row) for row in rows]
    return shown if arguments.json else "\n".join(map(_line, shown)) or "nothing waits"


def _shown(hotline: Hotline, row: TimerRow) -> dict[str, Any]:
    def told(at: datetime) -> str:
        return at.astimezone(hotline.calendar.timezone).isoformat(timespec="seconds")

    return {
        "key": row.key,
        "kind": row.kind,
        "due_at": told(row.due_at),
        "tries": row.tries,
        "failure": row.failure,
        "not_before": told(row.not_before) if row.not_before else None,
    }


def _line(shown: dict[str, Any]) -> str:
    line = f"{shown['due_at']}  {shown['kind']:<12} {shown['key']}"
    if not shown["failure"]:
        return line
    failed = f"failed: {shown['failure']}, tries: {shown['tries']}"
    return f"{line}  {failed}, again at {shown['not_before']}"

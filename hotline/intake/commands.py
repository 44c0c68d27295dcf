"""`hotline intake-key …`: who may hand over messages."""

from argparse import Namespace
from typing import Any

from hotline.core import open_hotline
from hotline.intake import keys
from hotline.settings import load_settings


async def add_key(arguments: Namespace) -> str:
    """The key itself and nothing else, for a pipe; it is not to be had again."""
    async with open_hotline(load_settings()) as hotline:
        return await keys.add(hotline, arguments.name)


async def list_keys(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline:
        async with hotline.database.read() as session:
            sources = await keys.everyone(session)
        zone = hotline.calendar.timezone
    shown = [
        {
            "name": source.name,
            "created_at": source.created_at.astimezone(zone).isoformat(timespec="seconds"),
            "ended_at": source.ended_at.astimezone(zone).isoformat(timespec="seconds")
            if source.ended_at
            else None,
        }
        for source in sources
    ]
    if arguments.json:
        return shown
    lines = [f"{one['name']:<13} {one['created_at']}  {one['ended_at'] or 'good'}" for one in shown]
    return "\n".join(lines) or "no keys"


async def end_key(arguments: Namespace) -> str:
    async with open_hotline(load_settings()) as hotline:
        await keys.end(hotline, arguments.name)
    return f"the key {arguments.name} has ended"

"""`hotline rota …`: look at who is on call, and change it; times are the hotline's own."""

from argparse import Namespace
from datetime import datetime, timedelta, tzinfo
from typing import Any

from hotline.clock import parse_time
from hotline.core import Hotline, open_hotline
from hotline.errors import BadInput
from hotline.rota import rules, service
from hotline.rota.service import Duty
from hotline.settings import load_settings

_MOST_DAYS = 366
_HIGHEST_ID = 2**31 - 1  # of a number in the database
_BY_COMMAND = None  # nobody of the staff


async def show(arguments: Namespace) -> Any:
    """The coming turns, who is on call now, and the holes in between."""
    if not 1 <= arguments.days <= _MOST_DAYS:
        raise BadInput(f"the days must be from 1 to {_MOST_DAYS}")
    async with open_hotline(load_settings()) as hotline:
        now, zone = rules.whole_minute(hotline.now()), hotline.calendar.timezone
        async with hotline.database.read() as session:
            turns = await service.upcoming(session, now, arguments.days)
            until = now + timedelta(days=arguments.days)
            holes = await service.holes_between(session, now, until)
            chain = await service.chain_at(session, now)
    if arguments.json:
        return {
            "on_call": [staff.email for staff in chain],
            "turns": [_as_json(turn, zone) for turn in turns],
            "holes": [{"from": _iso(since, zone), "to": _iso(to, zone)} for since, to in holes],
        }
    names = ", then ".join(staff.email for staff in chain)
    lines = [f"on call now: {names or 'nobody'}"]
    lines += [_line(turn, zone) for turn in turns]
    lines += [
        f"nobody is on call from {_at(since, zone)} to {_at(to, zone)}" for since, to in holes
    ]
    return "\n".join(lines)


async def add(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline:
        zone = hotline.calendar.timezone
        begins, ends = _time(hotline, arguments.begins), parse_time(arguments.ends, zone)
        place = arguments.place
        added = await service.add(hotline, _BY_COMMAND, arguments.email, begins, ends, place)
        return _told(hotline, arguments, "added", added)


async def swap(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline:
        swapped = await service.swap(
            hotline,
            _BY_COMMAND,
            _id(arguments.id),
            arguments.email,
            begins_at=_time(hotline, arguments.begins),
            ends_at=_time(hotline, arguments.ends),
        )
        return _told(hotline, arguments, "swapped", swapped)


async def remove(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline:
        now = rules.whole_minute(hotline.now())
        removed = await service.remove(hotline, _BY_COMMAND, _id(arguments.id))
        what = "ended now" if removed.ends_at == now else "removed"
        return _told(hotline, arguments, what, removed)


def _told(hotline: Hotline, arguments: Namespace, what: str, turn: Duty) -> Any:
    zone = hotline.calendar.timezone
    return _as_json(turn, zone) if arguments.json else f"{what}: {_line(turn, zone).lstrip()}"


def _as_json(turn: Duty, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": turn.id,
        "version": turn.version,
        "place": turn.place,
        "email": turn.staff.email,
        "name": turn.staff.name,
        "from": _iso(turn.begins_at, zone),
        "to": _iso(turn.ends_at, zone),
        "instead_of": turn.instead_of.email if turn.instead_of else None,
        "answering": turn.answering,
    }


def _line(turn: Duty, zone: tzinfo) -> str:
    line = f"{turn.id:>4}  place {turn.place}  {_at(turn.begins_at, zone)} - "
    line += f"{_at(turn.ends_at, zone)}  {turn.staff.email}"
    if turn.instead_of:
        line += f" (instead of {turn.instead_of.email})"
    return line if turn.answering else f"{line} (has left: nobody will answer)"


def _at(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%a %Y-%m-%d %H:%M}"


def _iso(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).isoformat(timespec="minutes")


def _time(hotline: Hotline, said: str | None) -> datetime | None:
    return parse_time(said, hotline.calendar.timezone) if said is not None else None


def _id(said: int) -> int:
    if not 0 < said <= _HIGHEST_ID:
        raise BadInput(f"there is no turn {said}")
    return said

"""The rota as the console shows it: now, four weeks ahead, and who changed what."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.scene import Scene, initial
from desk.console.views import Change, Choice, OnCall, RotaLine, RotaPage, Week
from hotline.journal import Entry
from hotline.permissions import HANDLERS
from hotline.rota import rules, service
from hotline.rota.reading import AHEAD_DAYS, HOLE, people
from hotline.rota.service import Duty
from hotline.staff.service import Staff, all_staff
from hotline.words.times import written

WEEKS = 4
URL = "/console/rota"
_DAY = timedelta(days=1)
_CHOICE_DAYS = 100
_PROPOSED = timedelta(days=7)


async def rota_page(
    scene: Scene, session: AsyncSession, chosen: str = "", typed: Mapping[str, str] | None = None
) -> RotaPage:
    """`chosen` is the turn whose change is wanted, `typed` what stood in a refused form."""
    now = rules.whole_minute(scene.now)
    turns = await service.upcoming(session, now, _CHOICE_DAYS)
    answering = [turn for turn in turns if turn.answering]
    until = _midnight(scene, now) + WEEKS * 7 * _DAY
    holes = rules.holes(answering, now, until)
    soon = rules.holes(answering, now, now + AHEAD_DAYS * _DAY)
    may_edit = service.may_edit(scene.staff)
    filled = {**_proposed(scene, holes, now), **(typed or {})} if may_edit else {}
    chosen = filled.get("swap.turn") or filled.get("remove.turn") or chosen
    return RotaPage(
        now=tuple(_on_call(scene, answering, now)),
        is_covered=rules.on_call(answering, now) is not None,
        holes=tuple(_hole_words(scene, since, _end(to, now, AHEAD_DAYS)) for since, to in soon),
        weeks=tuple(_weeks(scene, turns, holes, now, until, may_edit=may_edit)),
        changes=await _changes(scene, session),
        may_edit=may_edit,
        turns=tuple(_turn_choice(scene, turn, chosen) for turn in turns) if may_edit else (),
        staff=await _staff(scene, session) if may_edit else (),
        filled=filled,
    )


def moment(scene: Scene, at: datetime) -> str:
    """12/1（二）17:00: with its time also in another year, for the rota is of the coming weeks."""
    return written("table.dated", scene.local(at), scene.language)


def turn_value(turn: Duty) -> str:
    """The turn as a form names it, with the version that the reader has seen."""
    return f"{turn.id}.{turn.version}"


def _on_call(scene: Scene, turns: list[Duty], now: datetime) -> list[OnCall]:
    found = (rules.on_call(turns, now, place) for place in rules.PLACES)
    return [
        OnCall(
            place_words=_place(scene, turn.place),
            name=scene.name(turn.staff),
            surname=initial(scene.name(turn.staff)),
            instead_words=_instead(scene, turn),
            until_words=scene.t("rota.until", time=moment(scene, turn.ends_at)),
            until_iso=scene.iso(turn.ends_at),
        )
        for turn in found
        if turn
    ]


def _weeks(
    scene: Scene,
    turns: list[Duty],
    holes: list[rules.Stretch],
    now: datetime,
    until: datetime,
    *,
    may_edit: bool,
) -> list[Week]:
    """From this one on, each with every turn that has a minute in it."""
    today = _midnight(scene, now)
    monday, weeks = today - today.weekday() * _DAY, list[Week]()
    while monday < until:
        # Kept on the wall's clock, since a week is not always as many hours.
        begins, ends = max(monday, now), min(monday + 7 * _DAY, until)
        lines = [
            (turn.begins_at, turn.place, _line(scene, turn, begins, now, may_edit=may_edit))
            for turn in turns
            if turn.begins_at < ends and turn.ends_at > begins
        ]
        lines += [
            (max(since, begins), 0, _hole(scene, max(since, begins), min(to, ends)))
            for since, to in holes
            if since < ends and to > begins
        ]
        in_order = sorted(lines, key=lambda line: line[:2])
        label = _week_label(scene, len(weeks), max(monday, today), ends)
        weeks.append(Week(label, tuple(line for _begins, _place, line in in_order)))
        monday += 7 * _DAY
    return weeks


def _week_label(scene: Scene, ahead: int, begins: datetime, ends: datetime) -> str:
    first, last = (
        written("table.day", scene.local(at), scene.language) for at in (begins, ends - _DAY)
    )
    span = first if first == last else scene.t("rota.span", **{"from": first, "to": last})
    key = {0: "rota.this_week", 1: "rota.next_week"}.get(ahead)
    return scene.t(key, span=span) if key else span


def _line(
    scene: Scene, turn: Duty, week_begins: datetime, now: datetime, *, may_edit: bool
) -> RotaLine:
    name, since = scene.name(turn.staff), moment(scene, turn.begins_at)
    is_now = turn.answering and turn.begins_at <= now < turn.ends_at
    remark = ""
    if not turn.answering:
        remark = scene.t("rota.left")
    elif is_now and week_begins == now:
        remark = scene.t("rota.running")
    elif turn.begins_at < week_begins:
        remark = scene.t("rota.begun")
    return RotaLine(
        from_words=since,
        from_iso=scene.iso(turn.begins_at),
        to_words=moment(scene, turn.ends_at),
        to_iso=scene.iso(turn.ends_at),
        is_now=is_now and week_begins == now,
        name=name,
        surname=initial(name),
        place=turn.place,
        place_words=_place(scene, turn.place),
        instead_words=_instead(scene, turn),
        remark=remark,
        change_url=f"{URL}?turn={turn_value(turn)}#change" if may_edit else "",
        change_label=scene.t("rota.change_this", **{"name": name, "from": since}),
    )


def _hole(scene: Scene, since: datetime, to: datetime) -> RotaLine:
    return RotaLine(
        from_words=moment(scene, since),
        from_iso=scene.iso(since),
        to_words=moment(scene, to),
        to_iso=scene.iso(to),
        is_hole=True,
    )


def _hole_words(scene: Scene, since: datetime | None, to: datetime | None) -> str:
    """A hole as a sentence; None where it has no beginning or no end."""
    told = {"from": moment(scene, since) if since else "", "to": moment(scene, to) if to else ""}
    if since is None:
        return scene.t("rota.hole_since_ever" if to else "rota.hole_always", **told)
    return scene.t("rota.hole" if to else "rota.hole_open", **told)


def _end(to: datetime, now: datetime, days: int) -> datetime | None:
    """None where the hole goes on behind what was looked at."""
    return to if to < now + days * _DAY else None


async def _changes(scene: Scene, session: AsyncSession) -> tuple[Change, ...]:
    entries = await service.history(session)
    ids = {entry.detail[key] for entry in entries for key in _IDS if key in entry.detail}
    ids |= {by for entry in entries if (by := _staff_id(entry.actor))}
    known = await people(session, ids)
    return tuple(
        Change(_change_words(scene, entry, known), scene.at(entry.at), scene.iso(entry.at))
        for entry in entries
    )


_IDS = ("staff_id", "former_id")


def _change_words(scene: Scene, entry: Entry, known: Mapping[int, Staff]) -> str:
    detail = entry.detail
    begins, ends = (
        datetime.fromisoformat(detail[key]) if detail[key] else None
        for key in ("begins_at", "ends_at")
    )
    if entry.kind == HOLE:
        return scene.t("rota.changed.hole", hole=_hole_words(scene, begins, ends))
    assert begins is not None
    assert ends is not None
    by = _staff_id(entry.actor)
    told = {
        "by": _called(scene, known, by) if by else scene.t("rota.system"),
        "name": _called(scene, known, detail["staff_id"]),
        "former": _called(scene, known, detail.get("former_id", 0)),
        "place": _place(scene, detail["place"]),
        "from": moment(scene, begins),
        "to": moment(scene, ends),
    }
    return scene.t(entry.kind.replace("rota.", "rota.changed."), **told)


def _called(scene: Scene, known: Mapping[int, Staff], staff_id: int) -> str:
    return scene.name(known[staff_id]) if staff_id in known else scene.t("rota.somebody")


def _staff_id(actor: str) -> int | None:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "staff" else None


def _place(scene: Scene, place: int) -> str:
    return scene.t(f"rota.place.{place}")


def _instead(scene: Scene, turn: Duty) -> str:
    return scene.t("rota.instead", name=scene.name(turn.instead_of)) if turn.instead_of else ""


def _turn_choice(scene: Scene, turn: Duty, chosen: str) -> Choice:
    told = {
        "from": moment(scene, turn.begins_at),
        "to": moment(scene, turn.ends_at),
        "name": scene.name(turn.staff),
        "place": _place(scene, turn.place),
    }
    # Whoever looked at an older version means the same turn, and is told so when it is sent.
    is_chosen = chosen.partition(".")[0] == str(turn.id)
    return Choice(turn_value(turn), scene.t("rota.turn_choice", **told), is_chosen)


async def _staff(scene: Scene, session: AsyncSession) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            member.email,
            scene.t("rota.person", name=scene.name(member), role=scene.t(f"role.{member.role}")),
        )
        for member in await all_staff(session)
        if member.role in HANDLERS
    )


def _proposed(scene: Scene, holes: list[rules.Stretch], now: datetime) -> dict[str, str]:
    """The first hole, a week of it at most, as the turn to add."""
    if not holes:
        return {}
    since, to = holes[0]
    ends = min(to, since + _PROPOSED)
    begins = "" if since <= now else _field(scene, since)
    return {"add.from": begins, "add.to": _field(scene, ends)}


def _field(scene: Scene, at: datetime) -> str:
    """For a field of a day and a time, which knows no zone."""
    return f"{scene.local(at):%Y-%m-%dT%H:%M}"


def _midnight(scene: Scene, at: datetime) -> datetime:
    local = scene.local(at)
    return datetime.combine(local.date(), time(), local.tzinfo)

"""What staff saw and did, from the journal: a page with filters, and the same as a file."""

import csv
import io
import json
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.people.audit_words import detail_words, kind_words
from desk.console.places import partner_url
from desk.console.scene import Scene
from desk.console.views import AuditPage, AuditRow, Tick
from desk.keys import PAGES
from hotline import audit
from hotline.audit import MOST_EXPORTED, Page, Wanted
from hotline.journal import Entry
from hotline.permissions import HANDLERS
from hotline.staff.service import Staff, all_staff

URL = "/console/audit"

_LONGEST = 40
_COLUMNS = ("id", "at", "actor", "name", "kind", "ticket", "conversation", "detail")
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def page(request: web.Request) -> web.Response:
    scene, wanted = await scene_of(request), _wanted(request)
    before = _number(request.query.get("before", ""))
    found = await audit.read(scene.hotline, scene.staff, wanted, before)
    query = wanted.to_json()
    async with scene.hotline.database.read() as session:
        staff = {member.id: member for member in await all_staff(session, also_left=True)}
        shown = AuditPage(
            rows=tuple(_row(scene, entry, found, staff) for entry in found.entries),
            staff=tuple(
                Tick(str(member.id), scene.name(member), member.id == wanted.staff_id)
                for member in staff.values()
            ),
            ticket=wanted.ticket,
            partner=wanted.partner,
            day=wanted.day.isoformat() if wanted.day else "",
            older_url=_url(URL, {**query, "before": found.before}) if found.before else "",
            csv_url=_url(f"{URL}.csv", query),
            is_filtered=bool(query),
        )
        frame = await frame_of(scene, session, "audit", _url(URL, query))
    return request.app[PAGES].render(request, "console/audit.html", frame=frame, page=shown)


async def export(request: web.Request) -> web.Response:
    """The newest ten thousand of the same, as CSV that a spreadsheet opens in every language."""
    scene, wanted = await scene_of(request), _wanted(request)
    found = await audit.read(scene.hotline, scene.staff, wanted, limit=MOST_EXPORTED)
    async with scene.hotline.database.read() as session:
        staff = {member.id: member for member in await all_staff(session, also_left=True)}
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for entry in found.entries:
        row = (
            str(entry.id),
            scene.iso(entry.at),
            entry.actor,
            _who(scene, entry, staff),
            entry.kind,
            found.numbers.get(entry.ticket_id or 0, ""),
            entry.conversation_id or "",
            json.dumps(entry.detail, ensure_ascii=False),
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return web.Response(
        body=file.getvalue().encode("utf-8-sig"),
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


def _row(scene: Scene, entry: Entry, found: Page, staff: dict[int, Staff]) -> AuditRow:
    number = found.numbers.get(entry.ticket_id or 0, "")
    about, url = number, f"/console/tickets/{number}" if number else ""
    if not number and entry.conversation_id:
        about = scene.t("audit.conversation")
        url = f"/console/conversations/{entry.conversation_id}"
    account = entry.detail.get("staff")
    is_account = entry.kind.startswith("staff.") and entry.actor != f"staff:{account}"
    if entry.kind == audit.PARTNER_VIEWED:
        about = str(entry.detail["partner"])
        url = partner_url(about)
    if not about and is_account and account in staff:
        about = scene.name(staff[account])
    may_open = scene.staff.role in HANDLERS
    return AuditRow(
        at_words=scene.at(entry.at),
        at_iso=scene.iso(entry.at),
        who=_who(scene, entry, staff),
        what=kind_words(scene, entry.kind),
        kind=entry.kind,
        about=about,
        url=url if may_open else "",
        detail=detail_words(scene, entry, staff),
    )


def _who(scene: Scene, entry: Entry, staff: dict[int, Staff]) -> str:
    kind, _, number = entry.actor.partition(":")
    if kind == "staff" and number.isdecimal() and int(number) in staff:
        return scene.name(staff[int(number)])
    return scene.t("audit.system") if kind == "system" else entry.actor


def _wanted(request: web.Request) -> Wanted:
    """What the address says; what cannot be read is no condition."""
    said = {name: request.query.get(name, "").strip()[:_LONGEST] for name in
            ("staff", "ticket", "partner", "day")}  # fmt: skip
    try:
        day = date.fromisoformat(said["day"]) if said["day"] else None
    except ValueError:
        day = None
    return Wanted(_number(said["staff"]), said["ticket"].upper(), said["partner"].upper(), day)


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


def _url(path: str, query: dict[str, object]) -> str:
    return f"{path}?{urlencode(query)}" if query else path

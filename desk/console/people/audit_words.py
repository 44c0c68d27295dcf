"""An entry of the journal in words: what was done, and what stands behind it.

What has no words is shown by its code: an entry may be older than the words, or newer.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desk.console.scene import Scene
from hotline.journal import Entry
from hotline.staff.service import Staff

# Where the words of a field's codes are.
_CODES = {
    "changed": "audit.person",
    "fact": "amend.field",
    "holder": "audit.holder",
    "level": "raised.level",
    "move": "audit.move",
    "notice": "undelivered.kind",
    "off": "undelivered.kind",
    "outcome": "calls.outcome",
    "promise": "promise",
    "queue": "service_queue",
    "role": "role",
    "role_before": "role",
    "sender": "audit.sender",
    "stands": "presence",
    "state": "state",
    "why": "raised.why",
}
_PEOPLE = ("staff", "staff_id", "former_id", "lead")
_TIMES = ("at", "begins_at", "ends_at", "due")
_CHANGES = ("before", "to")
_LONG_ID = re.compile(r"[0-9a-f-]{32,}")
_ID_END = 6


def kind_words(scene: Scene, kind: str) -> str:
    return _words(scene, "audit.kind", kind)


def detail_words(
    scene: Scene, entry: Entry, staff: Mapping[int, Staff]
) -> tuple[tuple[str, str], ...]:
    """Each field in words, and as it is written."""
    return tuple(
        (
            scene.t("audit.said", field=_words(scene, "audit.field", name), value=value),
            f"{name}={code}",
        )
        for name, code in entry.detail.items()
        if code not in (None, "", [], {})
        for value in (_value(scene, _sort(entry, name), code, staff),)
    )


def _sort(entry: Entry, name: str) -> str:
    """As which field the value reads; before and after are of whatever was changed."""
    if name not in _CHANGES:
        return name
    if entry.kind == "ticket.taken_over":
        return "staff"
    fact = str(entry.detail.get("fact", ""))
    return "staff" if fact == "assignee" else fact


def _value(scene: Scene, name: str, code: Any, staff: Mapping[int, Staff]) -> str:
    if isinstance(code, Mapping):
        said = (
            scene.t(
                "audit.said",
                field=_words(scene, "audit.field", each),
                value=_value(scene, each, of, staff),
            )
            for each, of in code.items()
        )
        return scene.t("people.between").join(said)
    if isinstance(code, list):
        return scene.t("people.between").join(_value(scene, name, one, staff) for one in code)
    if isinstance(code, bool):
        return scene.t("audit.yes" if code else "audit.no")
    if name in _PEOPLE and code in staff:
        return scene.name(staff[code])
    if name in _TIMES:
        return _time(scene, str(code))
    if name in _CODES:
        return _words(scene, _CODES[name], str(code))
    if _LONG_ID.fullmatch(str(code)):
        return scene.t("audit.end_of", code=str(code)[-_ID_END:])
    return str(code)


def _time(scene: Scene, code: str) -> str:
    try:
        at = datetime.fromisoformat(code)
    except ValueError:
        return code
    return scene.at(at) if at.tzinfo else code


def _words(scene: Scene, table: str, code: str) -> str:
    key = f"{table}.{code}"
    return scene.t(key) if key in scene.pages.catalogues["console"] else code

"""Who changed the rules, when, and what: each version beside the one before it."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.scene import Scene
from desk.console.views import Change
from hotline import versions
from hotline.deadlines.documents import from_json
from hotline.deadlines.rules import Rule
from hotline.rota.reading import people
from hotline.staff.service import Staff
from hotline.versions import DEADLINES, Version

_SHOWN = 30
_OF_STAFF = "staff:"


async def changes_of(scene: Scene, session: AsyncSession) -> tuple[Change, ...]:
    """Newest first."""
    known = await versions.history(session, DEADLINES, _SHOWN + 1)
    ids = {by for it in known if (by := _staff_id(it.actor)) is not None}
    staff = await people(session, ids)
    before = [*(from_json(it.document) for it in known[1:]), scene.hotline.settings.rules]
    pairs = list(zip(known, before, strict=False))[:_SHOWN]
    return tuple(
        Change(_change(scene, it, earlier, staff), scene.at(it.at), scene.iso(it.at))
        for it, earlier in pairs
    )


def _change(
    scene: Scene, version: Version, before: Sequence[Rule], staff: Mapping[int, Staff]
) -> str:
    by = _staff_id(version.actor)
    who = scene.t("rules.history.system")
    if by is not None:
        who = scene.name(staff[by]) if by in staff else scene.t("rota.somebody")
    what = _difference(scene, before, from_json(version.document))
    return scene.t("rules.history.line", n=version.number, who=who, what=what)


def _difference(scene: Scene, before: Sequence[Rule], after: Sequence[Rule]) -> str:
    earlier, later = ({rule.name: rule for rule in rules} for rules in (before, after))
    parts = []
    for key, names in (
        ("added", [name for name in later if name not in earlier]),
        ("changed", [name for name in later if name in earlier and later[name] != earlier[name]]),
        ("removed", [name for name in earlier if name not in later]),
    ):
        if names:
            comma = scene.hotline.words.say("list_comma", scene.language)
            parts.append(scene.t(f"rules.history.{key}", names=comma.join(names)))
    kept = [
        [name for name in rules if name in earlier and name in later] for rules in (earlier, later)
    ]
    if kept[0] != kept[1]:
        parts.append(scene.t("rules.history.order"))
    return scene.t("rules.between").join(parts) or scene.t("rules.history.same")


def _staff_id(actor: str) -> int | None:
    return int(actor.removeprefix(_OF_STAFF)) if actor.startswith(_OF_STAFF) else None

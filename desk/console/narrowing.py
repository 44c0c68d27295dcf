"""The form that narrows the queue and orders it, and what of it somebody has saved."""

from collections.abc import Sequence

from desk.console.places import Place
from desk.console.scene import Scene
from desk.console.views import Narrowing, SavedLine, Select, Tab
from hotline.staff.service import Staff
from hotline.tickets.choices import DUES, ME, NOBODY, SEVERITIES, SORTS
from hotline.tickets.moves import OPEN_STATES


def narrowing_of(
    scene: Scene, place: Place, colleagues: Sequence[Staff], saved: Sequence[Tab]
) -> Narrowing:
    """Everything that may be chosen, with what is chosen here."""
    t, chosen = scene.t, place.choice.told()
    queues = (place.choice.queue,) if place.choice.queue else ()
    people = [(str(one.id), scene.name(one)) for one in colleagues if one.id != scene.staff.id]
    tiers = scene.hotline.settings.partners.tiers
    options: dict[str, list[tuple[str, str]]] = {
        "state": [(state, t(f"state.{state}")) for state in OPEN_STATES],
        "severity": [(n, f"{n} {scene.level(int(n), queues)}") for n in SEVERITIES],
        "assignee": [(ME, t("queue.me")), (NOBODY, t("queue.nobody")), *people],
        "tier": [(tier, scene.hotline.words.partner(tier, scene.language)) for tier in tiers],
        "due": [(due, t(f"narrow.due_{due}")) for due in DUES],
        "unread": [("1", t("narrow.unread_only"))],
    }
    return Narrowing(
        selects=tuple(
            Select(
                field,
                t(f"narrow.{field}"),
                (("", t("narrow.any")), *offered),
                chosen.get(field, ""),
            )
            for field, offered in options.items()
        ),
        sort=Select(
            "sort",
            t("narrow.sort"),
            tuple(("" if sort == SORTS[0] else sort, t(f"narrow.by_{sort}")) for sort in SORTS),
            chosen.get("sort", ""),
        ),
        kept=tuple(
            (name, value)
            for name, value in (("queue", place.choice.queue), ("filter", place.filter or ""))
            if value
        ),
        chosen=tuple(chosen.items()),
        narrows=place.choice.narrows or bool(chosen.get("sort")),
        clear_url=Place().list_url(queue=place.queue),
        save_url=place.url("/console/filters/save"),
        saved=tuple(
            SavedLine(
                tab.key.removeprefix("saved-"),
                tab.label,
                t("narrow.remove", name=tab.label),
                place.url("/console/filters/remove"),
            )
            for tab in saved
        ),
    )

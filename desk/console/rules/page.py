"""The page of the rules: what holds, the form of leads, what a change would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.moved import moved_ticket
from desk.console.rules import inputs
from desk.console.rules.history import changes_of
from desk.console.rules.inputs import Draft
from desk.console.scene import Scene
from desk.console.views.rules import (
    RuleForm,
    RuleLine,
    RulesPage,
    RulesPreview,
    Tick,
)
from hotline.deadlines.rules import SEVERITIES, Rule, RuleFault
from hotline.permissions import PLANNERS
from hotline.settings import QUEUES
from hotline.tickets.recounting import would_move

URL = "/console/deadlines"
_LISTED = 20


@dataclass(frozen=True)
class Showing:
    """What the page shows beside what holds: a form that was sent, and what came of it."""

    drafts: tuple[Draft, ...] | None = None
    place: int | None = None  # the rule that the reader goes on with
    focus: str = "name"
    fault: RuleFault | None = None
    preview: RulesPreview | None = None
    saved: int | None = None
    is_late: bool = False  # somebody else has changed the rules meanwhile


async def rules_page(scene: Scene, session: AsyncSession, showing: Showing) -> RulesPage:
    deadlines = scene.hotline.deadlines
    present = inputs.drafts_of(deadlines.rules)
    drafts = present if showing.drafts is None else showing.drafts
    may_change = scene.staff.role in PLANNERS
    changes = await changes_of(scene, session)
    fault, version = showing.fault, deadlines.version
    at = inputs.place_of(fault, drafts) if fault is not None else None
    return RulesPage(
        version=version,
        version_words=scene.t("rules.version", n=version)
        if version
        else scene.t("rules.from_settings"),
        lines=_lines(scene, present),
        changes=changes,
        may_change=may_change,
        forms=tuple(
            _form(scene, draft, place, showing, fault if place == at else None)
            for place, draft in enumerate(drafts)
        )
        if may_change
        else (),
        may_add=len(drafts) < inputs.AT_MOST,
        is_changed=drafts != present,
        coming=_lines(scene, drafts),
        preview=showing.preview,
        saved_words=scene.t("rules.saved", n=showing.saved) if showing.saved == version else "",
        conflict=changes[0].words if showing.is_late and changes else "",
        fault_words=fault_words(scene, fault) if fault is not None and at is None else "",
    )


async def preview_of(
    scene: Scene, session: AsyncSession, rules: Sequence[Rule], drafts: Sequence[Draft]
) -> RulesPreview:
    """Which open promises these rules would move. Nothing is written."""
    moves = await would_move(session, scene.hotline.with_rules(rules))
    urgent = sorted(moves, key=lambda move: min(move.before, move.after))[:_LISTED]
    rest = len(moves) - len(urgent)
    return RulesPreview(
        scene.t("rules.preview.moved", n=len(moves)) if moves else scene.t("rules.preview.none"),
        tuple(moved_ticket(scene, move) for move in urgent),
        scene.t("rules.preview.more", n=rest) if rest else "",
        inputs.fields_of(drafts),
    )


def fault_words(scene: Scene, fault: RuleFault) -> str:
    """Why the rules cannot be, in plain words."""
    told = dict(fault.fields)
    reason = told.pop("reason")
    if reason == "gap":
        tier = told["tier"]
        told = {
            "severity": scene.level(told["severity"], (told["queue"],)),
            "queue": scene.t(f"service_queue.{told['queue']}"),
            "tier": _tier(scene, tier) if tier else scene.t("rules.visitor"),
        }
    return scene.t(f"rules.fault.{reason}", **told)


def _lines(scene: Scene, drafts: Sequence[Draft]) -> tuple[RuleLine, ...]:
    return tuple(_line(scene, draft, place) for place, draft in enumerate(drafts))


def _line(scene: Scene, draft: Draft, place: int) -> RuleLine:
    clock = "any_time" if draft.round_the_clock else "open_hours"
    return RuleLine(
        place=place + 1,
        name=draft.name or scene.t("rules.nameless"),
        who_words=_who(scene, draft),
        first_words=_length(scene, draft.first),
        next_words=_length(scene, draft.next),
        fix_words=_length(scene, draft.fix),
        clock_words=scene.t(f"rules.{clock}"),
    )


def _who(scene: Scene, draft: Draft) -> str:
    """Whom a rule is for: severities, services and tiers; everybody where it names none."""
    comma = scene.hotline.words.say("list_comma", scene.language)
    levels = comma.join(f"{level} {scene.level(level, draft.queues)}" for level in draft.severities)
    parts = [
        levels,
        comma.join(_queue(scene, queue) for queue in draft.queues),
        comma.join(_tier(scene, tier) for tier in draft.tiers),
    ]
    named = [part for part in parts if part]
    return scene.t("rules.between").join(named) or scene.t("rules.everybody")


def _form(
    scene: Scene, draft: Draft, place: int, showing: Showing, fault: RuleFault | None
) -> RuleForm:
    is_next = place == showing.place
    return RuleForm(
        line=_line(scene, draft, place),
        prefix=f"r{place}",
        name=draft.name,
        severities=tuple(
            Tick(f"s{level}", f"{level} {scene.level(level)}", level in draft.severities)
            for level in SEVERITIES
        ),
        queues=tuple(
            Tick(f"q.{queue}", _queue(scene, queue), queue in draft.queues)
            for queue in _known(QUEUES, draft.queues)
        ),
        tiers=tuple(
            Tick(f"t.{tier}", _tier(scene, tier), tier in draft.tiers)
            for tier in _known(scene.hotline.deadlines.tiers, draft.tiers)
        ),
        lengths=tuple((kind, getattr(draft, kind)) for kind in inputs.LENGTHS),
        round_the_clock=draft.round_the_clock,
        open=is_next or fault is not None,
        focus=showing.focus if is_next and fault is None else "",
        fault_field=str(fault.fields.get("field", _FIELDS.get(fault.fields["reason"], "who")))
        if fault
        else "",
        fault_words=fault_words(scene, fault) if fault else "",
    )


_FIELDS = {"twice": "name"}  # where a refusal of the whole list is told, if not at the boxes


def _known(known: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """What there is to choose; a code that the settings have no more can be taken away."""
    return (*known, *(code for code in chosen if code not in known))


def _queue(scene: Scene, queue: str) -> str:
    return scene.t(f"service_queue.{queue}") if queue in QUEUES else queue


def _tier(scene: Scene, tier: str) -> str:
    return scene.hotline.words.partner(tier, scene.language)


def _length(scene: Scene, typed: str) -> str:
    minutes = inputs.minutes_of(typed)
    return scene.length(minutes) if minutes is not None else typed

"""What a change would do, told before anybody saves it."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.hours import told
from desk.console.hours.inputs import Wish
from desk.console.hours.places import HOURS, When
from desk.console.moved import moved_ticket
from desk.console.scene import Scene
from desk.console.views.hours import Preview
from hotline.calendar.plan import OPEN, Plan
from hotline.conversations import holding
from hotline.tickets.recounting import LISTED, would_move

# What the forms carry that belongs to one step of them only.
_OF_ONE_STEP = ("step",)
_CLOSE = ("closed", "closed_now")


async def preview_of(
    scene: Scene,
    session: AsyncSession,
    wish: Wish,
    plan: Plan,
    said: Mapping[str, str],
    when: When,
) -> Preview:
    """The second step of a form: its fields again, and what saving them does."""
    moved = await would_move(session, scene.hotline.with_plan(plan))
    closes = wish.code in _CLOSE or (
        wish.code == "undone" and wish.about is not None and wish.about.kind == OPEN
    )
    rest = len(moved) - LISTED
    return Preview(
        form=wish.form,
        title=told.change(scene, wish.code, scene.hotline.calendars.plan, plan),
        action=f"{HOURS}/{wish.form}{f'?{when.query}' if when.query else ''}",
        fields=tuple((name, text) for name, text in said.items() if name not in _OF_ONE_STEP),
        lines=await _lines(scene, session, wish),
        count_words=scene.t("hours.preview.moved", n=len(moved))
        if moved
        else scene.t("hours.preview.none"),
        moved=tuple(moved_ticket(scene, move) for move in moved[:LISTED]),
        more_words=scene.t("hours.preview.more", n=rest) if rest > 0 else "",
        told=told.to_partners(scene, wish, plan),
        submit_words=scene.t(f"hours.preview.submit.{wish.code}", year=wish.day.year),
        danger=closes,
    )


async def _lines(scene: Scene, session: AsyncSession, wish: Wish) -> tuple[str, ...]:
    """What else becomes of it: chats that wait now, and what counts day and night."""
    lines = []
    if wish.code == "closed_now" and (waiting := await holding.count_waiting(session)):
        lines.append(scene.t("hours.preview.waiting", n=waiting))
    if any(rule.targets.round_the_clock for rule in scene.hotline.deadlines.rules):
        lines.append(scene.t("hours.preview.day_and_night"))
    return tuple(lines)

"""How the reader stands for chats: shown at the foot of the navigation, changed by a form."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.door import scene_of
from desk.console.forms import back_of, done
from desk.console.scene import Scene
from desk.console.views import Presence
from desk.inputs import form_of
from hotline.hand_off.people import loads
from hotline.permissions import HANDLERS
from hotline.staff import presence
from hotline.staff.rules import AVAILABLE, STANDS


async def presence_of(scene: Scene, session: AsyncSession) -> Presence | None:
    """None for whoever takes no chats."""
    if scene.staff.role not in HANDLERS:
        return None
    own = await presence.presence_of(session, scene.staff)
    load = (await loads(session))[scene.staff.id]
    # Whoever reads this page is there, whatever was heard before.
    stands = own.stands if own.since is not None else AVAILABLE
    return Presence(
        stands=stands,  # type: ignore[arg-type]  # one of the three
        words=scene.t(f"presence.{stands}"),
        since_words=scene.t("presence.since", time=scene.clock(own.since))
        if own.since is not None and stands != AVAILABLE
        else "",
        load_words=scene.t(
            "presence.load", n=load, most=scene.hotline.settings.hand_off.chats_at_once
        ),
        choices=tuple(
            (code, scene.t(f"presence.{code}"), scene.t(f"presence.{code}_means"))
            for code in STANDS
        ),
    )


async def stand(request: web.Request) -> web.Response:
    scene, form = await scene_of(request), await form_of(request)
    await presence.stand(scene.hotline, scene.staff, form.get("stands", ""))
    return done(request, await back_of(request, "/console"))

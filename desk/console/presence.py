"""How the reader stands for chats: shown at the foot of the navigation, changed by a form."""

from aiohttp import web

from desk.console.door import scene_of
from desk.console.forms import back_of, done
from desk.console.scene import Scene
from desk.console.views import Presence
from desk.inputs import form_of
from hotline.permissions import HANDLERS
from hotline.staff import presence
from hotline.staff.rules import AVAILABLE, STANDS
from hotline.waiting import Waiting


def presence_of(scene: Scene, waiting: Waiting) -> Presence | None:
    """None for whoever takes no chats."""
    if scene.staff.role not in HANDLERS:
        return None
    # Whoever reads this page is there, whatever was heard before.
    stands, since = waiting.stands or AVAILABLE, waiting.since
    return Presence(
        stands=stands,  # type: ignore[arg-type]  # one of the three
        words=scene.t(f"presence.{stands}"),
        since_words=scene.t("presence.since", time=scene.clock(since))
        if since is not None and stands != AVAILABLE
        else "",
        load_words=scene.t(
            "presence.load", n=waiting.own_chats, most=scene.hotline.settings.hand_off.chats_at_once
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

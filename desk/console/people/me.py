"""The own account: password, second step, where one is signed in."""

from contextlib import suppress
from typing import Any

from aiohttp import web

from desk.console.door import ME, owes, require_staff_session, scene_of, sign_out
from desk.console.frame import frame_of
from desk.console.people.picture import picture_of
from desk.console.people.told import fault_words, session_rows
from desk.console.scene import Scene
from desk.console.views import FieldError, MePage, NewStep, Tick
from desk.inputs import form_of
from desk.keys import FOLLOWER, PAGES
from hotline.errors import BadInput, HotlineError, NotAllowed, TooMany, Unauthorized
from hotline.notices import choices, kinds
from hotline.staff import second_step, sessions, signing_in
from hotline.staff.rows import StaffRow

FORMS = "password|second-step|second-step-code|no-second-step|end|end-others|mails"
_MOST_CODE_CHARS = 40
_DONE = ("password", "no-second-step", "mails")


async def me(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    done = request.query.get("done", "")
    words = scene.t(f"me.done.{done}") if done in _DONE else ""
    return await _show(request, scene, done_words=words)


async def back_to_page(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    raise web.HTTPSeeOther(ME)


async def password(request: web.Request) -> web.Response:
    scene, own, form = await scene_of(request), await _own(request), await form_of(request)
    new = form.get("password", "")
    try:
        if new != form.get("again", ""):
            raise BadInput("the two differ", reason="differ", field="again")
        await signing_in.change_password(scene.hotline, own, form.get("current", ""), new)
    except (BadInput, TooMany, Unauthorized) as refused:
        return await _refused(request, scene, "password", "current", refused)
    return _done(request, "password")


async def propose_step(request: web.Request) -> web.Response:
    """A new secret to be put into the phone; nothing is asked for until a code of it has come."""
    scene = await scene_of(request)
    with suppress(NotAllowed):  # set up elsewhere meanwhile, as the page says
        await second_step.propose(scene.hotline, scene.staff)
    raise web.HTTPSeeOther(f"{ME}#second-step")


async def confirm_step(request: web.Request) -> web.Response:
    """The spare codes are in the answer itself: nobody reads them a second time."""
    scene, code = await scene_of(request), (await form_of(request)).get("code", "")
    try:
        spare = await second_step.confirm(scene.hotline, scene.staff, code[:_MOST_CODE_CHARS])
    except BadInput as refused:
        return await _refused(request, scene, "second-step-code", "code", refused)
    return await _show(request, scene, spare=spare)


async def remove_step(request: web.Request) -> web.Response:
    scene, said = await scene_of(request), (await form_of(request)).get("password", "")
    try:
        await signing_in.remove_second_step(scene.hotline, scene.staff, said)
    except (BadInput, TooMany, Unauthorized) as refused:
        return await _refused(request, scene, "no-second-step", "password", refused)
    return _done(request, "no-second-step")


async def end(request: web.Request) -> web.Response:
    """End one; its own is a sign-out. One that has ended meanwhile is as good as ended by this."""
    scene, own = await scene_of(request), await _own(request)
    session_id = (await form_of(request)).get("session", "")
    if session_id == own.id:
        return await sign_out(request)
    await sessions.end(scene.hotline, own.staff, own.staff, session_id)
    return _done(request, "")


async def end_others(request: web.Request) -> web.Response:
    scene, own = await scene_of(request), await _own(request)
    await sessions.end_all(scene.hotline, own.staff, own.staff, but=own.id)
    return _done(request, "")


async def mails(request: web.Request) -> web.Response:
    """Which notices come by mail, of those that may be switched off."""
    scene = await scene_of(request)
    await form_of(request)  # refused if it cannot be read
    wanted = {str(kind) for kind in (await request.post()).getall("mails", [])}
    await choices.switch(scene.hotline, scene.staff, wanted)
    return _done(request, "mails")


async def _own(request: web.Request) -> sessions.StaffSession:
    return await require_staff_session(request)


def _done(request: web.Request, what: str) -> web.Response:
    request.app[FOLLOWER].poke()
    raise web.HTTPSeeOther(f"{ME}?done={what}" if what else ME)


async def _refused(
    request: web.Request, scene: Scene, form: str, field: str, refused: HotlineError
) -> web.Response:
    words = fault_words(scene, refused)
    error = FieldError(refused.fields.get("field", field), words, form)
    # Who is signed in is known: a wrong password here is a field that does not fit.
    status = 400 if isinstance(refused, Unauthorized) else refused.status
    return await _show(request, scene, error=error, status=status)


async def _show(
    request: web.Request,
    scene: Scene,
    *,
    error: FieldError | None = None,
    status: int = 200,
    **shown: Any,
) -> web.Response:
    own = await _own(request)
    hotline = scene.hotline
    async with hotline.database.read() as session:
        row = await session.get_one(StaffRow, scene.staff.id)
        staff = await sessions.live(session, own.id, hotline.now())
        present = staff.staff if staff else scene.staff
        proposed = await second_step.proposed(hotline, session, present)
        is_required = second_step.is_required(hotline, present)
        frame_scene = Scene(hotline, scene.pages, present, scene.language, scene.now)
        page = MePage(
            owes=_owed(frame_scene, is_required=is_required),
            locked_words=(
                scene.t("me.locked", at=scene.at(row.locked_at), n=hotline.settings.staff.tries)
                if row.locked_at
                else ""
            ),
            has_second_step=present.has_second_step,
            is_required=is_required,
            step_since_words=scene.at(row.totp_since) if row.totp_since else "",
            spare_left=await second_step.spare_left(session, present),
            new_step=NewStep(proposed.text, proposed.uri, *picture_of(proposed.uri))
            if proposed
            else None,
            mails=tuple(
                Tick(kind, scene.t(f"me.mail.{kind}"), kind not in row.no_mails)
                for kind in kinds.OPTIONAL
            ),
            sessions=session_rows(
                scene, await sessions.live_of(session, present, hotline.now()), own.id
            ),
            **shown,
        )
        frame = await frame_of(frame_scene, session, "me", ME)
    return request.app[PAGES].render(
        request, "console/me.html", frame=frame, page=page, error=error, status=status
    )


def _owed(scene: Scene, *, is_required: bool) -> tuple[str, ...]:
    if not owes(scene.hotline, scene.staff):
        return ()
    owed = []
    if scene.staff.owes_renewal:
        owed.append(scene.t("me.owes.password"))
    if is_required and not scene.staff.has_second_step:
        owed.append(scene.t("me.owes.second_step"))
    return tuple(owed)

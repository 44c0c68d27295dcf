"""Everybody on staff, and one of them: who, what, do, show. For administrators."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from desk.console.door import scene_of
from desk.console.frame import frame_of
from desk.console.people.told import (
    PEOPLE,
    empty_form,
    fault_words,
    form_for,
    member_row,
    session_rows,
    typed_form,
)
from desk.console.scene import Scene
from desk.console.views import (
    FieldError,
    Handed,
    MemberPage,
    OwnTicket,
    PeoplePage,
    PersonForm,
    RightRow,
)
from desk.inputs import UNREADABLE
from desk.keys import FOLLOWER, PAGES
from hotline.errors import BadInput, Conflict, HotlineError, NotAllowed
from hotline.permissions import RIGHTS, ROLES
from hotline.staff import people, sessions
from hotline.staff.people import Person
from hotline.staff.service import Staff
from wording.text import strip_control

FORMS = "change|leave|return|password|second-step|sessions"
_LONGEST = 254


async def everybody(request: web.Request) -> web.Response:
    return await _show_all(request, await scene_of(request))


async def add(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    form, queues, languages = await _fields(request)
    try:
        staff, password = await people.add(
            scene.hotline, scene.staff, _person(form, queues, languages)
        )
    except BadInput as refused:
        error = FieldError(refused.fields.get("field", "email"), fault_words(scene, refused), "add")
        typed = typed_form(scene, form, queues, languages)
        return await _show_all(request, scene, error, typed, status=refused.status)
    request.app[FOLLOWER].poke()
    return await _show_all(request, scene, handed=_handed(scene, staff, password))


async def member(request: web.Request) -> web.Response:
    return await _show(request, await scene_of(request))


async def back_to_member(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    raise web.HTTPSeeOther(f"{PEOPLE}/{request.match_info['member']}")


async def change(request: web.Request) -> web.Response:
    scene = await scene_of(request)
    form, queues, languages = await _fields(request)
    said = form.get("version", "")
    version = int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else -1
    try:
        await people.change(
            scene.hotline, scene.staff, _id(request), _person(form, queues, languages), version
        )
    except (BadInput, Conflict, NotAllowed) as refused:
        field = refused.fields.get("field", "name")
        error = FieldError(field, fault_words(scene, refused), "change")
        # Who was overtaken sees what it is now beside the reason, not what was typed.
        typed = None
        if not isinstance(refused, Conflict):
            typed = typed_form(scene, form, queues, languages)
        return await _show(request, scene, error, typed, status=refused.status)
    return _done(request)


async def leave(request: web.Request) -> web.Response:
    return await _act(request, people.let_go, "leave")


async def end_sessions(request: web.Request) -> web.Response:
    return await _act(request, people.end_sessions, "sessions")


async def reset_second_step(request: web.Request) -> web.Response:
    return await _act(request, people.reset_second_step, "second-step")


async def reset_password(request: web.Request) -> web.Response:
    return await _hand_out(request, people.reset_password, "password")


async def come_back(request: web.Request) -> web.Response:
    return await _hand_out(request, people.take_back, "return")


async def _act(
    request: web.Request, do: Callable[..., Awaitable[object]], name: str
) -> web.Response:
    scene = await scene_of(request)
    try:
        await do(scene.hotline, scene.staff, _id(request))
    except (Conflict, NotAllowed) as refused:
        return await _refused(request, scene, name, refused)
    return _done(request)


async def _hand_out(
    request: web.Request, make: Callable[..., Awaitable[tuple[Staff, str]]], name: str
) -> web.Response:
    """The password is in the answer itself: nobody reads it a second time."""
    scene = await scene_of(request)
    try:
        staff, password = await make(scene.hotline, scene.staff, _id(request))
    except (Conflict, NotAllowed) as refused:
        return await _refused(request, scene, name, refused)
    request.app[FOLLOWER].poke()
    return await _show(request, scene, handed=_handed(scene, staff, password))


async def _refused(
    request: web.Request, scene: Scene, name: str, refused: HotlineError
) -> web.Response:
    error = FieldError(name, fault_words(scene, refused), name)
    return await _show(request, scene, error, status=refused.status)


def _done(request: web.Request) -> web.Response:
    request.app[FOLLOWER].poke()
    raise web.HTTPSeeOther(f"{PEOPLE}/{request.match_info['member']}")


async def _show_all(
    request: web.Request,
    scene: Scene,
    error: FieldError | None = None,
    form: PersonForm | None = None,
    handed: Handed | None = None,
    status: int = 200,
) -> web.Response:
    async with scene.hotline.database.read() as session:
        live = await sessions.count_live(session, scene.now)
        rows = [
            member_row(scene, account.staff, live.get(account.staff.id, 0))
            for account in await people.accounts(session)
        ]
        page = PeoplePage(
            members=tuple(row for row in rows if row.active),
            left=tuple(row for row in rows if not row.active),
            role_words=tuple(scene.t(f"role.{role}") for role in ROLES),
            rights=tuple(
                RightRow(scene.t(f"people.right.{right}"), tuple(role in who for role in ROLES))
                for right, who in RIGHTS.items()
            ),
            form=form or empty_form(scene),
            handed=handed,
        )
        frame = await frame_of(scene, session, "people", PEOPLE)
    return request.app[PAGES].render(
        request, "console/people.html", frame=frame, page=page, error=error, status=status
    )


async def _show(
    request: web.Request,
    scene: Scene,
    error: FieldError | None = None,
    form: PersonForm | None = None,
    handed: Handed | None = None,
    status: int = 200,
) -> web.Response:
    staff_id = _id(request)
    async with scene.hotline.database.read() as session:
        account = await people.account(session, staff_id)
        found = await sessions.live_of(session, account.staff, scene.now)
        work = await people.work_of(session, staff_id)
        page = MemberPage(
            row=member_row(scene, account.staff, len(found)),
            form=form or form_for(scene, account),
            is_self=staff_id == scene.staff.id,
            has_second_step=account.staff.has_second_step,
            sessions=session_rows(scene, found),
            tickets=tuple(
                OwnTicket(
                    number,
                    scene.t(
                        "people.ticket_words",
                        queue=scene.t(f"service_queue.{queue}"),
                        state=scene.t(f"state.{state}"),
                    ),
                )
                for number, queue, state in work.tickets
            ),
            conversations=work.conversations,
            audit_url=f"/console/audit?staff={staff_id}",
            handed=handed,
        )
        frame = await frame_of(scene, session, "people", f"{PEOPLE}/{staff_id}")
    return request.app[PAGES].render(
        request, "console/person.html", frame=frame, page=page, error=error, status=status
    )


def _handed(scene: Scene, staff: Staff, password: str) -> Handed:
    return Handed(password, scene.name(staff), scene.at(scene.now + people.TEMPORARY_FOR))


def _id(request: web.Request) -> int:
    return int(request.match_info["member"])


def _person(form: dict[str, str], queues: list[str], languages: list[str]) -> Person:
    return Person(
        form.get("email", ""),
        form.get("name", ""),
        form.get("name_en", ""),
        form.get("role", ""),
        tuple(queues),
        tuple(languages),
    )


async def _fields(request: web.Request) -> tuple[dict[str, str], list[str], list[str]]:
    """The fields, and which queues and languages were ticked."""
    try:
        form = await request.post()
    except UNREADABLE:
        raise BadInput("the form cannot be read") from None
    said = {
        name: strip_control(value)[:_LONGEST]
        for name, value in form.items()
        if isinstance(value, str)
    }
    ticked = [
        [value for value in form.getall(name, []) if isinstance(value, str)]
        for name in ("queue", "language")
    ]
    return said, ticked[0], ticked[1]

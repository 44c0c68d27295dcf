"""Who may ask what of the desk: every route and every frame of its sockets, one line each.

`ROUTES` is asked before a handler runs; a route without a line stops the start, and so does a line
without a route. Here is decided who may ask at all; which of the tickets or records somebody may
see, the core decides for everyone alike.

A new route is a line in `ROUTES`; people who are not an audience yet are an `Audience` with the
function that finds out who asks, and a line for them in `tests/desk/permission_walk.py`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from desk.console.door import require_settled, require_staff_session
from desk.intake_api import require_source
from desk.keys import HOTLINE
from desk.own_pages import require_signed_in_partner
from desk.sessions import (
    admission_to_renew,
    require_conversation,
    require_joining,
    require_staff_token,
)
from hotline.attempts import journalling_refusal
from hotline.errors import NotAllowed, NotFound
from hotline.permissions import (
    ADMINISTRATORS,
    AUDITORS,
    AUTHORS,
    HANDLERS,
    IMPORTERS,
    LABELLERS,
    PLANNERS,
    TEXT_KEEPERS,
)
from hotline.staff.service import Staff

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Audience:
    """`admit` raises what everybody else is answered."""

    name: str
    admit: Callable[[web.Request], Awaitable[object]]


async def _everybody(request: web.Request) -> None:
    return None


def staff_program(*roles: str) -> Audience:
    """Programs with an API token of staff with one of these roles."""

    async def admit(request: web.Request) -> None:
        await _require_role(request, await require_staff_token(request), roles)

    return Audience(f"staff program: {', '.join(sorted(roles))}", admit)


def staff_with(*roles: str) -> Audience:
    """Staff at the console with one of these roles; whoever is nobody there is sent to sign in."""

    async def admit(request: web.Request) -> None:
        await _require_role(request, await require_settled(request), roles)

    return Audience(f"staff, signed in: {', '.join(sorted(roles))}", admit)


async def _require_role(request: web.Request, staff: Staff, roles: tuple[str, ...]) -> None:
    """NotAllowed says which roles may, and which the asker has now; the try is journalled."""
    if staff.role in roles:
        return
    resource = request.match_info.route.resource
    line = _line(request.method, resource.canonical if resource else request.path)
    await journalling_refusal(request.app[HOTLINE], staff, line)
    refusal = f"this is for {' and '.join(sorted(roles))}"
    raise NotAllowed(refusal, roles=sorted(roles), role=staff.role)


ANYBODY = Audience("anybody", _everybody)
# Whoever has the conversation's own token: the visitor or the contact that speaks there.
SPEAKER = Audience("speaker", require_conversation)
SPEAKER_OR_CONTACT = Audience("speaker, or the contact by a portal", admission_to_renew)
# Whoever is signed in in this browser; anybody else is sent to sign in.
SIGNED_IN = Audience("signed-in contact", require_signed_in_partner)
# Both: whose conversation it is says the token, who joins it the session.
JOINING = Audience("speaker who has signed in", require_joining)
# Also whoever owes a password or a second step, which is seen to there.
STAFF_SELF = Audience("staff, signed in, also who owes something", require_staff_session)
STAFF = Audience("staff, signed in", require_settled)
HANDLER = staff_with(*HANDLERS)
AUDITOR = staff_with(*AUDITORS)
ADMINISTRATOR = staff_with(*ADMINISTRATORS)
PLANNER = staff_with(*PLANNERS)
LABELLER = staff_with(*LABELLERS)
STAFF_PROGRAM = staff_program(*HANDLERS)
# Another system, by the key of its own.
SOURCE = Audience("source with a key", require_source)
AUTHOR = staff_with(*AUTHORS)
TEXT_KEEPER = staff_with(*TEXT_KEEPERS)

ROUTES: dict[str, Audience] = {
    "GET /static": ANYBODY,
    "GET /healthz": ANYBODY,
    "GET /api/openapi.json": ANYBODY,
    # The chat. Who begins a conversation is the contact of a portal's token or of the cookie.
    "GET /": ANYBODY,
    "GET /demo": ANYBODY,  # not in production
    "POST /enter": ANYBODY,  # with a portal's token
    "POST /leave": ANYBODY,
    "GET /sign-in": ANYBODY,
    "POST /sign-in": ANYBODY,
    "GET /sign-in/code": ANYBODY,
    "POST /sign-in/code": ANYBODY,
    # The help centre. Which articles somebody sees there, the core decides.
    "GET /help": ANYBODY,
    "GET /help/{id}": ANYBODY,
    # The own page. Which tickets and which records somebody reads there, the core decides.
    "GET /my": SIGNED_IN,
    "GET /my/company": SIGNED_IN,
    "GET /my/tickets/{number}": SIGNED_IN,
    "GET /my/tickets/{number}/files/{file}": SIGNED_IN,
    "GET /my/tickets/{number}/{form}": SIGNED_IN,
    "POST /my/tickets/{number}/answer": SIGNED_IN,
    "POST /my/tickets/{number}/solved": SIGNED_IN,
    "POST /my/tickets/{number}/unsolved": SIGNED_IN,
    "POST /my/tickets/{number}/close": SIGNED_IN,
    "POST /my/tickets/{number}/reopen": SIGNED_IN,
    "POST /my/tickets/{number}/rate": SIGNED_IN,
    "POST /my/tickets/{number}/escalate": SIGNED_IN,
    "POST /my/tickets/{number}/chat": SIGNED_IN,
    "GET /my/sessions": SIGNED_IN,
    "POST /my/sessions/end": SIGNED_IN,
    "POST /my/sessions/end-others": SIGNED_IN,
    "GET /my/notices": SIGNED_IN,
    "POST /my/notices": SIGNED_IN,
    "GET /my/data": SIGNED_IN,
    "POST /my/data": SIGNED_IN,
    "POST /api/conversations": ANYBODY,
    "GET /api/conversations/{id}/messages": SPEAKER,
    "POST /api/conversations/{id}/messages": SPEAKER,
    "GET /api/conversations/{id}/tickets": SPEAKER,
    "GET /api/conversations/{id}/files/{file}": SPEAKER,
    "POST /api/conversations/{id}/renew": SPEAKER_OR_CONTACT,
    "POST /api/conversations/{id}/identify": JOINING,
    "GET /api/conversations/{id}/live": ANYBODY,  # then by FRAMES
    # The widget, and what a browser asks before a portal's page may speak.
    "GET /widget.js": ANYBODY,
    "GET /widget/panel": ANYBODY,
    "OPTIONS /api/conversations": ANYBODY,
    "OPTIONS /api/conversations/{id}/messages": ANYBODY,
    "OPTIONS /api/conversations/{id}/tickets": ANYBODY,
    "OPTIONS /api/conversations/{id}/files/{file}": ANYBODY,
    "OPTIONS /api/conversations/{id}/renew": ANYBODY,
    # The console.
    "GET /console/sign-in": ANYBODY,
    "POST /console/sign-in": ANYBODY,
    "GET /console/sign-in/code": ANYBODY,  # by the cookie of a password that was right
    "POST /console/sign-in/code": ANYBODY,
    "POST /console/sign-out": ANYBODY,
    "GET /console/live": ANYBODY,  # then by FRAMES
    "GET /console": STAFF,  # leads an administrator to the people
    "GET /console/tickets/{number}": HANDLER,
    "GET /console/search": HANDLER,
    "GET /console/partners/{partner}": HANDLER,  # which records, the core decides
    "GET /console/{form}": ANYBODY,  # leads to the queue
    "POST /console/filters/save": HANDLER,
    "POST /console/filters/remove": HANDLER,
    "POST /console/presence": HANDLER,
    "POST /console/bulk": HANDLER,  # which of the tickets, the core decides
    "GET /console/tickets/{number}/{form}": ANYBODY,  # leads to the ticket's page
    "POST /console/tickets/{number}/claim": HANDLER,
    "POST /console/tickets/{number}/take-over": HANDLER,
    "POST /console/tickets/{number}/release": HANDLER,
    "POST /console/tickets/{number}/reply": HANDLER,
    "POST /console/tickets/{number}/note": HANDLER,
    "POST /console/tickets/{number}/resolve": HANDLER,
    "POST /console/tickets/{number}/state": HANDLER,
    "POST /console/tickets/{number}/insert": HANDLER,
    "POST /console/tickets/{number}/amend": HANDLER,
    "POST /console/tickets/{number}/link": HANDLER,
    "POST /console/tickets/{number}/unlink": HANDLER,
    "POST /console/tickets/{number}/merge": HANDLER,
    "POST /console/tickets/{number}/unmerge": HANDLER,
    "GET /console/tickets/{number}/escalations/{id}/acknowledge": ANYBODY,  # leads to its page
    "POST /console/tickets/{number}/escalations/{id}/acknowledge": HANDLER,
    "GET /console/tickets/{number}/recordings/{file}": ANYBODY,  # leads to its page
    "POST /console/tickets/{number}/recordings/{file}": HANDLER,
    "GET /console/conversations": HANDLER,
    "GET /console/conversations/{id}": HANDLER,
    "GET /console/conversations/{id}/{form}": ANYBODY,  # leads to the conversation's page
    "GET /console/conversations/{id}/files/{file}": HANDLER,
    "POST /console/conversations/{id}/take": HANDLER,
    "POST /console/conversations/{id}/give-back": HANDLER,
    "POST /console/conversations/{id}/pass": HANDLER,  # whom it is offered to, the core decides
    "POST /console/conversations/{id}/hand-on": HANDLER,
    "POST /console/conversations/{id}/close": HANDLER,
    "POST /console/conversations/{id}/messages": HANDLER,
    "POST /console/conversations/{id}/note": HANDLER,
    "POST /console/conversations/{id}/insert": HANDLER,
    "GET /console/morning": HANDLER,
    "GET /console/calls": HANDLER,
    "GET /console/calls/new": HANDLER,
    "POST /console/calls/new": HANDLER,
    "GET /console/calls/callers": HANDLER,
    "GET /console/calls/{call}": HANDLER,
    "POST /console/tickets/{number}/call-back": HANDLER,
    "GET /console/incoming": HANDLER,
    "GET /console/incoming/{message}/{form}": ANYBODY,  # leads to the page
    "POST /console/incoming/{message}/link": HANDLER,
    "POST /console/incoming/{message}/visitor": HANDLER,
    "POST /console/incoming/{message}/junk": HANDLER,
    "POST /console/incoming/{message}/undo": HANDLER,
    "GET /console/rota": STAFF,
    "GET /console/rota/{act}": ANYBODY,  # leads to the rota
    "POST /console/rota/add": PLANNER,
    "POST /console/rota/swap": PLANNER,
    "POST /console/rota/remove": PLANNER,
    "GET /console/hours": STAFF,
    "GET /console/hours/{form}": ANYBODY,  # leads to the page
    "POST /console/hours/week": PLANNER,
    "POST /console/hours/year": PLANNER,
    "POST /console/hours/closed": PLANNER,
    "POST /console/hours/open": PLANNER,
    "POST /console/hours/sudden": PLANNER,
    "POST /console/hours/undo": PLANNER,
    "GET /console/texts": TEXT_KEEPER,
    "POST /console/texts": TEXT_KEEPER,
    "POST /console/texts/remove": TEXT_KEEPER,
    "GET /console/texts/remove": ANYBODY,  # leads to the page
    "GET /console/deadlines": STAFF,
    "POST /console/deadlines": PLANNER,
    "GET /console/understanding": HANDLER,
    "GET /console/understanding/{message}": ANYBODY,  # leads to the page
    "POST /console/understanding/{message}": LABELLER,
    "GET /console/knowledge": HANDLER,
    "GET /console/knowledge/gaps": ANYBODY,  # leads to the page
    "POST /console/knowledge/gaps": AUTHOR,
    "GET /console/knowledge/draft": HANDLER,
    "POST /console/knowledge/draft": AUTHOR,
    "GET /console/me": STAFF_SELF,
    "GET /console/me/{form}": ANYBODY,  # leads to the page
    "POST /console/me/password": STAFF_SELF,
    "POST /console/me/second-step": STAFF_SELF,
    "POST /console/me/second-step-code": STAFF_SELF,
    "POST /console/me/no-second-step": STAFF_SELF,
    "POST /console/me/mails": STAFF_SELF,
    "POST /console/me/end": STAFF_SELF,
    "POST /console/me/end-others": STAFF_SELF,
    "GET /console/people": ADMINISTRATOR,
    "POST /console/people": ADMINISTRATOR,
    "GET /console/people/{member}": ADMINISTRATOR,
    "GET /console/people/{member}/{form}": ANYBODY,  # leads to the page
    "POST /console/people/{member}/change": ADMINISTRATOR,
    "POST /console/people/{member}/leave": ADMINISTRATOR,
    "POST /console/people/{member}/return": ADMINISTRATOR,
    "POST /console/people/{member}/password": ADMINISTRATOR,
    "POST /console/people/{member}/second-step": ADMINISTRATOR,
    "POST /console/people/{member}/sessions": ADMINISTRATOR,
    "GET /console/undelivered": AUDITOR,
    "POST /console/undelivered/again": AUDITOR,
    "POST /console/undelivered/give-up": AUDITOR,
    "GET /console/undelivered/{form}": ANYBODY,  # leads to the page
    "GET /console/audit": AUDITOR,
    "GET /console/audit.csv": AUDITOR,
    # Other systems.
    "POST /api/intake/messages": SOURCE,
    # Programs of staff.
    "POST /api/import/{kind}": staff_program(*IMPORTERS),
    "GET /api/staff/tickets": STAFF_PROGRAM,
    "GET /api/staff/tickets/{number}": STAFF_PROGRAM,
    "POST /api/staff/tickets/{number}/claim": STAFF_PROGRAM,
    "POST /api/staff/tickets/{number}/reply": STAFF_PROGRAM,
    "POST /api/staff/tickets/{number}/note": STAFF_PROGRAM,
    "POST /api/staff/tickets/{number}/resolve": STAFF_PROGRAM,
    "POST /api/staff/tickets/{number}/state": STAFF_PROGRAM,
    "GET /api/staff/conversations": STAFF_PROGRAM,
    "POST /api/staff/conversations/{id}/take": STAFF_PROGRAM,
    "POST /api/staff/conversations/{id}/give-back": STAFF_PROGRAM,
    "POST /api/staff/conversations/{id}/messages": STAFF_PROGRAM,
}

# The sockets open to anybody; their first frame says who is there, or ends them. A kind that has
# no line is heard by nobody.
PARTNER_LIVE, CONSOLE_LIVE = "/api/conversations/{id}/live", "/console/live"
HEARD: dict[tuple[str, str], Audience] = {
    (PARTNER_LIVE, "first"): SPEAKER,  # {"token": ..., "after": ...}
    (PARTNER_LIVE, "message"): SPEAKER,
    (CONSOLE_LIVE, "first"): HANDLER,  # {"after": ...}; who is there says the cookie
}
SAID: dict[tuple[str, str], Audience] = {
    **{
        (PARTNER_LIVE, kind): SPEAKER
        for kind in ("hello", "messages", "state", "typing", "stored", "refused")
    },
    (CONSOLE_LIVE, "entry"): HANDLER,
}


@web.middleware
async def permitted(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only whom the table lets in comes to the handler."""
    resource = request.match_info.route.resource
    if resource is not None:  # else there is no such route, and its answer says so
        audience = ROUTES.get(_line(request.method, resource.canonical))
        if audience is None:
            raise NotFound("no such page")
        await audience.admit(request)
    return await handler(request)


def check(app: web.Application) -> None:
    """RuntimeError, with the lines to write, if routes and table do not fit together."""
    routes = lines_of(app)
    missing = "".join(f'\n    "{line}": ...,' for line in sorted(routes - set(ROUTES)))
    if missing:
        raise RuntimeError(f"say who may ask for these in ROUTES of desk/permissions.py:{missing}")
    if gone := sorted(set(ROUTES) - routes):
        raise RuntimeError(f"desk/permissions.py has lines without a route: {', '.join(gone)}")


def lines_of(app: web.Application) -> set[str]:
    """Every route as the table writes it."""
    return {
        _line(route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None
    }


def hears(socket: str, kind: object) -> bool:
    """Whether frames of this kind are heard in a socket whose first frame was good."""
    return isinstance(kind, str) and kind != "first" and (socket, kind) in HEARD


def _line(method: str, path: str) -> str:
    return f"{'GET' if method == 'HEAD' else method} {path}"

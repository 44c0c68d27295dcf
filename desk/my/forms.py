"""The forms of a request: who, what, do, show. A refusal is the page again, with the reason."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from desk.chat.api import caller_of
from desk.inputs import form_of
from desk.keys import FOLLOWER, HOTLINE, LIMITS
from desk.my.handlers import no_such_ticket, show_ticket
from desk.my.reader import Reader, reader_of, ticket_url
from desk.my.ticket import WHYS, Fault, Sure, sure_of
from desk.sessions import partner_session
from hotline import access
from hotline.attempts import journalling
from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, HotlineError, NotFound
from hotline.tickets import page_acts, queries
from hotline.tickets.page_acts import Said
from hotline.tickets.talks import speak_of, talk_about
from hotline.tickets.ticket import Ticket
from wording.text import strip_control

_LONGEST_ID = 36
# What it does, in which conversation, to which ticket; it may name the one to go on with.
Act = Callable[[Hotline, str, str, Said], Awaitable[str | None]]


async def solved(request: web.Request) -> web.Response:
    return await _act(request, "solved", page_acts.confirm_solved)


async def unsolved(request: web.Request) -> web.Response:
    return await _act(request, "unsolved", page_acts.reopen)


async def close(request: web.Request) -> web.Response:
    return await _act(request, "close", page_acts.close)


async def reopen(request: web.Request) -> web.Response:
    return await _act(request, "reopen", page_acts.reopen)


async def rate(request: web.Request) -> web.Response:
    score = _score_of(await form_of(request))

    async def act(hotline: Hotline, talk: str, number: str, said: Said) -> None:
        await page_acts.rate(hotline, talk, number, score, said)

    return await _act(request, "rate", act, n=score)


async def escalate(request: web.Request) -> web.Response:
    """One of the usual reasons, words, or both; what makes it graver is asked about once."""
    reader = await reader_of(request)
    form = await form_of(request)
    why, agreed = form.get("why", ""), {"yes": True, "no": False}.get(form.get("sure", ""))
    words = text_of(form)
    if not words and why in WHYS:
        words = reader.hotline.words.say(f"follow_up.{why}", reader.language)
    asked: Sure | None = None

    async def act(hotline: Hotline, talk: str, number: str, said: Said) -> None:
        nonlocal asked
        graver = await page_acts.escalate(
            hotline, talk, number, said, worse=why == "worse", agreed=agreed
        )
        if graver is not None:
            async with hotline.database.read() as session:
                ticket = await queries.find_as(session, hotline, reader.contact, number)
            asked = sure_of(reader, ticket, graver, words, why)

    async def question() -> web.Response | None:
        return await show_ticket(request, reader, sure=asked) if asked else None

    return await _act(request, "escalate", act, words=words, instead=question)


async def chat(request: web.Request) -> web.Response:
    """The chat goes on about this ticket: for the page's script its conversation, else the chat."""
    reader = await reader_of(request)
    ticket = await ticket_of(request, reader)
    if ticket is None:
        return no_such_ticket(request, reader)
    running = (await form_of(request)).get("conversation", "")
    hotline = request.app[HOTLINE]
    request.app[LIMITS].count_conversation(hotline, reader.contact, caller_of(request))
    talk = await speak_of(hotline, reader.contact, ticket, reader.language, running)
    request.app[FOLLOWER].poke()
    if request.headers.get("Accept") == "application/json":
        token = access.conversation_token(hotline, talk.id, await partner_session(request))
        return web.json_response({"id": talk.id, "token": token})
    raise web.HTTPSeeOther("/")


async def ticket_of(request: web.Request, reader: Reader) -> Ticket | None:
    """The ticket of the path; None if there is none, or none for this contact."""
    hotline, number = reader.hotline, request.match_info["number"]
    try:
        async with journalling(hotline, "form", guessable=True), hotline.database.read() as session:
            return await queries.find_as(session, hotline, reader.contact, number)
    except NotFound:
        return None


async def talk_of(request: web.Request, reader: Reader, ticket: Ticket) -> Conversation:
    """Where it is said, with one more message counted there."""
    talk = await talk_about(reader.hotline, reader.contact, ticket, reader.language)
    await request.app[LIMITS].count_message(reader.hotline, talk, caller_of(request))
    return talk


def text_of(form: Mapping[str, str]) -> str:
    return strip_control(form.get("text", "")).strip()


def id_of(form: Mapping[str, str]) -> str:
    """The form's own id, by which one that is sent twice is known; a UUID fits."""
    said = strip_control(form.get("id", ""))
    if not 0 < len(said) <= _LONGEST_ID:
        raise BadInput("the form has no id", field="id")
    return said


async def refused(
    request: web.Request, reader: Reader, form: str, said: Mapping[str, str], why: HotlineError
) -> web.Response:
    """The page again: what was wrong, at the field, and nothing to be typed twice."""
    fault = Fault(form, _field_of(why), _words(reader, form, why), dict(said))
    page = await show_ticket(request, reader, fault=fault, status=why.status)
    if "retry_after_s" in why.fields:
        page.headers["Retry-After"] = str(why.fields["retry_after_s"])
    return page


def _field_of(why: HotlineError) -> str:
    """The field that it is about: whatever is wrong with a file has a reason that says so."""
    is_of_file = str(why.fields.get("reason", "")).startswith("file")
    return "file" if is_of_file else str(why.fields.get("field", "text"))


def done(request: web.Request, number: str, *, added: bool = False) -> web.Response:
    """The page again; what was added is confirmed there."""
    request.app[FOLLOWER].poke()
    raise web.HTTPSeeOther(f"{ticket_url(number)}{'?added=1' if added else ''}")


async def _act(
    request: web.Request,
    form: str,
    act: Act | Callable[[Hotline, str, str, Said], Awaitable[None]],
    *,
    words: str | None = None,
    instead: Callable[[], Awaitable[web.Response | None]] | None = None,
    **values: object,
) -> web.Response:
    """One act of a form with nothing but words; `instead` may give a page to show first."""
    reader, said = await reader_of(request), await form_of(request)
    ticket = await ticket_of(request, reader)
    if ticket is None:
        return no_such_ticket(request, reader)
    words = text_of(said) if words is None else words
    shown = reader.t(f"said.{form}{'_with' if words else ''}", words=words, **values)
    try:
        told = Said(id_of(said), shown, words)
        talk = await talk_of(request, reader, ticket)
        goes_on = await act(reader.hotline, talk.id, ticket.number, told)
    except HotlineError as why:
        return await refused(request, reader, form, said, why)
    if instead is not None and (page := await instead()):
        return page
    return done(request, goes_on or ticket.number)


def _score_of(form: Mapping[str, str]) -> int:
    """0, which is no score, for what is no number."""
    given = form.get("score", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 0


def _words(reader: Reader, form: str, why: HotlineError) -> str:
    """What was wrong: the refusal's own words, or those of the field."""
    if isinstance(why, Conflict):
        return reader.t("fault.changed")
    if "reason" in why.fields and why.fields["reason"] != "blank":
        return why.message
    name = str(why.fields.get("field", "text"))
    if name == "id":
        return reader.t("fault.id")
    if name == "score":
        return reader.t("fault.score")
    if name == "text":
        return reader.t(f"fault.{form}" if form in ("answer", "escalate") else "fault.text")
    return reader.pages.refusal(why.code, reader.language)

"""The form that answers on a request: words, a file or both. The file is read in pieces."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import BodyPartReader, web

from desk.chat.api import caller_of
from desk.files import Draft
from desk.inputs import UNREADABLE, form_of
from desk.keys import UPLOADS
from desk.my.forms import done, id_of, refused, talk_of, text_of, ticket_of
from desk.my.handlers import no_such_ticket
from desk.my.reader import Reader, reader_of
from hotline.errors import BadInput, Conflict, HotlineError, TooLarge
from hotline.tickets import page_acts
from hotline.tickets.page_acts import Said
from hotline.tickets.ticket import Ticket

_MOST_BYTES = 64 * 1024  # of one field; the words have a limit of their own


async def answer(request: web.Request) -> web.Response:
    reader = await reader_of(request)
    ticket = await ticket_of(request, reader)
    if ticket is None:
        return no_such_ticket(request, reader)
    fields: dict[str, str] = {}
    try:
        async with _read(request, reader, ticket, fields) as draft:
            await _keep(request, reader, ticket, fields, draft)
    except HotlineError as why:
        return await refused(request, reader, "answer", fields, why)
    return done(request, ticket.number, added=True)


async def _keep(
    request: web.Request,
    reader: Reader,
    ticket: Ticket,
    fields: dict[str, str],
    draft: Draft | None,
) -> None:
    words = text_of(fields)
    if not words and draft is None:
        raise BadInput("nothing was said", field="text")
    if ticket.state == "closed":  # what was typed is kept, in the form that opens it again
        raise Conflict("a closed ticket takes nothing more", state=ticket.state)
    said = Said(id_of(fields), words, words, draft.file if draft else None)
    talk = await talk_of(request, reader, ticket)
    if draft is None:
        await page_acts.add(reader.hotline, talk.id, ticket.number, said)
        return
    async with request.app[UPLOADS].placed(draft):
        try:
            is_new = await page_acts.add(reader.hotline, talk.id, ticket.number, said)
        except Conflict:  # closed meanwhile: the message is there, and the file belongs to it
            draft.keep()
            raise
        if is_new:
            draft.keep()


@asynccontextmanager
async def _read(
    request: web.Request, reader: Reader, ticket: Ticket, fields: dict[str, str]
) -> AsyncIterator[Draft | None]:
    """The fields, which stay known if something is wrong later on, and the file if one came."""
    if not request.content_type.startswith("multipart/"):
        fields.update(await form_of(request))
        yield None
        return
    async with AsyncExitStack() as drafts:
        async with request.app[UPLOADS].one_more(reader.language):
            try:
                draft = await _parts(request, reader, ticket, fields, drafts)
            except UNREADABLE:
                raise BadInput("the form cannot be read", field="form") from None
        yield draft


async def _parts(
    request: web.Request,
    reader: Reader,
    ticket: Ticket,
    fields: dict[str, str],
    drafts: AsyncExitStack,
) -> Draft | None:
    """A browser sends a part without a name where no file was chosen."""
    draft: Draft | None = None
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise BadInput("nested multipart", field="form")
        if part.name in ("id", "text"):
            fields[part.name] = await _text(part)
        elif part.name == "file" and part.filename and draft is None:
            id_of(fields)
            talk = await talk_of(request, reader, ticket)
            coming_in = request.app[UPLOADS].taken_in(part, talk, caller_of(request))
            draft = await drafts.enter_async_context(coming_in)
    return draft


async def _text(part: BodyPartReader) -> str:
    body = bytearray()
    while chunk := await part.read_chunk():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise TooLarge("the words are too long", field="text")
    return body.decode("utf-8", errors="replace")

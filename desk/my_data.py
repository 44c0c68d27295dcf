"""`/my/data`: what is kept on a contact, for how long, all of it as a download, how to erase it."""

import asyncio
import tempfile
from typing import IO

from aiohttp import web

from desk.keys import HOTLINE, PAGES
from desk.own_pages import require_signed_in_partner
from desk.pages import language_of
from hotline.core import Hotline
from hotline.errors import TooMany
from hotline.partners.service import Contact
from hotline.privacy import export
from hotline.privacy.person import contact_by_id

_CHUNK = 256 * 1024
_AGAIN_AFTER_S = 10
# In the order in which the page tells of them; each has a setting and words of its name.
_KINDS = (
    "conversations", "ticket_conversations", "files", "tickets", "calls", "intake",
    "access_codes", "sessions", "engine",
)  # fmt: skip
# A zip has every file of a person in it: one at a time is enough for a desk.
ONE_AT_A_TIME = web.AppKey("one_export_at_a_time", asyncio.Semaphore)


async def show(request: web.Request) -> web.Response:
    hotline, language = request.app[HOTLINE], language_of(request)
    contact = (await require_signed_in_partner(request)).contact
    retention = hotline.settings.retention
    return request.app[PAGES].render(
        request,
        "partner/my_data.html",
        section="data",
        name=contact.name,
        company=contact.company(language),
        email=contact.email,
        phone=contact.phone or "",
        periods=[(kind, int(getattr(retention, f"{kind}_days"))) for kind in _KINDS],
    )


async def download(request: web.Request) -> web.StreamResponse:
    """The zip of whoever is signed in; it is written to a file without a name, and then gone."""
    hotline, contact = request.app[HOTLINE], (await require_signed_in_partner(request)).contact
    one = request.app[ONE_AT_A_TIME]
    if one.locked():
        raise TooMany("another export is being made", retry_after_s=_AGAIN_AFTER_S)
    async with one:
        with tempfile.TemporaryFile(dir=hotline.settings.var_dir) as file:
            await _collect(hotline, contact, file)
            return await _send(request, file)


async def _collect(hotline: Hotline, contact: Contact, file: IO[bytes]) -> None:
    async with hotline.database.read() as session:
        person = await contact_by_id(session, contact.id)
    found = await export.collect(hotline, person, actor="partner")
    await export.write_zip(hotline, found, file)


async def _send(request: web.Request, file: IO[bytes]) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": 'attachment; filename="my-data.zip"',
        }
    )
    response.content_length = file.tell()
    file.seek(0)
    await response.prepare(request)
    while chunk := await asyncio.to_thread(file.read, _CHUNK):
        await response.write(chunk)
    await response.write_eof()
    return response

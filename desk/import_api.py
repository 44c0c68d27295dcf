"""`POST /api/import/{kind}`: partners' records from another system, by staff who may."""

import asyncio

from aiohttp import web

from desk.inputs import UNREADABLE
from desk.keys import FOLLOWER, HOTLINE
from desk.sessions import require_staff_token
from hotline.errors import BadInput, TooLarge
from hotline.imports.files import MOST_BYTES, read_content
from hotline.imports.service import import_table, named_kind

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = ("application/json", "text/csv", _WORKBOOK)
_SOURCE = "api"  # of rows that do not say where they come from
_DRY_RUN = {"": False, "0": False, "false": False, "1": True, "true": True}
_CHUNK = 256 * 1024


async def import_records(request: web.Request) -> web.Response:
    staff = await require_staff_token(request)
    hotline = request.app[HOTLINE]
    kind = named_kind(hotline, request.match_info["kind"])
    dry_run = _DRY_RUN.get(request.query.get("dry_run", ""))
    if dry_run is None:
        raise BadInput("dry_run must be 1 or 0", field="dry_run")
    if request.content_type not in _TYPES:
        raise BadInput(f"the body must be {', '.join(_TYPES)}", field="Content-Type")
    table = await asyncio.to_thread(read_content, await _body(request))
    outcome = await import_table(
        hotline, kind, table, source=_SOURCE, who=f"staff:{staff.id}", dry_run=dry_run
    )
    request.app[FOLLOWER].poke()
    return web.json_response(outcome.as_json())


async def _body(request: web.Request) -> bytes:
    """The whole body; a file may be larger than what the desk takes elsewhere."""
    content = bytearray()
    try:
        async for chunk in request.content.iter_chunked(_CHUNK):
            content += chunk
            if len(content) > MOST_BYTES:
                raise TooLarge(f"the file has more than {MOST_BYTES >> 20} MB")
    except UNREADABLE:
        raise BadInput("the body cannot be read") from None
    return bytes(content)

"""`POST /api/intake/messages`: a PBX's voicemail, or a message of another system.

Who asks is the key; the order of the fields is the source's own. Nothing is kept of a message that
is refused, and the same message again is the ticket of the first time.
"""

import hashlib
import json
import math
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aiohttp import BodyPartReader, web

from desk.files import Draft, FileRefused
from desk.inputs import UNREADABLE
from desk.keys import FOLLOWER, HOTLINE, INTAKE_LIMITS, UPLOADS
from desk.sessions import bearer, once
from hotline.clock import parse_time
from hotline.core import Hotline
from hotline.errors import BadInput, TooLarge, TooMany
from hotline.intake import audio, keys
from hotline.intake.keys import Source
from hotline.intake.messages import MOST_CALLER, Arrived, Recording, take

_LANGUAGE = "en"  # whoever writes the program reads it
_FIELDS = ("caller", "text", "received_at")
_LONGEST_KEY = 100
_LONGEST_FIELD = 64 * 1024
# A kind that is not taken; of any other file what is in it is not what it says, or is not clean.
_WRONG_KIND = "file_type_refused"


class WrongKind(BadInput):
    """A kind of file that the hotline does not take."""

    code = "unsupported_type"
    status = 415


class NotUsable(BadInput):
    """What was sent can be read, and cannot be a message."""

    code = "unprocessable"
    status = 422


@dataclass
class _Body:
    """The multipart body as it comes in."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Draft] = field(default_factory=list)
    recording: Draft | None = None
    seconds: float | None = None


@once
async def require_source(request: web.Request) -> Source:
    """The system whose key is the bearer's token; else 401, whatever is wrong."""
    async with request.app[HOTLINE].database.read() as session:
        return await keys.source_of(session, bearer(request) or "")


async def take_message(request: web.Request) -> web.Response:
    hotline, source = request.app[HOTLINE], await require_source(request)
    repeat_key = _repeat_key(request)
    if wait_s := request.app[INTAKE_LIMITS].wait_s(source.name):
        words = "too many messages in an hour"
        raise TooMany(words, reason="too_many", retry_after_s=math.ceil(wait_s))
    if not request.content_type.startswith("multipart/"):
        raise WrongKind("the body must be multipart/form-data", field="Content-Type")
    uploads = request.app[UPLOADS]
    async with AsyncExitStack() as stack:
        async with uploads.one_more(_LANGUAGE):
            try:
                body = await _body(request, stack)
            except UNREADABLE:
                raise BadInput("the body cannot be read") from None
        arrived = _arrived(hotline, source, repeat_key, body)
        drafts = [*([body.recording] if body.recording else []), *body.files]
        async with uploads.placed(*drafts):
            taken = await take(hotline, arrived)
            if taken.fresh:
                for draft in drafts:
                    draft.keep()
    request.app[FOLLOWER].poke()
    return web.json_response({"number": taken.number}, status=201 if taken.fresh else 200)


def _repeat_key(request: web.Request) -> str:
    said = request.headers.get("Idempotency-Key", "").strip()
    if not 0 < len(said) <= _LONGEST_KEY or not said.isprintable():
        words = f"say an Idempotency-Key of 1 to {_LONGEST_KEY} characters"
        raise BadInput(words, field="Idempotency-Key")
    return said


async def _body(request: web.Request, stack: AsyncExitStack) -> _Body:
    hotline, body = request.app[HOTLINE], _Body()
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise BadInput("nested multipart")
        if part.name == "audio":
            if body.recording is not None:
                raise NotUsable("one audio a message", field="audio")
            body.recording, body.seconds = await _recording(request, part, stack)
        elif part.name == "file":
            if len(body.files) == hotline.settings.intake.files:
                raise TooLarge(f"at most {len(body.files)} files a message", field="file")
            body.files.append(await _file(request, part, stack))
        elif part.name in _FIELDS:
            if part.name in body.fields:
                raise NotUsable(f"{part.name} stands there twice", field=part.name)
            body.fields[part.name] = await _text(part)
        else:
            raise NotUsable(f"there is no field {part.name}", field=part.name or "")
    return body


async def _text(part: BodyPartReader) -> str:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > _LONGEST_FIELD:
            raise TooLarge(f"{part.name} is too long", field=part.name)
    return content.decode(part.get_charset("utf-8"))


async def _file(request: web.Request, part: BodyPartReader, stack: AsyncExitStack) -> Draft:
    checked = request.app[UPLOADS].checked(part, part.filename or "", _LANGUAGE)
    try:
        return await stack.enter_async_context(checked)
    except FileRefused as refused:
        kind = WrongKind if refused.why == _WRONG_KIND else NotUsable
        raise kind(refused.message, reason="file_refused", field="file") from None


async def _recording(
    request: web.Request, part: BodyPartReader, stack: AsyncExitStack
) -> tuple[Draft, float | None]:
    heard: list[audio.Sound] = []

    def kind_of(path: Path) -> str:
        heard.append(audio.read(path))
        return heard[0].media_type

    name = part.filename or "audio"
    checked = request.app[UPLOADS].checked(part, name, _LANGUAGE, kind_of=kind_of)
    try:
        return await stack.enter_async_context(checked), heard[0].seconds
    except FileRefused as refused:
        raise NotUsable(refused.message, reason="file_refused", field="audio") from None


def _arrived(hotline: Hotline, source: Source, repeat_key: str, body: _Body) -> Arrived:
    """The message as the core takes it; NotUsable names the field that is missing or too long."""
    said = {name: body.fields.get(name, "").strip() for name in _FIELDS}
    if not said["caller"]:
        raise NotUsable("say who called: caller", field="caller")
    if len(said["caller"]) > MOST_CALLER:
        raise NotUsable(f"caller has more than {MOST_CALLER} characters", field="caller")
    if len(said["text"]) > hotline.settings.limits.text_chars:
        limit = hotline.settings.limits.text_chars
        raise TooLarge(f"text has more than {limit} characters", field="text")
    if not said["text"] and body.recording is None and not body.files:
        raise NotUsable("a message has a text, an audio or a file", field="text")
    recording = Recording(body.recording.file, body.seconds) if body.recording else None
    return Arrived(
        source=source.code,
        repeat_key=repeat_key,
        digest=_digest(said, [*([body.recording] if body.recording else []), *body.files]),
        received_at=_received_at(hotline, said["received_at"]),
        caller=said["caller"],
        text=said["text"],
        recording=recording,
        files=tuple(draft.file for draft in body.files),
    )


def _received_at(hotline: Hotline, said: str) -> datetime:
    if not said:
        return hotline.now()
    try:
        return parse_time(said, hotline.calendar.timezone)
    except BadInput:
        raise NotUsable("received_at cannot be read", field="received_at") from None


def _digest(said: dict[str, str], drafts: Sequence[Draft]) -> str:
    """Of all that the message says: the same again is the same."""
    files = [[draft.file.name, draft.file.sha256] for draft in drafts]
    return hashlib.sha256(json.dumps([said, files], sort_keys=True).encode()).hexdigest()

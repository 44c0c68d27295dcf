"""What a request's body says, or BadInput that tells why it cannot be read."""

from typing import Any, TypeVar

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from pydantic import BaseModel, ValidationError

from hotline.errors import BadInput
from wording.text import strip_control

Model = TypeVar("Model", bound=BaseModel)

# What aiohttp raises for a form without a boundary or with a broken header of a part, in no
# charset or another encoding than it says, or cut off.
UNREADABLE = (
    ValueError,
    LookupError,
    RuntimeError,
    AssertionError,
    HttpProcessingError,
    web.RequestPayloadError,
)


async def form_of(request: web.Request) -> dict[str, str]:
    """The text fields of the form in the body; of a repeated one the first."""
    try:
        form = await request.post()
    except UNREADABLE:
        raise BadInput("the form cannot be read") from None
    fields: dict[str, str] = {}
    for name, value in form.items():
        if isinstance(value, str):
            fields.setdefault(name, value)
    return fields


async def json_object(request: web.Request) -> dict[str, Any]:
    """The JSON object in the body; no body at all is an empty one."""
    if not request.can_read_body:
        return {}
    try:
        body = await request.json()
    except (ValueError, LookupError, RecursionError):  # no JSON, an unknown charset, too deep
        raise BadInput("the body is not JSON") from None
    if not isinstance(body, dict):
        raise BadInput("the body must be a JSON object")
    return body


def checked(model: type[Model], said: Any) -> Model:
    """`said` in the shape of `model`; BadInput names the field that does not fit."""
    try:
        return model.model_validate(said)
    except ValidationError as invalid:
        fault = invalid.errors()[0]
        where = ".".join(str(part) for part in fault["loc"]) or "body"
        raise BadInput(f"{where}: {fault['msg']}", field=where) from None


def one_line(said: str, most: int) -> str:
    """`said` in one line without control characters, its first `most` characters."""
    return " ".join(strip_control(said).split())[:most]

"""What a request's body says, or BadInput that tells why it cannot be read."""

from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from hotline.errors import BadInput

Model = TypeVar("Model", bound=BaseModel)


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

"""`/api/openapi.json`: the description of every JSON route, written in `openapi.yml`."""

import json
from functools import cache
from pathlib import Path

from aiohttp import web

from hotline.yaml_files import parsed


async def describe(request: web.Request) -> web.Response:
    return web.Response(text=_description(), content_type="application/json")


@cache
def _description() -> str:
    written = Path(__file__).with_name("openapi.yml").read_text(encoding="utf-8")
    return json.dumps(parsed(written), ensure_ascii=False)

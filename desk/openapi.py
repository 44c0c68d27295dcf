"""`/api/openapi.json`: the description of every JSON route, written in `openapi.yml`."""

import json
from functools import cache
from pathlib import Path

import yaml
from aiohttp import web


async def describe(request: web.Request) -> web.Response:
    return web.Response(text=_description(), content_type="application/json")


@cache
def _description() -> str:
    written = Path(__file__).with_name("openapi.yml").read_text(encoding="utf-8")
    return json.dumps(yaml.safe_load(written), ensure_ascii=False)

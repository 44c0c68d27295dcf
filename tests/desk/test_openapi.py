"""`/api/openapi.json` describes every JSON route, and no other."""

import re
from typing import Any

import pytest
from aiohttp import web

from desk.app import make_app
from hotline.settings import Settings
from tests.desk.people import Client, Json

JSON_ROUTES = re.compile(r"/(api/|healthz$)")
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
async def described(client: Client) -> Json:
    answer = await client.get("/api/openapi.json")
    assert (answer.status, answer.content_type) == (200, "application/json")
    written: Json = await answer.json()
    return written


def operations(described: Json) -> dict[tuple[str, str], Any]:
    return {
        (method, path): operation
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def routes(app: web.Application) -> set[tuple[str, str]]:
    found = set()
    for route in app.router.routes():
        assert route.resource is not None
        if route.method not in ("HEAD", "OPTIONS") and JSON_ROUTES.match(route.resource.canonical):
            found.add((route.method.lower(), route.resource.canonical))
    return found


def resolved(described: Json, part: Json) -> Json:
    while "$ref" in part:
        found: Any = described
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        part = found
    return part


async def test_every_json_route_is_described_and_every_description_has_its_route(
    settings: Settings, described: Json
) -> None:
    assert described["openapi"].startswith("3.1")
    assert set(operations(described)) == routes(make_app(settings))


async def test_every_part_of_a_path_is_a_parameter(described: Json) -> None:
    for (method, path), operation in operations(described).items():
        listed = [*described["paths"][path].get("parameters", ()), *operation.get("parameters", ())]
        parameters = [resolved(described, parameter) for parameter in listed]
        named = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
        assert named == set(re.findall(r"\{(\w+)\}", path)), (method, path)


async def test_every_operation_says_what_it_does_and_answers(described: Json) -> None:
    for where, operation in operations(described).items():
        assert operation["summary"], where
        assert operation["responses"], where


async def test_every_reference_leads_somewhere(described: Json) -> None:
    def walk(part: Any) -> None:
        if isinstance(part, dict):
            if "$ref" in part:
                assert resolved(described, part)
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(described["paths"])
    walk(described["components"])


async def test_what_asks_for_a_token_refuses_without_one(client: Client, described: Json) -> None:
    for (method, path), operation in operations(described).items():
        security = operation.get("security")
        if security is None or {} in security:
            continue
        answer = await client.request(method, re.sub(r"\{\w+\}", "x", path))
        assert answer.status == 401, (method, path)
        assert (await answer.json())["error"]["code"] == "unauthorized"

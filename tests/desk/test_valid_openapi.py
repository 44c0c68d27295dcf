"""The API's description is OpenAPI, so that other people's tools can read it."""

from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.desk.people import Client


async def test_the_description_is_valid_openapi(client: Client) -> None:
    described = await (await client.get("/api/openapi.json")).json()
    faults = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in OpenAPIV31SpecValidator(described).iter_errors()
    ]
    assert faults == []

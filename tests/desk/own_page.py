"""What the tests of the partner's own page do again and again: come later, read a page, act."""

from datetime import datetime

from aiohttp import ClientResponse

from hotline.core import Hotline
from hotline.settings import Settings
from tests.desk.conftest import OpenDesk
from tests.desk.people import Client, enter, new_id


async def desk_at(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, at: datetime
) -> Client:
    """The contact's browser at another time."""
    hotline.clock.set(at)
    client = await open_desk(settings, at)
    await enter(client, hotline)
    return client


async def act(
    client: Client, number: str, name: str, expect: int = 303, **fields: str
) -> ClientResponse:
    answer = await client.post(
        f"/my/tickets/{number}/{name}",
        data={"id": new_id(), **fields},
        allow_redirects=False,
    )
    assert answer.status == expect, await answer.text()
    return answer

"""A browser at the sign-in page: what it sends, where it is led, its code by mail, who it is."""

import html
import re
from datetime import timedelta

from aiohttp import ClientResponse

from desk.keys import DRIVER, HOTLINE
from hotline import access
from hotline.core import Hotline
from tests.conftest import CONTACT, contact_of
from tests.desk.people import Chat, Client, bearer
from tests.desk.test_visitor_codes import MAIL_WITHIN_S, codes_in


async def posted(client: Client, path: str, **fields: str) -> ClientResponse:
    return await client.post(path, data=fields, allow_redirects=False)


async def where(answer: ClientResponse) -> str:
    assert answer.status == 303, await answer.text()
    return answer.headers["Location"]


async def fault(answer: ClientResponse) -> str:
    """Why it was not done, as it stands at the field."""
    page = await answer.text()
    found = re.search(r'data-test="fault">.*?</svg>(.*?)</p>', page, re.DOTALL)
    assert found, page
    assert 'aria-invalid="true"' in page
    return html.unescape(found[1])


async def mailed(client: Client, number: int = 1) -> str:
    assert client.app is not None
    await client.app[DRIVER].nothing_beside(MAIL_WITHIN_S)
    codes = codes_in(client.app[HOTLINE].settings.var_dir / "mail")
    assert len(codes) == number
    return codes[-1]


async def signs_in(client: Client, email: str = CONTACT, number: int = 1) -> None:
    assert await where(await posted(client, "/sign-in", email=email)) == "/sign-in/code"
    answer = await posted(client, "/sign-in/code", code=await mailed(client, number))
    assert await where(answer) == "/"


async def enters(client: Client, hotline: Hotline, email: str = CONTACT) -> None:
    """Come in from the portal."""
    token = access.partner_token(hotline, await contact_of(hotline, email))
    assert await where(await posted(client, "/enter", token=token)) == "/"


async def who(client: Client) -> str:
    """Whose page the browser is shown: a contact's id, or nobody's."""
    page = await (await client.get("/")).text()
    found = re.search(r'data-who="(\d*)"', page)
    assert found
    return found[1]


def later(client: Client, by: timedelta) -> None:
    assert client.app is not None
    clock = client.app[HOTLINE].clock
    clock.set(clock.now() + by)


def cookie(client: Client, name: str) -> str:
    return next(it.value for it in client.session.cookie_jar if it.key == name)


def forget(client: Client) -> None:
    client.session.cookie_jar.clear()


async def identified(chat: Chat) -> ClientResponse:
    return await chat.client.post(f"{chat.url}/identify", headers=bearer(chat.token))

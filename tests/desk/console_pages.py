"""What the tests of the console's pages do again and again: come in, read a page, let time pass."""

import re
from collections.abc import Mapping
from typing import Any

from desk.keys import HOTLINE
from hotline.core import Hotline
from tests.core.test_escalations import at, taipei
from tests.desk.people import PASSWORD, Client


async def sign_in(client: Client, email: str) -> None:
    """The browser is that member of staff's from now on."""
    answer = await client.post(
        "/console/sign-in", data={"email": email, "password": PASSWORD}, allow_redirects=False
    )
    assert answer.status == 303


async def page(client: Client, url: str, status: int = 200) -> str:
    answer = await client.get(url)
    assert answer.status == status, url
    return await answer.text()


async def post(
    client: Client, url: str, form: Mapping[str, str] | None = None, status: int = 303
) -> str:
    """The page that the form leads to, or the one again that says why not."""
    answer = await client.post(url, data=form or {}, allow_redirects=False)
    text = await answer.text()
    assert answer.status == status, text
    return await page(client, answer.headers["Location"]) if status == 303 else text


async def pass_time(hotline: Hotline, client: Client, written: str) -> None:
    """Until then, with all that is due; the desk's clock is set at once, too."""
    await at(hotline, written)
    client.app[HOTLINE].clock.set(taipei(written))


def part(text: str, test: str) -> str:
    """From the element that is marked so up to the end of its list, section or form."""
    found = re.search(rf'<(\w+)[^>]*data-test="{test}".*?</\1>', text, re.DOTALL)
    return found[0] if found else ""


def all_of(text: str, test: str, attribute: str) -> list[Any]:
    """The values of an attribute of everything that is marked so, in order."""
    tags = re.findall(rf'<\w+[^>]*data-test="{test}"[^>]*>', text)
    return [m[1] for tag in tags if (m := re.search(rf'{attribute}="([^"]*)"', tag))]

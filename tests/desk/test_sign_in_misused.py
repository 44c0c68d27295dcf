"""The sign-in page misused: it gives nothing away, lets nobody guess, leads to no other site."""

import asyncio
import re

import pytest

from desk.keys import DRIVER
from desk.partner_door import COOKIE
from hotline.access_codes import rules
from hotline.core import Hotline
from hotline.settings import MailSettings, Settings
from tests.conftest import CONTACT
from tests.core.desk_work import journal
from tests.desk.conftest import OpenDesk
from tests.desk.people import Chat, Client
from tests.desk.sign_in_page import cookie, fault, forget, mailed, posted, signs_in, where, who
from tests.desk.test_visitor_codes import MAIL_WITHIN_S, VISITOR, codes_in, visitors_ticket

NOBODY = "nobody@nowhere.example"


async def test_a_known_and_an_unknown_address_look_alike(client: Client, hotline: Hotline) -> None:
    await visitors_ticket(hotline, await Chat.begin(client))
    seen = []
    for address in (CONTACT, VISITOR, NOBODY):
        forget(client)
        answer = await posted(client, "/sign-in", email=address)
        shown = await (await client.get("/sign-in/code")).text()
        tried = await posted(client, "/sign-in/code", code="1" * 6)
        again = await posted(client, "/sign-in/code", again="1")
        pages = [shown, await tried.text(), await again.text()]
        same = [re.sub(r'data-again-s="\d+"', "", page.replace(address, "X")) for page in pages]
        seen.append((await where(answer), tried.status, again.status, same))
    assert seen[0] == seen[1] == seen[2]
    assert "如果 X 有登記" in seen[0][3][0]
    await mailed(client)  # one mail, to the contact


async def test_a_mail_that_takes_its_time_holds_up_no_answer(
    open_desk: OpenDesk, settings: Settings
) -> None:
    """Whoever measures learns nothing: the mail goes out beside the answer."""
    called = asyncio.Event()

    async def hangs(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.set()
        await reader.read()
        writer.close()

    async with await asyncio.start_server(hangs, "127.0.0.1") as server:
        port = server.sockets[0].getsockname()[1]
        mail = MailSettings(
            host="127.0.0.1", port=port, starttls=False, from_address="hotline@vendor.example"
        )
        client = await open_desk(settings.model_copy(update={"mail": mail}))
        assert await where(await posted(client, "/sign-in", email=CONTACT)) == "/sign-in/code"
        await asyncio.wait_for(called.wait(), MAIL_WITHIN_S)
        assert (await client.get("/sign-in/code")).status == 200


async def test_the_sixth_code_in_an_hour_has_to_wait(client: Client) -> None:
    for _ in range(rules.PER_ADDRESS):
        forget(client)
        await where(await posted(client, "/sign-in", email=CONTACT))
    forget(client)
    answer = await posted(client, "/sign-in", email=CONTACT)
    assert answer.status == 429
    assert re.match("驗證碼已經寄了好幾次，(59|60) 分鐘後可以再寄", await fault(answer))


async def test_a_code_is_for_the_browser_that_asked_and_works_once(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code, mine = await mailed(client), cookie(client, COOKIE)
    forget(client)
    assert await where(await posted(client, "/sign-in/code", code=code)) == "/sign-in"
    await posted(client, "/sign-in", email=NOBODY)
    assert (await posted(client, "/sign-in/code", code=code)).status == 401
    assert await who(client) == ""

    headers = {"Cookie": f"{COOKIE}={mine}"}
    forget(client)
    for status in (303, 401):
        answer = await client.post(
            "/sign-in/code", data={"code": code}, headers=headers, allow_redirects=False
        )
        assert answer.status == status
        forget(client)


async def test_whoever_guesses_stops_after_five_tries_a_code(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code = await mailed(client)
    guesses = [f"{(int(code) + n) % 10**6:06}" for n in range(1, 40)]
    statuses = {(await posted(client, "/sign-in/code", code=guess)).status for guess in guesses}
    assert statuses == {401}
    assert (await posted(client, "/sign-in/code", code=code)).status == 401
    assert await who(client) == ""


async def test_whoever_tries_without_end_is_told_to_wait(
    open_desk: OpenDesk, settings: Settings
) -> None:
    limits = settings.limits.model_copy(update={"visitor_messages_per_10_minutes": 3})
    client = await open_desk(settings.model_copy(update={"limits": limits}))
    statuses = [(await posted(client, "/sign-in", email="no")).status for _ in range(5)]
    assert statuses == [400, 400, 400, 429, 429]


async def test_a_visitors_address_signs_nobody_in_and_gets_no_mail(
    client: Client, hotline: Hotline
) -> None:
    await visitors_ticket(hotline, await Chat.begin(client))
    await where(await posted(client, "/sign-in", email=VISITOR))
    assert client.app is not None
    await client.app[DRIVER].nothing_beside(MAIL_WITHIN_S)
    assert codes_in(hotline.settings.var_dir / "mail") == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        " /my",
        "evil.example",
        "/" + "a" * 500,
        "/%0d%0aSet-Cookie:x=1\r\n",
    ],
)
async def test_it_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    asked = await client.post(
        "/sign-in", params={"next": elsewhere}, data={"email": CONTACT}, allow_redirects=False
    )
    assert await where(asked) == "/sign-in/code"
    answer = await client.post(
        "/sign-in/code",
        params={"next": elsewhere},
        data={"code": await mailed(client)},
        allow_redirects=False,
    )
    assert await where(answer) == "/"
    again = await client.get("/sign-in", params={"next": elsewhere}, allow_redirects=False)
    assert await where(again) == "/"


async def test_another_sites_page_can_post_none_of_it(client: Client, hotline: Hotline) -> None:
    await signs_in(client)
    visitor = await Chat.begin(client)
    evil = {"Origin": "https://evil.example"}
    for path, data in (
        ("/sign-in", {"email": CONTACT}),
        ("/sign-in/code", {"code": "123456"}),
        ("/leave", {}),
        ("/my/sessions/end", {"session": "x"}),
        ("/my/sessions/end-others", {}),
        (f"{visitor.url}/identify", {}),
        (f"{visitor.url}/renew", {}),
    ):
        answer = await client.post(path, data=data, headers=evil, allow_redirects=False)
        assert answer.status == 403, path
    assert await journal(hotline, "session.ended") == []
    assert await who(client) != ""

"""Signing in on the page: from the address by the code in the mail back to where it came from."""

from desk.partner_door import COOKIE
from desk.sessions import PARTNER_COOKIE
from hotline.access_codes import rules
from hotline.core import Hotline
from hotline.settings import MailSettings, Settings
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import everything_journalled, journal
from tests.desk.conftest import OpenDesk
from tests.desk.people import Client
from tests.desk.sign_in_page import fault, later, mailed, posted, where, who
from tests.desk.test_visitor_codes import wrong


async def test_from_the_address_by_the_code_back_to_where_it_came_from(
    client: Client, hotline: Hotline
) -> None:
    page = await client.get("/sign-in?next=/my/sessions")
    assert page.status == 200
    asked = await posted(client, "/sign-in?next=/my/sessions", email=f" {CONTACT.upper()} ")
    assert await where(asked) == "/sign-in/code?next=/my/sessions"
    shown = await (await client.get(asked.headers["Location"])).text()
    assert "10 分鐘內有效，還可以試 5 次" in shown
    assert CONTACT in shown
    code = await mailed(client)
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    answer = await posted(
        client, asked.headers["Location"], code=f" {full_width[:3]}　{full_width[3:]} "
    )
    assert await where(answer) == "/my/sessions"
    contact = await contact_of(hotline, CONTACT)
    assert await who(client) == str(contact.id)
    [entry] = await journal(hotline, "session.began")
    assert (entry.detail["contact"], entry.detail["how"]) == (contact.id, "code")
    journalled = await everything_journalled(hotline)
    assert not any(secret in journalled for secret in (CONTACT, code))
    again = await client.get("/sign-in?next=/my/sessions", allow_redirects=False)
    assert await where(again) == "/my/sessions"


async def test_the_cookies_are_for_the_server_alone(client: Client) -> None:
    asked = await posted(client, "/sign-in", email=CONTACT)
    answer = await posted(client, "/sign-in/code", code=await mailed(client))
    for morsel in (asked.cookies[COOKIE], answer.cookies[PARTNER_COOKIE]):
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
    assert asked.cookies[COOKIE]["path"] == "/sign-in"
    assert answer.cookies[COOKIE]["max-age"] == "0"


async def test_an_entry_that_is_no_code_is_told_and_costs_no_try(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    answer = await posted(client, "/sign-in/code", code="12345")
    assert (answer.status, await fault(answer)) == (400, "要 6 位數字，您輸入了 5 位。")
    assert "還可以試 5 次" in await answer.text()
    code = await mailed(client)
    pasted = f"您的驗證碼：{code} 10 分鐘內有效，只能用一次。"
    assert await where(await posted(client, "/sign-in/code", code=pasted)) == "/"


async def test_an_address_that_is_none_is_told(client: Client) -> None:
    for entry in ("", "yichun.chen@heguang", "<script>"):
        answer = await posted(client, "/sign-in", email=entry)
        assert answer.status == 400
        assert "不完整" in await fault(answer)
        assert "<script>" not in (await answer.text()).partition('id="email"')[2][:300]


async def test_wrong_codes_count_down_and_lock(client: Client, hotline: Hotline) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code = await mailed(client)
    told = [await fault(await posted(client, "/sign-in/code", code=wrong(code))) for _ in range(5)]
    toll_free = hotline.settings.vendor.toll_free
    locked = f"次數用完了，15 分鐘後可以重寄，或打 {toll_free}。"
    assert told == [*(f"驗證碼不對，還可以試 {n} 次。" for n in (4, 3, 2, 1)), locked]
    answer = await posted(client, "/sign-in/code", code=code)
    assert (answer.status, await fault(answer)) == (401, locked)
    assert await who(client) == ""
    assert await fault(await posted(client, "/sign-in/code", again="1")) == locked


async def test_a_code_is_too_old_after_ten_minutes_and_may_be_sent_again(client: Client) -> None:
    await posted(client, "/sign-in", email=CONTACT)
    code = await mailed(client)
    early = await posted(client, "/sign-in/code", again="1")
    assert (early.status, await fault(early)) == (429, "剛剛才寄出，1 分鐘後可以重寄。")
    later(client, rules.LIFETIME)
    assert "已經失效" in await fault(await posted(client, "/sign-in/code", code=code))
    assert "已經失效" in await fault(await client.get("/sign-in/code"))
    assert await where(await posted(client, "/sign-in/code", again="1")) == "/sign-in/code"
    answer = await posted(client, "/sign-in/code", code=await mailed(client, 2))
    assert await where(answer) == "/"


async def test_without_mail_the_page_says_to_come_from_the_portal(
    open_desk: OpenDesk, settings: Settings
) -> None:
    client = await open_desk(settings.model_copy(update={"mail": MailSettings(codes=False)}))
    page = await (await client.get("/sign-in")).text()
    assert "請從夥伴入口網登入" in page
    assert "<form" not in page
    answer = await posted(client, "/sign-in", email=CONTACT)
    assert answer.status == 403
    assert "請從夥伴入口網登入" in await answer.text()
    assert await where(await posted(client, "/sign-in/code", code="123456")) == "/sign-in"

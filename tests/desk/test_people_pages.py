"""People and rights at the console: the sign-in, the own account, everybody's, and the audit."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from aiohttp import WSMsgType
from playwright.async_api import Browser, expect

from desk.keys import HOTLINE
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff import people, sessions
from hotline.staff.service import Staff
from tests.conftest import ENGINEER, LEAD, staff_of
from tests.core.desk_work import journal, opened
from tests.core.test_people import ADMINISTRATOR, NEW, said_of, version_of
from tests.core.test_staff_sign_in import code_of
from tests.desk.console_browser import check, signed_in
from tests.desk.console_pages import all_of, page, part, post, sign_in
from tests.desk.people import PASSWORD, Client, frame_of

ME, PEOPLE, AUDIT = "/console/me", "/console/people", "/console/audit"
ADD = {
    "email": NEW.email, "name": NEW.name, "name_en": NEW.name_en, "role": NEW.role,
    "queue": "presales", "language": "en",
}  # fmt: skip
CODE = "/console/sign-in/code"


async def leads_to(client: Client, url: str, form: dict[str, str]) -> str:
    answer = await client.post(url, data=form, allow_redirects=False)
    assert answer.status == 303, await answer.text()
    return str(answer.headers["Location"])


@pytest.mark.both
async def test_the_second_step_is_set_up_and_asked_for(client: Client, hotline: Hotline) -> None:
    await sign_in(client, ENGINEER)
    text = await post(client, f"{ME}/second-step")
    secret = re.findall(r'data-test="secret">([A-Z2-7]+)<', text)[0]
    assert "otpauth://totp/" in text
    assert "<path d=" in part(text, "second-step-code")
    text = await post(client, f"{ME}/second-step-code", {"code": "000000x"}, 400)
    assert "驗證碼不對或已過期" in text
    assert secret in text
    text = await post(client, f"{ME}/second-step-code", {"code": code_of(hotline, secret)}, 200)
    spare = re.findall(r"<li><code>([a-z2-7-]{19})</code>", text)
    assert len(spare) == 10
    text = await page(client, ME)
    assert spare[0] not in text
    assert "備用碼還有 10 組" in text

    await client.post("/console/sign-out")
    form = {"email": ENGINEER, "password": PASSWORD, "next": "/console?filter=mine"}
    where = await leads_to(client, "/console/sign-in", form)
    assert where == f"{CODE}?next=/console?filter%3Dmine"
    assert (await client.get("/console", allow_redirects=False)).status == 303  # not yet
    assert 'autocomplete="one-time-code"' in await page(client, where)
    text = await post(client, CODE, {"code": code_of(hotline, secret)}, 401)  # used above
    assert "驗證碼不對、過期或已用過" in text
    where = await leads_to(client, CODE, {"code": spare[0], "next": "/console?filter=mine"})
    assert where == "/console?filter=mine"
    assert "備用碼還有 9 組" in await page(client, ME)
    answer = await client.post(CODE, data={"code": spare[1]}, allow_redirects=False)
    assert answer.headers["Location"].startswith("/console/sign-in?")  # that step is done

    text = await post(client, f"{ME}/no-second-step", {"password": "wrong"}, 400)
    assert "目前的密碼不對" in text
    assert "兩步驟驗證已移除" in await post(client, f"{ME}/no-second-step", {"password": PASSWORD})


async def test_a_lock_is_told_at_the_next_sign_in(client: Client, hotline: Hotline) -> None:
    for _ in range(5):
        await post(client, "/console/sign-in", {"email": ENGINEER, "password": "wrong"}, 401)
    await post(client, "/console/sign-in", {"email": ENGINEER, "password": PASSWORD}, 429)
    hotline.clock.advance(timedelta(minutes=16))
    client.app[HOTLINE].clock.advance(timedelta())
    form = {"email": ENGINEER, "password": PASSWORD}
    assert await leads_to(client, "/console/sign-in", form) == f"{ME}?told=locked"
    assert "這個帳號在今天" in part(await page(client, ME), "locked")
    assert await leads_to(client, "/console/sign-in", form) == "/console"


async def test_a_temporary_password_opens_only_the_own_account_until_it_is_replaced(
    client: Client, hotline: Hotline
) -> None:
    await sign_in(client, ADMINISTRATOR)
    text = await post(client, PEOPLE, ADD, 200)
    [password] = re.findall(r'data-test="temporary">([a-z2-9-]{19})<', text)
    assert "新人的臨時密碼" in text
    assert password not in await page(client, PEOPLE)
    form = {"email": NEW.email, "password": password}
    assert await leads_to(client, "/console/sign-in", form) == ME
    for url in ("/console", "/console/rota", "/console/conversations"):
        answer = await client.get(url, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, ME)
    live = await client.ws_connect("/console/live")
    await live.send_json({"after": 0})
    assert (await live.receive(timeout=30)).type is WSMsgType.CLOSE
    assert live.close_code == 4403
    text = await page(client, ME)
    assert "請先換成自己的" in part(text, "owes")
    assert 'data-test="nav-' not in text
    new = {"current": password, "password": "rain on the roof", "again": "rain on the roo"}
    assert "兩次輸入的不一樣" in await post(client, f"{ME}/password", new, 400)
    weak = {"current": password, "password": "password1234", "again": "password1234"}
    assert "常被猜中" in await post(client, f"{ME}/password", weak, 400)
    text = await post(client, f"{ME}/password", {**new, "again": "rain on the roof"})
    assert "密碼已更換" in part(text, "done")
    await page(client, "/console")


async def test_a_compulsory_second_step_is_set_up_before_anything_else(
    client: Client, hotline: Hotline, settings: Settings
) -> None:
    strict = settings.staff.model_copy(update={"second_step": True})
    own = client.app[HOTLINE]
    object.__setattr__(own, "settings", own.settings.model_copy(update={"staff": strict}))
    form = {"email": LEAD, "password": PASSWORD}
    assert await leads_to(client, "/console/sign-in", form) == ME
    assert "需要兩步驟驗證" in part(await page(client, ME), "owes")
    assert (await client.get("/console", allow_redirects=False)).status == 303
    text = await post(client, f"{ME}/second-step")
    secret = re.findall(r'data-test="secret">([A-Z2-7]+)<', text)[0]
    await post(client, f"{ME}/second-step-code", {"code": code_of(hotline, secret)}, 200)
    await page(client, "/console")
    assert 'data-test="no-second-step"' not in await page(client, ME)
    assert await leads_to(client, "/console/sign-in", {**form, "email": ENGINEER}) == "/console"


@pytest.mark.both
async def test_the_own_page_lists_where_one_is_signed_in_and_ends_it(
    client: Client, hotline: Hotline, engineer: Staff
) -> None:
    await sign_in(client, ENGINEER)
    other = await sessions.begin(hotline, engineer, "Chrome, Windows")
    third = await sessions.begin(hotline, engineer, "")
    text = await page(client, ME)
    assert len(all_of(text, "session", "class")) == 3
    assert "Chrome, Windows" in text
    assert "不明的瀏覽器" in text
    assert other.id not in await post(client, f"{ME}/end", {"session": other.id})
    text = await post(client, f"{ME}/end-others")
    assert third.id not in text
    assert len(all_of(text, "session", "class")) == 1
    [own_id] = re.findall(r'name="session" value="(\w+)"', text)
    assert await leads_to(client, f"{ME}/end", {"session": own_id}) == "/console/sign-in"


@pytest.mark.both
async def test_an_administrator_changes_and_deactivates_and_sees_no_contents(
    client: Client, hotline: Hotline, engineer: Staff, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    await sign_in(client, ENGINEER)
    await post(client, f"/console/tickets/{ticket.number}/claim")
    await sign_in(client, ADMINISTRATOR)
    answer = await client.get("/console", allow_redirects=False)
    assert answer.headers["Location"] == PEOPLE
    text = await page(client, PEOPLE)
    assert len(all_of(text, "member", "class")) == 4
    assert 'data-test="nav-queue"' not in text
    for url in (f"/console/tickets/{ticket.number}", "/console/tickets/T26-999999-9"):
        assert "可以使用的角色：通路經理、技術支援工程師、主管、專員" in await page(
            client, url, 403
        )
    url = f"{PEOPLE}/{engineer.id}"
    text = await page(client, url)
    assert ticket.number in part(text, "work")
    assert ticket.subject not in text
    form = {
        "email": engineer.email, "name": "王小豪", "name_en": engineer.name_en,
        "role": "specialist", "queue": "technical", "language": "zh-TW",
        "version": str(await version_of(hotline, engineer)),
    }  # fmt: skip
    assert "王小豪" in await post(client, f"{url}/change", form)
    stale = {**form, "name": "另一個人"}
    text = await post(client, f"{url}/change", stale, 409)
    assert "別人剛才改過" in text
    assert "另一個人" not in text
    now = {**form, "version": str(await version_of(hotline, engineer)), "email": LEAD}
    text = await post(client, f"{url}/change", now, 400)
    assert "已經有人用這個地址" in text
    assert f'value="{LEAD}"' in text
    assert "已離開" in await post(client, f"{url}/leave")
    assert 'data-test="temporary"' in await post(client, f"{url}/return", status=200)
    me = (await staff_of(hotline, ADMINISTRATOR)).id
    assert "請另一位管理員停用" in await post(client, f"{PEOPLE}/{me}/leave", status=403)
    assert (await client.get(f"{PEOPLE}/4711")).status == 404


async def test_a_right_that_is_lost_while_the_page_is_open_is_lost_at_the_next_act(
    client: Client, hotline: Hotline, lead: Staff, contact: Contact
) -> None:
    administrator = await staff_of(hotline, ADMINISTRATOR)
    await sign_in(client, LEAD)
    live = await client.ws_connect("/console/live")
    await live.send_json({"after": 0})
    await opened(hotline, contact)
    await frame_of(live, "entry")
    version = await version_of(hotline, lead)
    demoted = said_of(lead, role="administrator")
    await people.change(hotline, administrator, lead.id, demoted, version)
    while (await live.receive(timeout=30)).type is WSMsgType.TEXT:
        pass
    assert live.close_code == 4403
    text = await post(client, "/console/rota/add", {"staff": ENGINEER}, 403)
    assert "這裡不開放給您的角色" in text
    assert "您目前是管理員" in text
    [refused] = await journal(hotline, "access.refused")
    assert (refused.actor, refused.detail) == (
        f"staff:{lead.id}",
        {"tried": "POST /console/rota/add"},
    )
    await page(client, PEOPLE)
    await people.let_go(hotline, administrator, lead.id)
    answer = await client.get(PEOPLE, allow_redirects=False)
    assert answer.headers["Location"].startswith("/console/sign-in")


async def test_the_audit_is_filtered_paged_and_downloaded(
    client: Client, hotline: Hotline, engineer: Staff, contact: Contact
) -> None:
    ticket = await opened(hotline, contact)
    await sign_in(client, ENGINEER)
    await page(client, f"/console/tickets/{ticket.number}")
    await page(client, f"/console/conversations/{ticket.conversation_id}")
    await page(client, AUDIT, 403)
    await sign_in(client, LEAD)
    text = await page(client, f"{AUDIT}?staff={engineer.id}&ticket={ticket.number.lower()}")
    assert text.count('data-test="entry"') == 2
    assert "看了工單" in text
    assert f'href="/console/tickets/{ticket.number}"' in text
    assert f'<option value="{engineer.id}" selected>' in text
    assert "沒有符合的紀錄" in await page(client, f"{AUDIT}?day=1999-01-01&staff=x&partner=%00%27")
    for number in range(55):
        await sessions.begin(hotline, engineer, f"{number}")
    text = await page(client, f"{AUDIT}?staff={engineer.id}")
    [older] = all_of(text, "older", "href")
    assert text.count('data-test="entry"') == 50
    assert 0 < (await page(client, older.replace("&amp;", "&"))).count('data-test="entry"') < 50
    answer = await client.get(f"{AUDIT}.csv?staff={engineer.id}")
    assert answer.content_type == "text/csv"
    rows = list(csv.DictReader(io.StringIO((await answer.read()).decode("utf-8-sig"))))
    assert rows[0]["kind"] == "staff.signed_in"
    assert {row["name"] for row in rows} == {engineer.name}
    assert ticket.number in {row["ticket"] for row in rows}
    assert [entry.actor for entry in await journal(hotline, "audit.exported")] == [
        f"staff:{(await staff_of(hotline, LEAD)).id}"
    ]


async def test_signing_in_with_a_phone_and_every_page_can_be_used_by_everybody(
    client: Client, browser: Browser, hotline: Hotline
) -> None:
    administrator = await staff_of(hotline, ADMINISTRATOR)
    for width, scheme, locale in ((360, "dark", "en"), (1440, "light", "zh-TW")):
        looks: dict[str, Any] = {"color_scheme": scheme, "locale": locale}
        shown = await signed_in(browser, client, ADMINISTRATOR, PEOPLE, width, **looks)
        await check(shown)
        for url in (f"{PEOPLE}/1", AUDIT):
            await shown.goto(url)
            await check(shown)
        await shown.goto(ME)
        await shown.click("[data-test=second-step] button")
        secret = await shown.locator("[data-test=secret]").inner_text()
        await check(shown)
        await shown.fill("[name=code]", pyotp.TOTP(secret).at(client.app[HOTLINE].now()))
        await shown.click("[data-test=second-step-code] button")
        await expect(shown.locator("[data-test=spare] li")).to_have_count(10)
        await check(shown)
        client.app[HOTLINE].clock.advance(timedelta(seconds=60))
        await shown.context.clear_cookies()
        await shown.goto(f"/console/sign-in?next={ME}")
        await shown.fill("[name=email]", ADMINISTRATOR)
        await shown.fill("[name=password]", PASSWORD)
        await shown.press("[name=password]", "Enter")
        await expect(shown.locator("[name=code]")).to_be_focused()
        await check(shown)
        await shown.keyboard.type(pyotp.TOTP(secret).at(client.app[HOTLINE].now()))
        await shown.keyboard.press("Enter")
        await expect(shown.locator("[data-page=me]")).to_be_visible()
        await check(shown)
        await people.reset_second_step(hotline, administrator, administrator.id)
        await shown.context.close()

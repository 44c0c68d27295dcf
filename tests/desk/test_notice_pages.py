"""What could not be delivered, and who gets which mails, as pages."""

from typing import Any

from playwright.async_api import Browser, expect
from sqlalchemy import select, update

from desk.sessions import PARTNER_COOKIE
from hotline.core import Hotline
from hotline.deliveries import DeliveryRow
from hotline.partners.rows import ContactRow
from hotline.partners.service import Contact
from hotline.staff.rows import StaffRow
from tests.conftest import CONTACT, ENGINEER, LEAD, contact_of, staff_of
from tests.core.desk_work import journal, opened
from tests.core.notice_work import deliveries, note_all
from tests.core.test_people import ADMINISTRATOR
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.console_pages import all_of, page, part, post, sign_in
from tests.desk.people import Client
from tests.desk.pictures import take
from tests.desk.test_my_data import signed_in as partner_signed_in

UNDELIVERED, ME, MY = "/console/undelivered", "/console/me", "/my/notices"


async def failed(hotline: Hotline, why: str = "refused", *, key: str = "k1") -> DeliveryRow:
    """A receipt that has been tried, and is not tried any more."""
    await opened(hotline, await contact_of(hotline, CONTACT), key=key)
    await note_all(hotline)
    now = hotline.now()
    async with hotline.database.write() as session:
        await session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.channel == "mail", DeliveryRow.state != "undelivered")
            .values(
                state="undelivered",
                failure=why,
                tries=3,
                next_at=None,
                first_tried_at=now,
                tried_at=now,
            )
        )
    return (await deliveries(hotline))[-1]


async def test_a_lead_tries_again_and_gives_up(client: Client, hotline: Hotline) -> None:
    first, second = await failed(hotline), await failed(hotline, "later", key="k2")
    await sign_in(client, LEAD)
    shown = await page(client, UNDELIVERED)
    assert all_of(shown, "undelivered", "data-test") == ["undelivered"] * 2
    for words in ("開單回條", "給 陳怡君", "禾光資訊", "對方信箱拒收", "郵件伺服器一直沒有收下"):
        assert words in shown
    assert CONTACT not in shown
    assert all_of(shown, "whose", "href") == ["/console/partners/P-1001"] * 2
    assert 'href="/console/tickets/T26-' in shown

    lead = await staff_of(hotline, LEAD)
    done = await post(client, f"{UNDELIVERED}/again", {"delivery": str(first.id)})
    assert "馬上再試一次" in part(done, "done")
    done = await post(client, f"{UNDELIVERED}/give-up", {"delivery": str(second.id)})
    assert "已放棄" in part(done, "done")
    assert "目前沒有送不到的通知" in done
    for kind, row in (("notice.retried", first), ("notice.dropped", second)):
        [entry] = await journal(hotline, kind)
        assert (entry.actor, entry.detail["delivery"]) == (f"staff:{lead.id}", row.id)
    # Pressed twice, and of what never was one.
    await post(client, f"{UNDELIVERED}/give-up", {"delivery": str(second.id)})
    assert len(await journal(hotline, "notice.dropped")) == 1
    await post(client, f"{UNDELIVERED}/again", {"delivery": "999999"}, status=404)
    for wrong in ("x", "", "1" * 30):
        await post(client, f"{UNDELIVERED}/again", {"delivery": wrong}, status=400)


async def test_an_administrator_sees_the_list_without_ways_into_tickets(
    client: Client, hotline: Hotline
) -> None:
    await failed(hotline)
    await sign_in(client, ADMINISTRATOR)
    shown = await page(client, UNDELIVERED)
    assert "開單回條" in shown
    assert "/console/tickets/" not in shown
    assert "/console/partners/" not in shown
    assert CONTACT not in shown


async def test_an_administrator_comes_to_a_colleague_whose_mail_was_refused(
    client: Client, hotline: Hotline
) -> None:
    row, engineer = await failed(hotline), await staff_of(hotline, ENGINEER)
    async with hotline.database.write() as session:
        await session.execute(
            update(DeliveryRow)
            .where(DeliveryRow.id == row.id)
            .values(receiver=f"staff:{engineer.id}")
        )
    await sign_in(client, ADMINISTRATOR)
    shown = await page(client, UNDELIVERED)
    assert all_of(shown, "whose", "href") == [f"/console/people/{engineer.id}"]
    await sign_in(client, LEAD)
    shown = await page(client, UNDELIVERED)
    assert all_of(shown, "whose", "href") == []
    assert ENGINEER not in shown


async def test_an_engineer_is_refused_and_has_no_link_there(
    client: Client, hotline: Hotline
) -> None:
    await sign_in(client, ENGINEER)
    await page(client, UNDELIVERED, 403)
    assert "nav-undelivered" not in await page(client, "/console")


async def test_staff_choose_their_mails(client: Client, hotline: Hotline) -> None:
    await sign_in(client, ENGINEER)
    form = part(await page(client, ME), "mails")
    assert form.count("checked") == 5
    assert "值班" not in form
    answer = await client.post(
        f"{ME}/mails", data=[("mails", "warning"), ("mails", "nonsense")], allow_redirects=True
    )
    shown = await answer.text()
    assert "郵件通知已更新" in part(shown, "done")
    async with hotline.database.read() as session:
        row = await session.scalar(select(StaffRow).where(StaffRow.email == ENGINEER))
    assert row is not None
    assert row.no_mails == ["assigned", "raised", "complaint", "digest"]
    assert part(shown, "mails").count("checked") == 1
    [entry] = await journal(hotline, "staff.mails")
    assert entry.detail["off"] == ["assigned", "raised", "complaint", "digest"]


async def test_partners_choose_their_mails(
    client: Client, hotline: Hotline, contact: Contact
) -> None:
    answer = await client.get(MY, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/sign-in?next=/my/notices")
    headers = await partner_signed_in(client, hotline)
    shown = await page(client, MY)
    assert CONTACT in shown
    answer = await client.post(MY, data={"mails": "asks"}, headers=headers)
    assert "已儲存" in part(await answer.text(), "done")
    async with hotline.database.read() as session:
        row = await session.get(ContactRow, contact.id)
    assert row is not None
    assert row.mails == "asks"
    answer = await client.post(MY, data={"mails": "everything"}, headers=headers)
    assert answer.status == 400


@LOOKS
async def test_the_pages_can_be_used_by_everybody(
    client: Client, browser: Browser, hotline: Hotline, width: int, scheme: str, locale: str
) -> None:
    url = str(client.make_url("/"))
    await failed(hotline)
    await failed(hotline, "later", key="k2")
    looks: dict[str, Any] = {"color_scheme": scheme, "locale": locale}
    shown = await signed_in(browser, client, LEAD, UNDELIVERED, width, **looks)
    await check(shown)
    if (width, locale) == (1440, "zh-TW"):
        await take(shown, "undelivered")
    await shown.locator("[data-test=again]").first.focus()
    await shown.keyboard.press("Enter")
    await expect(shown.locator("[data-test=done]")).to_be_visible()
    await check(shown)
    await shown.goto(ME)
    await check(shown)
    await shown.context.close()
    # The partner's page, in a browser that has come from the portal.
    await partner_signed_in(client, hotline)
    cookies = client.session.cookie_jar.filter_cookies(client.make_url("/"))
    context = await browser.new_context(
        base_url=str(client.make_url("")),
        viewport={"width": width, "height": 900},
        bypass_csp=True,
        **looks,
    )
    await context.add_cookies(
        [{"name": PARTNER_COOKIE, "value": cookies[PARTNER_COOKIE].value, "url": url}]
    )
    own = await context.new_page()
    await own.goto(MY)
    await check(own)
    if (width, locale) == (1440, "zh-TW"):
        await take(own, "own-notices")
    await own.locator("[data-test=asks]").check()
    await own.locator("[data-test=save]").click()
    await expect(own.locator("[data-test=done]")).to_be_visible()
    await check(own)
    await context.close()

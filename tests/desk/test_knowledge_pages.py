"""The pages of knowledge: gaps, a draft from one or from a ticket, and what has expired."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from hotline.core import Hotline, open_hotline
from hotline.knowledge import drafts
from hotline.knowledge.writing import Draft
from hotline.partners.service import Contact
from hotline.permissions import HANDLERS
from hotline.settings import Settings
from hotline.staff.service import Staff, add_staff
from tests.conftest import ENGINEER, LEAD, begin_clock
from tests.core.desk_work import brought_to, journal
from tests.core.questions import (
    ARTICLE,
    COMPLETE,
    FILE,
    asked,
    expire,
    gaps_of,
    in_words,
    with_own_articles,
)
from tests.desk.conftest import OpenDesk
from tests.desk.console_browser import LOOKS, check, signed_in
from tests.desk.console_pages import all_of, page, part, post, sign_in
from tests.desk.people import PASSWORD, Client

URL, DRAFT = "/console/knowledge", "/console/knowledge/draft"


@pytest.fixture
def settings(sqlite_settings: Settings, tmp_path: Path) -> Settings:
    begin_clock(sqlite_settings)
    return with_own_articles(sqlite_settings, tmp_path)


@pytest.fixture
async def hotline(settings: Settings) -> AsyncIterator[Hotline]:
    async with open_hotline(settings) as opened:
        yield opened


@pytest.fixture
async def parking(hotline: Hotline, contact: Contact) -> list[int]:
    """A gap of two askers."""
    return [
        await asked(hotline, "有停車位嗎", hours_ago=5),
        await asked(hotline, "有停車位嗎，我是陳怡君", contact, hours_ago=1),
    ]


def fields(draft: Draft, **more: str) -> dict[str, str]:
    """The form with this draft typed in it."""
    said = {
        name: getattr(draft, name)
        for name in ("id", "topic", "source", "owner", "audience", "valid_from", "valid_to")
    }
    for language, text in draft.texts.items():
        for name in ("title", "label", "short", "answer"):
            said[f"{name}.{language}"] = getattr(text, name)
        said[f"questions.{language}"] = "\n".join(text.questions)
    return {**said, **more}


def file_of(hotline: Hotline, draft_id: str = COMPLETE.id) -> Path:
    return hotline.library.folder / "drafts" / f"{draft_id}.md"


async def test_a_gap_shows_who_asked_when_and_what_came_of_it(
    client: Client, hotline: Hotline, parking: list[int]
) -> None:
    await asked(hotline, "交期到底多久", outcome="answered", article=ARTICLE, helped=False)
    await sign_in(client, ENGINEER)
    text = await page(client, URL)
    first = part(text, "gap")
    for words in ("2 人問過，共 2 次", "有停車位嗎", "沒有答案", "今天 5:15 到 今天 9:15"):
        assert words in first
    assert all_of(text, "write", "href") == [f"{DRAFT}?gap={parking[1]}", f"{DRAFT}?gap=3"]
    title = hotline.library.shelf().articles[ARTICLE].wordings["zh-TW"].title
    assert f"答了沒幫上忙：{title}" in text
    assert "An article answers it now" in await page(client, f"{URL}?lang=en")
    assert 'data-test="nav-knowledge" aria-current="page"' in text


async def test_a_gap_that_is_seen_to_leaves_the_list_and_twice_is_harmless(
    client: Client, hotline: Hotline, engineer: Staff, parking: list[int]
) -> None:
    await sign_in(client, ENGINEER)
    form = {"questions": ",".join(map(str, parking)), "reason": "not_ours"}
    later = await asked(hotline, "有停車位嗎")
    text = await post(client, f"{URL}/gaps", form)
    assert "已標為處理完" in part(text, "notice")
    assert all_of(text, "gap", "data-gap") == [str(later)]
    assert "同事已經先處理了" in part(await post(client, f"{URL}/gaps", form), "notice")
    assert [it.detail for it in await journal(hotline, "gap.done")] == [
        {"questions": parking, "reason": "not_ours"}
    ]
    assert not file_of(hotline).parent.exists()


async def test_odd_forms_and_those_from_elsewhere_change_nothing(
    client: Client, hotline: Hotline, parking: list[int]
) -> None:
    await sign_in(client, ENGINEER)
    ids = ",".join(map(str, parking))
    await post(client, f"{URL}/gaps", {"questions": ids, "reason": "because"}, status=400)
    await post(client, f"{URL}/gaps", {"questions": "x,²,,99999999999", "reason": "answered"})
    elsewhere = {"Origin": "https://elsewhere.example"}
    for path, form in ((f"{URL}/gaps", {"questions": ids, "reason": "answered"}), (DRAFT, {})):
        answer = await client.post(path, data=form, headers=elsewhere)
        assert answer.status == 403
    leads = await client.get(f"{URL}/gaps", allow_redirects=False)
    assert (leads.status, leads.headers["Location"]) == (303, URL)
    assert len(await gaps_of(hotline)) == 1
    for odd in ("?tab=x&page=y", "?page=0", "?page=99999", "?saved=../x", "?done=x"):
        await page(client, URL + odd)
    for missing in ("?gap=4711", "?gap=x", "?id=nothing", "?id=../x", "?ticket=T26-000000-0"):
        await page(client, DRAFT + missing, 404)


async def test_many_gaps_are_paged(client: Client, hotline: Hotline) -> None:
    words = """停車場 印花稅 講師費 碳足跡 捷運站 投影機 咖啡機 識別證 保險箱 影印機 發電機
        望遠鏡 滅火器 麥克風 電風扇 腳踏車 冰淇淋 潛水艇 羽毛球 直升機 牛肉麵 橡皮擦""".split()  # noqa: SIM905
    for word in words:
        await asked(hotline, word)
    await sign_in(client, ENGINEER)
    text = await page(client, URL)
    assert len(all_of(text, "gap", "data-gap")) == 20
    [older] = all_of(text, "older", "href")
    rest = await page(client, older)
    assert len(all_of(rest, "gap", "data-gap")) == len(words) - 20
    assert all_of(rest, "newer", "href") == [URL]


async def test_a_draft_begins_with_the_gap_and_nobody_in_it(
    client: Client, parking: list[int]
) -> None:
    await sign_in(client, ENGINEER)
    text = await page(client, f"{DRAFT}?gap={parking[0]}")
    assert "有停車位嗎，我是王小明\n有停車位嗎</textarea>" in text
    assert "陳怡君" not in text
    assert "個人資料已經換成假的" in text


async def test_what_was_typed_is_shown_as_the_chat_and_the_page_would(client: Client) -> None:
    await sign_in(client, ENGINEER)
    odd = in_words(COMPLETE, "en", answer="<b>x</b> {number} [a](article:order-lead-time)")
    text = await post(client, DRAFT, fields(odd, step="preview"), status=200)
    assert "先打 0800" in part(text, "bubble")
    assert "<li>打 <strong>0800" in text
    assert "&lt;b&gt;x&lt;/b&gt; {number}" in text
    assert 'href="/help/order-lead-time"' in text
    assert "{number} 沒有東西可以填" in part(text, "faults")
    assert 'aria-describedby="f-answer.en-hint f-answer.en-error" aria-invalid="true"' in text


async def test_saving_writes_the_file_and_it_opens_again(client: Client, hotline: Hotline) -> None:
    await sign_in(client, ENGINEER)
    text = await post(client, DRAFT, fields(COMPLETE, step="save"))
    assert "knowledge/drafts/visitor-parking.md" in part(text, "notice")
    assert drafts.fields_of(drafts.opened(hotline, COMPLETE.id)) == COMPLETE
    assert f'href="{DRAFT}?id=visitor-parking"' in part(text, "draft")
    form = await page(client, f"{DRAFT}?id=visitor-parking")
    [seen] = [line.split('"')[5] for line in form.splitlines() if 'name="seen"' in line]
    changed = in_words(COMPLETE, "en", title="Places to park")
    await post(client, DRAFT, fields(changed, step="save", seen=seen))
    assert drafts.fields_of(drafts.opened(hotline, COMPLETE.id)) == changed


async def test_another_draft_of_the_id_is_only_replaced_on_purpose(
    client: Client, hotline: Hotline, lead: Staff
) -> None:
    await drafts.save(hotline, lead, COMPLETE)
    await sign_in(client, ENGINEER)
    mine = in_words(COMPLETE, "en", title="Mine")
    text = await post(client, DRAFT, fields(mine, step="save"), status=409)
    assert "已經有叫 visitor-parking 的草稿" in part(text, "exists")
    assert 'value="Mine"' in text
    assert drafts.fields_of(drafts.opened(hotline, COMPLETE.id)) == COMPLETE
    [step] = all_of(text, "overwrite", "value")
    await post(client, DRAFT, fields(mine, step=step))
    assert drafts.fields_of(drafts.opened(hotline, COMPLETE.id)) == mine


async def test_faults_are_told_at_their_fields_in_words(client: Client, hotline: Hotline) -> None:
    await sign_in(client, ENGINEER)
    text = await post(client, DRAFT, {"step": "save", "owner": "admin"}, status=400)
    told = part(text, "faults")
    for key in ("id", "topic", "source", "valid_from", "title.zh-TW", "label.en", "answer.en"):
        assert f'href="#f-{key}"' in told
        assert f'id="f-{key}-error"' in text
    taken = {**fields(COMPLETE), "id": ARTICLE, "step": "save"}
    assert "已經有文章用這個代號" in await post(client, DRAFT, taken, status=400)
    assert not file_of(hotline).parent.exists()


async def test_a_folder_that_cannot_be_written_is_told_and_nothing_typed_is_lost(
    client: Client, hotline: Hotline
) -> None:
    file_of(hotline).parent.write_text("no folder", encoding="utf-8")
    await sign_in(client, ENGINEER)
    text = await post(client, DRAFT, fields(COMPLETE, step="save"), status=503)
    assert "knowledge/drafts 不能寫入" in text
    assert 'value="Parking"' in text


async def test_an_article_is_written_from_a_solved_ticket_and_from_no_other(
    client: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await sign_in(client, ENGINEER)
    opened = await brought_to(hotline, contact, engineer, "open")
    text = await page(client, f"/console/tickets/{opened.number}")
    assert all_of(text, "write-article", "href") == []
    await page(client, f"{DRAFT}?ticket={opened.number}", 409)
    for state in ("resolved", "closed"):
        ticket = await brought_to(hotline, contact, engineer, state, key=state)
        ticket_page = await page(client, f"/console/tickets/{ticket.number}")
        [url] = all_of(ticket_page, "write-article", "href")
        text = await page(client, url)
        assert "換電源</textarea>" in text
        assert '<option value="technical" selected>' in text


async def test_what_has_expired_is_told_to_all_and_counted_for_its_queue(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline
) -> None:
    expire(settings, "2026-11-30")
    broken = settings.knowledge_dir / "orders/broken.md"
    broken.write_text("---\nid: broken\n", encoding="utf-8")
    client = await open_desk(settings)
    await sign_in(client, LEAD)  # of all queues
    text = await page(client, f"{URL}?tab=tasks")
    expired = part(text, "expired")
    for words in ("行政 （我的）", "有效到 2026-11-30", f"knowledge/{FILE}"):
        assert words in expired
    assert "knowledge/orders/broken.md:1" in part(text, "fault")
    assert "檔案開頭要有兩行 ---" in part(text, "fault")
    assert "我的佇列有 1 篇文章過期了" in part(await page(client, URL), "mine-expired")
    count = '<span id="count-knowledge" data-live class="count"><span aria-hidden="true">1</span>'
    assert count in await page(client, "/console")
    await sign_in(client, ENGINEER)  # of technical support alone
    text = await page(client, f"{URL}?tab=tasks")
    assert "有效到 2026-11-30" in text
    assert "（我的）" not in text
    assert 'id="count-knowledge" data-live class="count"></span>' in text


@pytest.mark.parametrize("role", sorted(HANDLERS))
async def test_all_who_handle_tickets_are_authors(
    client: Client, hotline: Hotline, role: str
) -> None:
    email = f"{role}@hotline.example"
    await add_staff(
        hotline.database,
        email=email,
        name="甲",
        name_en="A",
        role=role,
        queues=(),
        password=PASSWORD,
    )
    await sign_in(client, email)
    assert 'data-test="save"' in await page(client, DRAFT)
    await post(client, DRAFT, fields(COMPLETE, step="save"))
    assert file_of(hotline).exists()


@pytest.mark.browser
@LOOKS
async def test_a_gap_becomes_a_draft_on_disk(
    browser: Browser,
    client: Client,
    hotline: Hotline,
    settings: Settings,
    parking: list[int],
    width: int,
    scheme: Any,
    locale: str,
) -> None:
    await asked(hotline, "鴨嘴獸" * 60)
    expire(settings, "2026-11-30")
    wishes: dict[str, Any] = {"color_scheme": scheme, "locale": locale}
    open_page = await signed_in(browser, client, LEAD, URL, width, **wishes)
    await check(open_page)
    await open_page.click("[data-test=tab-tasks]")
    await expect(open_page.locator("[data-test=expired]")).to_be_visible()
    await check(open_page)
    await open_page.click("[data-test=tab-drafts]")
    await expect(open_page.locator("[data-test=nothing]")).to_be_visible()
    await open_page.click("[data-test=tab-gaps]")
    await open_page.click("[data-test=write] >> nth=0")
    await expect(open_page.locator("[data-test=draft-form]")).to_be_visible()
    await open_page.click("[data-test=save]")
    await expect(open_page.locator("[data-test=faults]")).to_be_visible()
    await check(open_page)
    for name, value in fields(COMPLETE).items():
        field = open_page.locator(f"[name='{name}']")
        if name in ("owner", "audience"):
            await field.select_option(value)
        elif name != "questions.zh-TW":
            await field.fill(value)
    await open_page.click("[data-test=try]")
    await expect(open_page.locator("[data-test=bubble]")).to_have_count(2)
    await check(open_page)
    await open_page.click("[data-test=save]")
    await expect(open_page.locator("[data-test=draft]")).to_have_count(1)
    await check(open_page)
    written = drafts.fields_of(drafts.opened(hotline, COMPLETE.id))
    assert written == in_words(
        COMPLETE, "zh-TW", questions=("有停車位嗎，我是王小明", "有停車位嗎")
    )
    await open_page.click("[data-test=tab-gaps]")
    await open_page.click("[data-test=answered] >> nth=0")
    await expect(open_page.locator("[data-test=gap]")).to_have_count(1)
    assert [it.text for gap in await gaps_of(hotline) for it in gap.questions] == ["鴨嘴獸" * 60]

"""The rota at the console: read by all staff, changed by leads with forms that need no script."""

import os
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Error, Page, async_playwright, expect
from sqlalchemy import delete

from hotline.core import Hotline
from hotline.rota import service as rota
from hotline.rota.rows import DutyRow
from hotline.rota.service import Duty
from hotline.rota.watching import tell_holes
from hotline.staff.service import Staff
from tests.conftest import ENGINEER, LEAD
from tests.core.desk_work import journal
from tests.desk.console_work import sign_in
from tests.desk.people import PASSWORD, Client, page

URL = "/console/rota"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(autouse=True)
async def nobody_on_call(hotline: Hotline) -> None:
    """Without the demonstration's own turns."""
    async with hotline.database.write() as session:
        await session.execute(delete(DutyRow))


@pytest.fixture
async def console(client: Client) -> Client:
    """The browser of the lead, signed in."""
    await sign_in(client, LEAD)
    return client


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+08:00")


async def turns_of(hotline: Hotline) -> list[Duty]:
    async with hotline.database.read() as session:
        return await rota.upcoming(session, local("01-01T00:00"), 400)


async def two_turns(hotline: Hotline, lead: Staff) -> tuple[Duty, Duty]:
    """The engineer until tomorrow at nine, the lead in his stead for a night after that."""
    running = await rota.add(hotline, lead, ENGINEER, None, local("12-02T09:00"))
    coming = await rota.add(hotline, lead, ENGINEER, local("12-02T17:00"), local("12-03T09:00"))
    return running, await rota.swap(hotline, lead, coming.id, LEAD, coming.version)


def plain(html: str) -> str:
    """The words of a page, with one space between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def part(html: str, name: str) -> str:
    """The words of the part with this `data-test`."""
    found = re.search(rf'data-test="{name}">(.*?)</(?:section|form)>', html, re.S)
    assert found, name
    return plain(found[1])


async def post(client: Client, act: str, **form: str) -> Any:
    return await client.post(f"{URL}/{act}", data=form, allow_redirects=False)


async def test_everybody_on_staff_reads_it_and_only_a_lead_has_forms(
    client: Client, hotline: Hotline, lead: Staff
) -> None:
    await two_turns(hotline, lead)
    await sign_in(client)
    read = await page(client, f"{URL}?lang=zh-TW")
    assert "王志豪" in part(read, "on-call")
    assert "排班和換班請找主管" in read
    assert f'action="{URL}/' not in read
    assert "調整" not in plain(read)
    await sign_in(client, LEAD)
    edited = await page(client, f"{URL}?lang=zh-TW")
    forms = set(re.findall(rf'action="{URL}/(\w+)"', edited))
    assert forms == {"add", "swap", "remove"}


async def test_it_shows_now_the_weeks_the_stand_ins_and_the_holes(
    console: Client, hotline: Hotline, lead: Staff
) -> None:
    await two_turns(hotline, lead)
    text = await page(console, f"{URL}?lang=zh-TW")
    assert "第一位 王志豪 到 12/2（三）9:00" in part(text, "on-call")
    words = plain(text)
    assert "這週 12/1（二）–12/6（日）" in words
    assert "下週 12/7（一）–12/13（日）" in words
    assert "張文彬 （代 王志豪） 第一位" in words
    assert "沒有人值班 12/2（三）9:00 – 12/2（三）17:00" in words
    assert "12/2（三）9:00 到 12/2（三）17:00 沒有人值班" in words
    assert "12/3（四）9:00 起沒有人值班" in words
    assert len(re.findall('class="week"', text)) == 5  # four weeks from a Tuesday on
    english = plain(await page(console, f"{URL}?lang=en"))
    assert "Wenbin Zhang (for Zhihao Wang)" in english
    assert "Nobody is on call from Wed 2 Dec 9:00 to Wed 2 Dec 17:00" in english


async def test_a_turn_over_several_weeks_stands_in_each(
    console: Client, hotline: Hotline, lead: Staff
) -> None:
    await rota.add(hotline, lead, ENGINEER, None, local("12-16T09:00"))
    text = await page(console, f"{URL}?lang=zh-TW")
    weeks = re.findall(r'<section class="week".*?</section>', text, re.S)
    assert [week.count('data-test="turn"') for week in weeks] == [1, 1, 1, 0, 0]
    assert [week.count('data-test="hole"') for week in weeks] == [0, 0, 1, 1, 1]
    assert ["接上週" in week for week in weeks] == [False, True, True, False, False]


async def test_nobody_on_call_is_said_first(console: Client) -> None:
    text = await page(console, f"{URL}?lang=zh-TW")
    assert "現在沒有人值班" in part(text, "on-call")
    assert 'data-test="swap"' not in text
    # The first hole is what a new turn is proposed for: from now on, for a week.
    assert 'name="from" type="datetime-local" value=""' in text
    assert 'name="to" type="datetime-local" value="2026-12-08T10:15"' in text


async def test_a_turn_is_added_swapped_in_part_and_removed_by_forms(
    console: Client, hotline: Hotline, lead: Staff, engineer: Staff
) -> None:
    form = {"staff": ENGINEER, "from": "2026-12-02T17:00", "to": "2026-12-03T09:00", "place": "1"}
    answer = await post(console, "add", **form)
    assert (answer.status, answer.headers["Location"]) == (303, URL)
    [turn] = await turns_of(hotline)
    assert (turn.staff, turn.begins_at) == (engineer, local("12-02T17:00"))

    chosen = f"{turn.id}.{turn.version}"
    text = await page(console, f"{URL}?turn={chosen}")
    assert text.count(f'<option value="{chosen}" selected>') == 2
    answer = await post(console, "swap", turn=chosen, other=LEAD, to="2026-12-03T00:00")
    assert answer.status == 303
    first, second = await turns_of(hotline)
    assert (first.staff, first.instead_of, second.staff) == (lead, engineer, engineer)

    answer = await post(console, "remove", turn=f"{second.id}.{second.version}")
    assert answer.status == 303
    assert await turns_of(hotline) == [first]
    history = part(await page(console, f"{URL}?lang=zh-TW"), "history")
    said = [
        "張文彬 移除 王志豪 的班，第一位，12/3（四）0:00–12/3（四）9:00",
        "張文彬 把 王志豪 的班換給 張文彬，第一位，12/2（三）17:00–12/3（四）0:00",
        "張文彬 排了 王志豪，第一位，12/2（三）17:00–12/3（四）9:00",
    ]
    assert [history.find(words) >= 0 for words in said] == [True, True, True]
    assert history.find(said[0]) < history.find(said[1]) < history.find(said[2])
    assert "今天 10:15" in history


async def test_the_history_tells_of_holes_and_of_the_command_line(
    console: Client, hotline: Hotline, lead: Staff
) -> None:
    await rota.add(hotline, None, ENGINEER, None, local("12-02T09:00"))
    async with hotline.database.write() as session:
        await tell_holes(session, hotline)
    history = part(await page(console, f"{URL}?lang=zh-TW"), "history")
    assert "提醒：12/2（三）9:00 起沒有人值班" in history
    assert "指令列 排了 王志豪" in history


@pytest.mark.parametrize(
    ("act", "form", "field", "why"),
    [
        ("add", {"staff": LEAD, "from": "2026-12-02T18:00", "to": "2026-12-02T20:00"}, "from",
         "張文彬 已經排在 12/2（三）17:00–12/3（四）9:00"),
        ("add", {"staff": "", "to": "2026-12-05T20:00", "place": "2"}, "staff", "請選一位同事"),
        ("add", {"staff": LEAD, "to": ""}, "to", "請填日期和時間"),
        ("add", {"staff": LEAD, "to": "soon"}, "to", "請填日期和時間"),
        ("add", {"staff": LEAD, "from": "0001-01-01T00:00", "to": "2026-12-05T20:00"}, "from",
         "請填日期和時間"),
        ("add", {"staff": LEAD, "to": "2026-11-01T20:00"}, "to", "結束要在開始之後"),
        ("add", {"staff": LEAD, "from": "2026-11-30T20:00", "to": "2026-12-05T20:00"}, "from",
         "這段時間已經過了"),
        ("add", {"staff": LEAD, "to": "2027-12-05T20:00"}, "to", "一班最長 31 天"),
        ("add", {"staff": LEAD, "to": "2026-12-05T20:00", "place": "3"}, "place", "請選第一位"),
        ("swap", {"turn": "", "other": LEAD}, "turn", "請選一班"),
        ("swap", {"turn": "4711.1", "other": LEAD}, "turn", "請選一班"),
        ("swap", {"turn": "coming", "other": LEAD}, "other", "本來就是這位同事的"),
        ("swap", {"turn": "coming", "other": "x@hotline.example"}, "other", "請選一位同事"),
        ("swap", {"turn": "coming", "other": ENGINEER, "to": "2026-12-09T00:00"}, "from",
         "要換的時間不在這一班裡"),
        ("swap", {"turn": "stale", "other": ENGINEER}, "turn", "剛剛有人改過"),
        ("remove", {"turn": "stale"}, "turn", "剛剛有人改過"),
        ("remove", {"turn": "x"}, "turn", "請選一班"),
    ],
)  # fmt: skip
async def test_a_refused_form_comes_back_with_the_reason_at_its_field(
    console: Client,
    hotline: Hotline,
    lead: Staff,
    act: str,
    form: dict[str, str],
    field: str,
    why: str,
) -> None:
    running, coming = await two_turns(hotline, lead)
    before, noted = await turns_of(hotline), await journal(hotline)
    turns = {
        "coming": f"{coming.id}.{coming.version}",
        "stale": f"{coming.id}.{running.version}",
    }
    sent = {"place": "1", **form, "turn": turns.get(form.get("turn", ""), form.get("turn", ""))}
    answer = await console.post(f"{URL}/{act}?lang=zh-TW", data=sent, allow_redirects=False)
    text = await answer.text()
    assert answer.status in (400, 404, 409)
    at_field = re.search(rf'id="{act}-{field}"[^>]*aria-invalid="true"', text)
    assert at_field, plain(text)[:3000]
    told = re.search(rf'id="{act}-error".*?</p>', text, re.S)
    assert told
    assert why in told[0]
    if "from" in form:
        assert f'value="{form["from"]}"' in text
    assert (await turns_of(hotline), await journal(hotline)) == (before, noted)


async def test_what_another_lead_removed_meanwhile_is_said(
    console: Client, hotline: Hotline, lead: Staff
) -> None:
    running, coming = await two_turns(hotline, lead)
    await rota.remove(hotline, lead, coming.id)
    answer = await post(console, "swap", turn=f"{coming.id}.{coming.version}", other=ENGINEER)
    assert answer.status == 404
    assert "那一班已經不在了" in await answer.text()
    [left] = await turns_of(hotline)
    assert left.id == running.id


async def test_a_form_of_somebody_who_is_no_lead_or_nobody_changes_nothing(
    client: Client, hotline: Hotline, lead: Staff
) -> None:
    _running, coming = await two_turns(hotline, lead)
    turns = await turns_of(hotline)
    form = {"turn": f"{coming.id}.{coming.version}", "other": ENGINEER, "staff": ENGINEER}
    acts = ("add", "swap", "remove")
    answers = [await post(client, act, **form) for act in acts]
    ways = [answer.headers["Location"].partition("?")[0] for answer in answers]
    assert ways == ["/console/sign-in"] * 3
    await sign_in(client)
    assert [(await post(client, act, **form)).status for act in acts] == [403] * 3
    assert await turns_of(hotline) == turns


async def test_a_forms_own_address_leads_to_the_rota(client: Client) -> None:
    for act in ("add", "swap", "remove"):
        answer = await client.get(f"{URL}/{act}", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, URL)
    assert (await client.get(f"{URL}/else")).status == 404


async def test_every_page_of_the_console_leads_to_the_rota(console: Client) -> None:
    for url in ("/console", "/console/conversations", URL):
        text = await page(console, url)
        link = re.search(rf'<a class="nav__link" href="{URL}"[^>]*>', text)
        assert link
        assert ('aria-current="page"' in link[0]) == (url == URL)


@pytest.mark.browser
async def test_the_rota_can_be_read_and_used_at_every_width_and_in_both_themes(
    client: Client, hotline: Hotline, lead: Staff
) -> None:
    await two_turns(hotline, lead)
    await rota.add(hotline, lead, LEAD, None, local("12-20T09:00"), 2)
    root = str(client.make_url(""))
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=os.environ["TEST_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        faults = list[Error]()

        def note(fault: Error) -> None:  # a list's own method is none that it takes
            faults.append(fault)

        for width, scheme, locale in (
            (360, "light", "zh-TW"), (360, "dark", "en"),
            (1440, "light", "en"), (1440, "dark", "zh-TW"),
        ):  # fmt: skip
            context = await chromium.new_context(
                base_url=root, viewport={"width": width, "height": 800}, locale=locale,
                color_scheme=scheme, bypass_csp=True, reduced_motion="reduce",  # type: ignore[arg-type]  # a literal
            )  # fmt: skip
            shown = await context.new_page()
            shown.on("pageerror", note)
            await shown.goto(f"/console/sign-in?next={URL}")
            await shown.fill("[name=email]", LEAD)
            await shown.fill("[name=password]", PASSWORD)
            await shown.press("[name=password]", "Enter")
            await expect(shown.locator("[data-test=weeks]")).to_be_visible()
            await _check(shown, f"{width}-{scheme}-{locale}")
            await shown.locator(".turn__change").first.click()
            await expect(shown.locator("#swap-turn option:checked")).not_to_have_text("")
            await shown.select_option("#swap-other", ENGINEER)
            await shown.click("[data-test=swap] button[type=submit]")
            await expect(shown.locator("#swap-error")).to_be_visible()
            await _check(shown, f"{width}-{scheme}-{locale}-refused")
            assert faults == []
            await context.close()
        await chromium.close()


async def _check(shown: Page, name: str) -> None:
    if folder := os.environ.get("TEST_PICTURES"):
        await shown.screenshot(path=f"{folder}/rota-{name}.png", full_page=True)
    # At the foot of a phone's page something is always half behind what stays there.
    await shown.add_style_tag(content=".nav { position: static !important }")
    found = await Axe().run(shown, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    sideways = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await shown.evaluate(sideways), name

"""The page of the hotline's hours: every change is shown first, then done, and known at once."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from hotline.calendar import plan as plans
from hotline.calendar.days import HOLIDAY, SPECIAL_OPENING, Hours
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan
from hotline.calendar.service import change
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.versions import CALENDAR, Version, history
from tests.conftest import ENGINEER, LEAD
from tests.core.desk_work import journal, opened
from tests.desk.people import PASSWORD, Chat, Client

HOURS = "/console/hours"
TODAY = date(2026, 12, 1)  # a Tuesday, 10:15
TYPHOON = {"name_zh": "颱風停班", "name_en": "Typhoon"}
WEEK = {f"d{number}": "09:00-17:00" for number in range(5)} | {"d5": "", "d6": ""}
NEXT_YEAR_OFF = [
    "2027-01-01", "2027-02-04", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08",
]  # fmt: skip

# Each form with what it wants, the code of the change, and words of the sentence for partners.
FORMS: dict[str, tuple[dict[str, str], str, str]] = {
    "sudden": ({"until": "", **TYPHOON}, "closed_now", "專線現在臨時休息：颱風停班。"),
    "closed": (
        {"day": "2026-12-24", "hours": "13-17", "name_zh": "盤點", "name_en": "Stocktaking"},
        "closed",
        "Closed on Thu 24 Dec, 13–17: Stocktaking.",
    ),
    "open": (
        {"day": "2026/12/19", "hours": "", "name_zh": "季末加開", "name_en": "Quarter end"},
        "opened",
        "12/19（週六）加開：季末加開。",
    ),
    "week": (WEEK | {"d0": "9–12、13:30~18"}, "hours", "週一 09:00-12:00、13:30-18:00"),
    "year": (
        {"year": "2027", "make_up": "2027-02-20"}
        | dict.fromkeys((f"off-{day}" for day in NEXT_YEAR_OFF), "on"),
        "year",
        "2027 年國定假日與補假休息 6 天，補行上班日 1 天照常服務。",
    ),
}


async def sign_in(client: Client, email: str) -> Client:
    answer = await client.post(
        "/console/sign-in", data={"email": email, "password": PASSWORD}, allow_redirects=False
    )
    assert answer.status == 303
    return client


@pytest.fixture
async def console(client: Client) -> Client:
    """The browser of the lead, signed in."""
    return await sign_in(client, LEAD)


@pytest.fixture
async def readers(client: Client) -> Client:
    """The browser of the engineer, who may not change the hours."""
    return await sign_in(client, ENGINEER)


async def page(client: Client, query: str = "", status: int = 200) -> str:
    answer = await client.get(f"{HOURS}{query}")
    assert (answer.status, answer.content_type) == (status, "text/html"), query
    return await answer.text()


async def send(
    client: Client, form: str, fields: Mapping[str, str], status: int, **more: str
) -> str:
    answer = await client.post(
        f"{HOURS}/{form}", data={"after": "0", **fields, **more}, allow_redirects=False
    )
    text = await answer.text()
    assert answer.status == status, text
    return answer.headers.get("Location", "") if status == 303 else text


async def versions_of(hotline: Hotline) -> list[Version]:
    async with hotline.database.read() as session:
        return await history(session, CALENDAR)


async def plan_of(hotline: Hotline) -> Plan:
    async with hotline.database.read() as session:
        await hotline.calendars.refresh(session)
    return hotline.calendars.plan


async def declared(hotline: Hotline, *exceptions: Exceptional, actor: str = "system") -> int:
    """Written by somebody else, in another process than the desk."""

    def changed(plan: Plan) -> Plan:
        for new in exceptions:
            plan = plans.with_exception(plan, new, TODAY, 10 * 60)
        return plan

    return await change(
        hotline.database, hotline.calendars, hotline.now(), actor, "closed", changed
    )


def fields_of(text: str) -> dict[str, str]:
    """The hidden fields of the preview, as its form sends them again."""
    [form] = re.findall(r'<form class="preview__acts".*?</form>', text, re.S)
    found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return dict(found)


def fault_of(text: str) -> tuple[str, str]:
    """The id of the field that is told to be wrong, and the words."""
    [(name, words)] = re.findall(
        r'class="refusal" id="([\w-]+)-error" role="alert" data-error >.*?data-error-text>([^<]*)<',
        text,
        re.S,
    )
    return name, words


def day_of(text: str, day: str) -> str:
    """What the list of days that differ has of one."""
    [found] = re.findall(rf'data-test="listed-day" data-day="{day}">(.*?)</li>', text, re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", found).split())


@pytest.mark.parametrize("language", ["zh-TW", "en"])
async def test_every_view_of_the_calendar_shows(console: Client, language: str) -> None:
    for query in ("", "?year=2027", "?year=2026&month=12", "?year=2025", "?month=2", "?year=1900",
                  "?year=x&month=13", "?year=²&month=²", "?fragment=now", "?saved=x"):  # fmt: skip
        joined = "&" if "?" in query else "?"
        text = await page(console, f"{query}{joined}lang={language}")
        if "fragment" not in query:
            assert f'<html lang="{language}"' in text, query
            assert ("服務時間" in text) == (language == "zh-TW"), query


async def test_a_year_has_each_of_its_days_once_and_today_is_marked(console: Client) -> None:
    text = await page(console)
    days = re.findall(r'<td class="day[^>]*>\s*<time datetime="([^"]*)"', text)
    assert days == [date.fromordinal(date(2026, 1, 1).toordinal() + n).isoformat()
                    for n in range(365)]  # fmt: skip
    [today] = re.findall(r'<td class="day[^"]*day--today[^"]*" aria-current="date">.*?</td>', text,
                         re.S)  # fmt: skip
    assert "2026-12-01" in today
    assert "現在開放中，今天 17:00 關閉" in text
    assert "2026 年假日依建議，還沒確認" in text


async def test_the_way_leads_from_month_to_month_and_ends_where_nobody_knows_the_holidays(
    console: Client,
) -> None:
    text = await page(console, "?year=2026&month=12")
    assert f'href="{HOURS}?year=2026&amp;month=11" rel="prev"' in text
    assert f'href="{HOURS}?year=2027&amp;month=1" rel="next"' in text
    assert 'rel="next"' not in await page(console, "?year=2029")
    assert 'rel="prev"' not in await page(console, "?year=2025")


async def test_each_kind_of_day_has_a_shape_and_words(console: Client, hotline: Hotline) -> None:
    await declared(
        hotline,
        Exceptional(CLOSED, date(2026, 12, 24), "盤點", "Stocktaking"),
        Exceptional(OPEN, date(2026, 12, 19), "季末加開", "Quarter end", (Hours(540, 720),)),
        Exceptional(SUDDEN, TODAY, "颱風停班", "Typhoon", (Hours(720, 1440),)),
    )
    text = await page(console, "?year=2026&month=12")
    for day, mark, words in (
        ("2026-12-01", "alert", "颱風停班 臨時關閉 12–24"),
        ("2026-12-19", "plus", "季末加開 加開 9–12"),
        ("2026-12-24", "close", "盤點 關閉"),
        ("2026-12-25", "dot", "行憲紀念日 國定假日"),
    ):
        assert words in day_of(text, day)
        [line] = re.findall(rf'data-test="listed-day" data-day="{day}">.*?</svg>', text, re.S)
        assert f"#i-{mark}" in line, day


@pytest.mark.both
@pytest.mark.parametrize("form", FORMS)
async def test_a_form_shows_what_it_would_do_and_then_does_it(
    console: Client, hotline: Hotline, lead: Staff, form: str
) -> None:
    fields, code, sentence = FORMS[form]
    known = await plan_of(hotline)
    text = await send(console, form, fields, 200)
    assert sentence in text
    assert "沒有工單的期限會改" in text
    assert await versions_of(hotline) == []  # it has only been shown
    assert fields_of(text) == {"after": "0", **fields}
    there = await send(console, form, fields_of(text), 303, step="save")
    assert there.endswith("saved=1")
    [version] = await versions_of(hotline)
    assert (version.actor, version.change) == (f"staff:{lead.id}", code)
    [entry] = await journal(hotline, "calendar.changed")
    assert entry.detail == {"version": 1, "change": code}
    assert await plan_of(hotline) != known
    assert 'data-test="saved"' in await page(console, there.removeprefix(HOURS))


async def test_what_is_saved_is_what_was_meant(console: Client, hotline: Hotline) -> None:
    for number, (form, (fields, _code, _sentence)) in enumerate(FORMS.items()):
        await send(console, form, fields | {"after": str(number)}, 303, step="save")
    plan = await plan_of(hotline)
    assert plan.exceptions == (
        Exceptional(SUDDEN, TODAY, "颱風停班", "Typhoon", (Hours(615, 1440),)),
        Exceptional(OPEN, date(2026, 12, 19), "季末加開", "Quarter end"),
        Exceptional(CLOSED, date(2026, 12, 24), "盤點", "Stocktaking", (Hours(780, 1020),)),
    )
    assert plan.hours.days[0] == (Hours(540, 720), Hours(810, 1080))
    off = [day.date.isoformat() for day in plan.years[2027] if day.why == HOLIDAY]
    worked = [day.date.isoformat() for day in plan.years[2027] if day.why == SPECIAL_OPENING]
    assert (off, worked) == (NEXT_YEAR_OFF, ["2027-02-20"])
    assert all(day.name_zh and day.name_en for day in plan.years[2027] if day.why == HOLIDAY)


@pytest.mark.parametrize(
    ("form", "changes", "field", "words"),
    [
        ("week", {"d1": "22:00-02:00"}, "week-d1", "不能跨過午夜"),
        ("week", {"d2": "09:00-09:00"}, "week-d2", "不能跨過午夜"),
        ("week", {"d4": "09:00-12:00, 11:00-17:00"}, "week-d4", "時段重疊了"),
        ("week", {"d4": "早上"}, "week-d4", "時段請寫成"),
        ("week", {"d4": "25:00-26:00"}, "week-d4", "時段請寫成"),
        ("week", dict.fromkeys(WEEK, ""), "week", "一週至少要開放一天"),
        ("week", {}, "week", "跟現在的一樣"),
        ("year", {"make_up": "2027-02-20 2027-02-20"}, "year-make_up", "不能重複"),
        ("year", {"make_up": "2027-01-01"}, "year-make_up", "不能重複"),
        ("year", {"make_up": "2026-12-19"}, "year-make_up", "要在這一年裡"),
        ("year", {"make_up": "2027-02-30"}, "year-make_up", "日期請寫成"),
        ("year", {"year": "2026", "make_up": "2026-11-28"}, "year-make_up", "已經過去了"),
        ("year", {"year": "2031"}, "year", "要在這一年裡"),
        ("closed", {"day": "2026-11-30"}, "closed-day", "已經過去了"),
        ("closed", {"day": "2026-12-01", "hours": "09:00-10:00"}, "closed-hours", "已經過去了"),
        ("closed", {"day": ""}, "closed-day", "日期請寫成"),
        ("closed", {"day": "2032-01-01"}, "closed-day", "太久以後了"),
        ("closed", {"hours": "17:00-13:00"}, "closed-hours", "不能跨過午夜"),
        ("closed", {"hours": "9-12 11-13"}, "closed-hours", "時段重疊了"),
        ("closed", {"name_zh": " "}, "closed-name_zh", "請寫原因"),
        ("closed", {"name_en": ""}, "closed-name_en", "請寫原因"),
        ("closed", {"name_en": "x" * 61}, "closed-name_en", "60 個字以內"),
        ("open", {"name_zh": ""}, "open-name_zh", "請寫原因"),
        ("sudden", {"until": "10:15"}, "sudden-until", "已經過去了"),
        ("sudden", {"until": "晚上"}, "sudden-until", "時間請寫成"),
        ("sudden", {"name_en": ""}, "sudden-name_en", "請寫原因"),
    ],
)
async def test_a_refused_form_says_why_at_its_field_and_keeps_what_was_typed(
    console: Client,
    hotline: Hotline,
    form: str,
    changes: dict[str, str],
    field: str,
    words: str,
) -> None:
    fields = (WEEK if form == "week" else FORMS[form][0]) | changes
    for step in ("", "save"):
        text = await send(console, form, fields, 400, step=step)
        name, told = fault_of(text)
        assert (name, words in told) == (field, True), told
        for typed in changes.values():
            assert f'value="{typed}"' in text or field in ("year", "week")
    assert await versions_of(hotline) == []


async def test_a_day_that_is_declared_twice_is_refused(console: Client, hotline: Hotline) -> None:
    await declared(hotline, Exceptional(CLOSED, date(2026, 12, 24), "盤點", "Stocktaking"))
    text = await send(console, "closed", FORMS["closed"][0] | {"after": "1"}, 400)
    assert fault_of(text) == ("closed-day", "這一天已經有了，不能重複。")


@pytest.mark.parametrize("step", ["", "save"])
async def test_two_changes_that_meet_are_both_named_and_the_second_is_kept_for_its_writer(
    console: Client, hotline: Hotline, engineer: Staff, step: str
) -> None:
    stocktaking = Exceptional(CLOSED, date(2026, 12, 24), "盤點", "Stocktaking")
    await declared(hotline, stocktaking, actor=f"staff:{engineer.id}")
    text = await send(console, "week", WEEK | {"d5": "09:00-12:00"}, 409, step=step)
    [told] = re.findall(r'data-test="conflict">(.*?)</div>\s*</div>', text, re.S)
    assert f"{engineer.name}：關閉：12/24（四） 盤點" in told
    assert "您的：每週的時間：週一到週五 09:00-17:00、週六 09:00-12:00" in told
    assert 'value="09:00-12:00"' in text
    assert len(await versions_of(hotline)) == 1
    # Sent again from this page, it is saved, and what the other did is still there.
    await send(console, "week", WEEK | {"d5": "09:00-12:00", "after": "1"}, 303, step="save")
    assert (await plan_of(hotline)).exceptions == (stocktaking,)


@pytest.mark.parametrize("after", ["", "x", "²", "-1", "9" * 40])
async def test_a_version_that_is_none_saves_nothing(
    console: Client, hotline: Hotline, after: str
) -> None:
    await send(console, "sudden", {"until": "", "after": after, **TYPHOON}, 409, step="save")
    assert await versions_of(hotline) == []


async def test_going_back_from_a_preview_keeps_what_was_typed(
    console: Client, hotline: Hotline
) -> None:
    fields = FORMS["closed"][0]
    text = await send(console, "closed", fields, 200, step="edit")
    assert 'data-test="preview"' not in text
    assert all(f'value="{typed}"' in text for typed in fields.values())
    assert re.search(
        r'<details class="declare" name="declare" open data-test="declare-closed"', text
    )


@pytest.mark.both
async def test_a_preview_counts_the_tickets_whose_promise_moves_and_shows_the_most_urgent(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    tickets = [await opened(hotline, contact, key=f"k{n}") for n in range(22)]
    visitors = await opened(hotline, None, key="visitor", severity=1)
    text = await send(console, "sudden", {"until": "", **TYPHOON}, 200)
    assert "23 張未結工單的期限會改" in text
    assert text.count('class="moved__ticket"') == 20
    assert "還有 3 張" in text
    [first, second, *_] = re.findall(r'class="moved__ticket">(.*?)</li>', text, re.S)
    assert visitors.number in first
    assert "身分未驗證" in first
    assert tickets[0].number in second
    assert "禾光資訊" in second
    before, after = re.findall(r"<(?:s|b)>([^<]*)</(?:s|b)>", second)
    assert (before, after) == ("今天 14:15", "12/2（三）13:00")


async def test_partners_know_a_sudden_closure_and_its_end_without_a_restart(
    console: Client, hotline: Hotline
) -> None:
    partner = await Chat.begin(console)
    assert (await state_of(partner))["open"] is True
    await send(console, "sudden", {"until": "", **TYPHOON}, 303, step="save")
    state = await state_of(partner)
    assert (state["open"], state["changes_words"]) == (False, "12/2（三）9:00")
    text = await page(console)
    assert "現在休息中（颱風停班），12/2（三）9:00 開始服務" in text
    await send(console, "undo", undo_of(text, "undo") | {"after": "1"}, 303, step="save")
    assert (await state_of(partner))["open"] is True


async def test_partners_read_other_weekly_hours_without_a_restart(console: Client) -> None:
    await send(console, "week", dict.fromkeys(WEEK, "10-16"), 303, step="save")
    text = await (await console.get("/")).text()
    assert "10:00–16:00" in text


async def test_a_closure_that_lasts_is_ended_now_or_undone_as_if_it_had_never_been(
    console: Client, hotline: Hotline
) -> None:
    typhoon = Exceptional(SUDDEN, TODAY, "颱風停班", "Typhoon", (Hours(540, 1440),))
    await declared(hotline, typhoon)
    text = await page(console)
    assert undo_of(text, "undo")["how"] == "undo"
    fields = undo_of(text, "reopen")
    shown = await send(console, "undo", fields, 200)
    assert "專線恢復服務，「颱風停班」結束。" in shown
    await send(console, "undo", fields_of(shown), 303, step="save")
    [shortened] = (await plan_of(hotline)).exceptions
    assert shortened.hours == (Hours(540, 615),)
    fields = undo_of(await page(console), "undo")
    shown = await send(console, "undo", fields, 200)
    assert "12/1（週二）照常服務，「颱風停班」取消。" in shown
    await send(console, "undo", fields_of(shown), 303, step="save")
    assert (await plan_of(hotline)).exceptions == ()
    assert [version.change for version in await versions_of(hotline)] == [
        "undone", "reopened", "closed",
    ]  # fmt: skip


async def test_what_is_gone_or_was_never_there_cannot_be_undone(
    console: Client, hotline: Hotline
) -> None:
    fields = {"how": "undo", "kind": CLOSED, "day": "2026-12-24", "hours": ""}
    text = await send(console, "undo", fields, 400)
    assert fault_of(text) == ("undo", "這個例外已經不在了。")
    yesterday = Exceptional(CLOSED, date(2026, 11, 30), "盤點", "Stocktaking")

    def long_ago(plan: Plan) -> Plan:
        return plans.with_exception(plan, yesterday, yesterday.day, 0)

    await change(hotline.database, hotline.calendars, hotline.now(), "system", "closed", long_ago)
    gone = fields | {"day": "2026-11-30", "after": "1"}
    assert fault_of(await send(console, "undo", gone, 400))[0] == "undo"
    assert 'value="undo"' not in await page(console)


async def test_a_year_that_is_confirmed_says_so_and_what_has_gone_of_this_one_stays(
    console: Client, hotline: Hotline
) -> None:
    text = await page(console, "?year=2027")
    assert "2027 年假日依建議，還沒確認" in text
    assert ">確認 2027 年</button>" in text
    ticked = re.findall(r'name="(off-2027-[^"]*)" checked', text)
    assert "off-2027-01-01" in ticked
    assert len(ticked) > 10
    fields = {"year": "2027", "make_up": "", **dict.fromkeys(ticked, "on")}
    await send(console, "year", fields, 303, step="save")
    again = await page(console, "?year=2027")
    assert "2027 年假日已確認" in again
    assert ">更改 2027 年</button>" in again
    # Of this year only Christmas is ahead: nobody can untick what has been.
    await send(console, "year", {"year": "2026", "make_up": "", "after": "1"}, 303, step="save")
    plan = await plan_of(hotline)
    off = [day.date for day in plan.years[2026]]
    assert (date(2026, 10, 10) in off, date(2026, 12, 25) in off) == (True, False)
    assert hotline.calendar.is_open_on(date(2026, 12, 25))


async def test_the_history_names_who_changed_what_and_the_command_line(
    console: Client, hotline: Hotline, lead: Staff
) -> None:
    assert "還沒有人改過" in await page(console)
    stocktaking = Exceptional(CLOSED, date(2026, 12, 24), "盤點", "Stocktaking")
    await declared(hotline, stocktaking)
    await declared(
        hotline, Exceptional(CLOSED, date(2026, 12, 30), "年末", "Year end"), actor="bot"
    )
    await send(console, "week", WEEK | {"d5": "9-12", "after": "2"}, 303, step="save")
    text = await page(console)
    lines = [
        " ".join(re.sub(r"<[^>]*>", " ", line).split())
        for line in re.findall(r'class="changes__one"[^>]*>(.*?)</li>', text, re.S)
    ]
    assert lines == [
        f"每週的時間：週一到週五 09:00-17:00、週六 09:00-12:00 {lead.name} 今天 10:15 第 3 版",
        "關閉：12/30（三） 年末 系統（指令列） 今天 10:15 第 2 版",
        "關閉：12/24（四） 盤點 系統（指令列） 今天 10:15 第 1 版",
    ]
    english = await page(console, "?lang=en")
    assert "Closed: Thu 24 Dec Stocktaking" in english


async def test_the_history_shows_the_newest_fifty(console: Client, hotline: Hotline) -> None:
    for n in range(52):
        await declared(
            hotline,
            Exceptional(
                CLOSED, date.fromordinal(date(2027, 3, 1).toordinal() + n), "盤點", "Count"
            ),
        )
    text = await page(console)
    numbers = re.findall(r'id="version-(\d+)"', text)
    assert (len(numbers), numbers[0], numbers[-1]) == (50, "52", "3")
    assert text.count("關閉：3/3（三） 盤點") == 1


async def test_whoever_is_no_lead_reads_the_page_and_changes_nothing(
    readers: Client, hotline: Hotline
) -> None:
    await declared(hotline, Exceptional(CLOSED, date(2026, 12, 24), "盤點", "Stocktaking"))
    text = await page(readers)
    assert "只有主管能改，您可以看。" in text
    assert "盤點" in text
    assert re.findall(rf'action="{HOURS}[^"]*"', text) == []
    for form, (fields, _code, _sentence) in FORMS.items():
        for step in ("", "save"):
            await send(readers, form, fields | {"after": "1"}, 403, step=step)
    undo = {"how": "undo", "kind": CLOSED, "day": "2026-12-24", "hours": "", "after": "1"}
    await send(readers, "undo", undo, 403, step="save")
    assert len(await versions_of(hotline)) == 1


async def test_a_form_of_another_site_is_refused(console: Client, hotline: Hotline) -> None:
    answer = await console.post(
        f"{HOURS}/sudden",
        data={"after": "0", "step": "save", **TYPHOON},
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status == 403
    assert await versions_of(hotline) == []


async def test_the_address_of_a_form_leads_to_the_page_and_everybody_finds_it(
    readers: Client,
) -> None:
    answer = await readers.get(f"{HOURS}/week?year=2027", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, f"{HOURS}?year=2027")
    queue = await (await readers.get("/console")).text()
    assert f'href="{HOURS}"' in queue
    assert 'aria-current="page"' in await page(readers)


async def state_of(partner: Chat) -> dict[str, Any]:
    answer = await partner.client.get(
        f"{partner.url}/messages", headers={"Authorization": f"Bearer {partner.token}"}
    )
    state: dict[str, Any] = (await answer.json())["state"]
    return state


def undo_of(text: str, how: str) -> dict[str, str]:
    """The fields of the one button that undoes or ends something."""
    forms = re.findall(rf'<form action="{HOURS}/undo[^"]*".*?</form>', text, re.S)
    [form] = [form for form in forms if f'name="how" value="{how}"' in form]
    return dict(re.findall(r'name="([^"]*)" value="([^"]*)"', form))

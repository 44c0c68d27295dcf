"""The page of the rules: read by all of staff, changed by a lead, tried out before it is saved."""

import re
from dataclasses import replace

import pytest

from desk.console.rules import inputs
from desk.console.rules.inputs import Draft
from hotline.core import Hotline
from hotline.deadlines import service as deadline_service
from hotline.deadlines.rules import Rule, Targets
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.versions import DEADLINES, newest_number
from tests.conftest import ENGINEER, LEAD
from tests.core.desk_work import opened, ticket_row
from tests.core.test_recounting import fire_all
from tests.desk.console_pages import page, part, post, sign_in
from tests.desk.people import Client

URL = "/console/deadlines"
GOLD = Draft("金級一般", (3,), (), ("gold",), "1", "1:00", "8")


@pytest.fixture
async def console(client: Client) -> Client:
    """The browser of the lead, signed in."""
    await sign_in(client, LEAD)
    return client


@pytest.fixture
def present(hotline: Hotline) -> tuple[Draft, ...]:
    return inputs.drafts_of(hotline.deadlines.rules)


def form(drafts: tuple[Draft, ...], step: str, after: int = 0) -> dict[str, str]:
    """The form as a browser sends it."""
    return {**dict(inputs.fields_of(drafts)), "step": step, "after": str(after)}


def drafts_in(text: str) -> tuple[Draft, ...]:
    """What a browser would send of the page as it stands."""
    inputs_there = re.findall(r"<input[^>]*>", part(text, "rules-form"))
    said = {}
    for tag in inputs_there:
        name, value = (re.search(rf'\b{key}="([^"]*)"', tag) for key in ("name", "value"))
        assert name is not None
        if 'type="checkbox"' not in tag or " checked" in tag:
            said[name[1]] = value[1] if value else ""
    return inputs.read(said)


def names(text: str) -> list[str]:
    return re.findall(r'class="rule__name">([^<]*)<', text)


async def version(hotline: Hotline) -> int:
    async with hotline.database.read() as session:
        return await newest_number(session, DEADLINES)


@pytest.mark.parametrize("language", ["zh-TW", "en"])
async def test_all_of_staff_read_the_rules_in_order_with_their_targets(
    client: Client, language: str
) -> None:
    await sign_in(client, ENGINEER)
    text = await page(client, f"{URL}?lang={language}")
    assert names(text) == [f"S{level}" for level in (1, 2, 3, 4)]
    words = (
        "首次回覆 <b>30 分</b>",
        "解決 <b>4 時</b>",
        "算服務時間",
        "只有主管能改",
        "2 嚴重或期限緊迫",
        "12/1（二）10:15",
    )
    if language == "en":
        words = (
            "First reply <b>30 min</b>",
            "Solution <b>4 h</b>",
            "In open hours",
            "Only leads",
            "2 Serious or deadline",
            "Tue 1 Dec 10:15",
        )
    for one in words:
        assert one in text
    assert 'data-test="rules-form"' not in text
    assert 'data-test="nav-deadlines"' in text


async def test_whoever_is_no_lead_changes_nothing(
    client: Client, hotline: Hotline, present: tuple[Draft, ...]
) -> None:
    await sign_in(client, ENGINEER)
    await post(client, URL, form((GOLD, *present), "save"), 403)
    assert await version(hotline) == 0


async def test_the_form_holds_what_holds(console: Client, present: tuple[Draft, ...]) -> None:
    text = await page(console, URL)
    assert drafts_in(text) == present
    assert 'data-test="not-saved"' not in text


async def test_a_rule_is_added_moved_up_and_down_and_removed_without_being_saved(
    console: Client, hotline: Hotline, present: tuple[Draft, ...]
) -> None:
    text = await post(console, URL, form(present, "add"), 200)
    assert drafts_in(text) == (*present, Draft())
    assert 'data-test="not-saved"' in text
    assert re.search(r'<input[^>]*id="r4-name"[^>]*autofocus', text)
    drafts = (*present, GOLD)
    for step, expected in (
        ("up:4", (*present[:3], GOLD, present[3])),
        ("down:0", (present[1], present[0], *present[2:], GOLD)),
        ("up:0", drafts),
        ("down:4", drafts),
        ("remove:4", present),
        ("remove:9", drafts),
        ("up:²", drafts),
        ("remove:", drafts),
    ):
        text = await post(console, URL, form(drafts, step), 200)
        assert drafts_in(text) == expected, step
    assert await version(hotline) == 0


async def test_what_would_move_is_shown_before_it_is_saved_and_then_it_holds(
    console: Client, hotline: Hotline, contact: Contact, lead: Staff, present: tuple[Draft, ...]
) -> None:
    tickets = [await opened(hotline, contact, key=f"k{n}") for n in range(22)]
    drafts = (GOLD, *present)
    text = await post(console, URL, form(drafts, "preview"), 200)
    assert "22 張未結工單的期限會改" in text
    assert "還有 2 張，這裡列最急的。" in text
    moved = part(text, "moved")
    assert moved.count("<li>") == 20
    assert "<s>今天 14:15</s>" in moved
    assert "<b>今天 11:15</b>" in moved
    assert await version(hotline) == 0
    back = await post(console, URL, form(drafts, "edit"), 200)
    assert drafts_in(back) == drafts
    saved = await post(console, URL, form(drafts, "save"))
    assert "已存成第 1 版" in saved
    assert f"第 1 版 {lead.name}：新增 金級一般" in saved
    assert names(part(saved, "rules-form"))[0] == "金級一般"
    await fire_all(hotline)
    assert (
        (await ticket_row(hotline, tickets[0].number))
        .due_at.isoformat()
        .startswith("2026-12-01T03:15")
    )


async def test_what_moves_nothing_says_so(console: Client, present: tuple[Draft, ...]) -> None:
    text = await post(console, URL, form((GOLD, *present), "preview"), 200)
    assert "沒有工單的期限會改" in text


@pytest.mark.parametrize(
    ("changed", "place", "field", "words"),
    [
        ({"name": ""}, 0, "name", "請寫名稱。"),
        ({"name": "名" * 61}, 0, "name", "60 個字以內"),
        ({"name": "S1"}, 1, "name", "已經有一條叫這個名稱"),
        ({"first": "soon"}, 0, "first", "請寫成小時"),
        ({"next": "0"}, 0, "next", "請寫成小時"),
        ({"fix": "2001"}, 0, "fix", "請寫成小時"),
        ({"fix": "0:30"}, 0, "fix", "解決不能比首次回覆還早"),
        ({"tiers": ("platinum",)}, 0, "who", "勾到了現在沒有的服務或等級"),
        ({"queues": ("kitchen",)}, 0, "who", "勾到了現在沒有的服務或等級"),
    ],
)
async def test_a_rule_that_cannot_be_is_told_at_the_rule(
    console: Client,
    hotline: Hotline,
    present: tuple[Draft, ...],
    changed: dict[str, object],
    place: int,
    field: str,
    words: str,
) -> None:
    drafts = (replace(GOLD, **changed), *present)  # type: ignore[arg-type]
    for step in ("preview", "save"):
        text = await post(console, URL, form(drafts, step), 400)
        assert drafts_in(text) == drafts
        wrong = part(text, "rules-form").split('data-test="rule"')[place + 1]
        assert words in wrong
        assert "rule--wrong" in wrong
        assert " open>" in wrong
        if field != "who":
            assert re.search(rf'id="r{place}-{field}"[^>]*aria-invalid="true"', wrong)
    assert await version(hotline) == 0


async def test_a_rule_that_never_wins_and_tickets_without_a_rule_are_told(
    console: Client, present: tuple[Draft, ...]
) -> None:
    everything = Draft("全部", (), (), (), "4", "4", "24")
    text = await post(console, URL, form((everything, *present), "preview"), 400)
    wrong = part(text, "rules-form").split('data-test="rule"')[2]
    assert "這一條永遠輪不到" in wrong
    text = await post(console, URL, form(present[:3], "preview"), 400)
    assert "還有工單沒有規則管：詢問、售前、金級" in text
    text = await post(console, URL, form((), "preview"), 400)
    assert "還有工單沒有規則管" in text
    text = await post(console, URL, form(present, "preview"), 400)
    assert "跟現在的一樣" in text
    answer = await console.post(f"{URL}?lang=en", data=form(present[:3], "preview"))
    assert "No rule is for some tickets: Question, Pre-sales" in await answer.text()


async def test_whoever_was_overtaken_reads_who_was_first_and_keeps_what_was_typed(
    console: Client, hotline: Hotline, engineer: Staff, present: tuple[Draft, ...]
) -> None:
    theirs = (Rule("先到", Targets(60, 60, 480), frozenset({4})), *hotline.deadlines.rules[:3])
    await deadline_service.change(
        hotline.database, hotline.deadlines, hotline.now(), f"staff:{engineer.id}", theirs
    )
    own = (GOLD, *present)
    for step in ("preview", "save"):
        text = await post(console, URL, form(own, step, after=0), 409)
        assert "剛才有人先改了" in text
        assert f"第 1 版 {engineer.name}：新增 先到；移除 S4" in part(text, "conflict")
        assert drafts_in(text) == own
        assert 'name="after" value="1"' in text
    assert await version(hotline) == 1
    await post(console, URL, form(own, "save", after=1))
    assert await version(hotline) == 2


@pytest.mark.parametrize("after", ["", "x", "²", "-1", "9" * 40])
async def test_a_version_that_is_none_saves_nothing(
    console: Client, hotline: Hotline, present: tuple[Draft, ...], after: str
) -> None:
    said = {**form((GOLD, *present), "save"), "after": after}
    await post(console, URL, said, 409)
    assert await version(hotline) == 0


async def test_a_form_of_another_site_and_one_with_nothing_in_it_change_nothing(
    console: Client, hotline: Hotline, present: tuple[Draft, ...]
) -> None:
    said = form((GOLD, *present), "save")
    answer = await console.post(URL, data=said, headers={"Origin": "https://elsewhere.example"})
    assert answer.status == 403
    for nothing in ({}, {"step": "save"}, {"count": "9" * 20}, {"count": "-1", "step": "x"}):
        await post(console, URL, nothing, 400)
    assert await version(hotline) == 0


async def test_what_somebody_types_stays_text(console: Client, present: tuple[Draft, ...]) -> None:
    hostile = replace(GOLD, name='"><script>alert(1)</script>')
    for step in ("preview", "edit"):
        text = await post(console, URL, form((hostile, *present), step), 200)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text


async def test_the_versions_stand_at_the_bottom_newest_first(
    console: Client, hotline: Hotline, present: tuple[Draft, ...]
) -> None:
    assert "還沒有人改過" in part(await page(console, URL), "history")
    await post(console, URL, form((GOLD, *present), "save"))
    slower = replace(GOLD, first="2", next="2", fix="16")
    await post(console, URL, form((slower, *present), "save", after=1))
    first, second = present[:2]
    moved = (slower, second, first, *present[2:])
    text = await post(console, URL, form(moved, "save", after=2))
    lines = re.findall(r"<span>(第 .*?)</span>", part(text, "history"))
    assert [line.partition("：")[2] for line in lines] == [
        "調整順序",
        "改了 金級一般",
        "新增 金級一般",
    ]


def test_hours_are_read_as_people_write_them() -> None:
    for typed, minutes in (("4", 240), ("0:30", 30), ("1.5", 90), ("０：３０", 30), (" 2 ", 120)):
        assert inputs.minutes_of(typed) == minutes
    for typed in ("", "0", "0:00", "4:60", "-1", "x", "2000:01", "4h", "²"):
        assert inputs.minutes_of(typed) is None


def test_a_form_reads_back_what_it_was_made_of() -> None:
    drafts = (GOLD, Draft(), replace(GOLD, name="b", queues=("admin",), round_the_clock=True))
    assert inputs.read(dict(inputs.fields_of(drafts))) == drafts


def test_no_more_rules_than_there_is_room_for() -> None:
    many = (GOLD,) * inputs.AT_MOST
    assert inputs.edited(many, "add", None).drafts == many
    assert len(inputs.read({"count": "9999"})) == inputs.AT_MOST

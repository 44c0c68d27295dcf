"""The partner's own page, as a browser without script uses it."""

import re
from datetime import datetime, timedelta

import pytest
from aiohttp import ClientResponse, FormData
from sqlalchemy import delete

from hotline import access
from hotline.conversations import holding
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners import look_ups
from hotline.partners.record_rows import FundRow, PerformanceRow
from hotline.partners.service import Contact
from hotline.partners.telling import Question
from hotline.partners.vocabulary import WHOLE_YEAR
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets import answers, handling, queries
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ratings import ratings_of
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, TUESDAY_MORNING, contact_of
from tests.core.company_records import record_company
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    everything_journalled,
    journal,
    notes_on,
    opened,
    said,
    says,
    ticket_row,
)
from tests.desk.conftest import OpenDesk
from tests.desk.people import Client, new_id

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
ACTS = ("answer", "solved", "unsolved", "close", "reopen", "rate", "escalate", "chat")
JSON = {"Accept": "application/json"}


async def enter(client: Client, hotline: Hotline, email: str = CONTACT) -> None:
    token = access.partner_token(hotline, await contact_of(hotline, email))
    answer = await client.post("/enter", data={"token": token}, allow_redirects=False)
    assert answer.status == 303


@pytest.fixture
async def own(client: Client, hotline: Hotline) -> Client:
    """The browser of the demonstration's contact, signed in."""
    await enter(client, hotline)
    return client


@pytest.fixture
async def colleague(client: Client, hotline: Hotline) -> Client:
    await enter(client, hotline, COLLEAGUE)
    return client


async def desk_at(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, at: datetime
) -> Client:
    """The contact's browser at another time."""
    hotline.clock.set(at)
    client = await open_desk(settings, at)
    await enter(client, hotline)
    return client


@pytest.fixture
async def ticket(hotline: Hotline, contact: Contact) -> Ticket:
    return await opened(hotline, contact)


async def page(client: Client, url: str, status: int = 200) -> str:
    answer = await client.get(url)
    assert answer.status == status, url
    assert answer.content_type == "text/html"
    return await answer.text()


async def act(
    client: Client, number: str, name: str, expect: int = 303, **fields: str
) -> ClientResponse:
    answer = await client.post(
        f"/my/tickets/{number}/{name}",
        data={"id": new_id(), **fields},
        allow_redirects=False,
    )
    assert answer.status == expect, await answer.text()
    return answer


async def upload(
    client: Client, number: str, text: str, content: bytes, name: str = "panel.png"
) -> ClientResponse:
    form = FormData(quote_fields=False)
    form.add_field("id", new_id())
    form.add_field("text", text)
    form.add_field("file", content, filename=name)
    return await client.post(f"/my/tickets/{number}/answer", data=form, allow_redirects=False)


def numbers(shown: str) -> list[str]:
    return re.findall(r'data-test="request" data-number="([^"]+)"', shown)


# Who may come in


@pytest.mark.parametrize(
    "path", ["/my", "/my?state=open", "/my/company", "/my/tickets/T26-000001-4"]
)
async def test_a_visitor_signs_in_first_and_comes_back(client: Client, path: str) -> None:
    answer = await client.get(path, allow_redirects=False)
    assert answer.status == 303
    way_in = client.make_url(answer.headers["Location"])
    assert (way_in.path, way_in.query["next"]) == ("/sign-in", path)


@pytest.mark.parametrize("name", ACTS)
async def test_a_visitors_act_does_nothing(
    client: Client, hotline: Hotline, ticket: Ticket, name: str
) -> None:
    known = await journal(hotline)
    answer = await act(client, ticket.number, name, 303, text="x", score="5")
    way_in = client.make_url(answer.headers["Location"])
    assert (way_in.path, way_in.query["next"]) == ("/sign-in", f"/my/tickets/{ticket.number}")
    assert await journal(hotline) == known


async def test_a_session_that_has_expired_is_a_visitors(
    client: Client, a_month_ago: Hotline, contact: Contact
) -> None:
    old = access.issue(a_month_ago, access.PARTNER_SESSION, str(contact.id))
    client.session.cookie_jar.update_cookies({"hotline_partner": old})
    assert (await client.get("/my", allow_redirects=False)).status == 303


@pytest.mark.parametrize("name", ACTS)
async def test_another_companys_number_and_an_unknown_one_look_alike(
    client: Client, hotline: Hotline, ticket: Ticket, name: str
) -> None:
    await enter(client, hotline, OTHER_COMPANY)
    known = await journal(hotline)
    shown = [
        (await page(client, f"/my/tickets/{number}", 404)).replace(number, "N")
        for number in (ticket.number, "T26-009999-1", "nonsense")
    ]
    assert shown[0] == shown[1] == shown[2]
    assert "找不到這張工單" in shown[0]
    told = [
        (await (await act(client, number, name, 404, text="x", score="5")).text()).replace(
            number, "N"
        )
        for number in (ticket.number, "T26-009999-1")
    ]
    assert told[0] == told[1]
    # Nothing was done; that somebody else's was asked for is known, by ids.
    stranger = await contact_of(hotline, OTHER_COMPANY)
    tried = (await journal(hotline))[len(known) :]
    assert [(entry.kind, entry.ticket_id, entry.detail) for entry in tried] == [
        ("access.refused", ticket.id, {"tried": what, "contact": stranger.id})
        for what in ("read", "form")
    ]
    assert (await ticket_row(hotline, ticket.number)).state == "new"


@pytest.mark.parametrize("name", ACTS)
async def test_a_page_of_another_site_acts_on_nothing(
    own: Client, hotline: Hotline, ticket: Ticket, name: str
) -> None:
    known = await everything_journalled(hotline)
    answer = await own.post(
        f"/my/tickets/{ticket.number}/{name}",
        data={"id": new_id(), "text": "x", "score": "5"},
        headers={"Origin": "https://elsewhere.example"},
        allow_redirects=False,
    )
    assert answer.status == 403
    assert await everything_journalled(hotline) == known


async def test_a_forms_own_address_leads_to_its_page(own: Client, ticket: Ticket) -> None:
    answer = await own.get(f"/my/tickets/{ticket.number}/close?lang=en", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (
        303,
        f"/my/tickets/{ticket.number}?lang=en",
    )


# The list


async def test_the_list_has_open_ones_first_and_says_how_they_stand(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed", key="closed")
    waits = await brought_to(hotline, contact, engineer, "waiting_partner", key="waits")
    usual = await opened(hotline, contact, key="usual")
    urgent = await opened(hotline, contact, key="urgent", severity=1)
    others = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="others")
    shown = await page(own, "/my")
    assert numbers(shown) == [t.number for t in (urgent, usual, waits, closed)]
    assert others.number not in shown
    for words in (
        "等您回覆，今天 10:15 起暫停計時",
        "今天 10:45 前",
        "已結案",
        "共 4 張",
        "今天 10:15 更新",
    ):
        assert words in shown
    for staff_only in ("嚴重度", "停機", "severity"):
        assert staff_only not in shown
    assert numbers(await page(own, "/my?state=open")) == [t.number for t in (urgent, usual, waits)]
    assert numbers(await page(own, "/my?state=closed")) == [closed.number]


@pytest.mark.parametrize(
    ("minutes", "words", "tone"),
    [
        (-120, "今天 14:15 前", "ontime"),
        (-30, "可能來不及，已通知主管。", "atrisk"),
        (12, "逾時 12 分，我們沒有做到，抱歉。", "missed"),
        (345, "專線休息中", "missed"),
    ],
)
async def test_what_may_be_late_and_what_is_late_is_told(
    hotline: Hotline, ticket: Ticket, open_desk: OpenDesk, settings: Settings,
    minutes: int, words: str, tone: str,
) -> None:  # fmt: skip
    at = ticket.first_response_due + timedelta(minutes=minutes)
    shown = await page(await desk_at(open_desk, settings, hotline, at), "/my")
    assert f"promise--{tone}" in shown
    assert (words in shown) == (minutes < 345)


async def test_at_night_the_clock_stands_and_says_until_when(
    hotline: Hotline, ticket: Ticket, open_desk: OpenDesk, settings: Settings
) -> None:
    night = TUESDAY_MORNING.replace(hour=20)
    hotline.clock.set(night)
    await opened(hotline, await contact_of(hotline, CONTACT), key="night")
    shown = await page(await desk_at(open_desk, settings, hotline, night), "/my")
    assert "專線休息中，12/2（三）9:00 開始續計" in shown


async def test_own_ones_and_colleagues_are_told_apart(
    own: Client, hotline: Hotline, ticket: Ticket
) -> None:
    theirs = await opened(hotline, await contact_of(hotline, COLLEAGUE), key="theirs")
    shown = await page(own, "/my")
    assert set(numbers(shown)) == {ticket.number, theirs.number}
    assert "林柏宏開的" in shown
    assert numbers(await page(own, "/my?whose=own")) == [ticket.number]
    assert numbers(await page(own, "/my?whose=colleagues")) == [theirs.number]


async def test_a_visitors_request_with_the_contacts_address_is_found_and_may_be_added_to(
    own: Client, hotline: Hotline
) -> None:
    before = await opened(hotline, None, key="visitor")
    assert before.conversation_id
    theirs = await open_ticket(
        hotline,
        before.conversation_id,
        NewTicket("v2", "admin_order", "貨還沒到", 3,
                  facts={"email": {"value": CONTACT.upper(), "status": "known"}}),
    )  # fmt: skip
    assert numbers(await page(own, "/my")) == [theirs.number]
    await act(own, theirs.number, "answer", text="是 SO-2026-01357")
    assert await notes_on(hotline, theirs) == ["是 SO-2026-01357"]


@pytest.mark.parametrize(
    ("search", "is_found"),
    [
        ("{number}", True),
        ("{bare}", True),
        ("power 開不了", True),
        ("開不了機", True),
        ("青田", True),
        ("印表機", False),
        ("%", False),
        ("_", False),
        ("T26-000009-9", False),
    ],
)
async def test_a_search_finds_a_number_in_any_writing_or_words_of_the_subject(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff, search: str, is_found: bool
) -> None:
    old = await brought_to(hotline, contact, engineer, "closed")
    async with hotline.database.write() as session:
        row = await queries.locked(session, old.number)
        row.facts = {"customer": {"value": "青田機械", "status": "known"}}
        row.closed_at = TUESDAY_MORNING - timedelta(days=400)
    assert numbers(await page(own, "/my")) == []
    words = search.format(number=old.number, bare=old.number.replace("-", " ").lower())
    answer = await own.get("/my", params={"q": words})
    shown = await answer.text()
    assert numbers(shown) == ([old.number] if is_found else [])
    if not is_found:
        assert "找不到「" in shown


async def test_an_empty_list_says_why_and_what_next(own: Client) -> None:
    assert "在對話裡說要辦的事" in await page(own, "/my")
    assert "換一個條件，或看全部" in await page(own, "/my?whose=own")


@pytest.mark.parametrize(
    "query", ["state=' OR 1=1", "whose=all'", "page=0", "page=-1", "page=99999999999999999999",
              "page=²", "q=%00%ff", "q=" + "長" * 600, "before=x"]
)  # fmt: skip
async def test_what_cannot_be_read_in_the_address_is_the_usual(
    own: Client, ticket: Ticket, query: str
) -> None:
    await page(own, f"/my?{query}")


async def test_pages_have_twenty_each(own: Client, hotline: Hotline, contact: Contact) -> None:
    all_of_them = [await opened(hotline, contact, key=f"k{n}") for n in range(21)]
    first, second = await page(own, "/my"), await page(own, "/my?page=2")
    assert (len(numbers(first)), len(numbers(second))) == (20, 1)
    assert set(numbers(first) + numbers(second)) == {t.number for t in all_of_them}
    assert "第 1 頁，共 2 頁" in first
    assert numbers(await page(own, "/my?page=7")) == numbers(second)


# One request


async def test_a_request_shows_its_promise_facts_and_history_and_nothing_internal(
    own: Client, hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    assert ticket.conversation_id
    await says(hotline, ticket.conversation_id, "備品什麼時候到", "c1")
    await handling.claim(hotline, engineer, ticket.number)
    await handling.note(hotline, engineer, ticket.number, "夥伴很兇，小心回")
    await handling.reply(hotline, engineer, ticket.number, "明天早上送到")
    await handling.set_state(hotline, engineer, ticket.number, "waiting_other", text="等總倉")
    shown = await page(own, f"/my/tickets/{ticket.number}")
    for words in ("Power 主機開不了機", "備品什麼時候到", "明天早上送到", "王志豪接手處理",
                  "開單，今天 14:15 前回覆", "等其他單位，暫停計時", "為什麼是這個"):  # fmt: skip
        assert words in shown, words
    for hidden in ("夥伴很兇", "等總倉", "嚴重度", "severity"):
        assert hidden not in shown
    assert shown.count("明天早上送到") == 1


async def test_reading_one_is_journalled_once_a_view_without_a_word(
    own: Client, hotline: Hotline, ticket: Ticket, contact: Contact
) -> None:
    for _view in range(2):
        await page(own, f"/my/tickets/{ticket.number}")
    read = [entry for entry in await journal(hotline) if entry.kind == "ticket.read"]
    assert [entry.detail for entry in read] == [{"ticket": ticket.id, "contact": contact.id}] * 2
    assert {entry.ticket_id for entry in read} == {None}  # no event of the ticket's own history


async def test_of_a_colleagues_ticket_the_chat_stays_theirs(
    colleague: Client, hotline: Hotline, ticket: Ticket, engineer: Staff, contact: Contact
) -> None:
    assert ticket.conversation_id
    await says(hotline, ticket.conversation_id, "另外我們的信用額度剩多少", "c1")
    await handling.reply(hotline, engineer, ticket.number, "明天早上送到", claims=True)
    await answers.add(hotline, ticket.conversation_id, ticket.number, "面板紅燈")
    await handling.set_state(hotline, engineer, ticket.number, "waiting_partner", text="請補序號")
    await handling.set_state(hotline, engineer, ticket.number, "resolved", text="換了電源")
    shown = await page(colleague, f"/my/tickets/{ticket.number}")
    for words in (
        "明天早上送到",
        "面板紅燈",
        "請補序號",
        "換了電源",
        "陳怡君開的工單",
        "只有本人看得到",
    ):
        assert words in shown
    assert "信用額度" not in shown


async def test_a_reply_in_a_live_chat_about_something_else_is_not_told_to_colleagues(
    colleague: Client, hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    assert ticket.conversation_id
    await holding.take(hotline, engineer, ticket.conversation_id)
    await holding.staff_says(hotline, engineer, ticket.conversation_id, "額度還有三百萬")
    await handling.claim(hotline, engineer, ticket.number)
    assert "三百萬" not in await page(colleague, f"/my/tickets/{ticket.number}")


async def test_the_page_is_in_the_readers_language(own: Client, ticket: Ticket) -> None:
    for path in ("/my", f"/my/tickets/{ticket.number}", "/my/company"):
        assert '<html lang="en">' in await page(own, f"{path}?lang=en")
    assert "Why this time?" in await page(own, f"/my/tickets/{ticket.number}")


# What may be done


async def test_an_answer_goes_on_the_ticket_and_into_its_conversation(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    form = {"id": new_id(), "text": " 序號 78A1234\n密碼是 Abc12345 "}
    for _twice in range(2):
        answer = await own.post(
            f"/my/tickets/{ticket.number}/answer", data=form, allow_redirects=False
        )
        assert answer.status == 303
        assert answer.headers["Location"] == f"/my/tickets/{ticket.number}?added=1"
    shown = await page(own, answer.headers["Location"])
    assert "已補上，王志豪" in shown
    assert "已補上" not in await page(own, f"/my/tickets/{ticket.number}")
    assert (await ticket_row(hotline, ticket.number)).state == "open"
    [note] = await notes_on(hotline, ticket)
    assert note == "序號 78A1234\n密碼是 •••"
    talk = await said(hotline, ticket.conversation_id)
    mine = [message.text for message in talk if message.sender == "partner"]
    assert mine == [note]
    assert f"已補到 {ticket.number}" in talk[-1].text
    assert "Abc12345" not in await everything_journalled(hotline)
    row = await conversation_row(hotline, ticket.conversation_id)
    assert (row.last_ticket, row.asking) == (ticket.number, None)


async def test_a_button_of_the_chat_is_not_pressed_by_an_answer_of_the_page(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    closed = await brought_to(hotline, contact, engineer, "closed")
    other = await open_ticket(
        hotline, closed.conversation_id or "", NewTicket("k2", "admin_order", "另一件", 3)
    )
    await act(own, other.number, "answer", text="1")
    assert await notes_on(hotline, other) == ["1"]


async def test_an_answer_to_a_colleagues_ticket_is_said_in_a_conversation_of_ones_own(
    colleague: Client, hotline: Hotline, ticket: Ticket
) -> None:
    before = await said(hotline, ticket.conversation_id)
    await act(colleague, ticket.number, "answer", text="零件在台中倉")
    await act(colleague, ticket.number, "answer", text="門口有人")
    assert await notes_on(hotline, ticket) == ["零件在台中倉", "門口有人"]
    assert await said(hotline, ticket.conversation_id) == before
    started = [entry for entry in await journal(hotline, "conversation.started")]
    assert len(started) == 2  # the ticket's own, and one of the colleague
    row = await conversation_row(hotline, started[-1].conversation_id)
    assert row.contact is not None
    assert (row.contact.email, row.last_ticket) == (COLLEAGUE, ticket.number)


async def test_a_file_is_attached_and_both_colleagues_may_download_it(
    own: Client, hotline: Hotline, ticket: Ticket
) -> None:
    assert (await upload(own, ticket.number, "面板的照片", PNG)).status == 303
    assert await notes_on(hotline, ticket) == ["panel.png", "面板的照片"]
    shown = await page(own, f"/my/tickets/{ticket.number}")
    [url] = set(re.findall(r'href="(/my/tickets/[^"]+/files/\w+)"', shown))
    for email in (CONTACT, COLLEAGUE):
        await enter(own, hotline, email)
        assert url in await page(own, f"/my/tickets/{ticket.number}")
        answer = await own.get(url)
        assert await answer.read() == PNG
        assert answer.headers["Content-Disposition"].startswith("attachment")
    await enter(own, hotline, OTHER_COMPANY)
    assert (await own.get(url)).status == 404


async def test_a_colleagues_file_in_the_chat_that_is_not_the_tickets_stays_theirs(
    own: Client, hotline: Hotline, ticket: Ticket, contact: Contact
) -> None:
    other = await opened(hotline, contact, key="other")
    assert (await upload(own, other.number, "", PNG, "private.png")).status == 303
    shown = await page(own, f"/my/tickets/{other.number}")
    [file_id] = set(re.findall(r"/files/(\w+)", shown))
    await enter(own, hotline, COLLEAGUE)
    assert (await own.get(f"/my/tickets/{ticket.number}/files/{file_id}")).status == 404
    assert (await own.get(f"/my/tickets/{other.number}/files/{file_id}")).status == 200


@pytest.mark.parametrize(
    ("text", "content", "name", "status", "words"),
    [
        ("看這個", b"MZ not a picture", "a.png", 400, "a.png"),
        ("看這個", b"x", "virus.exe", 400, "virus.exe"),
        ("看這個", b"", "empty.png", 400, "empty.png"),
        ("太" * 2001, PNG, "a.png", 413, "2000"),
    ],
)
async def test_a_file_that_is_refused_says_why_and_the_words_are_kept(
    own: Client, hotline: Hotline, ticket: Ticket,
    text: str, content: bytes, name: str, status: int, words: str,
) -> None:  # fmt: skip
    answer = await upload(own, ticket.number, text, content, name)
    shown = await answer.text()
    assert answer.status == status
    assert words in shown
    assert f">{text}</textarea>" in shown
    wrong = "answer-file" if name != "a.png" or status == 400 else "answer-text"
    [marked] = re.findall(r'id="([\w-]+)"[^>]* aria-invalid="true"', shown)
    assert marked == wrong
    assert await notes_on(hotline, ticket) == []
    assert [*(hotline.settings.var_dir / "files").rglob("*.*")] == []
    assert [*(hotline.settings.var_dir / "incoming").glob("*")] == []


@pytest.mark.parametrize("text", ["", "  \n ", "\u202e\u0007"])
async def test_an_empty_answer_is_asked_for(
    own: Client, hotline: Hotline, ticket: Ticket, text: str
) -> None:
    answer = await act(own, ticket.number, "answer", 400, text=text)
    assert "請先寫一句，或選一個檔案" in await answer.text()
    form = FormData()
    form.add_field("id", new_id())
    form.add_field("text", text)
    form.add_field("file", b"", filename="", content_type="application/octet-stream")
    answer = await own.post(f"/my/tickets/{ticket.number}/answer", data=form, allow_redirects=False)
    assert answer.status == 400
    assert await notes_on(hotline, ticket) == []


@pytest.mark.parametrize("name", ["answer", "close", "escalate", "unsolved"])
async def test_words_that_are_too_long_are_refused_and_kept(
    own: Client, hotline: Hotline, ticket: Ticket, name: str
) -> None:
    words = "長" * 2100
    answer = await act(own, ticket.number, name, 413, text=words)
    shown = await answer.text()
    assert "2000" in shown
    assert name == "unsolved" or words in shown
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, await notes_on(hotline, ticket)) == ("new", [])


@pytest.mark.parametrize("form_id", ["", "x" * 37])
async def test_a_form_without_an_id_is_asked_for_again_with_its_words(
    own: Client, hotline: Hotline, ticket: Ticket, form_id: str
) -> None:
    answer = await act(own, ticket.number, "answer", 400, id=form_id, text="面板紅燈")
    assert ">面板紅燈</textarea>" in await answer.text()
    assert await notes_on(hotline, ticket) == []


async def test_a_body_that_is_no_form_is_bad_input(own: Client, ticket: Ticket) -> None:
    answer = await own.post(
        f"/my/tickets/{ticket.number}/answer",
        data=b"\xff\xfe",
        headers={"Content-Type": "multipart/form-data"},
        allow_redirects=False,
    )
    assert answer.status == 400


async def test_solved_closes_it_and_asks_for_a_score(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    assert "這樣解決了嗎？" in await page(own, f"/my/tickets/{ticket.number}")
    await act(own, ticket.number, "solved")
    assert (await ticket_row(hotline, ticket.number)).state == "closed"
    assert "這次處理幾分？" in await page(own, f"/my/tickets/{ticket.number}")
    talk = await said(hotline, ticket.conversation_id)
    assert [message.text for message in talk if message.sender == "partner"] == ["解決了"]
    assert "這次處理幾分" in talk[-1].text


async def test_not_yet_opens_it_again_with_the_reason(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await act(own, ticket.number, "unsolved", text="面板紅燈")
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, row.reopened, row.assignee) == ("open", 1, None)
    assert (await notes_on(hotline, ticket))[-1] == "面板紅燈"
    shown = await page(own, f"/my/tickets/{ticket.number}")
    assert "貴公司重開" in shown
    assert '<span class="pill pill--open">等同事接手</span>' in shown
    assert "還沒有：面板紅燈" in shown


async def test_closing_is_asked_about_once_and_keeps_the_reason(
    colleague: Client, hotline: Hotline, ticket: Ticket
) -> None:
    shown = await page(colleague, f"/my/tickets/{ticket.number}")
    assert "這張要結案嗎？14 天內可以重開。" in shown
    await act(colleague, ticket.number, "close", text="自己修好了")
    row = await ticket_row(hotline, ticket.number)
    assert (row.state, await notes_on(hotline, ticket)) == ("closed", ["自己修好了"])


async def test_what_was_closed_meanwhile_takes_no_answer_and_says_so(
    own: Client, hotline: Hotline, ticket: Ticket
) -> None:
    assert ticket.conversation_id
    await answers.close(hotline, ticket.conversation_id, ticket.number)
    answer = await act(own, ticket.number, "answer", 409, text="還有一件事")
    shown = await answer.text()
    assert "這張工單剛才已經有變動" in shown
    assert ">還有一件事</textarea>" in shown  # in the form that opens it again
    await act(own, ticket.number, "escalate", 409, text="很急")


async def test_a_closed_one_opens_again_within_the_days_allowed(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    answer = await act(own, ticket.number, "reopen", text="又壞了")
    assert answer.headers["Location"] == f"/my/tickets/{ticket.number}"
    assert (await ticket_row(hotline, ticket.number)).state == "open"


async def test_after_the_days_allowed_a_new_one_goes_on_from_it(
    hotline: Hotline, contact: Contact, engineer: Staff, open_desk: OpenDesk, settings: Settings
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    own = await desk_at(open_desk, settings, hotline, TUESDAY_MORNING + timedelta(days=15))
    shown = await page(own, f"/my/tickets/{ticket.number}")
    assert "結案超過 14 天，不能重開" in shown
    assert "14 天內可以重開" not in shown.partition('data-test="history"')[0]
    nothing = await act(own, ticket.number, "reopen", 400)
    assert "請寫一句現在的狀況" in await nothing.text()
    answer = await act(own, ticket.number, "reopen", text="又開不了機")
    new = answer.headers["Location"].rpartition("/")[2]
    row = await ticket_row(hotline, new)
    assert (row.follows, row.description, row.state) == (ticket.number, "又開不了機", "new")
    assert (await ticket_row(hotline, ticket.number)).state == "closed"
    assert f"已由 {new} 接續" in await page(own, f"/my/tickets/{ticket.number}")
    assert f"接續 {ticket.number}" in await page(own, f"/my/tickets/{new}")


async def test_a_score_and_a_word_are_kept_and_the_last_one_counts(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    await act(own, ticket.number, "rate", score="2", text="拖了三天")
    await act(own, ticket.number, "rate", score="4")
    async with hotline.database.read() as session:
        [rating] = await ratings_of(session, ticket.id)
    assert (rating.score, rating.words, rating.by) == (4, "", contact.name)
    assert "您評了 4 分" in await page(own, f"/my/tickets/{ticket.number}")


@pytest.mark.parametrize("score", ["9", "0", "-1", "", "4.5", "五", "²", "1" * 400])
async def test_what_is_no_score_is_asked_for_again(
    own: Client, hotline: Hotline, contact: Contact, engineer: Staff, score: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "closed")
    before = await said(hotline, ticket.conversation_id)
    answer = await act(own, ticket.number, "rate", 400, score=score, text="不錯")
    shown = await answer.text()
    assert "請選 1 到 5 分" in shown
    assert ">不錯</textarea>" in shown
    async with hotline.database.read() as session:
        assert await ratings_of(session, ticket.id) == []
    assert await said(hotline, ticket.conversation_id) == before


async def test_the_lead_takes_what_is_hurried(
    own: Client, hotline: Hotline, ticket: Ticket, lead: Staff
) -> None:
    await act(own, ticket.number, "escalate", why="waiting")
    row = await ticket_row(hotline, ticket.number)
    assert (row.assignee, row.severity, row.state) == (lead, 3, "open")
    assert await notes_on(hotline, ticket) == ["等太久"]
    shown = await page(own, f"/my/tickets/{ticket.number}")
    assert f"改由主管{lead.name}負責" in shown
    assert "嚴重度" not in shown


@pytest.mark.parametrize(("sure", "severity", "has_lead"), [("yes", 1, True), ("no", 3, False)])
async def test_what_makes_it_graver_is_asked_about_once(
    own: Client, hotline: Hotline, ticket: Ticket, sure: str, severity: int, has_lead: bool
) -> None:
    before = await said(hotline, ticket.conversation_id)
    asked = await act(own, ticket.number, "escalate", 200, text="產線停了")
    assert "急迫性改成「生產停機」，並請張文彬處理，對嗎？" in await asked.text()
    assert await said(hotline, ticket.conversation_id) == before
    assert (await ticket_row(hotline, ticket.number)).severity == 3
    await act(own, ticket.number, "escalate", text="產線停了", sure=sure)
    row = await ticket_row(hotline, ticket.number)
    assert (row.severity, row.assignee is not None) == (severity, has_lead)
    assert await notes_on(hotline, ticket) == ["產線停了"]


@pytest.mark.parametrize("fields", [{}, {"why": "nonsense"}, {"text": "  "}])
async def test_why_it_is_urgent_is_asked_for(
    own: Client, hotline: Hotline, ticket: Ticket, fields: dict[str, str]
) -> None:
    answer = await act(own, ticket.number, "escalate", 400, **fields)
    assert "請選一個原因，或寫一句為什麼急" in await answer.text()
    assert (await ticket_row(hotline, ticket.number)).escalated_at is None


async def test_acts_count_against_the_limits(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, ticket: Ticket
) -> None:
    limits = settings.limits.model_copy(update={"messages_per_minute": 2})
    client = await open_desk(settings.model_copy(update={"limits": limits}))
    await enter(client, hotline)
    for words in ("一", "二"):
        await act(client, ticket.number, "answer", text=words)
    refused = await act(client, ticket.number, "answer", 429, text="三")
    assert "Retry-After" in refused.headers
    assert ">三</textarea>" in await refused.text()


async def test_a_person_who_holds_the_chat_reads_it_and_is_not_talked_over(
    own: Client, hotline: Hotline, ticket: Ticket, engineer: Staff
) -> None:
    assert ticket.conversation_id
    await holding.take(hotline, engineer, ticket.conversation_id)
    await act(own, ticket.number, "answer", text="面板紅燈")
    talk = await said(hotline, ticket.conversation_id)
    assert (talk[-1].sender, talk[-1].text) == ("partner", "面板紅燈")
    assert await notes_on(hotline, ticket) == ["面板紅燈"]


# The chat about one


async def test_the_chat_goes_on_about_the_ticket_in_the_conversation_of_this_browser(
    own: Client, hotline: Hotline, ticket: Ticket, contact: Contact
) -> None:
    running = await opened(hotline, contact, key="running")
    answer = await own.post(
        f"/my/tickets/{ticket.number}/chat",
        data={"conversation": running.conversation_id},
        headers=JSON,
    )
    told = await answer.json()
    assert told["id"] == running.conversation_id
    assert access.subject_of(hotline, access.CONVERSATION, told["token"]) == told["id"]
    row = await conversation_row(hotline, told["id"])
    assert row.last_ticket == ticket.number
    last = (await said(hotline, told["id"]))[-1]
    assert (last.sender, ticket.number in last.text) == ("bot", True)
    assert last.card is not None
    assert (last.card["number"], last.card["promise"]["words"]) == (ticket.number, "今天 14:15 前")


@pytest.mark.parametrize("whose", ["nobody", "other", "visitor", "nonsense"])
async def test_without_one_it_is_the_tickets_own_from_any_device(
    own: Client, hotline: Hotline, ticket: Ticket, whose: str
) -> None:
    other = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="o")
    visitor = await opened(hotline, None, key="v")
    running = {"nobody": "", "other": other.conversation_id, "visitor": visitor.conversation_id,
               "nonsense": "x" * 500}[whose]  # fmt: skip
    answer = await own.post(
        f"/my/tickets/{ticket.number}/chat", data={"conversation": running or ""}, headers=JSON
    )
    assert (await answer.json())["id"] == ticket.conversation_id


async def test_without_script_the_chat_is_opened_all_the_same(
    own: Client, hotline: Hotline, ticket: Ticket
) -> None:
    answer = await act(own, ticket.number, "chat")
    assert answer.headers["Location"] == "/"
    assert (await conversation_row(hotline, ticket.conversation_id)).last_ticket == ticket.number


async def test_a_colleague_chats_about_it_in_a_conversation_of_their_own(
    colleague: Client, hotline: Hotline, ticket: Ticket
) -> None:
    ids = set()
    for _twice in range(2):
        answer = await colleague.post(f"/my/tickets/{ticket.number}/chat", headers=JSON)
        ids.add((await answer.json())["id"])
    [found] = ids
    assert found != ticket.conversation_id
    row = await conversation_row(hotline, found)
    assert row.contact is not None
    assert (row.contact.email, row.last_ticket) == (COLLEAGUE, ticket.number)


async def test_what_was_said_on_one_device_is_read_on_another(
    own: Client, hotline: Hotline, ticket: Ticket, open_desk: OpenDesk, settings: Settings
) -> None:
    assert ticket.conversation_id
    await says(hotline, ticket.conversation_id, "備品什麼時候到", "c1")
    other_device = await open_desk(settings)
    await enter(other_device, hotline)
    assert "備品什麼時候到" in await page(other_device, f"/my/tickets/{ticket.number}")


@pytest.mark.parametrize(("said", "shown"), [("apply", "申請"), ("Claim", "請款")])
async def test_what_is_to_be_done_is_shown_in_the_readers_words(
    own: Client, hotline: Hotline, contact: Contact, said: str, shown: str
) -> None:
    conversation, _greeting = await start(hotline, contact)
    facts = {"purpose": {"value": said, "status": "known"}}
    wish = NewTicket("k-bdf", "campaign_bdf", "客戶研討會", 3, facts=facts)
    ticket = await open_ticket(hotline, conversation.id, wish)
    text = re.sub(r"<[^>]*>", "|", await page(own, f"/my/tickets/{ticket.number}"))
    assert f"|{shown}|" in text
    assert f"|{said}|" not in text


# The company


async def test_what_was_seeded_is_called_demonstration_data(own: Client) -> None:
    card = card_of(await page(own, "/my/company"), "company")
    assert "來源 示範資料" in card


FIGURES = {
    "fund": "NT$1,250,000",
    "credit": "NT$3,140,000",
    "performance": "NT$7,750,000",
    "headcount": "約定最低",
    "satisfaction": "4.2／5",
}


def card_of(shown: str, record: str) -> str:
    return shown.partition(f'data-record="{record}"')[2].partition("</section>")[0]


async def test_the_owner_sees_every_record_with_its_day_and_source(
    own: Client, hotline: Hotline
) -> None:
    await record_company(hotline)
    shown = await page(own, "/my/company")
    for words in FIGURES.values():
        assert words in shown
    for words in ("禾光資訊", "12345675", "系統整合商", "金級", "C-2026-0117", "快到期，剩 30 天",
                  "林柏宏", "快到期，剩 19 天", "已過期", "不會到期", "NT$1,250,000",
                  "距約定最低還差 NT$1,250,000", "NT$80,000", "偶爾逾期", "有條件"):  # fmt: skip
        assert words in shown, words
    assert shown.count("資料到 11/30（一），來源 ERP") == 7
    assert "只給原廠看" not in shown
    records = {entry.detail["record"] for entry in await journal(hotline, "record.read")}
    assert records == {"company", "contract", "certification", "fund", "performance", "credit",
                       "headcount", "satisfaction"}  # fmt: skip


@pytest.mark.parametrize(
    ("actual", "reached"), [(985, "98%"), (1_004, "100%"), (999, "99%"), (4, "不到 1%")]
)
async def test_what_was_reached_is_rounded_as_in_the_chat(
    own: Client, hotline: Hotline, actual: int, reached: str
) -> None:
    year = TUESDAY_MORNING.year
    async with hotline.database.write() as session:
        await session.execute(delete(PerformanceRow))
        session.add(
            PerformanceRow(
                partner_id="P-1001",
                year=year,
                quarter=WHOLE_YEAR,
                actual=actual,
                minimum=1_000,
                as_of=TUESDAY_MORNING.date(),
                source="test",
            )
        )
    shown = await page(own, "/my/company")
    assert f">{reached}<" in re.sub(r"\s*([<>])\s*", r"\1", card_of(shown, "performance"))
    contact = await contact_of(hotline, CONTACT)
    conversation, _greeting = await start(hotline, contact, "zh-TW")
    asked = Question("account_performance", text="今年業績", year=year)
    told = await look_ups.answer(hotline, conversation, asked, "zh-TW")
    assert reached in told.text


async def test_what_a_role_does_not_read_says_whom_to_ask_and_no_figure(
    colleague: Client, hotline: Hotline
) -> None:
    await record_company(hotline)
    shown = await page(colleague, "/my/company")
    for record, figure in FIGURES.items():
        card = card_of(shown, record)
        assert figure not in card
        assert "開放給貴公司的" in card
        assert "可以問：陳怡君" in card
    assert "負責人、財務" in card_of(shown, "fund")
    assert "C-2026-0117" in shown
    read = {entry.detail["record"] for entry in await journal(hotline, "record.read")}
    assert read == {"company", "contract", "certification"}
    assert await journal(hotline, "record.refused") == []  # nobody tried


async def test_no_record_of_another_company_is_shown(client: Client, hotline: Hotline) -> None:
    await record_company(hotline)
    async with hotline.database.write() as session:
        await session.execute(delete(FundRow).where(FundRow.partner_id == "P-1002"))
    await enter(client, hotline, OTHER_COMPANY)
    shown = await page(client, "/my/company")
    sums = [words for words in FIGURES.values() if words.startswith("NT$")]
    assert not [words for words in ("C-2026-0117", *sums) if words in shown]
    assert "這裡還沒有登記資料" in card_of(shown, "fund")
    assert "貴公司目前沒有登記這個角色的人" in card_of(shown, "headcount")
    assert "陳怡君" not in shown

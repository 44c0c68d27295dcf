"""Work on a ticket's page: facts with two tabs, duplicates, texts to insert, files, long notes."""

import re
from html import unescape

import pytest
from aiohttp import FormData

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, merging
from hotline.tickets.amending import amend
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import ENGINEER, LEAD, OTHER_COMPANY, contact_of
from tests.core.desk_work import brought_to, journal, notes_on, opened, said, ticket_row
from tests.desk.console_pages import all_of, page, part, post, sign_in
from tests.desk.file_contents import PNG
from tests.desk.people import Chat, Client, bearer, enter, new_id


def url_of(ticket: Ticket, act: str = "") -> str:
    return f"/console/tickets/{ticket.number}" + (f"/{act}" if act else "")


def edit(field: str, value: str, seen: str) -> dict[str, str]:
    return {"field": field, "value": value, "seen": seen}


def hidden(text: str, field: str) -> dict[str, str]:
    """What a browser sends of a field's form beside its value."""
    form = part(text, f"amend-{field}")
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def reply_field(text: str) -> str:
    found = re.search(r'<textarea[^>]*data-test="reply-text"[^>]*>(.*?)</textarea>', text, re.S)
    assert found is not None
    return unescape(found[1])


async def test_asker_partner_company_and_end_customer_are_three_fields(
    console: Client, hotline: Hotline, engineer: Staff, ticket: Ticket
) -> None:
    text = await page(console, url_of(ticket))
    assert "陳怡君" in part(text, "asker")
    assert ticket.contact is not None
    assert ticket.contact.company_zh in part(text, "partner")
    assert "未填" in part(text, "customer")
    await post(console, url_of(ticket, "amend"), edit("customer", "大立營造", ""))
    text = await page(console, url_of(ticket))
    assert "大立營造" in part(text, "customer")
    assert "大立營造" not in part(text, "facts").partition("</dl>")[0]


async def test_what_stands_whole_in_the_head_is_marked_in_the_brief(
    console: Client, hotline: Hotline, contact: Contact, ticket: Ticket
) -> None:
    assert "brief__words--in-head" in part(await page(console, url_of(ticket)), "wish")
    chat = (await start(hotline, contact))[0].id
    cut = await open_ticket(hotline, chat, NewTicket("long", "technical_hardware", "機櫃 " * 60, 3))
    assert cut.subject.endswith("…")
    wish = part(await page(console, url_of(cut)), "wish")
    assert "brief__words" in wish
    assert "brief__words--in-head" not in wish


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("severity", "2", "把嚴重度由 3 改為 2"),
        ("queue", "admin", "由「技術」改到「行政」佇列"),
        ("customer", "大立營造", "更正了客戶"),
        ("product", "S1022", "更正了產品"),
        ("serial", "78a1234", "更正了序號"),
    ],
)
async def test_each_fact_is_changed_by_its_form_and_stands_in_the_history(
    console: Client, ticket: Ticket, field: str, value: str, line: str
) -> None:
    text = await page(console, url_of(ticket))
    form = {**hidden(text, field), "value": value}
    assert form["field"] == field
    after = await post(console, url_of(ticket, "amend"), form)
    assert line in after
    assert value.upper() in after.upper()


async def test_the_owner_is_chosen_from_a_list(
    console: Client, hotline: Hotline, lead: Staff, ticket: Ticket
) -> None:
    text = await page(console, url_of(ticket))
    assert f'<option value="{lead.id}"' in part(text, "amend-assignee")
    after = await post(console, url_of(ticket, "amend"), edit("assignee", str(lead.id), ""))
    assert f"交給 {lead.name} 負責" in after
    assert 'data-test="amend"' not in after  # it is the lead's by now
    refused = await post(console, url_of(ticket, "amend"), edit("severity", "1", "3"), status=409)
    assert f"{lead.name} 負責這張，沒有存" in refused


@pytest.mark.both
async def test_of_two_tabs_the_second_sees_both_values_and_chooses(
    console: Client, hotline: Hotline, ticket: Ticket
) -> None:
    tabs = [hidden(await page(console, url_of(ticket)), "customer") for _tab in range(2)]
    await post(console, url_of(ticket, "amend"), {**tabs[0], "value": "大立營造"})
    text = await post(
        console, url_of(ticket, "amend"), {**tabs[1], "value": "大力營造"}, status=409
    )
    assert "終端客戶剛剛有人改過" in text
    present, mine = part(text, "stale-present"), part(text, "stale-mine")
    assert "大立營造" in present
    assert "王志豪，今天 10:15" in unescape(present)
    assert "大力營造" in mine
    assert "保留現在的" in text
    assert "改用我的" in text
    assert (await ticket_row(hotline, ticket.number)).fact("customer") == "大立營造"
    kept = await page(console, all_of(text, "stale-keep", "href")[0])
    assert "大立營造" in part(kept, "customer")
    form = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', mine))
    taken = await post(console, url_of(ticket, "amend"), form)
    assert "大力營造" in part(taken, "customer")
    assert [e.detail["fact"] for e in await journal(hotline, "ticket.amended")] == ["customer"] * 2


async def test_two_who_mean_the_same_do_not_get_in_each_others_way(
    console: Client, ticket: Ticket
) -> None:
    await post(console, url_of(ticket, "amend"), edit("severity", "2", "3"))
    await post(console, url_of(ticket, "amend"), edit("severity", "2", "3"))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (edit("serial", "不知道", ""), "這不像序號，沒有存"),
        (edit("customer", "長" * 121, ""), "最多 120 個字"),
        (edit("severity", "9", "3"), "沒有這個選項"),
        (edit("nothing", "9", "3"), "沒有這個選項"),
    ],
)
async def test_a_value_that_does_not_fit_is_told_at_its_field_and_stays_typed(
    console: Client, hotline: Hotline, ticket: Ticket, form: dict[str, str], words: str
) -> None:
    text = await post(console, url_of(ticket, "amend"), form, status=400)
    assert words in text
    assert form["value"] in text
    assert await ticket_row(hotline, ticket.number) == ticket


@pytest.mark.both
async def test_a_duplicate_is_listed_with_why_merged_and_the_merge_undone(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, ticket: Ticket
) -> None:
    other = await opened(hotline, contact, key="other")
    assert other.conversation_id is not None
    await answers.add(hotline, other.conversation_id, other.number, "面板也亮紅燈")
    for one in (ticket, other):
        await amend(hotline, engineer, one.number, "serial", "78A1234", seen="")
    text = await page(console, url_of(ticket))
    assert other.number in part(text, "likely")
    assert "同一個序號" in part(text, "likely")
    merged = await post(console, url_of(ticket, "merge"), {"other": other.number})
    assert other.number in part(merged, "merged")
    assert "面板也亮紅燈" in merged
    assert f"把 {other.number} 併進來" in merged
    assert part(merged, "likely") == ""
    gone = await page(console, url_of(other))
    assert ticket.number in part(gone, "merged-into")
    assert 'data-test="reopen"' not in gone
    back = await post(console, url_of(other, "unmerge") + f"?from={ticket.number}")
    assert f"<title>{ticket.number}" in back
    assert "面板也亮紅燈" not in back
    assert part(back, "merged") == ""
    assert (await ticket_row(hotline, other.number)).state == "new"


async def test_links_stand_on_both_pages(
    console: Client, hotline: Hotline, contact: Contact, ticket: Ticket
) -> None:
    other = await opened(hotline, contact, key="other")
    text = await post(console, url_of(ticket, "link"), {"other": other.number.lower()})
    assert other.number in part(text, "linked")
    assert ticket.number in part(await page(console, url_of(other)), "linked")
    text = await post(console, url_of(other, "unlink"), {"other": ticket.number})
    assert ticket.number not in part(text, "linked")


async def test_a_merge_that_may_not_be_says_why_and_keeps_the_number(
    console: Client, hotline: Hotline, lead: Staff, contact: Contact, ticket: Ticket
) -> None:
    stranger = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="theirs")
    held = await brought_to(hotline, contact, lead, "open", key="held")
    for other, status, words in (
        (ticket.number, 409, "這就是同一張工單"),
        (stranger.number, 409, "那張的夥伴看不到這張工單"),
        (held.number, 409, f"{lead.name} 負責這張，沒有存"),
        ("T26-9<9", 404, "找不到工單「T26-9&lt;9」"),
        ("", 404, "找不到工單「」"),
    ):
        text = await post(console, url_of(ticket, "merge"), {"other": other}, status=status)
        assert words in text
    assert await journal(hotline, "ticket.merged") == []


async def test_a_canned_text_is_inserted_behind_what_was_typed_in_the_partners_language(
    console: Client, hotline: Hotline, ticket: Ticket
) -> None:
    text = await page(console, url_of(ticket))
    values = re.findall(r'<option value="(text:\d+)" data-text="([^"]*)"', text)
    assert len(values) >= 10
    first, said_then = values[0]
    assert ticket.number in said_then
    assert "今天 14:15" in said_then
    form = {"text": "已經寫了一半", "insert": "canned", "canned": first}
    shown = await post(console, url_of(ticket, "insert"), form, status=200)
    assert reply_field(shown) == f"已經寫了一半\n{unescape(said_then)}"
    assert await said(hotline, ticket.conversation_id, 1) == []  # nothing was sent
    nothing = await post(
        console, url_of(ticket, "insert"), {**form, "canned": "text:99999"}, status=200
    )
    assert reply_field(nothing) == "已經寫了一半"
    english = await opened(hotline, await contact_of(hotline, OTHER_COMPANY), key="english")
    assert "Hello Amy" in await page(console, url_of(english))


async def test_a_live_chat_offers_the_texts_that_need_no_ticket(
    console: Client, visitor: Chat
) -> None:
    await post(console, f"/console/conversations/{visitor.id}/take")
    text = await page(console, f"/console/conversations/{visitor.id}")
    texts = re.findall(r'<option value="(text:\d+)" data-text="([^"]*)"', text)
    assert texts
    assert not [one for _value, one in texts if "{" in one or "T26" in one]
    form = {"text": "您好", "insert": "canned", "canned": texts[0][0]}
    url = f"/console/conversations/{visitor.id}/insert"
    shown = await post(console, url, form, status=200)
    assert reply_field(shown) == f"您好\n{unescape(texts[0][1])}"


async def test_articles_that_the_words_find_are_offered_with_their_short_text(
    console: Client, hotline: Hotline, contact: Contact
) -> None:
    talk, _greeting = await start(hotline, contact)
    asked = await open_ticket(
        hotline, talk.id, NewTicket("kb", "ask_knowledge", "維護合約到期了還能報修嗎？", 4)
    )
    text = await page(console, url_of(asked))
    values = all_of(text, "insert-article", "value")
    assert 1 <= len(values) <= 3
    [said_then] = all_of(text, "insert-article", "data-text")[:1]
    shown = await post(
        console, url_of(asked, "insert"), {"text": "", "insert": values[0]}, status=200
    )
    assert reply_field(shown) == unescape(said_then)
    [link] = re.findall(r'href="(/help/[\w-]+)"', part(text, "suggested-one"))
    assert (await console.get(link)).status == 200


async def test_a_picture_is_shown_small_and_opens_and_another_file_has_name_and_size(
    console: Client, chat: Chat, hotline: Hotline
) -> None:
    for name, content, kind in (
        ("front.png", PNG, "image/png"),
        ("rma.pdf", b"%PDF-1.7\n" + b"0" * 3000, "application/pdf"),
    ):
        form = FormData()
        form.add_field("id", new_id())
        form.add_field("file", content, filename=name, content_type=kind)
        answer = await console.post(
            f"/api/conversations/{chat.id}/messages", data=form, headers=bearer(chat.token)
        )
        assert answer.status in (200, 201, 202), await answer.text()
    text = await page(console, f"/console/conversations/{chat.id}")
    [picture] = all_of(text, "picture", "href")
    shown = await console.get(picture)
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "PDF 文件" in text
    assert "3 KB" in text
    [pdf] = [one for one in re.findall(r'class="file" href="([^"]*)"', text)
             if not picture.startswith(one)]  # fmt: skip
    whole = await console.get(f"{pdf}?show=1")
    assert whole.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("form", ["note", "reply"])
async def test_ten_thousand_characters_are_taken_and_more_is_refused_and_kept(
    console: Client, hotline: Hotline, ticket: Ticket, form: str
) -> None:
    if form == "note":
        await post(console, url_of(ticket, form), {"text": "長" * 10_000})
        assert [len(note) for note in await notes_on(hotline, ticket)] == [10_000]
    text = "<字>" * 3_334
    refused = await post(console, url_of(ticket, form), {"text": text, "claims": "1"}, status=413)
    assert "最多 10000 個字，現在有 10002 個" in refused
    assert unescape(refused).count(text) >= 1
    assert "ticket.replied" not in [e.kind for e in await journal(hotline)]


async def test_the_texts_are_a_leads_to_keep(client: Client, hotline: Hotline) -> None:
    await sign_in(client, ENGINEER)
    assert "/console/texts" not in await page(client, "/console")
    assert (await client.get("/console/texts")).status == 403
    await sign_in(client, LEAD)
    assert "/console/texts" in await page(client, "/console")
    text = await page(client, "/console/texts")
    known = len(all_of(text, "text", "class"))
    assert known >= 12
    form = {"title_zh": "稍候", "title_en": "Soon", "text_zh": "{numer} 收到", "text_en": "Got it"}
    refused = await post(client, "/console/texts", form, status=400)
    assert "沒有這個變數：「numer」" in refused
    assert "{numer} 收到" in refused
    saved = await post(client, "/console/texts", {**form, "text_zh": "{number} 收到"})
    assert "存好了" in saved
    assert len(all_of(saved, "text", "class")) == known + 1
    [link] = re.findall(r'href="(/console/texts\?text=\d+)#form" aria-label="[^"]*稍候', saved)
    one = await page(client, link)
    assert "T26-000042-7 收到" in part(one, "preview")
    hidden_fields = dict(re.findall(r'type="hidden" name="(id|version)" value="(\d+)"', one))
    await post(client, "/console/texts", {**form, **hidden_fields, "text_zh": "{due}"})
    stale = await post(
        client, "/console/texts", {**form, **hidden_fields, "text_zh": "{me}"}, status=409
    )
    assert "剛剛改過這一則" in stale
    await post(client, "/console/texts/remove", hidden_fields, status=409)
    gone = await post(client, "/console/texts/remove", {**hidden_fields, "version": "2"})
    assert "刪除了" in gone
    assert len(all_of(gone, "text", "class")) == known


async def test_a_stranger_to_the_kept_ticket_cannot_undo_it_by_its_address(
    console: Client, hotline: Hotline, lead: Staff, contact: Contact
) -> None:
    kept = await brought_to(hotline, contact, lead, "open", key="kept")
    gone = await brought_to(hotline, contact, lead, "open", key="gone")
    await merging.merge(hotline, lead, kept.number, gone.number)
    text = await post(console, url_of(gone, "unmerge"), status=409)
    assert f"{lead.name} 負責這張" in text
    assert (await ticket_row(hotline, gone.number)).merged_into_id == kept.id


async def test_the_partners_own_page_leads_to_the_ticket_that_was_kept(
    client: Client, hotline: Hotline, engineer: Staff, contact: Contact, ticket: Ticket
) -> None:
    gone = await opened(hotline, contact, key="gone")
    await merging.merge(hotline, engineer, ticket.number, gone.number)
    await enter(client, hotline)
    text = await page(client, f"/my/tickets/{gone.number}")
    assert all_of(text, "kept", "href") == [f"/my/tickets/{ticket.number}"]
    assert f"已併到 {ticket.number} 一起處理" in text
    assert "併到另一張一起處理" in text
    assert f"/my/tickets/{gone.number}/reopen" not in text
    assert all_of(await page(client, f"/my/tickets/{ticket.number}"), "kept", "href") == []

"""An answer or a file sent from a request's page: taken once, or refused with the words kept."""

import re

import pytest
from aiohttp import ClientResponse, FormData

from hotline.conversations import holding
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY
from tests.core.desk_work import (
    brought_to,
    conversation_row,
    everything_journalled,
    journal,
    notes_on,
    opened,
    said,
    ticket_row,
)
from tests.desk.conftest import OpenDesk
from tests.desk.file_contents import PNG
from tests.desk.own_page import act
from tests.desk.people import Client, enter, new_id, page


async def upload(
    client: Client, number: str, text: str, content: bytes, name: str = "panel.png"
) -> ClientResponse:
    form = FormData(quote_fields=False)
    form.add_field("id", new_id())
    form.add_field("text", text)
    form.add_field("file", content, filename=name)
    return await client.post(f"/my/tickets/{number}/answer", data=form, allow_redirects=False)


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

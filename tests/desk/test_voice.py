"""Voice messages by the chat's API: what is taken, what is refused, whose ticket it goes with."""

import re
from pathlib import Path

import pytest
from aiohttp import FormData

from hotline.conversations.messages import File
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.partners.service import Contact
from hotline.search.finding import search
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.voice import keeping
from tests.conftest import ENGINEER
from tests.core.desk_work import conversation_row, opened, said, ticket_row
from tests.desk.conftest import OpenDesk
from tests.desk.console_pages import page, sign_in
from tests.desk.engine_double import EngineDouble, answers, fails
from tests.desk.people import Chat, bearer, new_id, refusal_of
from tests.desk.test_uploads import kept, send

pytestmark = pytest.mark.both

WEBM = (Path(__file__).parents[1] / "voice/chromium.webm").read_bytes()
MP4 = (Path(__file__).parents[1] / "voice/chromium.mp4").read_bytes()


async def voice(
    chat: Chat, content: bytes = WEBM, name: str = "voice.webm"
) -> list[dict[str, object]]:
    """Send a recording; what is answered."""
    form = FormData(quote_fields=False)
    form.add_field("id", new_id())
    form.add_field("file", content, filename=name)
    url = f"{chat.url}/messages?wait=reply"
    answer = await chat.client.post(url, data=form, headers=bearer(chat.token))
    assert answer.status == 201, await answer.text()
    told: list[dict[str, object]] = (await answer.json())["messages"]
    return told


async def file_in(hotline: Hotline, conversation_id: str) -> File:
    [file] = [message.file for message in await said(hotline, conversation_id) if message.file]
    return file


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (WEBM, "voice.webm", "audio/webm"),
        (MP4, "voice.m4a", "audio/mp4"),
        (MP4, "a.mp4", "audio/mp4"),
    ],
)
async def test_a_recording_is_kept_with_its_length_and_begins_a_message_to_be_called_back(
    chat: Chat, hotline: Hotline, engine: EngineDouble, content: bytes, name: str, kind: str
) -> None:
    own, noted, *_rest = await voice(chat, content, name)
    assert own["file"]["type"] == kind  # type: ignore[index]
    assert 2.2 <= own["file"]["seconds"] <= 2.7  # type: ignore[index]
    length = "0:02"
    assert noted["text"] == hotline.replies.text("voice_kept", "zh-TW", length=length)
    assert engine.heard == ["/leave_message"]
    assert kept(hotline) == [content]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"MZ no sound", "voice_unreadable"), (WEBM[:100], "voice_unreadable")],
)
async def test_what_is_no_recording_is_refused_in_words(
    chat: Chat, hotline: Hotline, content: bytes, words: str
) -> None:
    answer = await send(chat, ("id", new_id()), ("file", content), name="voice.webm")
    assert await refusal_of(answer) == (400, "file_refused")
    assert (await answer.json())["error"]["message"] == hotline.replies.text(words, "zh-TW")
    assert kept(hotline) == []


async def test_what_is_too_long_or_too_large_is_refused_by_what_is_in_it(
    open_desk: OpenDesk, settings: Settings, partner_token: str, hotline: Hotline
) -> None:
    short = settings.limits.model_copy(update={"voice_seconds": -8, "voice_mb": 1})
    desk = await open_desk(settings.model_copy(update={"limits": short}))
    chat = await Chat.begin(desk, partner_token)
    answer = await send(chat, ("id", new_id()), ("file", WEBM), name="voice.webm")
    assert await refusal_of(answer) == (400, "file_refused")
    assert "0:02" in (await answer.json())["error"]["message"]
    large = await send(chat, ("id", new_id()), ("file", WEBM + bytes(1024**2)), name="voice.webm")
    assert await refusal_of(large) == (413, "file_refused")
    assert kept(hotline) == []


async def test_the_offer_is_a_recorder_with_the_way_to_write(
    chat: Chat, hotline: Hotline, engine: EngineDouble
) -> None:
    button = {"title": "語音留言", "payload": "desk:voice"}
    engine.will(answers("專線現在休息。", buttons=[button]))
    await chat.say("找真人")
    [_own, offer] = await chat.press("desk:voice")
    assert offer["card"] == {"kind": "voice", "seconds": 180}
    assert [one["payload"] for one in offer["buttons"]] == ["/leave_message"]
    assert len(engine.asked) == 1


async def test_it_goes_with_the_next_ticket_of_the_conversation_and_a_later_one_to_that(
    chat: Chat, hotline: Hotline
) -> None:
    await voice(chat)
    request = NewTicket("k1", "leave_message", "語音留言 0:02", 3)
    ticket = await open_ticket(hotline, chat.id, request)
    assert (await file_in(hotline, chat.id)).ticket_id == ticket.id
    _own, added = await voice(chat, MP4, "voice.m4a")
    assert ticket.number in str(added["text"])
    async with hotline.database.read() as session:
        found = await keeping.of_tickets(session, {ticket.id})
    assert [file.media_type for _conversation, file in found[ticket.id]] == [
        "audio/webm",
        "audio/mp4",
    ]


async def test_on_its_ticket_stands_when_the_call_is_wished_for(
    chat: Chat, hotline: Hotline
) -> None:
    await voice(chat)
    wish = {"needed_by": {"value": "2026-12-02 afternoon", "status": "known"}}
    first = NewTicket("k1", "leave_message", "語音 0:02", 3, facts=wish)
    wished = await open_ticket(hotline, chat.id, first)
    second = NewTicket("k2", "leave_message", "改天再說", 3, facts=wish)
    other = await open_ticket(hotline, chat.id, second)
    visitor = await Chat.begin(chat.client)
    await voice(visitor)
    soon = await open_ticket(hotline, visitor.id, NewTicket("k3", "leave_message", "語音 0:02", 3))
    await sign_in(chat.client, ENGINEER)
    for ticket, told in ((wished, ["希望 12/2（週三）下午"]), (other, []), (soon, [])):
        text = await page(chat.client, f"/console/tickets/{ticket.number}?lang=zh-TW")
        assert text.count('data-test="recording"') == 1
        assert re.findall('data-test="recording-wish">(.*?)<', text) == told


async def test_after_a_ticket_the_recorder_that_was_asked_for_is_a_message_of_its_own(
    chat: Chat, hotline: Hotline, engine: EngineDouble
) -> None:
    await open_ticket(hotline, chat.id, NewTicket("k1", "other_request", "印表機沒有紙", 3))
    button = {"title": "語音留言", "payload": "desk:voice"}
    engine.will(answers("專線現在休息。", buttons=[button]))
    await chat.say("找真人")
    await chat.press("desk:voice")
    await voice(chat)
    assert engine.heard[-1] == "/leave_message"
    assert (await file_in(hotline, chat.id)).ticket_id is None


async def test_without_the_engine_it_becomes_a_ticket_as_it_is(
    chat: Chat, hotline: Hotline, engine: EngineDouble
) -> None:
    engine.will(fails(500))
    await voice(chat)
    await chat.press("desk:ticket")
    number = (await conversation_row(hotline, chat.id)).last_ticket or ""
    ticket = await ticket_row(hotline, number)
    assert ticket.description == "語音留言 0:02"
    assert (await file_in(hotline, chat.id)).ticket_id == ticket.id


async def test_what_is_written_down_of_it_is_found_and_never_overwritten_unseen(
    chat: Chat, hotline: Hotline, engineer: Staff, lead: Staff, contact: Contact
) -> None:
    await voice(chat)
    ticket = await open_ticket(hotline, chat.id, NewTicket("k1", "leave_message", "語音", 3))
    file = await file_in(hotline, chat.id)
    noted = await keeping.note_words(
        hotline, engineer, ticket.number, file.id, "磁帶櫃備份失敗", seen=None
    )
    assert (noted.words, noted.words_by) == ("磁帶櫃備份失敗", engineer)
    async with hotline.database.read() as session:
        assert [one.number for one in (await search(session, "磁帶櫃")).tickets] == [ticket.number]
    with pytest.raises(Conflict):
        await keeping.note_words(hotline, lead, ticket.number, file.id, "別的", seen=None)
    newer = await keeping.note_words(
        hotline, lead, ticket.number, file.id, "光碟機", seen=noted.words_at
    )
    assert newer.words == "光碟機"
    async with hotline.database.read() as session:
        assert (await search(session, "磁帶櫃")).tickets == ()
    elsewhere = await opened(hotline, contact, key="k2")
    with pytest.raises(NotFound):
        await keeping.note_words(hotline, lead, elsewhere.number, file.id, "不是這張", seen=None)

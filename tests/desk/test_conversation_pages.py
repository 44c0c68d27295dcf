"""The console's conversations: who waits, who speaks, what is read only, and the files in them."""

import re
from datetime import timedelta

from aiohttp import FormData

from desk.keys import HOTLINE
from hotline.conversations import holding, waits
from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.staff import presence
from hotline.staff.rules import BUSY
from hotline.staff.service import Staff
from tests.core.desk_work import conversation_row, said, says
from tests.core.test_colleagues_tickets import statements
from tests.desk.console_work import Work
from tests.desk.people import Chat, Client, bearer, new_id, page


async def test_a_word_in_ones_own_chat_shows_on_every_page(
    console: Client, hotline: Hotline, work: Work
) -> None:
    await says(hotline, work.mine, "在嗎", "c1")
    for url in ("/console", "/console/conversations", "/console/conversations?fragment=vital"):
        assert "我的對談有 1 則新訊息" in await page(console, url), url
    assert "您正在發言" in await page(console, "/console/conversations")
    await page(console, f"/console/conversations/{work.mine}")
    assert "我的對談有" not in await page(console, "/console")


async def test_whoever_waits_shows_what_they_said_before_they_asked_for_a_person(
    console: Client, hotline: Hotline, work: Work
) -> None:
    await says(hotline, work.queued, "報價單格式錯了", "c1")
    text = await page(console, "/console/conversations")
    assert "報價單格式錯了" in text
    assert "offer__about" in text


async def test_a_note_in_a_live_chat_is_for_colleagues(
    console: Client, hotline: Hotline, work: Work
) -> None:
    url = f"/console/conversations/{work.others}"
    before = await said(hotline, work.others)
    form = {"text": "@佳蓉 這家欠款", "client_id": new_id()}
    for _ in range(2):
        answer = await console.post(f"{url}/note", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, url)
    assert (await page(console, url)).count("這家欠款") == 1
    assert await said(hotline, work.others) == before
    empty = await console.post(f"{url}/note", data={"text": " "})
    assert empty.status == 400


async def test_a_live_message_that_comes_too_late_is_kept_for_its_writer(
    console: Client, hotline: Hotline, work: Work, engineer: Staff
) -> None:
    await holding.give_back(hotline, engineer, work.mine)
    url = f"/console/conversations/{work.mine}"
    late = await console.post(f"{url}/messages", data={"text": "我打到一半的話"})
    text = await late.text()
    assert (late.status, "我打到一半的話" in text) == (409, True)
    assert f'data-url="{url}"' in text
    again = await console.post(f"{url}/give-back")
    assert again.status == 409


async def test_a_conversation_is_taken_spoken_in_and_given_back_by_forms(
    console: Client, hotline: Hotline, work: Work, engineer: Staff
) -> None:
    url = f"/console/conversations/{work.queued}"
    for do, form, holder in (
        ("take", {}, "person"),
        ("messages", {"text": "您好"}, "person"),
        ("give-back", {}, "bot"),
    ):
        answer = await console.post(f"{url}/{do}", data=form, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, url), do
        assert (await conversation_row(hotline, work.queued)).holder == holder
    told = await said(hotline, work.queued, after=2)
    assert [m.sender for m in told] == ["system", "staff", "system"]
    empty = await console.post(f"/console/conversations/{work.mine}/messages", data={"text": " "})
    assert empty.status == 400


async def test_whom_those_who_wait_are_offered_to_is_asked_once_for_all(
    console: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    for staff in (engineer, lead):  # there, and asked no more
        await presence.stand(hotline, staff, BUSY)
    talks = [(await start(hotline, contact))[0].id for _ in range(3)]
    until = hotline.now() + timedelta(seconds=20)
    async with hotline.database.write() as session:
        for talk, to in zip(talks, (engineer, lead, None), strict=True):
            await holding.join_queue(session, hotline, talk)
            wait = await waits.current(session, talk)
            assert wait is not None
            if to is not None:
                wait.offered_to_id, wait.offered_until = to.id, until
    for url in ("/console", "/console/conversations"):
        with statements(console.app[HOTLINE]) as asked:
            text = await page(console, url)
        assert [text.count(f'data-test="{test}"') for test in ("offer", "offered")] == [3, 2]
        assert len(re.findall(r"請您接手，剩 \d+ 秒", text)) == 1
        assert "對談 0／3" in text  # what is offered is not theirs yet
        assert text.count(f"已請{lead.name}接手") == 1
        assert sum("waits.conversation_id IN (" in one for one in asked) == 1


async def test_a_conversation_of_a_colleague_is_read_but_not_written(
    console: Client, hotline: Hotline, work: Work, lead: Staff
) -> None:
    url = f"/console/conversations/{work.others}"
    assert "我要找真人" in await page(console, url)
    before = await said(hotline, work.others)
    for do in ("take", "messages", "give-back"):
        answer = await console.post(f"{url}/{do}", data={"text": "我來"})
        assert answer.status == 409, do
    taken = await console.post(f"{url}/take")
    assert lead.name in await taken.text()
    assert await said(hotline, work.others) == before


async def test_staff_download_a_partners_file_and_never_see_it_as_a_page(
    console: Client, chat: Chat
) -> None:
    form = FormData({"id": new_id()})
    form.add_field("file", b"<script>alert(1)</script>", filename="notes.txt")
    answer = await chat.client.post(f"{chat.url}/messages", data=form, headers=bearer(chat.token))
    file_id = (await answer.json())["messages"][0]["file"]["id"]
    url = f"/console/conversations/{chat.id}/files/{file_id}"
    assert url in await page(console, f"/console/conversations/{chat.id}")
    download = await console.get(url)
    assert (download.status, download.content_type) == (200, "text/plain")
    assert download.headers["Content-Disposition"].startswith("attachment;")
    assert await page(console, f"{url}x", status=404)

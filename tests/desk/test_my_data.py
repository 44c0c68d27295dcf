"""`/my/data`, what is said first in a conversation, and the night's work at the desk."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from aiohttp import ClientResponse

from desk.nightly import Nightly
from hotline import access
from hotline.core import Hotline
from hotline.privacy import erasing, retention
from hotline.settings import Settings
from hotline.settings.sections import PrivacySettings, RetentionSettings
from tests.conftest import CONTACT, ENGINEER, TUESDAY_MORNING, contact_of, set_clock, staff_of
from tests.core.desk_work import brought_to, journal
from tests.desk.conftest import OpenDesk
from tests.desk.people import PASSWORD, Chat, Client, bearer

PAGE = "/my/data"


async def signed_in(client: Client, hotline: Hotline) -> dict[str, str]:
    """The headers of a browser that came from the portal."""
    token = access.partner_token(hotline, await contact_of(hotline, CONTACT))
    entered = await client.post("/enter", data={"token": token}, allow_redirects=False)
    assert entered.status == 303
    return {"Origin": str(client.make_url("")).rstrip("/")}


def data_in(content: bytes) -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told: dict[str, object] = json.loads(archive.read("data.json"))
    return told


@pytest.mark.parametrize("method", ["get", "post"])
async def test_who_is_not_signed_in_is_sent_to_the_sign_in(client: Client, method: str) -> None:
    answer: ClientResponse = await getattr(client, method)(PAGE, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/sign-in?next=/my/data")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-TW",
            (
                "我的資料",
                "陳怡君",
                "禾光資訊",
                "180 天",
                "1 天",
                "沒有期限",
                "0800-000-006",
            ),
        ),
        ("en", ("My data", "Heguang Information", "180 days", "No fixed period")),
    ],
)
async def test_the_page_tells_what_is_kept_and_for_how_long(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, language: str, words: tuple[str, ...]
) -> None:
    periods = RetentionSettings(files_days=0)
    client = await open_desk(settings.model_copy(update={"retention": periods}))
    await signed_in(client, hotline)
    answer = await client.get(PAGE, params={"lang": language})
    page = await answer.text()
    assert answer.status == 200
    for expected in words:
        assert expected in page


async def test_the_download_is_everything_and_is_journalled(
    client: Client, hotline: Hotline, chat: Chat
) -> None:
    await chat.say("鴨嘴獸機房在漏水")
    headers = await signed_in(client, hotline)
    answer = await client.post(PAGE, headers=headers)
    assert (answer.status, answer.content_type) == (200, "application/zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    told = json.dumps(data_in(await answer.read()), ensure_ascii=False)
    assert "鴨嘴獸機房在漏水" in told
    assert CONTACT in told
    [entry] = await journal(hotline, "person.exported")
    assert entry.actor == "partner"
    assert [it.name for it in hotline.settings.var_dir.glob("tmp*")] == []


async def test_another_site_cannot_start_a_download(client: Client, hotline: Hotline) -> None:
    await signed_in(client, hotline)
    answer = await client.post(PAGE, headers={"Origin": "https://evil.example"})
    assert answer.status == 403
    assert await journal(hotline, "person.exported") == []


async def test_somebody_erased_is_signed_out_everywhere(
    client: Client, hotline: Hotline, chat: Chat
) -> None:
    await chat.say("主機開不了機")
    await signed_in(client, hotline)
    await erasing.erase_contact(hotline, CONTACT, also_open=True)
    page = await client.get(PAGE, allow_redirects=False)
    assert page.status == 303
    read = await client.get(f"{chat.url}/messages", headers=bearer(chat.token))
    said = await chat.post({"id": "6b1f0f6e-0d6b-4b9e-8f0a-7a1c9a7b3c11", "text": "還在"})
    renewed = await client.post(f"{chat.url}/renew", headers=bearer(chat.token))
    assert (read.status, said.status) == (401, 401)
    assert renewed.status in (401, 404)
    assert "陳怡君" not in await (await client.get("/demo")).text()


async def test_the_console_shows_a_ticket_of_somebody_erased(
    client: Client, hotline: Hotline
) -> None:
    engineer = await staff_of(hotline, ENGINEER)
    ticket = await brought_to(hotline, await contact_of(hotline, CONTACT), engineer, "closed")
    await erasing.erase_contact(hotline, CONTACT)
    await client.post("/console/sign-in", data={"email": ENGINEER, "password": PASSWORD})
    page = await client.get(f"/console/tickets/{ticket.number}")
    text = await page.text()
    assert page.status == 200
    assert "已刪除的聯絡人" in text
    assert "（內容已刪除）" in text
    assert "陳怡君" not in text


async def test_the_consent_is_said_once_before_the_greeting(
    open_desk: OpenDesk, settings: Settings
) -> None:
    privacy = PrivacySettings(consent_zh="這場對話會留存。", consent_en="This chat is kept.")
    client = await open_desk(settings.model_copy(update={"privacy": privacy}))
    chat = await Chat.begin(client)
    assert chat.greeting[0]["text"] == "這場對話會留存。"
    assert len(chat.greeting) == 2
    await chat.say("你好")
    assert [it["text"] for it in await chat.said()].count("這場對話會留存。") == 1
    english = await Chat.begin(client, language="en")
    assert english.greeting[0]["text"] == "This chat is kept."


async def test_without_a_consent_text_nothing_is_said_before_the_greeting(client: Client) -> None:
    assert len((await Chat.begin(client)).greeting) == 1


async def test_the_night_comes_once_and_is_made_up_for(hotline: Hotline) -> None:
    def at(**moved: float) -> None:
        set_clock(hotline.settings, TUESDAY_MORNING + timedelta(**moved))
        hotline.clock._look()

    nightly = Nightly(hotline)
    assert not await nightly.work_if_due()  # a hotline's first day
    at(hours=17)
    assert not await nightly.work_if_due()
    at(hours=17.5)
    assert await nightly.work_if_due()
    assert not await nightly.work_if_due()
    at(days=3)  # it was down for two nights
    assert await Nightly(hotline).work_if_due()
    assert not await Nightly(hotline).work_if_due()
    assert len(await journal(hotline, retention.DONE)) == 2

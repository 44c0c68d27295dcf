"""Uploads: what is refused, sent twice or broken off leaves no file behind."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import ClientResponse, FormData

from desk.files import AT_ONCE, Uploads
from hotline.core import Hotline
from hotline.errors import BadInput, TooMany
from hotline.settings import Settings
from tests.core.desk_work import said
from tests.desk.conftest import OpenDesk
from tests.desk.file_contents import PNG, zipped
from tests.desk.people import Chat, bearer, new_id, refusal_of

pytestmark = pytest.mark.both

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 64
PDF = b"%PDF-1.7\n" + b"\0" * 64
OTHER_PNG = PNG + b"other"


DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
ODDLY_ORDERED_DOCX = zipped("docProps/app.xml", "word/document.xml", "[Content_Types].xml")


async def send(chat: Chat, *fields: tuple[str, str | bytes], name: str = "a.png") -> ClientResponse:
    form = FormData(quote_fields=False)
    for field, value in fields:
        if field == "file":
            form.add_field(field, value, filename=name)
        else:
            form.add_field(field, value)
    return await chat.client.post(f"{chat.url}/messages", data=form, headers=bearer(chat.token))


def kept(hotline: Hotline) -> list[bytes]:
    """Every file that is there, and nothing half received beside them."""
    assert [*(hotline.settings.var_dir / "incoming").glob("*")] == []
    folder = hotline.settings.var_dir / "files"
    return sorted(file.read_bytes() for file in folder.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (JPEG, "photo.jpg"),
        (JPEG, "photo.JPEG"),
        (PDF, "offer.pdf"),
        (DOCX, "offer.docx"),
        (ODDLY_ORDERED_DOCX, "offer.docx"),
        (b"BMC console, MZ: no such device\n", "console.log"),
    ],
)
async def test_a_file_that_is_what_its_name_says_is_taken(
    chat: Chat, hotline: Hotline, content: bytes, name: str
) -> None:
    answer = await send(chat, ("id", new_id()), ("file", content), name=name)
    assert answer.status == 201
    assert kept(hotline) == [content]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "photo.jpg"),
        (PNG, "photo.pdf"),
        (PDF, "photo.png"),
        (PNG, "notes.txt"),
        (b"%PDF-1.7\n", "notes.txt"),
        (zipped("a.txt"), "temps.csv"),
    ],
)
async def test_a_file_that_is_not_what_its_name_says_is_told_so(
    chat: Chat, hotline: Hotline, content: bytes, name: str
) -> None:
    answer = await send(chat, ("id", new_id()), ("file", content), name=name)
    assert await refusal_of(answer) == (400, "file_refused")
    words = hotline.replies.text(
        "file_not_what_it_says", "zh-TW", filename=name, ending=name.rpartition(".")[2]
    )
    assert (await answer.json())["error"]["message"] == words
    assert kept(hotline) == []


async def test_an_empty_file_is_told_so(chat: Chat, hotline: Hotline) -> None:
    answer = await send(chat, ("id", new_id()), ("file", b""))
    assert await refusal_of(answer) == (400, "file_refused")
    words = hotline.replies.text("file_empty", "zh-TW", filename="a.png")
    assert (await answer.json())["error"]["message"] == words


async def test_a_second_file_in_one_message_is_refused(chat: Chat, hotline: Hotline) -> None:
    answer = await send(chat, ("id", new_id()), ("file", PNG), ("file", OTHER_PNG))
    assert await refusal_of(answer) == (400, "bad_request")
    assert kept(hotline) == []
    assert len(await chat.said()) == 1


@pytest.mark.parametrize("before", [(), (("id", "no uuid"),), (("text", "面板"),)], ids=str)
async def test_a_file_before_its_messages_id_is_refused(
    chat: Chat, hotline: Hotline, before: tuple[tuple[str, str], ...]
) -> None:
    answer = await send(chat, *before, ("file", PNG), ("id", new_id()))
    assert await refusal_of(answer) == (400, "bad_request")
    assert kept(hotline) == []


async def test_a_file_sent_again_or_with_a_refused_text_is_not_kept(
    chat: Chat, hotline: Hotline
) -> None:
    one = new_id()
    assert (await send(chat, ("id", one), ("file", PNG))).status == 201
    assert (await send(chat, ("id", one), ("file", OTHER_PNG))).status == 200
    too_long = await send(chat, ("id", new_id()), ("text", "x" * 3000), ("file", OTHER_PNG))
    assert too_long.status == 413
    assert kept(hotline) == [PNG]


async def test_a_refused_upload_leaves_the_same_content_of_another_message(
    chat: Chat, visitor: Chat, hotline: Hotline
) -> None:
    too_long = "x" * 3000
    answers = await asyncio.gather(
        send(visitor, ("id", new_id()), ("text", too_long), ("file", PNG)),
        send(chat, ("id", new_id()), ("file", PNG)),
        send(visitor, ("id", new_id()), ("text", too_long), ("file", PNG)),
    )
    assert [answer.status for answer in answers] == [413, 201, 413]
    assert kept(hotline) == [PNG]
    file = (await said(hotline, chat.id))[1].file
    assert file is not None
    download = await chat.client.get(f"{chat.url}/files/{file.id}", headers=bearer(chat.token))
    assert await download.read() == PNG


async def test_a_download_has_the_files_own_name(chat: Chat) -> None:
    answer = await send(chat, ("id", new_id()), ("file", PNG), name="面板 1.png")
    file = (await answer.json())["messages"][0]["file"]["id"]
    download = await chat.client.get(f"{chat.url}/files/{file}", headers=bearer(chat.token))
    assert download.content_disposition is not None
    assert download.content_disposition.filename == "面板 1.png"


async def test_a_giant_name_keeps_its_ending(chat: Chat) -> None:
    answer = await send(chat, ("id", new_id()), ("file", PNG), name="長" * 300 + ".png")
    name = (await answer.json())["messages"][0]["file"]["name"]
    assert (len(name), Path(name).suffix) == (120, ".png")


async def test_an_upload_that_takes_too_long_ends_in_words(hotline: Hotline) -> None:
    uploads = Uploads(hotline, within_s=0.01)
    with pytest.raises(BadInput) as refused:
        async with uploads.one_more("en"):
            await asyncio.Event().wait()
    assert refused.value.message == hotline.replies.text("file_too_slow", "en")


async def test_more_uploads_at_once_than_there_is_room_for_are_asked_to_come_again(
    hotline: Hotline,
) -> None:
    uploads, go_on = Uploads(hotline), asyncio.Event()
    begun = asyncio.Semaphore(0)

    async def upload() -> None:
        async with uploads.one_more("zh-TW"):
            begun.release()
            await go_on.wait()

    running = [asyncio.create_task(upload()) for _ in range(AT_ONCE)]
    for _ in running:
        await begun.acquire()
    with pytest.raises(TooMany) as refused:
        async with uploads.one_more("zh-TW"):
            pass
    assert refused.value.fields["retry_after_s"] > 0
    go_on.set()
    await asyncio.gather(*running)
    async with uploads.one_more("zh-TW"):
        pass


async def test_only_so_many_files_an_hour_come_into_a_conversation_kept_or_not(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline
) -> None:
    few = settings.limits.model_copy(update={"files_per_hour": 3})
    client = await open_desk(settings.model_copy(update={"limits": few}))
    visitor, again = await Chat.begin(client), await Chat.begin(client)
    assert (await send(visitor, ("id", new_id()), ("file", PNG))).status == 201
    assert (await send(visitor, ("id", new_id()), ("file", PNG), name="a.exe")).status == 400
    assert (await send(again, ("id", new_id()), ("file", PNG))).status == 201
    for chat in (visitor, again):
        assert await told_to_wait(await send(chat, ("id", new_id()), ("file", PNG)), hotline)
    await again.say("檔案之後再傳")
    by_partner = [message for message in await again.said() if message["sender"] == "partner"]
    assert ["file" in message for message in by_partner] == [True, False]


async def test_only_so_much_an_hour_comes_into_a_conversation(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, partner_token: str
) -> None:
    little = settings.limits.model_copy(update={"file_mb_per_hour": 1})
    client = await open_desk(settings.model_copy(update={"limits": little}))
    chat = await Chat.begin(client, partner_token)
    half = b"x" * (700 * 1024)
    assert (await send(chat, ("id", new_id()), ("file", half), name="a.log")).status == 201
    refused = await send(chat, ("id", new_id()), ("file", half), name="b.log")
    assert await told_to_wait(refused, hotline)
    assert kept(hotline) == [half]
    assert (await send(chat, ("id", new_id()), ("file", PNG))).status == 201


async def told_to_wait(answer: ClientResponse, hotline: Hotline) -> bool:
    assert await refusal_of(answer) == (429, "file_refused")
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    words = hotline.replies.text("files_too_many", "zh-TW", minutes=60)
    return bool((await answer.json())["error"]["message"] == words)

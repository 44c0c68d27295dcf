"""Files too large, of a refused type, named with tricks; and the usual ones, taken as they are."""

from pathlib import Path

import pytest
from aiohttp import FormData

from hotline.core import Hotline
from tests.core.desk_work import said
from tests.desk.file_contents import PNG, zipped
from tests.desk.people import Chat, bearer, new_id, refusal_of, senders

EXE = b"MZ" + b"\0" * 256


async def upload(chat: Chat, content: bytes, name: str, client_id: str = "") -> tuple[int, dict]:  # type: ignore[type-arg]
    form = FormData({"id": client_id or new_id()}, quote_fields=False)  # as browsers do
    form.add_field("file", content, filename=name)
    answer = await chat.client.post(
        f"{chat.url}/messages", params={"wait": "reply"}, data=form, headers=bearer(chat.token)
    )
    return answer.status, await answer.json()


async def test_a_file_too_large_is_refused_with_its_size_and_the_limit(
    chat: Chat, hotline: Hotline
) -> None:
    status, answer = await upload(chat, PNG + b"\0" * (10 * 1024 * 1024), "panel.png")
    assert (status, answer["error"]["code"]) == (413, "file_refused")
    assert all(word in answer["error"]["message"] for word in ("panel.png", "10.0", "10"))
    assert len(await chat.said()) == 1
    assert not (hotline.settings.var_dir / "files").exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (EXE, "setup.exe"),
        (EXE, "invoice.pdf"),
        (EXE, "panel.png"),
        (b"<html><script>alert(1)</script>", "page.html"),
        (b"<svg onload=alert(1)>", "mark.svg"),
        (b"plain words", "panel.png"),
        (b"a\x00b", "console.log"),
        (b"", "empty.pdf"),
        (b"words", "no-ending"),
    ],
)
async def test_a_file_of_a_refused_type_is_refused_by_its_content(
    chat: Chat, hotline: Hotline, content: bytes, name: str
) -> None:
    status, answer = await upload(chat, content, name)
    assert (status, answer["error"]["code"]) == (400, "file_refused")
    assert name in answer["error"]["message"]
    assert len(await chat.said()) == 1
    assert not (hotline.settings.var_dir / "files").exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PNG, "面板 照片.png"),
        (PNG, "../../etc/passwd.png"),
        (b"Dec 1 10:15:00 host kernel: oops\n", "console.log"),
        ("時間,溫度\n".encode(), "temps.csv"),
        (b"<script>alert(1)</script>", "notes.txt"),
        (zipped("a.txt"), "logs.zip"),
    ],
)
async def test_a_file_of_a_usual_type_is_taken_under_its_own_name(
    chat: Chat, hotline: Hotline, content: bytes, name: str
) -> None:
    status, answer = await upload(chat, content, name)
    assert (status, senders(answer["messages"])) == (201, ["partner", "bot"])
    assert answer["messages"][0]["file"]["name"] == Path(name).name
    [kept] = [file for file in (hotline.settings.var_dir / "files").rglob("*") if file.is_file()]
    assert kept.read_bytes() == content


async def test_the_same_file_twice_with_one_id_is_one_message(chat: Chat, hotline: Hotline) -> None:
    one = new_id()
    assert [(await upload(chat, PNG, "a.png", one))[0] for _ in range(2)] == [201, 200]
    assert len(await said(hotline, chat.id)) == 3


async def test_a_file_name_in_another_encoding_or_with_tricks_is_made_harmless(
    chat: Chat,
) -> None:
    one = new_id().encode()
    body = (
        b'--b\r\nContent-Disposition: form-data; name="id"\r\n\r\n' + one + b"\r\n"
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="\xa7\xda\xe2\x80\xae.png"'
        b"\r\n\r\n" + PNG + b"\r\n--b--\r\n"
    )
    answer = await chat.client.post(
        f"{chat.url}/messages",
        params={"wait": "reply"},
        data=body,
        headers={"Content-Type": "multipart/form-data; boundary=b", **bearer(chat.token)},
    )
    told = (await answer.json())["messages"]
    assert (answer.status, senders(told)) == (201, ["partner", "bot"])
    assert told[0]["file"]["name"] == ".png"


async def test_a_giant_text_beside_a_file_is_refused(chat: Chat) -> None:
    form = FormData({"id": new_id(), "text": "x" * 100_000})
    form.add_field("file", PNG, filename="a.png")
    answer = await chat.client.post(f"{chat.url}/messages", data=form, headers=bearer(chat.token))
    assert await refusal_of(answer) == (413, "too_long")
    assert len(await chat.said()) == 1

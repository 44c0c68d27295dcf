"""Bad input, each with its outcome: a clear word, nothing lost, nothing shown to strangers."""

import asyncio
import os
import re
import subprocess
import sys
import zipfile
import zlib
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import FormData, MultipartWriter
from yarl import URL

from hotline import access
from hotline.core import Hotline
from tests.conftest import CONTACT, LEAD, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import brought_to, journal, said, ticket_row
from tests.desk.engine_double import EngineDouble, answers, repeats, waits_for
from tests.desk.people import (
    PASSWORD,
    Chat,
    Client,
    StaffApi,
    bearer,
    frame_of,
    new_id,
    refusal_of,
    senders,
    texts,
)

ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
EXE = b"MZ" + b"\0" * 256


async def upload(chat: Chat, content: bytes, name: str, client_id: str = "") -> tuple[int, dict]:  # type: ignore[type-arg]
    form = FormData({"id": client_id or new_id()}, quote_fields=False)  # as browsers do
    form.add_field("file", content, filename=name)
    answer = await chat.client.post(
        f"{chat.url}/messages", params={"wait": "reply"}, data=form, headers=bearer(chat.token)
    )
    return answer.status, await answer.json()


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00\x01\x02", "\u200b"])
async def test_a_blank_message_is_refused_in_words_and_not_stored(
    chat: Chat, engine: EngineDouble, hotline: Hotline, text: str
) -> None:
    answer = await chat.post({"id": new_id(), "text": text})
    error = (await answer.json())["error"]
    assert (answer.status, error["code"]) == (400, "blank")
    assert error["message"] == hotline.replies.text("blank", "zh-TW")
    assert (len(await chat.said()), engine.asked) == (1, [])


@pytest.mark.parametrize("size", [100_000, 300_000])
async def test_a_message_of_100_kb_is_refused_with_the_limit(
    chat: Chat, engine: EngineDouble, size: int
) -> None:
    answer = await chat.post({"id": new_id(), "text": "x" * size})
    assert await refusal_of(answer) == (413, "too_long")
    if size < 256 * 1024:
        assert "2000" in (await answer.json())["error"]["message"]
    assert (len(await chat.said()), engine.asked) == (1, [])


@pytest.mark.parametrize("text", ["👍", "😭😭😭", "👨‍👩‍👧‍👦", "！？…", "\ufffd\ufffdab\ufffd"])
async def test_emoji_or_binary_junk_is_kept_and_answered_without_the_engine(
    chat: Chat, engine: EngineDouble, hotline: Hotline, text: str
) -> None:
    told = await chat.say(text)
    assert senders(told) == ["partner", "bot"]
    assert texts(told) == [text, hotline.replies.text("blank", "zh-TW")]
    assert engine.asked == []


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00binary", b"not JSON", b"[1]", b'"text"', b"null", b"{", b"[" * 5000],
    ids=["empty", "binary", "not JSON", "list", "string", "null", "half", "deep"],
)
@pytest.mark.parametrize("path", ["", "/messages"])
async def test_a_body_that_is_no_json_object_is_refused(chat: Chat, path: str, body: bytes) -> None:
    if not path and not body:
        return  # a conversation may begin without any wish
    url = chat.url + path if path else "/api/conversations"
    headers = {"Content-Type": "application/json", **(bearer(chat.token) if path else {})}
    answer = await chat.client.post(url, data=body, headers=headers)
    assert await refusal_of(answer) == (400, "bad_request")
    assert len(await chat.said()) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"id": "1"},
        {"id": None},
        {"id": 7},
        {"text": 7},
        {"text": ["a"]},
        {"payload": {"a": 1}},
        {"payload": "x" * 401},
        {"title": 3},
    ],
    ids=str,
)
async def test_a_field_of_the_wrong_kind_is_refused_by_its_name(
    chat: Chat, engine: EngineDouble, fault: dict[str, object]
) -> None:
    answer = await chat.post({"id": new_id(), "text": "你好", **fault})
    assert await refusal_of(answer) == (400, "bad_request")
    assert (await answer.json())["error"]["field"] == next(iter(fault))
    assert (len(await chat.said()), engine.asked) == (1, [])


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("/restart", "restart"),
        ('／confirm{"x":1}', 'confirm{"x":1}'),
        ("／／restart", "restart"),
        ("/ticket_list", "ticket_list"),
    ],
)
async def test_commands_that_are_typed_are_words_to_the_engine(
    chat: Chat, engine: EngineDouble, typed: str, asked: str
) -> None:
    told = await chat.say(typed)
    assert texts(told)[0] == typed
    assert engine.heard == [asked]


@pytest.mark.parametrize(
    ("payload", "asked"),
    [
        ("/restart", "restart"),
        ('/confirm{"x":1}', 'confirm{"x":1}'),
        ("desk:ticket", "desk:ticket"),
        ("desk:human", "desk:human"),
    ],
)
async def test_a_button_that_was_not_offered_is_but_words(
    chat: Chat, engine: EngineDouble, hotline: Hotline, payload: str, asked: str
) -> None:
    told = await chat.press(payload)
    assert texts(told) == [asked, f"您說：{asked}"]
    assert engine.heard == [asked]
    assert await journal(hotline, "ticket.opened", "conversation.queued") == []


async def test_a_button_of_an_earlier_question_no_longer_acts(
    chat: Chat, engine: EngineDouble
) -> None:
    engine.will(answers("開單嗎？", buttons=[{"title": "開單", "payload": "/affirm"}]))
    await chat.say("機器壞了")
    await chat.say("等一下")
    await chat.press("/affirm")
    assert engine.heard == ["機器壞了", "等一下", "affirm"]


async def test_html_and_script_are_kept_as_text_and_shown_as_text(
    chat: Chat, engineer_api: StaffApi, hotline: Hotline
) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}} &amp;"
    told = await chat.say(attack)
    assert texts(told)[0] == attack
    taken = await engineer_api.post(f"/conversations/{chat.id}/take")
    assert taken.status == 200
    await chat.client.post(
        "/console/sign-in",
        data={"email": "zhihao.wang@hotline.example", "password": "hotline-demo-2026"},
    )
    page = await (await chat.client.get(f"/console/conversations/{chat.id}")).text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "onerror=alert(2)>" not in page
    assert "{{7*7}}" in page


async def test_a_second_message_while_the_first_is_under_way_is_answered_after_it(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    go_on = asyncio.Event()
    engine.will(waits_for(go_on), repeats)
    socket = await chat.connect(after=1)
    await chat.say("第一句", wait=False)
    await frame_of(socket, "typing")
    second = asyncio.create_task(chat.say("第二句"))
    while len(await said(hotline, chat.id)) < 3:
        await frame_of(socket, "messages")
    assert engine.heard == ["第一句"]
    go_on.set()
    await second
    kept = [(m.seq, m.sender, m.text) for m in await said(hotline, chat.id, after=1)]
    assert kept == [
        (2, "partner", "第一句"),
        (3, "partner", "第二句"),
        (4, "bot", "您說：第一句"),
        (5, "bot", "您說：第二句"),
    ]
    assert engine.heard == ["第一句", "第二句"]


async def test_the_same_id_twice_is_stored_and_answered_once(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    body = {"id": new_id(), "text": "你好"}
    first, again = await asyncio.gather(chat.post(body), chat.post(body))
    assert sorted((first.status, again.status)) == [200, 201]
    later = await chat.post({**body, "text": "別的"})
    assert later.status == 200
    assert texts((await later.json())["messages"]) == ["你好", "您說：你好"]
    assert engine.heard == ["你好"]
    assert len(await said(hotline, chat.id)) == 3


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "é", "Bearer"])
async def test_a_wrong_token_opens_nothing(client: Client, chat: Chat, token: str) -> None:
    for answer in (
        await client.get(f"{chat.url}/messages", headers=bearer(token)),
        await client.post(f"{chat.url}/messages", headers=bearer(token), json={"id": new_id()}),
        await client.get("/api/staff/tickets", headers=bearer(token)),
    ):
        assert await refusal_of(answer) == (401, "unauthorized")


async def test_an_expired_token_opens_nothing(
    client: Client, chat: Chat, a_month_ago: Hotline
) -> None:
    for path, audience, subject in (
        (f"{chat.url}/messages", access.CONVERSATION, chat.id),
        ("/api/staff/tickets", access.STAFF_API, "1"),
    ):
        token = access.issue(a_month_ago, audience, subject)
        assert await refusal_of(await client.get(path, headers=bearer(token))) == (
            401,
            "unauthorized",
        )


async def test_a_wrong_partner_token_begins_no_conversation(
    client: Client, a_month_ago: Hotline, hotline: Hotline
) -> None:
    old = access.partner_token(a_month_ago, await contact_of(hotline, CONTACT))
    for token in ("nonsense", old, access.issue(hotline, access.STAFF_API, "1")):
        answer = await client.post("/api/conversations", headers=bearer(token))
        assert await refusal_of(answer) == (401, "unauthorized")
    assert await journal(hotline, "conversation.started") == []


@pytest.mark.parametrize("wish", [{"language": "fr"}, {"language": 7}, {"holder": "person"}])
async def test_a_conversation_begins_only_in_our_languages(
    client: Client, hotline: Hotline, wish: dict[str, object]
) -> None:
    answer = await client.post("/api/conversations", json=wish)
    assert await refusal_of(answer) == (400, "bad_request")
    assert await journal(hotline, "conversation.started") == []


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "99999999999", "9" * 30])
async def test_a_number_that_is_none_is_refused(chat: Chat, after: str) -> None:
    answer = await chat.client.get(
        f"{chat.url}/messages", params={"after": after}, headers=bearer(chat.token)
    )
    assert await refusal_of(answer) == (400, "bad_request")


@pytest.mark.parametrize("number", ["T26-000042-7", "T26-000042-8", "T1", "%00", "' OR 1=1"])
async def test_an_unknown_or_mistyped_number_is_not_found(
    engineer_api: StaffApi, number: str
) -> None:
    asked = await engineer_api.get(f"/tickets/{number}")
    assert await refusal_of(asked) == (404, "not_found")
    assert (await asked.json())["error"]["message"] == "no such ticket"
    claimed = await engineer_api.post(f"/tickets/{number}/claim")
    assert await refusal_of(claimed) == (404, "not_found")


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


def zipped(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return file.getvalue()


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


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nhalf"),
        ("multipart/mixed; boundary=b", b"--b--\r\n"),
    ],
)
async def test_a_broken_upload_is_refused(chat: Chat, kind: str, body: bytes) -> None:
    answer = await chat.client.post(
        f"{chat.url}/messages", data=body, headers={"Content-Type": kind, **bearer(chat.token)}
    )
    assert await refusal_of(answer) == (400, "bad_request")
    assert len(await chat.said()) == 1


@pytest.mark.parametrize("field", ["id", "text"])
async def test_an_uploads_field_in_another_encoding_is_refused(chat: Chat, field: str) -> None:
    with MultipartWriter("form-data") as form:
        form.append(b"\xa7\xda\xa6n").set_content_disposition("form-data", name=field)
        answer = await chat.client.post(
            f"{chat.url}/messages", data=form, headers=bearer(chat.token)
        )
    assert await refusal_of(answer) == (400, "bad_request")


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


async def test_an_unknown_address_or_method_is_refused_in_words(client: Client) -> None:
    assert await refusal_of(await client.get("/api/nowhere")) == (404, "not_found")
    assert await refusal_of(await client.get("/api/conversations")) == (405, "bad_request")
    page = await client.get("/nowhere", headers={"Accept-Language": "en"})
    assert (page.status, "Page not found" in await page.text()) == (404, True)


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/enter", "zh-TW", "原因：登入已過期，或連結不對"),
        ("/enter", "en", "Reason: the sign-in has expired, or the link is wrong"),
        ("/", "zh-TW", "原因：這個網址不能這樣用"),
        ("/", "en", "Reason: this address doesn't work that way"),
        ("/nowhere", "zh-TW", "網址可能打錯"),
        ("/console/tickets/x", "zh-TW", "這個網址不能這樣用"),
    ],
)
async def test_a_refused_page_speaks_the_readers_language_only(
    client: Client, path: str, language: str, words: str
) -> None:
    answer = await client.post(path, headers={"Accept-Language": language})
    page = unescape(await answer.text())
    assert answer.status in (401, 404, 405)
    assert words in page
    if language == "zh-TW":
        told = re.sub(r"<[^>]+>", "", page[page.index("<main") : page.index("</main>")])
        assert not re.search("[a-z]{2,}", told)


async def test_a_refusal_of_the_api_has_words_for_the_partner_and_a_detail_for_the_program(
    chat: Chat,
) -> None:
    answer = await chat.post({"id": "1"})
    error = (await answer.json())["error"]
    assert error["message"] == "送來的內容讀不懂"
    assert error["detail"].startswith("id: ")


FORM = "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        (FORM, b"x"),
        (FORM, b"--b\r\nno header at all\r\n\r\nx\r\n--b--\r\n"),
        (FORM, b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
        (
            FORM,
            b'--b\r\nContent-Disposition: form-data; name="email"\r\n'
            b"Content-Transfer-Encoding: rot13\r\n\r\nx\r\n--b--\r\n",
        ),
        (FORM, b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nhalf'),
        ("application/x-www-form-urlencoded; charset=klingon", b"email=x"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"email=\xff"),
    ],
)
@pytest.mark.parametrize("path", ["/console/sign-in", "/enter"])
async def test_a_form_that_cannot_be_read_is_refused(
    client: Client, path: str, kind: str, body: bytes
) -> None:
    answer = await client.post(path, data=body, headers={"Content-Type": kind})
    assert answer.status == 400
    assert "送來的內容讀不懂" in await answer.text()


async def test_a_broken_header_in_an_upload_is_refused(chat: Chat) -> None:
    body = b"--b\r\nno header at all\r\n\r\nx\r\n--b--\r\n"
    answer = await chat.client.post(
        f"{chat.url}/messages", data=body, headers={"Content-Type": FORM, **bearer(chat.token)}
    )
    assert await refusal_of(answer) == (400, "bad_request")


async def test_redirects_and_refusals_carry_the_guards_and_no_version(client: Client) -> None:
    for path, status in (("/console", 303), ("/nowhere", 404), ("/api/nowhere", 404), ("/", 200)):
        answer = await client.get(path, allow_redirects=False)
        assert answer.status == status
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Server"] == "hotline"


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[desk\nport = 1", "cannot be read"),
        ("[desk]\nport = 'eighty'", "port"),
        ("[desk]\nporrt = 8080", "porrt"),
        ("[hours]\nmon = ['17:00-09:00']", "mon"),
        ("env = 'staging'", "env"),
    ],
)
def test_a_broken_hotline_toml_stops_every_command_with_one_clear_line(
    tmp_path: Path, toml: str, told: str
) -> None:
    for part in ("hotline", "wording", "domain.yml"):
        (tmp_path / part).symlink_to(ROOT / part)
    vendor = (ROOT / "hotline.toml").read_text(encoding="utf-8")
    vendor = vendor[vendor.index("[vendor]") : vendor.index("[hours]")]
    (tmp_path / "hotline.toml").write_text(f"{toml}\n{vendor}", encoding="utf-8")
    ours = {name for name in os.environ if name.startswith("HOTLINE_")}
    done = subprocess.run(
        [sys.executable, "-m", "hotline.cli", "tickets", "list"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name not in ours},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("hotline: ")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


# NUL is in no text of PostgreSQL, half a surrogate pair in none at all.
UNKEEPABLE = ("%00", "a%00b", "%ED%A0%80", "%FF%FE")


@pytest.mark.both
async def test_an_id_with_characters_that_no_row_can_have_is_refused_everywhere(
    chat: Chat, lead_api: StaffApi
) -> None:
    http, base = chat.client.session, str(chat.client.make_url("/"))
    for bad in UNKEEPABLE:
        for path, token in (
            (f"{chat.url}/files/{bad}", chat.token),
            (f"/api/conversations/{bad}/messages", chat.token),
            (f"/api/staff/tickets/{bad}", lead_api.token),
        ):
            answer = await http.get(URL(base + path[1:], encoded=True), headers=bearer(token))
            assert 400 <= answer.status < 500, path
        for path in (f"tickets/{bad}/claim", f"conversations/{bad}/take"):
            url = URL(f"{base}api/staff/{path}", encoded=True)
            answer = await http.post(url, headers=bearer(lead_api.token))
            assert 400 <= answer.status < 500, path


@pytest.mark.both
async def test_an_id_of_staff_with_half_a_character_is_refused_and_nothing_is_said(
    chat: Chat, lead_api: StaffApi
) -> None:
    assert (await lead_api.post(f"/conversations/{chat.id}/take")).status == 200
    before = len(await chat.said())
    path = f"/conversations/{chat.id}/messages"
    answer = await lead_api.post(path, {"text": "在", "id": "\ud800"})
    assert await refusal_of(answer) == (400, "bad_request")
    assert len(await chat.said()) == before
    # SQLite keeps a NUL like any other character.
    assert (await lead_api.post(path, {"text": "在", "id": "a\x00b"})).status in (200, 400)


@pytest.mark.both
async def test_a_console_search_for_such_characters_is_refused_not_a_failure(
    client: Client,
) -> None:
    await client.post("/console/sign-in", data={"email": LEAD, "password": PASSWORD})
    for bad in UNKEEPABLE:
        url = URL(f"{client.make_url('/console')}?q={bad}", encoded=True)
        assert (await client.session.get(url)).status < 500


async def test_a_forged_button_with_another_companys_number_does_nothing(
    chat: Chat, engine: EngineDouble, hotline: Hotline
) -> None:
    amy = await contact_of(hotline, OTHER_COMPANY)
    theirs = await brought_to(hotline, amy, await staff_of(hotline, LEAD), "resolved")
    for act in ("solved", "unsolved", "status", "add"):
        told = await chat.press(f"desk:{act}:{theirs.number}")
        assert texts(told)[0] == f"desk:{act}:{theirs.number}"
        assert not any(theirs.subject in text for text in texts(told)[1:])
    assert await ticket_row(hotline, theirs.number) == theirs
    assert len(engine.heard) == 4


async def test_a_small_body_that_unpacks_to_a_giant_one_is_refused(chat: Chat) -> None:
    body = zlib.compress(b'{"text": "' + b"x" * 100_000_000 + b'"}')
    assert len(body) < 256 * 1024
    answer = await chat.client.post(
        f"{chat.url}/messages",
        data=body,
        headers={
            **bearer(chat.token),
            "Content-Type": "application/json",
            "Content-Encoding": "deflate",
        },
    )
    assert await refusal_of(answer) == (413, "too_long")


async def test_a_tower_of_marks_is_kept_whole_and_what_turns_the_line_is_left_out(
    chat: Chat, engine: EngineDouble
) -> None:
    tower = "Z" + "\u0301" * 1999
    turned = "單號\u202e5-100000-62T\u202c \u2066安\u2069全\u200b"
    assert texts(await chat.say(tower))[0] == tower
    assert texts(await chat.say(turned))[0] == "單號5-100000-62T 安全"
    answer = await chat.post({"id": new_id(), "text": tower + "\u0301"})
    assert await refusal_of(answer) == (413, "too_long")


@pytest.mark.parametrize(
    "frame",
    [
        "", "null", "[]", "7", '{"type": "message"}', '{"type": "message", "id": []}',
        '{"type": ["message"]}', "[" * 100_000, '{"type": "message", "id": ' + "9" * 5000 + "}",
        '{"type": "typing", "by": "staff"}', '{"type": "message", "id": null, "text": NaN}',
    ],
    ids=lambda frame: frame[:24],
)  # fmt: skip
async def test_a_frame_that_says_nothing_harms_nobody(
    chat: Chat, visitor: Chat, frame: str
) -> None:
    socket, other = await chat.connect(), await visitor.connect()
    await socket.send_str(frame)
    await socket.send_json({"type": "message", "id": (one := new_id()), "text": "還在嗎"})
    assert (await frame_of(socket, "stored"))["id"] == one
    assert [m["text"] for m in await visitor.said()] == [m["text"] for m in visitor.greeting]
    await other.close()

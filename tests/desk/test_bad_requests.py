"""Addresses, bodies and forms that cannot be read: refused in words, by the API and by pages."""

import re
import zlib
from html import unescape

import pytest
from aiohttp import MultipartWriter
from yarl import URL

from hotline.core import Hotline
from tests.conftest import LEAD
from tests.core.desk_work import journal
from tests.desk.people import PASSWORD, Chat, Client, StaffApi, bearer, refusal_of


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

"""What is read of a mail: HTML as words, what is no proper mail as it came, usual attachments."""

import pytest

from tests.desk.mail_relay import Relay, letter
from tests.desk.test_uploads import kept

pytestmark = pytest.mark.both


async def test_a_letter_of_html_alone_is_read_as_words(relay: Relay) -> None:
    mail = letter("x")
    mail.set_content(
        "<html><head><style>p{}</style></head><body><p>第一行<br>第二行 &amp; more</p>"
        "<script>alert(1)</script><div><a href='http://evil.example'>連結</a></div></body></html>",
        subtype="html",
    )
    assert (await relay.send(mail))[0] == 250
    [ticket] = await relay.tickets()
    assert (await relay.said(ticket))[0] == "報價\n\n第一行\n第二行 & more\n\n連結"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00garbage \x80\x81\n\n\xe5",
        b"From: a@b.example\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhello \xff",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<",
        b"From: =?utf-8?b?\xff?= <x\r\nSubject: =?big5?Q?=ZZ?=\r\n\r\nhi",
    ],
)
async def test_what_is_no_proper_mail_is_kept_for_staff_to_see(relay: Relay, raw: bytes) -> None:
    code, _ = await relay.send(raw)
    assert code == 250
    [row] = await relay.rows()
    assert row.state in ("unmatched", "matched")
    assert row.ticket_id is not None


async def test_a_mail_that_cannot_be_read_is_kept_as_it_came(relay: Relay) -> None:
    raw = b"From: a@b.example\r\nContent-Type: text/plain; charset=klingon\r\n\r\nhello \xff\r\n"
    assert (await relay.send(raw))[0] == 250
    [ticket] = await relay.tickets()
    said = await relay.said(ticket)
    assert said == ["這封信讀不出來，原始信件附在下面。", "mail.eml"]
    assert kept(relay.hotline) == [raw]


async def test_what_an_attachment_lacks_is_said_and_the_letter_is_taken(relay: Relay) -> None:
    mail = letter("請看附件")
    mail.add_attachment(b"MZ\0\0", maintype="application", subtype="x-dosexec", filename="a.exe")
    assert (await relay.send(mail))[0] == 250
    [ticket] = await relay.tickets()
    [said] = await relay.said(ticket)
    assert "附件「a.exe」沒有收下" in said

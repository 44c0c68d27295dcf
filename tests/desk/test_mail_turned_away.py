"""Mail set aside or refused: of programs, of ourselves, too much or large, for others; viruses."""

import asyncio
from email.policy import SMTP as SMTP_LINES
from typing import Any

import pytest

from desk.keys import MAIL_PORT
from hotline.core import Hotline
from hotline.settings import Settings
from hotline.settings.sections import ScannerSettings
from tests.conftest import CONTACT, OTHER_COMPANY
from tests.core.personal import left_in_database
from tests.desk.clamd_double import EICAR, ClamdDouble
from tests.desk.conftest import OpenDesk
from tests.desk.console_pages import page, part, sign_in
from tests.desk.mail_relay import US, Relay, letter, wired
from tests.desk.test_uploads import kept

pytestmark = pytest.mark.both


@pytest.mark.parametrize(
    ("reason", "headers", "sender"),
    [
        ("automatic", {"Auto-Submitted": "auto-replied"}, None),
        ("bulk", {"Precedence": "bulk"}, None),
        ("bulk", {"Precedence": "List"}, None),
        ("bulk", {"List-Id": "<news.example>"}, None),
        ("bounce", {}, ""),
        ("own", {"Message-ID": "<abc@vendor.example>"}, None),
    ],
)
async def test_what_no_person_wrote_is_taken_and_counted_and_opens_nothing(
    relay: Relay, reason: str, headers: dict[str, Any], sender: str | None
) -> None:
    mail = letter("我不在辦公室")
    for name, value in headers.items():
        del mail[name]
        mail[name] = value
    assert (await relay.send(mail, sender))[0] == 250
    [row] = await relay.rows()
    assert (row.state, row.reason, row.ticket_id) == ("aside", reason, None)
    assert await relay.tickets() == []
    assert await left_in_database(relay.hotline, "我不在辦公室") == []
    await sign_in(relay.client, "jiarong.li@hotline.example")
    assert "1 封" in part(await page(relay.client, "/console/incoming?lang=zh-TW"), "aside")


async def test_a_mail_from_ourselves_opens_nothing(relay: Relay) -> None:
    for sender in (US, "no-reply@vendor.example"):
        assert (await relay.send(letter("x", sender=sender, subject=sender)))[0] == 250
    assert [row.reason for row in await relay.rows()] == ["own", "own"]
    assert await relay.tickets() == []


async def test_beyond_so_many_an_hour_of_one_sender_is_only_counted(relay: Relay) -> None:
    for n in range(5):
        assert (await relay.send(letter(f"第 {n} 封")))[0] == 250
    assert [row.reason for row in await relay.rows()] == ["", "", "", "too_many", "too_many"]
    assert (await relay.send(letter("別人", sender=OTHER_COMPANY)))[0] == 250
    assert len(await relay.tickets()) == 4


async def test_a_mail_of_60_mb_is_refused_at_its_size(relay: Relay) -> None:
    huge = letter("x").as_bytes(policy=SMTP_LINES) + (b"x" * 998 + b"\r\n") * 63_000
    assert len(huge) > 60_000_000
    code, _ = await relay.send(huge)  # the client tells its size beforehand
    assert code == 552
    reader, writer = await asyncio.open_connection("127.0.0.1", relay.port)
    await reader.readline()
    for line in ("HELO relay", f"MAIL FROM:<{CONTACT}>", f"RCPT TO:<{US}>", "DATA"):
        writer.write(line.encode() + b"\r\n")
        await writer.drain()
        await reader.readline()
    writer.write(huge + b"\r\n.\r\n")  # and this one does not
    await writer.drain()
    assert (await reader.readline()).startswith(b"552")
    writer.close()
    assert await relay.tickets() == []


async def test_a_mail_of_500_parts_is_refused(relay: Relay) -> None:
    mail = letter("x")
    for n in range(500):
        mail.add_attachment(f"{n}", filename=f"{n}.txt")
    assert (await relay.send(mail))[0] == 554
    assert await relay.rows() == []
    fine = letter("y")
    for n in range(12):
        fine.add_attachment(f"{n}", filename=f"{n}.txt")
    assert (await relay.send(fine))[0] == 250
    [ticket] = await relay.tickets()
    assert len(await relay.said(ticket)) == 11
    assert "附件超過 10 個" in ticket.description


async def test_mail_for_others_is_refused(relay: Relay) -> None:
    assert (await relay.send(letter("x"), to="someone@else.example"))[0] == 550


async def test_without_the_scanner_the_mail_comes_again_and_a_virus_never_stays(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline
) -> None:
    double = ClamdDouble()
    async with double.running():
        scanner = ScannerSettings(address=double.address, timeout_s=0.5)
        client = await open_desk(wired(settings, scanner=scanner))
        relay = Relay(client, hotline, client.app[MAIL_PORT])
        mail = letter("附件")
        mail.add_attachment("x" + EICAR.decode(), filename="a.txt")
        double.behave = "slow"
        assert (await relay.send(mail))[0] == 451
        assert await relay.rows() == []
        double.behave = "well"
        assert (await relay.send(mail))[0] == 250
        [ticket] = await relay.tickets()
        assert "附件「a.txt」沒有收下" in ticket.description
        assert kept(hotline) == []

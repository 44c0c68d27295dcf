"""Mail that comes in, over real SMTP: what opens a ticket, what answers one, what does neither."""

import asyncio
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_LINES
from typing import Any

import aiosmtplib
import pytest
from sqlalchemy import select

from desk.keys import MAIL_PORT
from hotline.conversations import messages
from hotline.core import Hotline
from hotline.escalations import records
from hotline.escalations.records import Escalation
from hotline.escalations.rows import WISH
from hotline.escalations.service import bring_up
from hotline.intake.rows import IntakeMessageRow
from hotline.settings import Settings
from hotline.settings.sections import (
    IntakeSettings,
    MailSettings,
    ScannerSettings,
    SmtpSettings,
    VoicemailSettings,
)
from hotline.staff.rows import StaffRow
from hotline.tickets import handling, queries
from hotline.tickets.rows import NoteRow, TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from tests.conftest import CONTACT, ENGINEER, LEAD, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import brought_to, ticket_row
from tests.core.personal import left_in_database
from tests.desk.clamd_double import EICAR, ClamdDouble
from tests.desk.conftest import OpenDesk
from tests.desk.console_pages import page, part, sign_in
from tests.desk.people import Client
from tests.desk.test_intake_api import wav
from tests.desk.test_uploads import PNG, kept

pytestmark = pytest.mark.both
US = "hotline@vendor.example"
PASS = "relay.vendor.example; spf=pass smtp.mailfrom={0}; dmarc=pass header.from={1}"
SMTP = SmtpSettings(
    enabled=True,
    port=0,
    addresses=(US,),
    trusted_relay="relay.vendor.example",
    mails_per_hour=3,
    voicemail=(VoicemailSettings(from_address="pbx@vendor.example", peers=("127.0.0.1",)),),
)


@dataclass
class Relay:
    """The vendor's relay, which hands mail over."""

    client: Client
    hotline: Hotline
    port: int

    async def send(
        self, mail: EmailMessage | bytes, sender: str | None = None, to: str = US
    ) -> tuple[int, str]:
        """The listener's answer."""
        raw = mail if isinstance(mail, bytes) else bytes(mail)
        if sender is None:
            sender = str(mail["From"]) if isinstance(mail, EmailMessage) else CONTACT
        try:
            async with aiosmtplib.SMTP(
                hostname="127.0.0.1", port=self.port, timeout=30, start_tls=False
            ) as smtp:
                _, answer = await smtp.sendmail(sender, [to], raw)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return refused.recipients[0].code, refused.recipients[0].message
        except aiosmtplib.SMTPResponseException as refused:
            return refused.code, refused.message
        return int(answer.split()[0].replace(".", "")[:1] + "50"), answer

    async def rows(self) -> list[IntakeMessageRow]:
        async with self.hotline.database.read() as session:
            return list(
                await session.scalars(select(IntakeMessageRow).order_by(IntakeMessageRow.id))
            )

    async def tickets(self) -> list[Ticket]:
        async with self.hotline.database.read() as session:
            rows = await session.scalars(select(TicketRow).order_by(TicketRow.id))
            return [snapshot(row) for row in rows]

    async def said(self, ticket: Ticket) -> list[str]:
        """What stands in the ticket's conversation: words, and names of files."""
        async with self.hotline.database.read() as session:
            told = await messages.messages_after(session, ticket.conversation_id or "", 0)
        return [m.file.name if m.file else m.text for m in told if m.sender == "partner"]


def letter(
    text: str = "請王志豪回電談報價",
    *,
    sender: str = CONTACT,
    subject: str = "報價",
    passes: bool = True,
    **headers: str,
) -> EmailMessage:
    mail = EmailMessage()
    if passes:
        mail["Authentication-Results"] = PASS.format(sender, sender.partition("@")[2])
    mail["From"], mail["To"], mail["Subject"] = sender, US, subject
    mail["Message-ID"] = headers.pop("Message_ID", f"<{hash((text, subject))}@heguang.example>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def wired(settings: Settings, **more: Any) -> Settings:
    changes = {
        "intake": IntakeSettings(smtp=SMTP),
        "mail": MailSettings(from_address="Hotline <no-reply@vendor.example>"),
    }
    return settings.model_copy(update=changes | more)


@pytest.fixture
async def relay(open_desk: OpenDesk, settings: Settings, hotline: Hotline) -> Relay:
    client = await open_desk(wired(settings))
    return Relay(client, hotline, client.app[MAIL_PORT])


async def test_a_letter_of_a_contact_opens_a_ticket_that_waits_for_a_call(relay: Relay) -> None:
    mail = letter()
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="畫面.png")
    assert (await relay.send(mail))[0] == 250
    [ticket], [row] = await relay.tickets(), await relay.rows()
    assert ticket.contact is not None
    assert (ticket.contact.email, ticket.source, ticket.callback) == (CONTACT, "mail", "due")
    assert await relay.said(ticket) == ["報價\n\n請王志豪回電談報價", "畫面.png"]
    assert (row.state, row.verified, row.email) == ("matched", True, CONTACT)
    assert kept(relay.hotline) == [PNG]
    assert (await relay.send(mail))[0] == 250  # the relay was not sure
    assert len(await relay.tickets()) == 1


@pytest.mark.parametrize(
    "results",
    [
        "",
        "relay.vendor.example; dmarc=fail header.from=heguang.example",
        "other.example; dmarc=pass header.from=heguang.example",
        "relay.vendor.example; spf=pass smtp.mailfrom=evil.example",
        "relay.vendor.example; dmarc=pass header.from=evil.example",
        "relay.vendor.example (dmarc=pass header.from=heguang.example); dmarc=fail",
        "other.example; x=y (relay.vendor.example; dmarc=pass)",
    ],
)
async def test_whom_nobody_vouches_for_is_nobody_and_speaks_in_no_ticket(
    relay: Relay, results: str
) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "open")
    mail = letter("我是本人", subject=f"Re: {ticket.number}", passes=False)
    if results:
        mail["Authentication-Results"] = results
    assert (await relay.send(mail))[0] == 250
    before, new = await relay.tickets()
    assert (before.number, before.version) == (ticket.number, ticket.version)
    assert new.contact is None
    [row] = await relay.rows()
    assert (row.state, row.verified) == ("unmatched", False)
    await sign_in(relay.client, "jiarong.li@hotline.example")
    text = await page(relay.client, "/console/incoming?lang=zh-TW")
    assert "寄件人未經驗證" in part(text, "message")
    assert "陳怡君" in part(text, "message")  # whose address it says it is, for staff to judge


async def test_an_answer_of_the_contact_stands_in_its_ticket_without_the_history(
    relay: Relay,
) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "waiting_partner")
    text = (
        "換過電源了，還是不行\n\n"
        "專線 <hotline@vendor.example> 於 2026年12月1日 週二 上午10:15寫道：\n\n> 請稍候\n"
    )
    mail = letter(text, subject=f"RE: 【{ticket.number}】請補充")
    assert (await relay.send(mail))[0] == 250
    [after] = await relay.tickets()
    assert after.state == "open"
    assert (await relay.said(after))[-1] == "換過電源了，還是不行"
    assert after.next_response_due is not None
    [row] = await relay.rows()
    assert (row.state, row.ticket_id) == ("matched", ticket.id)


async def test_a_number_in_the_subject_is_no_proof_of_who_writes(relay: Relay) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "open")
    mail = letter("別家公司", sender=OTHER_COMPANY, subject=f"Re: {ticket.number}")
    assert (await relay.send(mail))[0] == 250
    before, new = await relay.tickets()
    assert before.version == ticket.version
    assert new.contact is not None
    assert new.contact.email == OTHER_COMPANY


async def test_an_answer_to_the_own_letter_is_known_by_its_references(relay: Relay) -> None:
    await relay.send(letter("第一封", Message_ID="<a@heguang.example>"))
    second = letter("補充：今天都在", subject="另一個主旨", In_Reply_To="<a@heguang.example>")
    await relay.send(second)
    third = letter("再補充", References="<x@y.example> <a@heguang.example>")
    await relay.send(third)
    [ticket] = await relay.tickets()
    assert (await relay.said(ticket))[1:] == ["補充：今天都在", "再補充"]


async def brought_before(relay: Relay) -> tuple[Ticket, Escalation]:
    """A ticket that is before the lead, who is to take notice."""
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "open")
    async with hotline.database.write() as session:
        row = await queries.locked(session, ticket.number)
        raised = await bring_up(session, hotline, row, WISH, "lead")
    assert raised.to is not None
    assert raised.to.email == LEAD
    return ticket, raised


async def is_noticed(relay: Relay, raised: Escalation) -> bool:
    async with relay.hotline.database.read() as session:
        found = await records.find(session, raised.id)
    return found is not None and found.acknowledged_at is not None


async def notes(relay: Relay) -> list[tuple[str, str | None]]:
    async with relay.hotline.database.read() as session:
        rows = await session.execute(
            select(NoteRow.text, StaffRow.email)
            .outerjoin(StaffRow, StaffRow.id == NoteRow.staff_id)
            .where(NoteRow.kind == "note")
            .order_by(NoteRow.id)
        )
        return [(text, email) for text, email in rows]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("謝謝", "resolved"),
        ("謝謝！\n\n陳怡君\n禾光資訊 02-2345-6789\nyichun.chen@heguang.example", "resolved"),
        ("好的，謝謝\n\n-- \n禾光資訊股份有限公司\n台北市", "resolved"),
        ("Thanks!", "resolved"),
        ("謝謝，可是還是不行", "open"),
        ("謝謝\n另外那台也壞了", "open"),
        ("還沒好", "open"),
    ],
)
async def test_thanks_alone_open_nothing_again(relay: Relay, text: str, state: str) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "resolved")
    await relay.send(letter(text, subject=ticket.number))
    assert (await ticket_row(hotline, ticket.number)).state == state
    assert (await relay.said(ticket))[-1].startswith(text.splitlines()[0])


@pytest.mark.parametrize("by", ["subject", "reference"])
async def test_a_colleague_takes_notice_by_an_answer(relay: Relay, by: str) -> None:
    ticket, raised = await brought_before(relay)
    quoted = "\n\nOn Tue, 1 Dec 2026 Hotline wrote:\n\n> 請確認\n"
    mail = letter(
        f"收到，下午打給他{quoted}",
        sender=LEAD,
        subject=f"Re: {ticket.number} 需要您" if by == "subject" else "Re:",
        # Written at our own domain, as colleagues do.
        Message_ID="<7c1@vendor.example>",
        References=f"<{ticket.number}@vendor.example>" if by == "reference" else "<x@y.example>",
    )
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="畫面.png")
    assert (await relay.send(mail))[0] == 250
    assert (await relay.send(mail))[0] == 250  # the relay was not sure
    assert await is_noticed(relay, raised)
    [(text, who)] = await notes(relay)
    assert text.startswith("收到，下午打給他\n\n附件沒有一起收（畫面.png）")
    assert who == LEAD
    assert len(await relay.tickets()) == 1
    assert kept(relay.hotline) == []


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("我人在國外，下週一回來。", {}),
        ("這張是誰的？", {}),
        ("收到", {"Auto-Submitted": "auto-replied"}),
        ("收到", {"Authentication-Results": "relay.vendor.example; dmarc=fail"}),
        ("收到", {"Subject": "Re: 別的事"}),
    ],
)
async def test_what_does_not_take_notice(relay: Relay, text: str, headers: dict[str, str]) -> None:
    """No program's answer, nobody else's, nobody whom the relay does not vouch for, and only words
    that say so."""
    ticket, raised = await brought_before(relay)
    mail = letter(text, sender=LEAD, subject=f"Re: {ticket.number}")
    for name, value in headers.items():
        del mail[name]
        mail[name] = value
    assert (await relay.send(mail))[0] == 250
    assert not await is_noticed(relay, raised)
    assert [who for _text, who in await notes(relay)] == ([] if headers else [LEAD])


async def test_what_is_before_somebody_else_stays_before_them(relay: Relay) -> None:
    ticket, raised = await brought_before(relay)
    await relay.send(letter("收到", sender=ENGINEER, subject=ticket.number))
    assert not await is_noticed(relay, raised)
    assert await notes(relay) == [("收到", ENGINEER)]


async def test_what_was_resolved_is_open_again_and_what_was_closed_is_followed(
    relay: Relay,
) -> None:
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    resolved = await brought_to(hotline, contact, engineer, "resolved", key="r")
    closed = await brought_to(hotline, contact, engineer, "closed", key="c")
    await relay.send(letter("還是不行", subject=resolved.number))
    await relay.send(letter("又壞了", subject=closed.number))
    assert (await ticket_row(hotline, resolved.number)).state == "open"
    assert (await ticket_row(hotline, closed.number)).state == "closed"
    assert (await relay.tickets())[-1].follows == closed.number


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


async def test_a_voicemail_by_mail_is_its_callers(relay: Relay) -> None:
    mail = letter("", sender="pbx@vendor.example", subject="New voicemail from 0912345678",
                  passes=False, Auto_Submitted="auto-generated")  # fmt: skip
    mail.add_attachment(wav(61), maintype="audio", subtype="x-wav", filename="vm.wav")
    assert (await relay.send(mail, ""))[0] == 250
    [ticket], [row] = await relay.tickets(), await relay.rows()
    assert ticket.contact is not None
    assert (ticket.contact.email, ticket.source) == (CONTACT, "voicemail")
    assert (row.audio_seconds, row.phone, row.state) == (61.0, "0912-345-678", "matched")


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


async def test_a_colleague_of_staff_answers_what_came_by_mail(relay: Relay) -> None:
    await relay.send(letter())
    [ticket] = await relay.tickets()
    engineer = await staff_of(relay.hotline, ENGINEER)
    replied = await handling.reply(relay.hotline, engineer, ticket.number, "收到", claims=True)
    assert replied.first_responded_at is not None


async def test_nobody_listens_unless_the_settings_say_so(client: Client) -> None:
    assert client.app[MAIL_PORT] == 0

"""The vendor's relay, which hands mail over to the desk, and the letters that partners write."""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import aiosmtplib
from sqlalchemy import select

from hotline.conversations import messages
from hotline.core import Hotline
from hotline.intake.rows import IntakeMessageRow
from hotline.settings import Settings
from hotline.settings.sections import IntakeSettings, MailSettings, SmtpSettings, VoicemailSettings
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot
from tests.conftest import CONTACT
from tests.desk.people import Client

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

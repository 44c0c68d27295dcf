"""What the tests of notices do again and again: note, mail, read what arrived."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP
from sqlalchemy import select

from desk.letters import laid_out
from hotline.core import Hotline
from hotline.deliveries import DeliveryRow
from hotline.notices.queueing import note_news
from hotline.notices.sending import IsListening, mail_next
from hotline.settings import MailSettings, Settings

SENDER = "hotline@daybreak.example"


class Postbox:
    """An SMTP server's handler that keeps what it takes; `answers` are given first, one a mail."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.taken: list[EmailMessage] = []
        self.arrived = asyncio.Event()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        self.arrived.set()
        return "250 OK"

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.taken]

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.taken if mail["To"] == address]


@asynccontextmanager
async def serving(postbox: Postbox) -> AsyncIterator[int]:
    """A real SMTP server over the postbox, at this port."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(postbox), "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


def mailing_to(settings: Settings, port: int) -> Settings:
    mail = MailSettings(host="127.0.0.1", port=port, starttls=False, from_address=SENDER)
    return settings.model_copy(update={"mail": mail})


async def note_all(hotline: Hotline) -> None:
    while await note_news(hotline):
        pass


async def mail_all(hotline: Hotline, is_listening: IsListening = lambda _talk: False) -> None:
    """Note and mail whatever is due."""
    await note_all(hotline)
    while await mail_next(hotline, laid_out, is_listening):
        pass


async def deliveries(hotline: Hotline, *kinds: str, channel: str = "mail") -> list[DeliveryRow]:
    query = select(DeliveryRow).where(DeliveryRow.channel == channel).order_by(DeliveryRow.id)
    async with hotline.database.read() as session:
        rows: Sequence[DeliveryRow] = (await session.scalars(query)).all()
    return [row for row in rows if not kinds or row.kind in kinds]


def text_of(mail: EmailMessage) -> str:
    return _body(mail, "plain")


def html_of(mail: EmailMessage) -> str:
    return _body(mail, "html")


def _body(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())

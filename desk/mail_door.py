"""The SMTP listener: a relay or a PBX hands over mail here; off unless the settings say so.

It speaks to the vendor's own relay, not to the Internet, takes mail for its own addresses only, and
answers 250 for nothing that is not stored. What cannot be stored just now comes again (451).
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from weakref import WeakSet

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from desk.files import Uploads
from desk.mail_in import take_mail
from hotline.core import Hotline
from hotline.errors import HotlineError, Unavailable
from hotline.intake import mails
from hotline.settings.sections import SmtpSettings

log = structlog.get_logger("desk.mail_door")

_MEGABYTE = 1024 * 1024
_AT_ONCE = 2  # mails in memory beside those that are still coming in
_IDLE_S = 60.0
_WITHIN_S = 90.0
_MOST_RECIPIENTS = 20
_COMMANDS = 100  # of one kind in one connection

OK = "250 2.0.0 taken"
NOT_OURS = "550 5.1.1 no such address here"
TOO_MANY_TO = "452 4.5.3 too many recipients"
TOO_MANY_PARTS = "554 5.6.0 too many parts"
LATER = "451 4.3.0 not now, please try again"


class Door:
    """What aiosmtpd asks: may this recipient, and what of this mail."""

    def __init__(self, hotline: Hotline, uploads: Uploads, on_change: Callable[[], object]) -> None:
        self._hotline, self._uploads, self._on_change = hotline, uploads, on_change
        self._smtp = hotline.settings.intake.smtp
        self._at_work = asyncio.Semaphore(_AT_ONCE)

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if address.lower() not in self._smtp.addresses:
            return NOT_OURS
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return TOO_MANY_TO
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        envelope_from, peer = envelope.mail_from or "", str((session.peer or ("",))[0])
        try:
            async with self._at_work, asyncio.timeout(_WITHIN_S):
                mail = await asyncio.to_thread(
                    mails.read, raw, envelope_from, peer, self._smtp.max_parts
                )
                await take_mail(self._hotline, self._uploads, mail)
        except mails.TooManyParts:
            return TOO_MANY_PARTS
        except (Unavailable, TimeoutError) as failure:
            log.warning("mail_not_now", why=type(failure).__name__)
            return LATER
        except HotlineError as refused:
            log.error("mail_not_taken", why=type(refused).__name__)
            return LATER
        except Exception as failure:
            # The kind, never values: they may be a person's words. The sender's side keeps it.
            log.error("mail_failed_to_come_in", why=type(failure).__name__, exc_info=True)
            return LATER
        self._on_change()
        return OK


@asynccontextmanager
async def listening(
    hotline: Hotline, uploads: Uploads, on_change: Callable[[], object]
) -> AsyncIterator[int]:
    """The listener, for the block, if it is enabled; gives its port, 0 if it is not."""
    smtp = hotline.settings.intake.smtp
    if not smtp.enabled:
        yield 0
        return
    door, tls = Door(hotline, uploads, on_change), _tls(smtp)
    connections: WeakSet[SMTP] = WeakSet()

    def protocol() -> SMTP:
        server = SMTP(
            door,
            data_size_limit=smtp.max_mb * _MEGABYTE,
            enable_SMTPUTF8=True,
            hostname="hotline",
            ident="hotline",
            tls_context=tls,
            timeout=_IDLE_S,
            command_call_limit=_COMMANDS,
        )
        connections.add(server)
        return server

    server = await asyncio.get_running_loop().create_server(protocol, smtp.host, smtp.port)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for connection in connections:
            if connection.transport is not None:
                connection.transport.close()


def _tls(smtp: SmtpSettings) -> ssl.SSLContext | None:
    if smtp.tls_cert is None or smtp.tls_key is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(smtp.tls_cert, smtp.tls_key)
    return context

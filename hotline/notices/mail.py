"""Mail: by the SMTP server of the settings; in development without one, as files in `var/mail`.

Nobody waits for the mail of a code and nobody is told of its failure: that would tell which
addresses are known. A notice that fails is tried again, and listed (`sending`). The log has kinds
and numbers, never an address or a word.
"""

import asyncio
import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Literal

import aiosmtplib
import structlog

from hotline.settings import Settings

TIMEOUT_S = 15.0
AGAIN_AFTER_S = (2.0, 10.0)
_NOBODY = "hotline@localhost"  # who writes a file that is never sent

log = structlog.get_logger("hotline.mail")

# What may pass by itself; what somebody must put right at our end; a letter that nobody takes.
Outcome = Literal["sent", "later", "barred", "refused"]


@dataclass(frozen=True)
class Letter:
    """What has a `cause` has the same Message-ID whenever it is sent: twice is one letter."""

    to: str
    subject: str
    text: str
    cause: str = ""
    html: str = ""
    # Letters of one ticket stand together in a mail program, and an answer to any says which it is.
    ticket_number: str = ""
    reply_to: str = ""  # where an answer is read; "" where none is
    choices_url: str = ""  # where mails like this one are switched off


async def send(
    settings: Settings, letter: Letter, at: datetime, again_after_s: Sequence[float] = AGAIN_AFTER_S
) -> bool:
    """Whether the letter is on its way; what may pass is tried again after these seconds."""
    for wait_s in (*again_after_s, None):
        outcome = await send_once(settings, letter, at)
        if wait_s is None or outcome != "later":
            return outcome == "sent"
        await asyncio.sleep(wait_s)
    return False


async def send_once(settings: Settings, letter: Letter, at: datetime) -> Outcome:
    """Try it once."""
    at = at.astimezone(settings.hours.zone)
    try:
        message = _message(settings, letter, at)
    except ValueError:  # a line's end in an address or a subject: no header is made of it
        log.error("mail_failed", why="BadHeader")
        return "refused"
    if not settings.mail.host:
        return "sent" if await _keep(settings, message, at) else "barred"
    try:
        await _hand_over(settings, message)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as failure:
        log.warning("mail_failed", why=type(failure).__name__, code=_code(failure))
        if isinstance(failure, aiosmtplib.SMTPAuthenticationError):
            return "barred"
        return "refused" if _is_final(failure) else "later"
    log.info("mail_sent")
    return "sent"


def _message(settings: Settings, letter: Letter, at: datetime) -> EmailMessage:
    message = EmailMessage()
    sender = settings.mail.from_address or _NOBODY
    domain = sender.rpartition("@")[2].rstrip(">")
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = (
        message_id(letter.cause, domain) if letter.cause else make_msgid(domain=domain)
    )
    if letter.reply_to:
        message["Reply-To"] = letter.reply_to
    if letter.ticket_number:
        # A letter that was never sent, to which all of the ticket refer: so they stand together,
        # whichever of them arrives.
        message["References"] = message["In-Reply-To"] = f"<{letter.ticket_number}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note comes back
    if letter.choices_url:
        message["List-Unsubscribe"] = f"<{letter.choices_url}>"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def message_id(cause: str, domain: str) -> str:
    """The same for the same cause, whenever it is asked for."""
    return f"<{hashlib.sha256(cause.encode()).hexdigest()[:32]}@{domain}>"


async def _hand_over(settings: Settings, message: EmailMessage) -> None:
    mail = settings.mail
    await aiosmtplib.send(
        message,
        hostname=mail.host,
        port=mail.port,
        start_tls=mail.starttls,
        username=mail.user or None,
        password=settings.secrets.mail_password.get_secret_value() if mail.user else None,
        timeout=TIMEOUT_S,
    )


async def _keep(settings: Settings, message: EmailMessage, at: datetime) -> bool:
    if settings.env == "production":
        log.error("mail_failed", why="mail.host is not set")
        return False
    try:
        file = await asyncio.to_thread(_write, settings.var_dir / "mail", bytes(message), at)
    except OSError as failure:
        log.error("mail_failed", why=type(failure).__name__)
        return False
    log.info("mail_written", file=str(file))
    return True


def _write(folder: Path, content: bytes, at: datetime) -> Path:
    """A new file for its owner only; the name says when, not to whom."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.eml"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
    return file


def _code(failure: BaseException) -> int | None:
    """The server's number, if it gave one: of the recipient's refusal rather than of the whole."""
    if isinstance(failure, aiosmtplib.SMTPRecipientsRefused):
        return failure.recipients[0].code if failure.recipients else None
    return failure.code if isinstance(failure, aiosmtplib.SMTPResponseException) else None


def _is_final(failure: BaseException) -> bool:
    """RFC 5321: a number from 500 means never, one from 400 means later."""
    return (_code(failure) or 0) >= 500

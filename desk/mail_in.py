"""A mail becomes a message: its attachments checked as uploads are, its ticket found or opened.

What is refused of it is said in its words, and what cannot be read at all is kept as it came.
"""

import hashlib
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import structlog

from desk.files import Draft, Uploads
from hotline.core import Hotline
from hotline.errors import BadInput, TooLarge
from hotline.intake import audio, colleagues, threading
from hotline.intake.mails import Attachment, Mail, numbers_in
from hotline.intake.messages import Arrived, Recording, take
from hotline.intake.records import count_since, note_aside
from hotline.intake.rows import OWN, TOO_MANY
from hotline.intake.senders import is_verified, voicemail_of, why_aside
from hotline.intake.threading import Answers
from hotline.settings.sections import VoicemailSettings
from wording.emails import find_emails
from wording.quoted import without_history

log = structlog.get_logger("desk.mail_in")

MAIL, VOICEMAIL = "mail", "voicemail"
_LANGUAGE = "zh-TW"  # what is said of attachments is for staff first
_HOUR = timedelta(hours=1)
_RAW_NAME, _RAW_TYPE = "mail.eml", "message/rfc822"


@dataclass
class _Kept:
    """What was taken of the attachments, and what was not, in words."""

    files: list[Draft] = field(default_factory=list)
    recording: Draft | None = None
    seconds: float | None = None
    notes: list[str] = field(default_factory=list)


async def take_mail(hotline: Hotline, uploads: Uploads, mail: Mail) -> None:
    """Open a ticket for the mail, add it to the one that it answers, or only count it; what a
    colleague answers to a notice is theirs.

    Unavailable while attachments cannot be scanned: whoever hands it over comes again.
    """
    smtp, head = hotline.settings.intake.smtp, mail.head
    pbx = voicemail_of(head, smtp)
    arrived = _arrived(hotline, mail, pbx)
    own = _own_addresses(hotline)
    domains = {address.rpartition("@")[2] for address in own[:1]} | set(smtp.own_domains)
    reason = "" if pbx else why_aside(head, own, [domain.lower() for domain in domains])
    if not pbx and head.sender and reason in ("", OWN):
        async with hotline.database.read() as session:
            sent = await count_since(session, head.sender, hotline.now() - _HOUR)
        is_too_many = sent >= smtp.mails_per_hour
        # Colleagues write from our own domain: asked only whether a program wrote it.
        is_a_persons = not is_too_many and not why_aside(head, (), ())
        if is_a_persons and await _taken_of_colleague(hotline, mail, arrived):
            return
        if not reason and is_too_many:
            reason = TOO_MANY
    if reason:
        await note_aside(hotline, arrived, reason)
        log.info("mail_set_aside", why=reason)
        return
    async with AsyncExitStack() as stack:
        kept = await _kept(hotline, uploads, mail, stack)
        drafts = [*([kept.recording] if kept.recording else []), *kept.files]
        async with uploads.placed(*drafts):
            if await _taken(hotline, mail, arrived, kept):
                for draft in drafts:
                    draft.keep()


async def _taken_of_colleague(hotline: Hotline, mail: Mail, arrived: Arrived) -> bool:
    """Whether it is a colleague's answer on a ticket. Its attachments belong on the ticket's page,
    and the note says so."""
    async with hotline.database.read() as session:
        meant = await colleagues.meant_by(session, arrived, _answers(mail))
    if meant is None:
        return False
    staff, ticket = meant
    names = ", ".join(attachment.name[:80] for attachment in mail.attachments)
    left = [hotline.words.say("intake.left_out", _LANGUAGE, names=names)] if names else []
    words = _answered(mail, left)
    await colleagues.answer(hotline, staff, ticket, replace(arrived, text=words))
    return True


def _answered(mail: Mail, notes: list[str]) -> str:
    """What a mail adds to a ticket: its own words, and what is to be said of its attachments."""
    return "\n\n".join((without_history(mail.text), *notes)).strip()


def _answers(mail: Mail) -> Answers:
    numbers = dict.fromkeys((*numbers_in(mail.subject), *mail.numbers))
    return Answers(tuple(numbers), mail.references)


async def _taken(hotline: Hotline, mail: Mail, arrived: Arrived, kept: _Kept) -> bool:
    """Whether this took it; False if it was taken before."""
    recording = Recording(kept.recording.file, kept.seconds) if kept.recording else None
    files = tuple(draft.file for draft in kept.files)
    arrived = replace(arrived, recording=recording, files=files)
    async with hotline.database.read() as session:
        ticket = await threading.meant_by(session, arrived, _answers(mail))
    if ticket is not None and ticket.state != "closed":
        words = _answered(mail, kept.notes)
        return (await threading.answer(hotline, ticket, replace(arrived, text=words))).fresh
    if ticket is not None:
        arrived = replace(arrived, follows=ticket.number)
    text = "\n\n".join(filter(None, (mail.text, *kept.notes)))
    return (await take(hotline, replace(arrived, text=text))).fresh


def _arrived(hotline: Hotline, mail: Mail, pbx: VoicemailSettings | None) -> Arrived:
    head = mail.head
    sender = head.sender or (head.envelope_from.lower() if not head.senders else "")
    email = sender if len(find_emails(sender)) == 1 else ""
    digest = mail.message_id or hashlib.sha256(mail.raw or repr(mail).encode()).hexdigest()
    caller = mail.name
    if pbx is not None:
        caller = {"subject": mail.subject, "from": head.first("from"), "text": mail.text}[
            pbx.caller_in
        ]
        caller = caller.replace(pbx.from_address, "")
    return Arrived(
        source=VOICEMAIL if pbx else MAIL,
        repeat_key=digest,
        digest=digest,
        received_at=hotline.now(),
        caller=caller,
        email="" if pbx else email,
        subject=mail.subject,
        message_id=mail.message_id,
        verified=None if pbx else is_verified(head, hotline.settings.intake.smtp),
    )


def _own_addresses(hotline: Hotline) -> list[str]:
    """The address that we send from comes first: its domain is that of our Message-IDs."""
    sender = find_emails(hotline.settings.mail.from_address)
    own = [sender[0].value.lower()] if sender else ["hotline@localhost"]
    return [*own, *hotline.settings.intake.smtp.addresses]


async def _kept(hotline: Hotline, uploads: Uploads, mail: Mail, stack: AsyncExitStack) -> _Kept:
    kept, say = _Kept(), hotline.words.say
    if mail.raw is not None:
        raw = Attachment(_RAW_NAME, _RAW_TYPE, mail.raw)
        kept.files.append(await _checked(hotline, uploads, raw, stack, as_it_is=True))
        kept.notes.append(say("intake.unreadable", _LANGUAGE))
    if mail.rest:
        rest = Attachment("mail.txt", "text/plain", mail.rest.encode())
        kept.files.append(await _checked(hotline, uploads, rest, stack, as_it_is=True))
        kept.notes.append(say("intake.goes_on", _LANGUAGE))
    limit = hotline.settings.intake.files
    for attachment in mail.attachments[:limit]:
        try:
            if attachment.content_type.startswith("audio/") and kept.recording is None:
                await _hear(uploads, attachment, kept, stack)
            else:
                kept.files.append(await _checked(hotline, uploads, attachment, stack))
        except (BadInput, TooLarge) as refused:
            name, why = attachment.name[:80], refused.message
            kept.notes.append(say("intake.not_taken", _LANGUAGE, name=name, why=why))
    if len(mail.attachments) > limit:
        kept.notes.append(say("intake.too_many_files", _LANGUAGE, limit=limit))
    return kept


async def _checked(
    hotline: Hotline,
    uploads: Uploads,
    attachment: Attachment,
    stack: AsyncExitStack,
    *,
    as_it_is: bool = False,
) -> Draft:
    """The file; `as_it_is` is kept whatever kind it is, and still scanned."""
    checked = uploads.checked(
        _Content(attachment.content),
        attachment.name,
        _LANGUAGE,
        kind_of=(lambda _path: attachment.content_type) if as_it_is else None,
        limit_mb=hotline.settings.intake.smtp.max_mb if as_it_is else None,
    )
    return await stack.enter_async_context(checked)


async def _hear(
    uploads: Uploads, attachment: Attachment, kept: _Kept, stack: AsyncExitStack
) -> None:
    heard: list[audio.Sound] = []

    def kind_of(path: Path) -> str:
        heard.append(audio.read(path))
        return heard[0].media_type

    content = _Content(attachment.content)
    checked = uploads.checked(content, attachment.name, _LANGUAGE, kind_of=kind_of)
    kept.recording = await stack.enter_async_context(checked)
    kept.seconds = heard[0].seconds


class _Content:
    """Bytes to be read as an upload is."""

    def __init__(self, content: bytes) -> None:
        self._file = BytesIO(content)

    async def read_chunk(self, size: int = 256 * 1024) -> bytes:
        return self._file.read(size)

"""A mail as it came, read: its head, its words, its attachments. Pure, and safe with any bytes.

What cannot be read says so and has the raw mail beside it: nothing is lost.
"""

import hashlib
import html
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses

import nh3

from hotline.intake.senders import Head
from wording import ticket_number
from wording.text import strip_control

_LONGEST_WORDS = 20_000
_MOST_REFERENCES, _MOST_NUMBERS = 50, 5
_LINES = ("br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote")
# What a broken or hostile mail makes the library raise, in whichever of its parts.
_UNREADABLE = (
    ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError,
)  # fmt: skip


class TooManyParts(Exception):
    """A mail made to keep somebody busy."""


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """`raw` is there only of what could not be read; `references` are hashes, as `message_id` is.
    `numbers` are those of the tickets whose letters it answers, as those say themselves.

    `rest` is what of the words was too long for a message, all of it.
    """

    head: Head
    name: str = ""
    subject: str = ""
    text: str = ""
    rest: str = ""
    message_id: str | None = None
    references: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    raw: bytes | None = field(default=None, repr=False)


def read(raw: bytes, envelope_from: str, peer: str, most_parts: int) -> Mail:
    """The mail; TooManyParts if it has more parts than anybody writes."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        count = sum(1 for _part in _parts(message))
    except _UNREADABLE:
        return Mail(Head(envelope_from, peer, (), "", "", {}), raw=raw)
    if count > most_parts:
        raise TooManyParts
    try:
        head = _head(message, envelope_from, peer)
    except _UNREADABLE:
        return Mail(Head(envelope_from, peer, (), "", "", {}), raw=raw)
    try:
        return _mail(message, head)
    except _UNREADABLE:
        return Mail(head, message_id=_hashed(head.message_id), raw=raw)


def hashed(message_id: str) -> str:
    """A Message-ID as it is kept: it may have somebody's name in it."""
    return hashlib.sha256(message_id.strip().strip("<>").encode()).hexdigest()


def numbers_in(said: str) -> tuple[str, ...]:
    """The tickets whose numbers are in it, the first few."""
    numbers = [candidate.number for candidate in ticket_number.find(said)]
    return tuple(dict.fromkeys(number for number in numbers if number))[:_MOST_NUMBERS]


def from_html(written: str) -> str:
    """The words of an HTML page, a line for each of its blocks; no link, picture or script."""
    kept = nh3.clean(written, tags=set(_LINES), attributes={}, clean_content_tags={
        "script", "style", "title", "template",
    })  # fmt: skip
    one_line = " ".join(kept.split())
    for tag in _LINES:
        one_line = one_line.replace(f"<{tag}>", "\n").replace(f"</{tag}>", "\n")
    lines = [line.strip() for line in html.unescape(one_line).replace("\xa0", " ").split("\n")]
    return "\n".join(_without_gaps(lines)).strip()


def _without_gaps(lines: list[str]) -> Iterator[str]:
    """At most one empty line in a row."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    yield from message.walk()


def _head(message: EmailMessage, envelope_from: str, peer: str) -> Head:
    headers: dict[str, list[str]] = {}
    for name, value in message.items():
        headers.setdefault(name.lower(), []).append(str(value))
    senders = getaddresses(headers.get("from", []))
    return Head(
        envelope_from=envelope_from,
        peer=peer,
        senders=tuple(address.strip().lower() for _name, address in senders if "@" in address),
        message_id=next(iter(headers.get("message-id", ())), "").strip(),
        content_type=message.get_content_type(),
        headers=headers,
    )


def _mail(message: EmailMessage, head: Head) -> Mail:
    words = strip_control(_words(message)).strip()
    before = f"{head.first('in-reply-to')} {head.first('references')}".split()[-_MOST_REFERENCES:]
    names = getaddresses([head.first("from")])
    return Mail(
        head=head,
        name=strip_control(names[0][0]) if names else "",
        subject=" ".join(strip_control(head.first("subject")).split()),
        text=words[:_LONGEST_WORDS],
        rest=words if len(words) > _LONGEST_WORDS else "",
        message_id=_hashed(head.message_id),
        references=tuple(hashed(one) for one in before),
        numbers=numbers_in(" ".join(before)),
        attachments=tuple(_attachments(message)),
    )


def _hashed(message_id: str) -> str | None:
    return hashed(message_id) if message_id else None


def _words(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    content = body.get_content()
    if not isinstance(content, str):
        raise TypeError("a body that is no text")
    return from_html(content) if body.get_content_subtype() == "html" else content


def _attachments(message: EmailMessage) -> Iterator[Attachment]:
    if not message.is_multipart() and message.get_content_maintype() != "text":
        yield _attachment(message, 1)  # the whole mail is one file
        return
    for number, part in enumerate(message.iter_attachments(), 1):
        yield _attachment(part, number)


def _attachment(part: EmailMessage, number: int) -> Attachment:
    kind = part.get_content_type()
    name = part.get_filename() or f"part-{number}{mimetypes.guess_extension(kind) or ''}"
    if part.is_multipart():
        inner = part.get_payload(0)
        content = bytes(inner) if isinstance(inner, EmailMessage) else part.as_bytes()
    else:
        decoded = part.get_payload(decode=True)
        content = decoded if isinstance(decoded, bytes) else b""
    return Attachment(name, kind, content)

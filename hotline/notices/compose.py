"""The mail of a delivery: whom it addresses, what it says, which mails it belongs with.

Of partners' words nothing is in it; of staff's what the partner was answered and has not read, and
only at an address that is certain.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.messages import by_seq
from hotline.core import Hotline
from hotline.deliveries import DeliveryRow
from hotline.journal import EntryRow
from hotline.notices import kinds
from hotline.notices.mail import Letter
from hotline.notices.parts import LayOut, Parts, Quote
from hotline.notices.receivers import Reader
from hotline.notices.standing import RAISED, escalation_of
from hotline.tickets.rows import TicketRow
from hotline.tickets.silence import closes_at
from hotline.tickets.ticket import Ticket, snapshot
from hotline.words.catalogue import Catalogue

_MOST_QUOTED_CHARS = 4000  # of all quotes together; the rest is in the conversation
_QUOTING = (kinds.WAITING, kinds.REPLY, kinds.LATE, kinds.MOVED)


def words() -> Catalogue:
    return Catalogue.load(Path(__file__).with_name("words.yml"))


async def letter_of(
    session: AsyncSession,
    hotline: Hotline,
    row: DeliveryRow,
    bundle: Sequence[DeliveryRow],
    reader: Reader,
    lay_out: LayOut,
) -> Letter:
    """The letter of `row`, which tells all of `bundle`, itself among them."""
    ticket_id = next((it.ticket_id for it in (row, *bundle) if it.ticket_id), None)
    ticket_row = await session.get(TicketRow, ticket_id) if ticket_id else None
    ticket = snapshot(ticket_row) if ticket_row else None
    kind = _kind_of(bundle, ticket)
    quotes, who = await _quotes(session, hotline, bundle, reader)
    values = await _values(session, hotline, row, ticket, reader.language)
    values["who"] = who or words().say("frame.colleague", reader.language)
    parts = _parts(hotline, kind, ticket, reader, values, quotes if reader.is_certain else ())
    text, html = lay_out(parts)
    return Letter(
        reader.address,
        parts.subject,
        text,
        cause=f"delivery:{row.id}:{row.created_at.isoformat()}",
        html=html,
        ticket_number=ticket.number if ticket else "",
        reply_to=hotline.settings.intake.smtp.addresses[0] if parts.is_answerable else "",
        choices_url=parts.choices_url,
    )


def _kind_of(bundle: Sequence[DeliveryRow], ticket: Ticket | None) -> str:
    """What the letter is about before all; that it waits only while it does."""
    told = {it.kind for it in bundle}
    if kinds.WAITING in told and (ticket is None or ticket.state != "waiting_partner"):
        told = told - {kinds.WAITING} | {kinds.REPLY}
    return kinds.first_of(told)


async def _quotes(
    session: AsyncSession, hotline: Hotline, bundle: Sequence[DeliveryRow], reader: Reader
) -> tuple[tuple[Quote, ...], str]:
    """What was said and not read, oldest first, and which colleague said the last of it."""
    quotes, who, left = list[Quote](), "", _MOST_QUOTED_CHARS
    said = {it.seq: it for it in bundle if it.seq is not None and it.kind in _QUOTING}
    for seq, it in sorted(said.items()):
        message = await by_seq(session, it.conversation_id or "", seq)
        if message is None:
            continue
        is_english = reader.language == "en"
        colleague = (message.staff_name_en if is_english else message.staff_name) or ""
        who = colleague or who
        if left > 0:
            vendor = hotline.settings.vendor.name(reader.language)
            quotes.append(Quote(colleague or vendor, _shortened(message.text, left)))
            left -= len(message.text)
    return tuple(quotes), who


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


async def _values(
    session: AsyncSession,
    hotline: Hotline,
    row: DeliveryRow,
    ticket: Ticket | None,
    language: str,
) -> dict[str, str]:
    settings = hotline.settings
    values = {
        "vendor": settings.vendor.name(language),
        "toll_free": settings.vendor.toll_free,
        "n": str(settings.reopen_days),
    }
    if row.kind == kinds.DIGEST:
        return values | await _of_the_night(session, row)
    if ticket is None:
        return values
    until = await closes_at(session, hotline, ticket)
    escalation = await escalation_of(session, row)
    by = escalation.acknowledge_by if escalation else None
    return values | {
        "number": ticket.number,
        "queue": hotline.words.queue(ticket.queue, language),
        "queue_first": hotline.words.queue_first(ticket.queue, language),
        "severity": hotline.words.severity(ticket.severity, language, ticket.queue),
        "at": _time(
            hotline,
            ticket.first_response_due if row.kind == kinds.OPENED else ticket.due_at,
            language,
        ),
        "by": _time(hotline, by or ticket.due_at, language),
        "closes_at": _time(hotline, until, language) if until else "",
        "why": words().say(f"why.{escalation.why}", language) if escalation else "",
    }


async def _of_the_night(session: AsyncSession, row: DeliveryRow) -> dict[str, str]:
    entry = await session.get_one(EntryRow, row.entry_id)
    return {key: str(entry.detail[key]) for key in ("waiting", "severe")}


def _time(hotline: Hotline, at: datetime, language: str) -> str:
    """With its date: nobody knows when a mail is read."""
    return hotline.words.in_table(at, hotline.now(), language)


def _parts(
    hotline: Hotline,
    kind: str,
    ticket: Ticket | None,
    reader: Reader,
    values: dict[str, str],
    quotes: tuple[Quote, ...],
) -> Parts:
    language = reader.language
    key = _key(kind, ticket)
    text = words().say(f"{key}.text", language, **values)
    paragraphs = [" ".join(part.split("\n")).strip() for part in text.strip().split("\n\n")]
    url, url_words = _way(hotline, kind, ticket, reader)
    answering = _answering(hotline, kind, ticket, reader)
    if not url and kinds.KINDS[kind].to == kinds.PARTNER:
        paragraphs.append(words().say("frame.no_page", language, **values))
    return Parts(
        language=language,
        subject=" ".join(words().say(f"{key}.subject", language, **values).split()),
        paragraphs=tuple(paragraphs),
        quotes=quotes,
        url=url,
        url_words=url_words,
        choices_url=_choices_url(hotline, kind, reader),
        choices_words=words().say("frame.choices", language),
        sign=words().say("frame.sign", language, **values),
        how_to_answer=words().say(f"frame.answer_{answering}", language, **values),
        is_answerable=answering != "no",
    )


def _answering(hotline: Hotline, kind: str, ticket: Ticket | None, reader: Reader) -> str:
    """What comes of an answer to the letter: it is added to the ticket, noted for colleagues, takes
    notice of what was brought up; "no" where nobody reads it, or could say whose it is."""
    if ticket is None or not reader.has_page or not hotline.settings.intake.smtp.knows_senders:
        return "no"
    if kinds.KINDS[kind].to == kinds.PARTNER:
        return "added"
    return "notice" if kind in RAISED else "noted"


def _key(kind: str, ticket: Ticket | None) -> str:
    if kind == kinds.MOVED and ticket is not None:
        return f"partner.moved_{'reply' if ticket.owes_answer else 'fix'}"
    if kind == kinds.REPLY and ticket is None:
        return "partner.reply_chat"
    return f"{kinds.KINDS[kind].to}.{kind}"


def _way(hotline: Hotline, kind: str, ticket: Ticket | None, reader: Reader) -> tuple[str, str]:
    """Where to look, and what the link says; none for whoever has no page of their own."""
    address, say = hotline.settings.address, words().say
    if not address or not reader.has_page:
        return "", ""
    if kind == kinds.DIGEST:
        return f"{address}/console/morning", say("frame.see_morning", reader.language)
    if ticket is None:
        return f"{address}/", say("frame.see_chat", reader.language)
    pages = "console" if kinds.KINDS[kind].to == kinds.STAFF else "my"
    url = f"{address}/{pages}/tickets/{ticket.number}"
    return url, say("frame.see_ticket", reader.language, number=ticket.number)


def _choices_url(hotline: Hotline, kind: str, reader: Reader) -> str:
    """The page on which mails like this one are switched off, where they may be."""
    address, about = hotline.settings.address, kinds.KINDS[kind]
    if not address or not reader.has_page or about.weight == "urgent":
        return ""
    page = "console/me" if about.to == kinds.STAFF else "my/notices"
    return f"{address}/{page}#notices"

"""What other programs hear, and how it is signed (Standard Webhooks).

How it gets there, over the network, is the desk's matter. Nothing of a person is in it: numbers,
codes, times, and where a colleague looks.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from standardwebhooks import Webhook

from hotline.core import Hotline
from hotline.database import insert_or
from hotline.deliveries import PENDING, UNDELIVERED, DeliveryRow
from hotline.notices import rules
from hotline.notices.compose import words
from hotline.notices.rows import WebhookOffRow
from hotline.settings import WebhookSettings
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket, snapshot

GONE = "gone"


@dataclass(frozen=True)
class Call:
    """One delivery as it goes: the same `webhook-id` whenever it is sent."""

    url: str
    headers: Mapping[str, str]
    body: bytes


def channel_of(hook: WebhookSettings) -> str:
    return f"{rules.WEBHOOK}:{hook.name}"


async def call_of(
    session: AsyncSession, hotline: Hotline, hook: WebhookSettings, row: DeliveryRow
) -> Call | None:
    """The call of a delivery; None, and it is on the list, where the receiver was gone before."""
    off = await session.get(WebhookOffRow, hook.name)
    if off is not None and off.url_hash == _hash(hook.url):
        row.state, row.failure, row.next_at = UNDELIVERED, GONE, None
        return None
    ticket = await session.get(TicketRow, row.ticket_id) if row.ticket_id else None
    said = _said(hotline, row, snapshot(ticket) if ticket else None, hook.language)
    body = json.dumps(said, ensure_ascii=False)
    now = hotline.now().astimezone(UTC)
    message_id = f"delivery_{row.id}_{row.entry_id}"
    secret = hotline.settings.secrets.webhooks[hook.name].get_secret_value()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, now, body),
    }
    return Call(hook.url, headers, body.encode())


async def switch_off(hotline: Hotline, hook: WebhookSettings) -> None:
    """The receiver said that it is gone: nothing is sent to this address until somebody says so."""
    values = {"url_hash": _hash(hook.url), "at": hotline.now()}
    async with hotline.database.write() as session:
        new = insert_or(session, WebhookOffRow).values(name=hook.name, **values)
        await session.execute(new.on_conflict_do_update(index_elements=["name"], set_=values))


async def put_aside_unknown(hotline: Hotline) -> None:
    """What is owed to a webhook that the settings do not have any more is for somebody to see."""
    known = [channel_of(hook) for hook in hotline.settings.webhooks]
    async with hotline.database.write() as session:
        await session.execute(
            update(DeliveryRow)
            .where(
                DeliveryRow.channel.startswith(f"{rules.WEBHOOK}:", autoescape=True),
                DeliveryRow.channel.not_in(known),
                DeliveryRow.state == PENDING,
            )
            .values(state=UNDELIVERED, failure="unknown_hook", next_at=None)
        )


def _said(
    hotline: Hotline, row: DeliveryRow, ticket: Ticket | None, language: str
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if ticket is not None:
        data = {
            "number": ticket.number,
            "queue": ticket.queue,
            "severity": ticket.severity,
            "state": ticket.state,
            "due_at": ticket.due_at.astimezone(UTC).isoformat(),
            "assignee": ticket.assignee.id if ticket.assignee else None,
        }
        if hotline.settings.address:
            data["url"] = f"{hotline.settings.address}/console/tickets/{ticket.number}"
    return {
        "type": row.kind,
        "timestamp": row.created_at.astimezone(UTC).isoformat(),
        "text": _line(hotline, row.kind, ticket, data.get("url", ""), language),
        "data": data,
    }


def _line(hotline: Hotline, event: str, ticket: Ticket | None, url: str, language: str) -> str:
    """What a chat program shows as it is."""
    if ticket is None:
        return event
    said = words().say(
        "hook.line",
        language,
        number=ticket.number,
        what=words().say(f"hook.{event.removeprefix('ticket.')}", language),
        queue=hotline.words.queue(ticket.queue, language),
        severity=hotline.words.severity(ticket.severity, language, ticket.queue),
        at=hotline.words.in_table(ticket.due_at, hotline.now(), language),
    )
    return f"{said} {url}".strip()


def _hash(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()

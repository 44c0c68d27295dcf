"""Messages and states as the JSON of the chat API."""

from datetime import datetime
from typing import Any

from hotline.conversations.holding import queue_words
from hotline.conversations.messages import Message
from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.staff.rules import first_queue
from hotline.words import times


def message_json(hotline: Hotline, message: Message, language: str) -> dict[str, Any]:
    """One message; times in the hotline's own zone."""
    shown: dict[str, Any] = {
        "seq": message.seq,
        "id": message.client_id,
        "sender": message.sender,
        "by": _by(hotline, message, language),
        "text": message.text,
        "lang": message.language,
        "at": local(hotline, message.at),
    }
    if message.buttons:
        shown["buttons"] = list(message.buttons)
    if message.card:
        shown["card"] = message.card
    if message.file:
        shown["file"] = {
            "id": message.file.id,
            "name": message.file.name,
            "type": message.file.media_type,
            "size": message.file.size_bytes,
        }
        if message.file.seconds is not None:
            shown["file"]["seconds"] = message.file.seconds
    return shown


def state_json(
    hotline: Hotline, conversation: Conversation, ahead: int | None, minutes: int | None = None
) -> dict[str, Any]:
    """Who speaks, whether the hotline is open, and the numbers to call.

    Of whoever waits: how many are `ahead`, and for how many `minutes`, if that is known.
    """
    now, calendar, language = hotline.now(), hotline.calendar, conversation.language
    is_open = calendar.is_open(now)
    changes_at = (calendar.closes_at(now) if is_open else calendar.next_open(now)) or now
    changes_today = local(hotline, changes_at)[:10] == local(hotline, now)[:10]
    speakers = {"bot": "assistant", "queue": "queue", "person": "person", "nobody": "nobody"}
    staff = conversation.staff
    return {
        "speaker": speakers[conversation.holder],
        "person": {
            "name": staff.called(language),
            "role": queue_words(hotline, staff, language),
            "since": local(hotline, conversation.held_since),
        }
        if staff
        else None,
        "place": None if ahead is None else ahead + 1,
        "wait_minutes": minutes,
        "open": is_open,
        "changes_at": local(hotline, changes_at),
        "changes_words": hotline.words.clock(changes_at, language)
        if changes_today
        else times.written("table.dated", times.local_time(changes_at, calendar), language),
        "language": language,
        "name": conversation.contact.name if conversation.contact else None,
        "toll_free": hotline.settings.vendor.toll_free,
        "hardware_line": hotline.settings.vendor.hardware_line,
    }


def local(hotline: Hotline, at: datetime) -> str:
    return at.astimezone(hotline.calendar.timezone).isoformat(timespec="seconds")


def _by(hotline: Hotline, message: Message, language: str) -> dict[str, str] | None:
    if message.staff_name is None:
        return None
    name = message.staff_name_en if language == "en" else message.staff_name
    queue = first_queue(message.staff_queues)
    return {"name": name or message.staff_name, "role": hotline.words.queue(queue, language)}

"""Runs under the engine's interpreter: a conversation in our tracker store and in Rasa's.

.venv/engine/bin/python tests/bot/store_as_json.py FOLDER
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from bot.store import IDLE_S

SENDER = "sender"
TURNS: list[list[Event]] = [
    [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")],
    [
        UserUttered("主機開不了機", {"name": "technical_hardware", "confidence": 0.9}),
        ActionExecuted("ticket_form"),
        ActiveLoop("ticket_form"),
        SlotSet("draft", {"serial": None}),
        BotUttered("序號？"),
        ActionExecuted("action_listen"),
    ],
    [
        UserUttered("78A1234", {"name": "inform", "confidence": 0.8}),
        ActionExecuted("ticket_form"),
        SlotSet("draft", {"serial": "78A1234"}),
        ActionExecuted("action_listen"),
    ],
]


async def main(folder: Path) -> None:
    """Print what the tests ask."""
    domain, ours_at, rasas_at = Domain.load("domain.yml"), folder / "ours.db", folder / "rasas.db"
    os.environ |= {"HOTLINE_TRACKER_DB": str(ours_at), "HOTLINE_ACTIONS_URL": "http://unused"}
    configured = AvailableEndpoints.read_endpoints("endpoints.yml").tracker_store
    ours = TrackerStore.create(configured, domain)
    rasas = SQLTrackerStore(domain, db=str(rasas_at))
    for store in (ours, rasas):
        for events in TURNS:
            tracker = await store.get_or_create_tracker(SENDER, append_action_listen=False)
            tracker.update_with_events(events, domain)
            await store.save(tracker)
    last = await ours.retrieve(SENDER)
    said = {
        "configured": type(ours).__name__,
        "rows": {"ours": rows(ours_at), "rasas": rows(rasas_at)},
        "is_live": await ours.retrieve(SENDER) is last,
        "after_restart": await state(TrackerStore.create(configured, domain)),
        "by_rasa": await state(rasas),
    }
    last.update(SlotSet("draft", {"serial": "of a turn that died"}))
    said["after_dead_turn"] = await state(ours)
    tracker = await ours.retrieve(SENDER)
    tracker.update(SlotSet("draft", None))
    await ours.save(tracker)
    said["rows_after_next_turn"] = len(rows(ours_at))
    # Somebody was erased: the rows are gone, and nobody has said anything for an hour.
    with sqlite3.connect(ours_at) as connection:
        connection.execute("DELETE FROM events")
    said["remembered_within_the_hour"] = await ours.retrieve(SENDER) is tracker
    ours._live[SENDER].used_at -= IDLE_S + 1
    said["remembered_after_it"] = await ours.retrieve("another") or await ours.retrieve(SENDER)
    print(json.dumps(said))


async def state(store: TrackerStore) -> dict[str, Any]:
    """Where the conversation stands, as the store gives it back."""
    tracker = await store.retrieve(SENDER)
    return {
        "slots": tracker.current_slot_values(),
        "form": tracker.active_loop_name,
        "listening": tracker.latest_action_name,
        "applied": [type(event).__name__ for event in tracker.applied_events()],
    }


def rows(path: Path) -> list[list[Any]]:
    """What is in the table, in order, but for the times."""
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT type_name, data FROM events ORDER BY id").fetchall()
    return [[kind, {**json.loads(data), "timestamp": None}] for kind, data in found]


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))

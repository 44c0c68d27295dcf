"""The running line as a player of conversations sees it: its address, tokens, clock and rows."""

import asyncio
import json
import sqlite3
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hotline import access
from hotline.clock import LOOK_AGAIN_S, Clock
from hotline.core import Hotline, open_hotline
from hotline.partners.service import all_contacts
from hotline.settings import Settings
from hotline.staff.service import staff_by_email
from tests.line.chat import Json, get, post
from tests.line.rows import Rows
from tests.line.staff_there import somebody_is_there

STAFF = (
    "zhihao.wang@hotline.example",
    "jiarong.li@hotline.example",
    "wenbin.zhang@hotline.example",
)
LEAD = STAFF[2]


class Stage:
    """One line under one clock. What is asked of the database is only read."""

    def __init__(self, url: str, settings: Settings) -> None:
        self.url, self._settings = url, settings
        self._rows = Rows(self._settings.database_url)
        self._tracker = settings.var_dir / "tracker.db"
        self._clock = Clock(settings.clock_file, settings.env)
        self.tokens: dict[str, str] = {}

    def set_clock(self, moment: datetime) -> None:
        """Let every process go on from `moment`; whoever is known gets a token of that time."""
        self._clock.set(moment)
        self._new_tokens()

    def advance(self, by: timedelta) -> None:
        self._clock.advance(by)
        self._new_tokens()

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._rows(statement, *values)

    def ticket(self, number: str) -> Json:
        return get(f"{self.url}/api/staff/tickets/{number}", self.tokens[LEAD])

    def staff_post(self, who: str, path: str, body: Json) -> Json:
        return post(f"{self.url}/api/staff{path}", body, self.tokens[who])

    def holder(self, conversation: str) -> str:
        [[holder]] = self.rows("SELECT holder FROM conversations WHERE id = ?", conversation)
        return str(holder)

    def is_in_form(self, conversation: str) -> bool:
        found = self.rows(
            "SELECT form FROM engine_sessions WHERE sender_id ="
            " (SELECT engine_sender FROM conversations WHERE id = ?)",
            conversation,
        )
        return bool(found and found[0][0])

    def intent_of_last(self, conversation: str) -> str | None:
        """What the engine took the partner's last message for."""
        [[intent]] = self.rows(
            "SELECT intent FROM messages WHERE conversation_id = ? AND sender = 'partner'"
            " ORDER BY seq DESC LIMIT 1",
            conversation,
        )
        return None if intent is None else str(intent)

    def draft(self, conversation: str) -> Json | None:
        """The request being filled, as the engine last kept it."""
        [[sender]] = self.rows("SELECT engine_sender FROM conversations WHERE id = ?", conversation)
        found = _asked(
            self._tracker,
            "SELECT data FROM events WHERE sender_id = ? AND type_name = 'slot'"
            " AND json_extract(data, '$.name') = 'draft' ORDER BY id DESC LIMIT 1",
            (sender,),
        )
        draft: Json | None = json.loads(found[0][0])["value"] if found else None
        return draft

    def tickets_of(self, conversation: str) -> list[str]:
        found = self.rows(
            "SELECT number FROM tickets WHERE conversation_id = ? ORDER BY id", conversation
        )
        return [str(number) for [number] in found]

    def journal_of(self, conversation: str) -> list[str]:
        found = self.rows(
            "SELECT kind FROM journal WHERE conversation_id = ? OR ticket_id IN"
            " (SELECT id FROM tickets WHERE conversation_id = ?) ORDER BY id",
            conversation,
            conversation,
        )
        return [str(kind) for [kind] in found]

    def _new_tokens(self) -> None:
        time.sleep(LOOK_AGAIN_S)  # by then every process has looked at the clock again
        self.tokens = _in_a_loop(self._tokens)

    async def _tokens(self) -> dict[str, str]:
        async with open_hotline(self._settings) as hotline:
            await somebody_is_there(hotline)
            return await self._tokens_of(hotline)

    async def _tokens_of(self, hotline: Hotline) -> dict[str, str]:
        async with hotline.database.read() as session:
            partners = {
                contact.email: access.partner_token(hotline, contact)
                for contact in await all_contacts(session)
            }
            staff = {
                email: await access.staff_token(hotline, session, email)
                for email in STAFF
                if await staff_by_email(session, email)
            }
            return partners | staff


def _asked(file: Path, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as connection:
        return connection.execute(statement, values).fetchall()


def _in_a_loop(work: Callable[[], Coroutine[Any, Any, dict[str, str]]]) -> dict[str, str]:
    """Run it in a thread of its own: Playwright's loop may be running in this one."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(asyncio.run, work()).result()

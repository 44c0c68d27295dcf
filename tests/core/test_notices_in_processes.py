"""A process is killed in a burst of notices: every one arrives, each known for one mail."""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from hotline.core import Hotline
from hotline.journal import write_entries
from hotline.notices import retry
from hotline.partners.service import Contact
from tests.core.desk_work import opened
from tests.core.notice_work import Postbox, deliveries, serving

ROOT = Path(__file__).parents[2]
BURST = 500
KILLED_AT = (40, 170, 171, 350)  # mails that had arrived when it was killed
STUCK_S = 900


class Killing(Postbox):
    """Kills the process that mails, which has not heard yet that the last one has arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.process: asyncio.subprocess.Process | None = None
        self.kill_at = list(KILLED_AT)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.kill_at and len(self.taken) >= self.kill_at[0] and self.process is not None:
            self.kill_at.pop(0)
            self.process.send_signal(signal.SIGKILL)
        return answer


async def deliver(hotline: Hotline, postbox: Killing, port: int) -> int:
    """A process over the same database and clock; how it ended."""
    process = postbox.process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.core.deliver_notices",
        str(port),
        cwd=ROOT,
        env=os.environ
        | {
            "HOTLINE_DATABASE_URL": hotline.settings.database_url,
            "HOTLINE_VAR_DIR": str(hotline.settings.var_dir),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), said.decode()
    return process.returncode


async def test_of_500_notices_none_is_lost_and_none_is_another_mail_whoever_is_killed(
    any_hotline: Hotline, contact: Contact
) -> None:
    ticket = await opened(any_hotline, contact)
    async with any_hotline.database.write() as session:
        burst = {
            "at": any_hotline.now(),
            "kind": "ticket.opened",
            "actor": "partner",
            "conversation_id": ticket.conversation_id,
            "ticket_id": ticket.id,
            "detail": {},
        }
        await write_entries(session, [burst] * (BURST - 1))
    postbox = Killing()
    async with serving(postbox) as port, asyncio.timeout(STUCK_S):
        ends = list[int]()
        while not ends or ends[-1] != 0 or await is_left(any_hotline):
            ends.append(await deliver(any_hotline, postbox, port))
            any_hotline.clock.advance(retry.TAKEN_FOR)
    assert ends.count(-signal.SIGKILL) == len(KILLED_AT)

    rows = await deliveries(any_hotline, "opened")
    assert len(rows) == BURST
    assert {row.state for row in rows} == {"delivered"}
    arrived = Counter(str(mail["Message-ID"]) for mail in postbox.taken)
    assert len(arrived) == BURST
    # Twice is only what was under way when the process was killed.
    twice = [row for row in rows if row.tries > 1]
    assert len(twice) <= len(KILLED_AT)
    assert sum(arrived.values()) - BURST <= len(twice)


async def is_left(hotline: Hotline) -> bool:
    return any(row.state == "pending" for row in await deliveries(hotline, "opened"))

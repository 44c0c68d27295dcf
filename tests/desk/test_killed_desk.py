"""A desk is killed in a burst of notices: every one arrives, each known for one mail."""

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from deploy.ports import free_ports
from hotline.core import Hotline
from hotline.journal import write_entries
from hotline.notices import retry
from hotline.notices.queueing import note_news
from hotline.partners.service import Contact
from tests.core.desk_work import opened
from tests.core.notice_work import SENDER, Postbox, deliveries, serving

ROOT = Path(__file__).parents[2]
BURST = 500
KILLED_AT = (40, 170, 171, 350)  # mails that had arrived when it was killed
STUCK_S, _LOOK_S = 900, 0.2


class Killing(Postbox):
    """Kills the desk that mails, which has not heard yet that the last one has arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.desk: asyncio.subprocess.Process | None = None
        self.kill_at = list(KILLED_AT)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.kill_at and len(self.taken) >= self.kill_at[0] and self.desk is not None:
            self.kill_at.pop(0)
            self.desk.send_signal(signal.SIGKILL)
        return answer


async def serve_until_killed_or_done(hotline: Hotline, postbox: Killing, port: int) -> int:
    """A desk over the same database and clock, until it dies or nothing is left; how it ended."""
    own = {
        "HOTLINE_DATABASE_URL": hotline.settings.database_url,
        "HOTLINE_VAR_DIR": str(hotline.settings.var_dir),
        "HOTLINE_DESK__PORT": str(free_ports(1)[0]),
        "HOTLINE_MAIL__HOST": "127.0.0.1",
        "HOTLINE_MAIL__PORT": str(port),
        "HOTLINE_MAIL__STARTTLS": "false",
        "HOTLINE_MAIL__FROM_ADDRESS": SENDER,
    }
    desk = postbox.desk = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "desk",
        cwd=ROOT,
        env=os.environ | own,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    while await is_left(hotline):
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(desk.wait(), _LOOK_S)
    desk.terminate()
    return await desk.wait()


async def test_of_500_notices_none_is_lost_and_none_is_another_mail_whoever_is_killed(
    hotline: Hotline, contact: Contact
) -> None:
    await note_news(hotline)  # the mark stands where the journal does
    ticket = await opened(hotline, contact)
    async with hotline.database.write() as session:
        burst = {
            "at": hotline.now(),
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
        while not ends or ends[-1] == -signal.SIGKILL:
            ends.append(await serve_until_killed_or_done(hotline, postbox, port))
            hotline.clock.advance(retry.TAKEN_FOR)
    assert ends.count(-signal.SIGKILL) == len(KILLED_AT)

    rows = await deliveries(hotline, "opened")
    assert len(rows) == BURST
    assert {row.state for row in rows} == {"delivered"}
    arrived = Counter(str(mail["Message-ID"]) for mail in postbox.taken)
    assert len(arrived) == BURST
    # Twice is only what was under way when it was killed.
    twice = [row for row in rows if row.tries > 1]
    assert len(twice) <= len(KILLED_AT)
    assert sum(arrived.values()) - BURST <= len(twice)


async def is_left(hotline: Hotline) -> bool:
    """Whether an entry is still to be told, or a mail to be sent."""
    rows = await deliveries(hotline, "opened")
    return len(rows) < BURST or any(row.state == "pending" for row in rows)

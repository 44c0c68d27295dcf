"""Letters that a transaction writes down, to be mailed after it: written once, sent at least once.

What is kept is a timer with ids and the letter's name; the words and the address are looked up when
it is sent, outside any transaction. Sent twice, after somebody died in between, it has the same
Message-ID, by which mail programs know it for one.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.errors import HotlineError
from hotline.notices import mail
from hotline.notices.mail import Letter
from hotline.timers.outside import Reach
from hotline.timers.service import Timer, set_timer

KIND = "mail"
GIVE_UP_AFTER = timedelta(days=3)

# The letter as it is to go now, by the ids of its timer; None if it has nothing to say any more.
Writer = Callable[[AsyncSession, Hotline, Mapping[str, Any]], Awaitable[Letter | None]]

log = structlog.get_logger("hotline.mail")


class NotSent(HotlineError):
    """The mail server did not take it, and may do so later."""


async def post(
    session: AsyncSession, hotline: Hotline, cause: str, letter: str, **ids: Any
) -> None:
    """Have `letter` sent for `cause`, in the caller's transaction."""
    await set_timer(session, f"mail:{cause}", KIND, hotline.now(), letter=letter, **ids)


def sending(writers: Mapping[str, Writer]) -> Reach:
    """What a timer of the kind `mail` does: the letter that it names, by its writer."""

    async def send(hotline: Hotline, timer: Timer) -> None:
        writer = writers[timer.detail["letter"]]
        async with hotline.database.read() as session:
            letter = await writer(session, hotline, timer.detail)
        if letter is None:
            return
        if hotline.now() - timer.due_at > GIVE_UP_AFTER:
            log.error("mail_given_up", key=timer.key)
            return
        caused = Letter(letter.to, letter.subject, letter.text, timer.key)
        if await mail.send_once(hotline.settings, caused, hotline.now()) in ("later", "barred"):
            raise NotSent("not sent yet")

    return send

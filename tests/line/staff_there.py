"""Somebody at the desk: without one, nobody who asks for a person is put in line."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from hotline.core import Hotline, open_hotline
from hotline.permissions import HANDLERS
from hotline.settings import Settings
from hotline.staff import presence
from hotline.staff.rules import BUSY
from hotline.staff.service import all_staff

# Whoever was there when the clock was set stays so, and who waits in line waits on.
ALL_DAY = {
    "HOTLINE_HAND_OFF__AWAY_AFTER_SECONDS": "900",
    "HOTLINE_HAND_OFF__LONGEST_MINUTES": "240",
}


async def somebody_is_there(hotline: Hotline) -> None:
    """Everybody is there, and has no time: partners wait in line, and nobody is asked."""
    async with hotline.database.read() as session:
        everybody = await all_staff(session)
    for staff in everybody:
        if staff.role in HANDLERS:
            await presence.stand(hotline, staff, BUSY)


def somebody_is_there_in(settings: Settings) -> None:
    """The same from outside, in a thread of its own: Playwright's loop may run in this one."""

    async def run() -> None:
        async with open_hotline(settings) as hotline:
            await somebody_is_there(hotline)

    with ThreadPoolExecutor(1) as own:
        own.submit(asyncio.run, run()).result()

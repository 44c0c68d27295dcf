"""Offering a waiting conversation to one person: making the offer, accepting it, ending it.

Accepting is `holding.take`, which ends the wait and the offer with it.
"""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations import waits
from hotline.conversations.rows import ConversationRow, WaitRow
from hotline.conversations.service import locked, say
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import Conflict
from hotline.hand_off.line import in_line
from hotline.hand_off.people import limits_of, people, wait_of
from hotline.hand_off.rules import Person, fitting
from hotline.journal import write_entry
from hotline.staff.rows import PresenceRow
from hotline.staff.service import Staff

OFFERED, OFFER_ENDED = "conversation.offered", "conversation.offer_ended"


async def offer_at_once(
    session: AsyncSession, hotline: Hotline, row: ConversationRow, found: Sequence[Person]
) -> int | None:
    """Offer a conversation that has just joined, in the caller's transaction; to whom, if anybody.

    Whoever waits already comes first: their turn is the round's to see to.
    """
    wait = await waits.current(session, row.id)
    if wait is None or wait.ahead:
        return None
    load = {person.staff_id: person.load for person in found}
    fit = fitting(wait_of(wait, row.language), found, load, hotline.now(), limits_of(hotline))
    if fit is None or not await _offer(session, hotline, wait, fit):
        return None
    wait.promised = True
    return fit


async def offer(hotline: Hotline, conversation_id: str, staff_id: int) -> bool:
    """Offer it to `staff_id`, if it still waits and they may still take it."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        wait = await waits.current(session, row.id)
        if wait is None or wait.offered_to_id is not None:
            return False
        return await _offer(session, hotline, wait, staff_id)


async def _offer(session: AsyncSession, hotline: Hotline, wait: WaitRow, staff_id: int) -> bool:
    # Their row is locked: two offers to one person come one after the other, and count.
    presence = await locked_row(session, PresenceRow, PresenceRow.staff_id == staff_id)
    limits, now = limits_of(hotline), hotline.now()
    them = next((one for one in await people(session) if one.staff_id == staff_id), None)
    if presence is None or them is None or them.load >= limits.chats_at_once:
        return False
    if staff_id in wait.passed_by:  # everybody has had it: the round begins again
        wait.passed_by = []
    wait.offered_to_id, wait.offered_until = staff_id, now + limits.offer_for
    presence.offered_at = now
    await write_entry(
        session, now, OFFERED, "system", conversation_id=wait.conversation_id, staff=staff_id
    )
    return True


async def pass_on(hotline: Hotline, staff: Staff, conversation_id: str) -> None:
    """`staff` leaves it to a colleague. Conflict if it is not theirs to take any more."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        wait = await waits.current(session, row.id)
        if wait is None or wait.offered_to_id != staff.id:
            holder = row.staff.name if row.staff else row.holder
            raise Conflict("it is not offered to you any more", holder=holder)
        await _end(session, hotline, wait, f"staff:{staff.id}", passed=True)


async def lapse(hotline: Hotline, conversation_id: str, staff_id: int, *, passed: bool) -> bool:
    """The offer to `staff_id` was not accepted, or they have gone.

    Whoever was told that somebody is coming is told, once, how it stands instead.
    """
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        wait = await waits.current(session, row.id)
        if wait is None or wait.offered_to_id != staff_id:
            return False
        was_promised, wait.promised = wait.promised, False
        await _end(session, hotline, wait, "system", passed=passed)
        if was_promised:
            reply = await in_line(session, hotline, row, row.language)
            await say(session, hotline, row, "bot", reply, actor="system")
        return True


async def _end(
    session: AsyncSession, hotline: Hotline, wait: WaitRow, actor: str, *, passed: bool
) -> None:
    staff_id = wait.offered_to_id
    if passed and staff_id is not None:
        wait.passed_by = [*wait.passed_by, staff_id]
    wait.offered_to_id = wait.offered_until = None
    wait.wished_id = None
    await write_entry(
        session,
        hotline.now(),
        OFFER_ENDED,
        actor,
        conversation_id=wait.conversation_id,
        staff=staff_id,
    )

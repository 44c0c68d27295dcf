"""Asking for what is somebody else's: refused like what does not exist, and journalled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.journal import write_entry
from hotline.staff.service import Staff

KIND = "access.refused"


class NotTheirs(NotFound):
    """It exists and is somebody else's. It has no `fields`: outside nobody tells it from NotFound.

    Who asked is known by `conversation_id` and `contact_id`, or by one of them; what they asked for
    by `ticket_id`, or as `of`, the id of a file or a conversation.
    """

    def __init__(
        self,
        message: str,
        *,
        conversation_id: str | None,
        contact_id: int | None,
        ticket_id: int | None = None,
        of: str | None = None,
    ) -> None:
        super().__init__(message)
        self.conversation_id = conversation_id
        self.contact_id = contact_id
        self.ticket_id = ticket_id
        self.of = of


@asynccontextmanager
async def journalling(
    hotline: Hotline, tried: str, *, guessable: bool = False
) -> AsyncIterator[None]:
    """Whoever asks in the block for somebody else's is in the journal, with what was `tried`.

    What does not exist is not. Where it is known by a `guessable` number its entry is written too
    and taken back, so that the time of an answer does not tell which of the two it was.
    """
    try:
        yield
    except NotTheirs as refused:
        await _write(hotline, tried, refused)
        raise
    except NotFound as unknown:
        if guessable:
            nobodys = NotTheirs(unknown.message, conversation_id=None, contact_id=None)
            await _write(hotline, tried, nobodys, keep=False)
        raise


async def journalling_refusal(hotline: Hotline, staff: Staff, tried: str) -> None:
    """Journal that `staff` asked for what is not for their role; `tried` names no ticket."""
    async with hotline.database.write() as session:
        await write_entry(session, hotline.now(), KIND, f"staff:{staff.id}", tried=tried)


async def _write(hotline: Hotline, tried: str, refused: NotTheirs, *, keep: bool = True) -> None:
    of = {} if refused.of is None else {"of": refused.of}
    async with hotline.database.write() as session:
        await write_entry(
            session,
            hotline.now(),
            KIND,
            "partner",
            conversation_id=refused.conversation_id,
            ticket_id=refused.ticket_id,
            tried=tried,
            contact=refused.contact_id,
            **of,
        )
        if not keep:
            await session.rollback()

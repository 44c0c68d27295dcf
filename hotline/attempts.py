"""Asking for what is somebody else's: refused like what does not exist, and journalled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.journal import write_entry

KIND = "access.refused"


class NotTheirs(NotFound):
    """It exists and is somebody else's. It has no `fields`: outside nobody tells it from NotFound.

    Who asked is known by `conversation_id` and `contact_id`, or by one of them.
    """

    def __init__(
        self,
        message: str,
        *,
        conversation_id: str | None,
        contact_id: int | None,
        ticket_id: int | None = None,
    ) -> None:
        super().__init__(message)
        self.conversation_id = conversation_id
        self.contact_id = contact_id
        self.ticket_id = ticket_id


@asynccontextmanager
async def journalling(hotline: Hotline, tried: str) -> AsyncIterator[None]:
    """Whoever asks in the block for somebody else's is in the journal, with what was `tried`.

    A mistyped number is not. Its entry is written too and taken back, so that the time of an
    answer does not tell which of the two it was.
    """
    try:
        yield
    except NotFound as refused:
        known = refused if isinstance(refused, NotTheirs) else None
        async with hotline.database.write() as session:
            await write_entry(
                session,
                hotline.now(),
                KIND,
                "partner",
                conversation_id=known.conversation_id if known else None,
                ticket_id=known.ticket_id if known else None,
                tried=tried,
                contact=known.contact_id if known else None,
            )
            if known is None:
                await session.rollback()
        raise

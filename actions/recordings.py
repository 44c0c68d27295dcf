"""A voice message in the place of words: what the request is about has been said already."""

from actions.base import Turn
from hotline.tickets.draft import Draft
from hotline.tickets.noting import filled_in
from hotline.voice import keeping, telling


async def with_recording(turn: Turn, draft: Draft) -> Draft:
    """`draft` with the recording as its description, where one came and that is not told yet."""
    is_asked = draft.intent == "leave_message" or draft.asked == "description"
    if draft.value("description") or not is_asked or not turn.is_button:
        return draft
    async with turn.hotline.database.read() as session:
        files = await keeping.without_ticket(session, turn.conversation.id)
    if not files:
        return draft
    return filled_in(draft, "description", telling.described(turn.hotline, files, turn.language))

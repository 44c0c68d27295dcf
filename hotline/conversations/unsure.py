"""How often in a row the assistant was not sure what was meant."""

from hotline.conversations.service import locked
from hotline.core import Hotline


async def not_sure_again(hotline: Hotline, conversation_id: str) -> int:
    """Count one more; gives how often it has been now. A clear message starts anew."""
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        row.unsure += 1
        return row.unsure

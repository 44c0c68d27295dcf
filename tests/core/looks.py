"""Messages as the engine would have understood them, for the tests of what is worth a look."""

from collections.abc import Sequence
from uuid import uuid4

from hotline.conversations import turns
from hotline.conversations.service import start
from hotline.conversations.turns import Answer, Incoming
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.replies import Reply
from hotline.understanding import service
from hotline.understanding.service import Look

Entity = tuple[str, int, int]
OFFER = Reply(
    "您要辦的是哪一件？",
    tuple(
        {"title": title, "payload": f"/{intent}"}
        for title, intent in (
            ("查進度", "ticket_status"), ("硬體報修", "technical_hardware"), ("都不是", "help"),
        )
    ),
)  # fmt: skip
LIKELY = ("ticket_status", "technical_hardware", "greet")


async def begun(hotline: Hotline, contact: Contact | None = None) -> str:
    conversation, _greeting = await start(hotline, contact)
    return conversation.id


async def heard(
    hotline: Hotline,
    conversation_id: str,
    text: str,
    intent: str | None = "nlu_fallback",
    *replies: Reply,
    ranking: Sequence[str] = LIKELY,
    entities: Sequence[Entity] = (),
    payload: str | None = None,
) -> None:
    """A whole turn: said, read as `intent`, answered."""
    incoming = Incoming(str(uuid4()), text, payload)
    received = await turns.receive(hotline, conversation_id, incoming)
    turn = await turns.begin(hotline, conversation_id, received.message)
    answer = Answer(
        replies or (Reply("好的"),),
        None,
        intent,
        0.3,
        [{"kind": kind, "start": start, "end": end} for kind, start, end in entities],
        [{"intent": name, "confidence": 0.4 / n} for n, name in enumerate(ranking, 1)],
    )
    await turns.store_answer(hotline, conversation_id, received.message, turn, answer)


async def looks(hotline: Hotline, reason: str | None = None) -> list[Look]:
    async with hotline.database.read() as session:
        found, _more = await service.offered(session, reason)
    return found


async def the_look(hotline: Hotline, message_id: int) -> Look:
    async with hotline.database.read() as session:
        found = await service.find(session, message_id)
    assert found is not None
    return found

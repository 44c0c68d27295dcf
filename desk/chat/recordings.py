"""Voice messages in the chat: offering to record one, and what is said once it is there."""

from desk.chat.own_answer import OwnAnswer
from hotline.conversations import messages
from hotline.conversations.messages import File
from hotline.conversations.service import Conversation
from hotline.conversations.turns import has_form
from hotline.core import Hotline
from hotline.errors import Conflict, NotFound
from hotline.replies import Reply
from hotline.tickets import answers, told
from hotline.voice import keeping, telling

OFFER = "desk:voice"
_LEAVE_MESSAGE = "/leave_message"
_CARD = "voice"


def offer(hotline: Hotline, conversation: Conversation) -> OwnAnswer:
    """The recorder, with the way to write instead."""
    most = hotline.settings.limits.voice_seconds
    said = hotline.replies.say("voice_offer", conversation.language, length=telling.length(most))
    return OwnAnswer((Reply(said.text, said.buttons, {"kind": _CARD, "seconds": most}, said.name),))


async def kept(hotline: Hotline, conversation: Conversation, file: File) -> OwnAnswer:
    """Where it goes: into the request that is being filled, to the ticket spoken of last, or it is
    a message to be called back about, of which who and when is asked."""
    length, language = telling.length(file.seconds or 0), conversation.language
    in_form = await has_form(hotline, conversation.id)
    if not in_form and (added := await _added(hotline, conversation, file, length)):
        return OwnAnswer((added,))
    said = hotline.replies.say("voice_kept", language, length=length)
    if in_form:
        return OwnAnswer((said,), "resume")
    return OwnAnswer((said,), "engine", payload=_LEAVE_MESSAGE)


async def _added(
    hotline: Hotline, conversation: Conversation, file: File, length: str
) -> Reply | None:
    """That it went to the ticket of which was spoken last, unless a message was to be left."""
    number, language = conversation.last_ticket, conversation.language
    async with hotline.database.read() as session:
        said = await messages.recent(session, conversation.id)
    cards = [message.card.get("kind") for message in said if message.card]
    if not number or cards[-1:] == [_CARD]:
        return None
    words = telling.described(hotline, [file], language)
    try:
        ticket = await answers.add(hotline, conversation.id, number, words)
    except (Conflict, NotFound):
        return None
    async with hotline.database.write() as session:
        await keeping.attach(session, conversation.id, ticket.id)
    promise = told.next_promise(hotline, ticket, language)
    return hotline.replies.say(
        "voice_sent", language, length=length, number=ticket.number, promise=promise
    )

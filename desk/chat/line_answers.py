"""The answer to "did you get through to the 24-hour line?", pressed or typed."""

from desk.chat.own_answer import OwnAnswer
from hotline.conversations.messages import Message
from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.hardware_line import told
from hotline.hardware_line.answering import NOT_YET, answer
from hotline.hardware_line.asking import QUESTION
from hotline.hardware_line.rows import NOT_THROUGH, THROUGH
from hotline.replies import Reply
from hotline.tickets.asking import was_just_asked
from hotline.tickets.told import number_unknown
from wording.line_answers import line_answer

BUTTON = "desk:line:"
_SAID = (THROUGH, NOT_THROUGH, NOT_YET)


async def pressed(hotline: Hotline, conversation: Conversation, payload: str) -> OwnAnswer:
    """The button carries the answer and the ticket's number."""
    said, _, number = payload.removeprefix(BUTTON).partition(":")
    language = conversation.language
    if said not in _SAID:
        return OwnAnswer((hotline.replies.say("blank", language),))
    try:
        return OwnAnswer((await _noted(hotline, conversation, number, said),))
    except NotFound:
        known = conversation.is_known
        words = number_unknown(hotline, number, signed_in=known, language=language)
        return OwnAnswer((words,))


async def typed(hotline: Hotline, conversation: Conversation, message: Message) -> OwnAnswer | None:
    """Words that answer the question, while it stands; None for anything else."""
    asking = conversation.asking or {}
    if asking.get("kind") != QUESTION or message.payload or not message.text:
        return None
    async with hotline.database.read() as session:
        just_asked = await was_just_asked(session, conversation)
    said = line_answer(message.text, just_asked=just_asked)
    if said is None:
        return None
    try:
        return OwnAnswer((await _noted(hotline, conversation, str(asking["ticket"]), said),))
    except NotFound:
        return None


async def _noted(hotline: Hotline, conversation: Conversation, number: str, said: str) -> Reply:
    noted, language = await answer(hotline, conversation.id, number, said), conversation.language
    number = noted.ticket.number
    if said == NOT_YET:
        return told.not_yet(hotline, number, language)
    if noted.alerted is None:
        return told.through(hotline, number, language)
    return told.alerted(hotline, "hw_no", noted.ticket, noted.alerted, language)

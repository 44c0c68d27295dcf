"""The dialogue in which a visitor proves an e-mail address. The engine hears nothing of it.

What a typed message means was decided when it was stored (`hotline/access_codes/heard.py`); here
it is done and answered. The same words for every address, known or not.
"""

from desk.chat.own_answer import OwnAnswer
from hotline.access_codes import heard, service
from hotline.access_codes.codes import Wait
from hotline.conversations import messages
from hotline.conversations.service import Conversation
from hotline.conversations.turns import Received
from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.replies import Reply
from wording.access_codes import address_in


async def answer(hotline: Hotline, conversation: Conversation, received: Received) -> OwnAnswer:
    """The answer to a message that `heard.is_own`: a button, an address, a code, no mail yet."""
    message = received.message
    match message.payload:
        case heard.AGAIN:
            return await _send(hotline, conversation, received.caller, None)
        case heard.GAVE_ADDRESS:
            return await _send(hotline, conversation, received.caller, address_in(message.text))
        case heard.GAVE_CODE:
            return await _check(hotline, conversation, received.code or "")
        case heard.SIGN_IN:
            return _says(hotline, conversation, "sign_in_where")
        case heard.NO_MAIL:
            return _says(hotline, conversation, "code_no_mail")
        case heard.NO_ADDRESS:
            return _says(hotline, conversation, "code_no_address")
    return await _ask(hotline, conversation)


async def _ask(hotline: Hotline, conversation: Conversation) -> OwnAnswer:
    await service.ask_address(hotline, conversation.id)
    return _says(hotline, conversation, "code_address")


async def _send(
    hotline: Hotline, conversation: Conversation, caller: str, address: str | None
) -> OwnAnswer:
    new = await service.new_code(hotline, conversation.id, caller, address)
    if new is None:
        return await _ask(hotline, conversation)
    if isinstance(new, Wait):
        return OwnAnswer((_wait(hotline, conversation, new.minutes, locked=new.locked),))
    sent = hotline.replies.say("code_sent", conversation.language)
    return OwnAnswer((sent,), beside=service.send(hotline, new, conversation.language))


async def _check(hotline: Hotline, conversation: Conversation, code: str) -> OwnAnswer:
    checked = await service.check(hotline, conversation.id, code)
    if checked.verdict == "right":
        return await welcome(hotline, conversation, checked.contact, checked.asked_seq)
    if checked.verdict == "locked":
        return OwnAnswer((_wait(hotline, conversation, checked.minutes, locked=True),))
    if checked.verdict == "wrong":
        return _says(hotline, conversation, "code_wrong", n=checked.tries_left)
    return _says(hotline, conversation, "code_gone")


async def welcome(
    hotline: Hotline, conversation: Conversation, contact: Contact | None, asked_seq: int | None
) -> OwnAnswer:
    """Confirmed; then what was asked first is answered, or the question of a request put again."""
    language = conversation.language
    if contact:
        hello = hotline.words.say("hello", language, name=contact.name)
        confirmed = hotline.replies.say("code_right_contact", language, hello=hello)
    else:
        confirmed = hotline.replies.say("code_right", language)
    asked = None
    if asked_seq is not None:
        async with hotline.database.read() as session:
            asked = await messages.by_seq(session, conversation.id, asked_seq)
    return OwnAnswer((confirmed,), "resume", asked=asked)


def _wait(hotline: Hotline, conversation: Conversation, minutes: int, *, locked: bool) -> Reply:
    return hotline.replies.say(
        "code_locked" if locked else "code_too_often",
        conversation.language,
        minutes=minutes,
        toll_free=hotline.settings.vendor.toll_free,
    )


def _says(hotline: Hotline, conversation: Conversation, name: str, **values: object) -> OwnAnswer:
    return OwnAnswer((hotline.replies.say(name, conversation.language, **values),))

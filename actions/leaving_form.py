"""What leaves a form for a moment or for good: digressions, and wishes of their own.

By confidence and length, and by what was asked: a long answer that resembles a wish is an answer.
"""

import re

from actions.base import FORM, Turn
from hotline.partners.look_ups import LOOK_UPS as RECORDS
from hotline.tickets.draft import CHANGE, CONFIRM, WHICH_FIRST, Draft, Wish
from hotline.tickets.kinds import FACTS, KINDS
from wording import steering, wishes
from wording.language import asked_language
from wording.tokens import has_cjk, tokens

# Wishes that leave the form for a moment or for good, and how sure the classifier must be.
_DIGRESSIONS = frozenset(
    ("ask_hours", "ask_knowledge", "ticket_status", "ticket_list", "ticket_add", "ticket_escalate",
     "ticket_close", "ticket_reopen", "rate_service", "talk_to_human", "help", "bot_challenge",
     "thank", "greet", "goodbye", "cancel", "repeat", "switch_language", "out_of_scope")
)  # fmt: skip
# These leave a form only when they say which ticket they are about: 「補充」 may be an answer.
_ABOUT_A_TICKET = ("ticket_add", "ticket_escalate", "ticket_close", "ticket_reopen")
_SURE, _SURE_OF_FREE_TEXT, _SURE_OF_A_WISH, _SURE_OF_ANOTHER = 0.45, 0.6, 0.7, 0.9
# A name or a project is foreign to whoever does not know what was asked: 「林柏宏」 comes to 0.87,
# 「講個笑話」 to 1.
_SURE_OF_FOREIGN = 0.93
# What an answer to these has a form of its own, so that a short wish is hardly one.
_FORMED = (CONFIRM, CHANGE, WHICH_FIRST, "serial", "phone", "email", "order_number", "quantity",
           "tax_id", "amount", "needed_by")  # fmt: skip
# What is answered by a name.
_NAMES = ("product", "customer", "site", "course", "attendee", "company", "project", "activity")
_NUMBER_OR_NAME = re.compile(r"[0-9０-９]|(?<=[ ])[A-Z]")
_SHORT_CHARS = 30
FEW_CHARS = 14  # a command, and hardly an answer


def is_digression(turn: Turn, draft: Draft) -> bool:
    """By confidence and length: a long answer that resembles a wish is still an answer."""
    if turn.intent in RECORDS:
        return _asks_for_record(turn, draft)
    if turn.intent not in _DIGRESSIONS:
        return False
    if turn.is_button:
        return True
    if steering.is_skip(turn.text):  # 「跳過」 passes over a question, and drops nothing
        return False
    if draft.asked == WHICH_FIRST and wishes.says_which_first(turn.text):
        return False
    if length(turn.text) > (FEW_CHARS if turn.intent == "cancel" else _SHORT_CHARS):
        return False
    if turn.intent in _ABOUT_A_TICKET and not turn.entity("ticket_number"):
        return False
    if any(kind in FACTS for kind, _value in turn.entities()):
        return False
    if turn.intent == "out_of_scope":
        return turn.confidence >= _SURE_OF_FOREIGN and not _is_like_a_fact(turn.text)
    if turn.intent == "switch_language" and draft.asked in _FORMED:  # 「abc」 is a bad serial
        return steering.is_question(turn.text) or asked_language(turn.text) is not None
    is_answer = draft.asked not in _FORMED and not steering.is_question(turn.text)
    return turn.confidence >= (_SURE_OF_FREE_TEXT if is_answer else _SURE)


def is_about_a_ticket(turn: Turn, draft: Draft) -> bool:
    """A wish for some ticket, where a name is asked for: 「結案吧」 is no product.

    What happened may be told in just such words, so those answers stay what they are.
    """
    if turn.intent not in _ABOUT_A_TICKET or draft.asked not in _NAMES or turn.entities():
        return False
    return turn.confidence >= _SURE_OF_FREE_TEXT and length(turn.text) <= _SHORT_CHARS


def new_wish(turn: Turn, draft: Draft) -> Wish | None:
    """Another request in the middle of this one: plainly turned to, or plainly said."""
    if turn.intent not in KINDS or turn.intent in (draft.intent, "other_request", *RECORDS):
        return None
    if turn.is_button or draft.urgent_first:
        return None
    # To be called back is no answer, but to what outcome is wished for; what was asked may stand
    # before it.
    is_answer = draft.asked == "outcome" or _answers(turn, draft)
    is_call_back = turn.intent == "leave_message" and not is_answer
    turns_to = wishes.opens_another(turn.text) or is_call_back
    if turn.confidence < (_SURE if turns_to else _SURE_OF_A_WISH):
        return None
    if turns_to:
        return Wish(turn.intent, turn.text, turn.entities())
    if turn.confidence >= _SURE_OF_ANOTHER and wishes.names_request(turn.text):
        return Wish(turn.intent, turn.text, turn.entities())
    if draft.asked == "description" or _answers(turn, draft) or not steering.has_wish(turn.text):
        return None
    if turn.intent == "complain" and length(turn.text) <= _SHORT_CHARS:
        return None  # 「這麼久？太誇張」 is said of the request under way
    return Wish(turn.intent, turn.text, turn.entities())


def returns_from_digression(turn: Turn) -> bool:
    for event in reversed(turn.tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in ("action_listen", FORM):
            return not str(event.get("name")).startswith("action_extract")
    return False


def _asks_for_record(turn: Turn, draft: Draft) -> bool:
    """A question about the own company's record: looked up in between, unless it is an answer.

    「合約快到期了」 tells of the matter, where that is asked for.
    """
    if turn.is_button or wishes.opens_another(turn.text):
        return turn.is_button or turn.confidence >= _SURE
    if steering.is_skip(turn.text) or length(turn.text) > _SHORT_CHARS or draft.urgent_first:
        return False
    if any(kind in FACTS and kind != "needed_by" for kind, _value in turn.entities()):
        return False
    if draft.asked in _FORMED:
        return turn.confidence >= _SURE
    sure = _SURE_OF_FREE_TEXT if steering.is_question(turn.text) else _SURE_OF_ANOTHER
    return turn.confidence >= sure


def _is_like_a_fact(text: str) -> bool:
    """A number or a name in it, and nothing asked: "100 Nanjing Road" answers a question."""
    return _NUMBER_OR_NAME.search(text) is not None and not steering.is_question(text)


def _answers(turn: Turn, draft: Draft) -> bool:
    """Whether a message has the very fact in it that was asked for."""
    return any(kind == draft.asked for kind, _value in turn.entities())


def length(text: str) -> int:
    """How long a message is to read: a Latin word counts like two Chinese characters."""
    return sum(1 if has_cjk(token.text) else 2 for token in tokens(text))

"""The wishes that wait: a yes goes on with the next one, a no drops it."""

from rasa_sdk.events import FollowupAction

from actions.base import FORM, Events, HotlineAction, Turn, offer_next
from actions.follow_up import FOLLOW_UPS
from actions.hours import Hours
from actions.knowledge import Knowledge, answer_in_form
from actions.person import TalkToHuman
from actions.records import Record
from actions.status import TicketList, TicketStatus
from hotline.conversations.service import ask_next
from hotline.partners.look_ups import LOOK_UPS as RECORDS
from hotline.tickets.draft import Draft, Wish, wish_from_json

# What is looked up at once; anything else is a request with a form.
_LOOK_UPS: dict[str, type[HotlineAction]] = {
    "ask_hours": Hours,
    "ask_knowledge": Knowledge,
    "talk_to_human": TalkToHuman,
    "ticket_list": TicketList,
    "ticket_status": TicketStatus,
    **dict.fromkeys(RECORDS, Record),
    **FOLLOW_UPS,
}

# Answered in between, without leaving the request that is being filled.
_AT_ONCE = ("ask_hours", "ticket_list", "ticket_status", *RECORDS)


async def answer_in_between(turn: Turn, draft: Draft) -> tuple[Turn, Draft]:
    """Answer what the message asks besides; gives the turn and the request without it."""
    left: list[Wish] = []
    for wish in turn.further:
        if wish.intent == "ask_knowledge":
            draft = await answer_in_form(turn.about(wish), draft)
        elif wish.intent in _AT_ONCE:
            await _LOOK_UPS[wish.intent]().act(turn.about(wish))
        else:
            left.append(wish)
    return turn.without_further(but=left), draft


def waiting(turn: Turn) -> list[Wish]:
    """The wishes of which the first has been offered."""
    asking = turn.conversation.asking or {}
    return [wish_from_json(one) for one in asking.get("wishes", ())]


async def go_on_with_next(turn: Turn) -> Events:
    """Do the wish that was offered; the form takes its own from the conversation's row."""
    wish, *later = waiting(turn)
    look_up = None if wish.draft else _LOOK_UPS.get(wish.intent)
    if look_up is None:
        return [FollowupAction(FORM)]
    if wish.intent in RECORDS and not turn.conversation.is_known:
        # It waits on until it is known who asks; then the yes is heard once more.
        return await look_up().act(turn.about(wish))
    await ask_next(turn.hotline, turn.conversation.id, [])
    events = await look_up().act(turn.about(wish))
    await offer_next(turn, tuple(later))
    return events


async def drop_next(turn: Turn) -> None:
    """Leave the wish that was offered, and offer the one after it."""
    later = waiting(turn)[1:]
    await ask_next(turn.hotline, turn.conversation.id, [])
    if later:
        await offer_next(turn, tuple(later))
    else:
        turn.say("go_on")

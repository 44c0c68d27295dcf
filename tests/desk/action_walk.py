"""The walk over the actions: everybody says and presses things about a ticket, theirs or not.

Whether somebody sees the ticket shows by comparison: the same is asked about a number that was
never issued. For whom an action is says `actions/permissions.py`; who sees the ticket, `ASKERS`.
"""

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal
from uuid import uuid4

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import update

import actions
from actions.base import HotlineAction, Turn
from actions.permissions import (
    ACTIONS,
    SPEAKER,
    WHO_READS_THE_RECORD,
    WHO_SEES_THE_TICKET,
)
from hotline.conversations.holding import leave_queue
from hotline.conversations.rows import ConversationRow
from hotline.conversations.service import locked, start
from hotline.core import Hotline
from hotline.errors import HotlineError
from hotline.tickets.opening import NewTicket, open_ticket
from hotline.tickets.rows import TicketRow
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, says, ticket_row
from tests.desk.permission_people import NEVER_ISSUED
from tests.desk.permission_walk import SECRET, Step
from wording.facts import find_facts

ADDRESS = "service@qingtian.example"
_RANDOM = re.compile(r"\b[0-9a-f]{32}\b")


@dataclass(frozen=True)
class Asker:
    """Whoever asks about a ticket that `opener` opened (None: a visitor), under a setting."""

    name: str
    email: str | None
    opener: str | None
    sees: bool
    rule: Literal["own", "company"] = "company"
    proves: bool = False  # the visitor's address that is in the ticket


ASKERS = (
    Asker("visitor", None, CONTACT, sees=False),
    Asker("visitor of another", None, None, sees=False),
    Asker("other company", OTHER_COMPANY, CONTACT, sees=False),
    Asker("other company, a visitor's", OTHER_COMPANY, None, sees=False),
    Asker("colleague under own", COLLEAGUE, CONTACT, sees=False, rule="own"),
    Asker("visitor, proven", None, None, sees=True, proves=True),
    Asker("contact", CONTACT, CONTACT, sees=True),
    Asker("colleague", COLLEAGUE, CONTACT, sees=True),
    Asker("owner under own", CONTACT, COLLEAGUE, sees=True, rule="own"),
)


@dataclass(frozen=True)
class Way:
    """What is said or pressed, and which question about the ticket the conversation's row has.

    The row's question is what is left when a ticket has become somebody else's meanwhile.
    """

    text: str
    asking: str | None = None
    pressed: bool = False


# Said to every action; and what makes an action speak of the ticket to those who see it.
_TO_EVERY = (
    Way("{number} 等太久了"),
    Way("{number}", pressed=True),
    Way("好", "solved"),
    Way("換了電源還是一樣", "what_now"),
)
_OWN = {
    "action_cancel": (Way("取消"),),
    "action_deny": (Way("還沒好", "solved"),),
    "action_affirm": (Way("結案", "close"),),
    "action_talk_to_human": (Way("請主管處理"),),
    "action_ticket_list": (Way("列出工單"),),
    "validate_ticket_form": (Way("幫我補充：送貨地址在台中廠"),),
    "action_record": (Way("{number}", "number"),),
}
# As what the engine takes that which is typed, if not for a fact.
_INTENTS = {"action_record": "account_bdf"}
_AUDIENCES = (SPEAKER, WHO_SEES_THE_TICKET, WHO_READS_THE_RECORD)
_VALUES = {"reason": "x", "fact": "serial", "typed": "x", "said": "x", "intent": "ticket_add"}


async def walk(hotline: Hotline) -> list[Step]:
    """Every action, asked by everybody about what is theirs and what is not."""
    known = dict(_actions())
    assert set(known) == set(ACTIONS), "every action has a line in actions/permissions.py"
    return [
        await _ask(_under(hotline, asker.rule), known[name], asker)
        for name, audience in sorted(ACTIONS.items(), key=lambda line: line[1] == SPEAKER)
        # What knows no tickets is asked by one of each sort.
        for asker in (ASKERS[4:7] if audience == SPEAKER else ASKERS)
    ]


async def _ask(hotline: Hotline, action: type[HotlineAction], asker: Asker) -> Step:
    name = action.action_name
    ticket = await _opened(hotline, asker.opener)
    before, told, never = ticket, [], []
    for way in (*_TO_EVERY, *_OWN.get(name, ())):
        told.append(await _told(hotline, action, asker, way, ticket.number))
        never.append(await _told(hotline, action, asker, way, NEVER_ISSUED))
    is_changed = await ticket_row(hotline, ticket.number) != before
    await _put_away(hotline)
    audience = ACTIONS[name]
    assert audience in _AUDIENCES, f"say who is meant by {audience!r}"
    return Step(
        line=name,
        audience=audience,
        who=asker.name,
        column=asker.name,
        whose="",
        expected=asker.sees and audience != SPEAKER,
        admitted=told != never or is_changed,
        answer=" ".join(told),
        unknown=" ".join(never),
    )


async def _told(
    hotline: Hotline,
    action: type[HotlineAction],
    asker: Asker,
    way: Way,
    number: str,
) -> str:
    """All that the action answers and remembers, with nothing in it that is random or was said."""
    conversation_id = await _conversation(hotline, asker)
    text = way.text.format(number=number)
    await says(hotline, conversation_id, text, uuid4().hex)
    await _remember(hotline, conversation_id, way, number)
    message = _pressed(action, number) if way.pressed else _typed(action, text)
    conversation = await conversation_row(hotline, conversation_id)
    dispatcher = CollectingDispatcher()
    tracker = Tracker("sender", {}, message, [], False, None, {}, None)
    try:
        events = await action().act(Turn(hotline, conversation, tracker, dispatcher, message))
    except HotlineError as refused:
        events = [{"refused": refused.code, "words": refused.message, **refused.fields}]
    after = await conversation_row(hotline, conversation_id)
    await leave_queue(hotline, conversation_id, "partner")
    told = json.dumps([dispatcher.messages, events, after.asking, after.last_ticket], default=str,
                      ensure_ascii=False)  # fmt: skip
    return _RANDOM.sub("…", told.replace(number, "…").replace(number[4:10], "…"))


def _typed(action: type[HotlineAction], text: str) -> dict[str, Any]:
    intent = _INTENTS.get(action.action_name, "inform")
    entities = [
        {"entity": fact.kind, "value": fact.value, "start": fact.start} for fact in find_facts(text)
    ]
    return {"text": text, "entities": entities, "intent": {"name": intent, "confidence": 0.9}}


def _pressed(action: type[HotlineAction], number: str) -> dict[str, Any]:
    intent = _INTENTS.get(action.action_name) or action.action_name.removeprefix("action_")
    entities = [{"entity": "ticket_number", "value": number, "start": 0}]
    intent_of = {"name": intent, "confidence": 1.0}
    return {"text": f"/{intent}", "entities": entities, "intent": intent_of}


async def _opened(hotline: Hotline, opener: str | None) -> Ticket:
    contact = await contact_of(hotline, opener) if opener else None
    conversation, _greeting = await start(hotline, contact)
    facts = {} if contact else {"email": {"value": ADDRESS, "status": "known"}}
    request = NewTicket(uuid4().hex, "technical_hardware", SECRET, 3, facts=facts)
    return await open_ticket(hotline, conversation.id, request)


async def _conversation(hotline: Hotline, asker: Asker) -> str:
    contact = await contact_of(hotline, asker.email) if asker.email else None
    conversation, _greeting = await start(hotline, contact)
    if asker.proves:
        async with hotline.database.write() as session:
            (await locked(session, conversation.id)).proven_email = ADDRESS
    return conversation.id


async def _remember(hotline: Hotline, conversation_id: str, way: Way, number: str) -> None:
    asked_at = (await conversation_row(hotline, conversation_id)).last_seq - 1
    asking = {"kind": way.asking, "ticket": number, "seq": asked_at, **_VALUES}
    async with hotline.database.write() as session:
        await session.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation_id)
            .values(last_ticket=number, asking=asking if way.asking else None)
        )


async def _put_away(hotline: Hotline) -> None:
    """All that was opened is closed so long ago that nobody means it any more."""
    long_ago = hotline.now() - timedelta(days=400)
    async with hotline.database.write() as session:
        await session.execute(update(TicketRow).values(state="closed", closed_at=long_ago))


def _under(hotline: Hotline, rule: str) -> Hotline:
    partners = hotline.settings.partners.model_copy(update={"colleagues_tickets": rule})
    return replace(hotline, settings=hotline.settings.model_copy(update={"partners": partners}))


def _actions() -> Iterator[tuple[str, type[HotlineAction]]]:
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        for value in vars(importlib.import_module(module.name)).values():
            is_one = isinstance(value, type) and issubclass(value, HotlineAction)
            if is_one and hasattr(value, "action_name"):
                yield value.action_name, value

"""Wanting a person: what can be had is looked at before anything is promised."""

from hotline.conversations.holding import join_queue, queue_words
from hotline.conversations.service import locked
from hotline.core import Hotline
from hotline.hand_off.about import queue_of
from hotline.hand_off.line import in_line
from hotline.hand_off.offers import offer_at_once
from hotline.hand_off.people import limits_of, people
from hotline.replies import Reply
from hotline.staff.rules import ANY_QUEUE
from hotline.staff.service import staff_by_id
from hotline.understanding import looks

_USUAL_SEVERITY = 3


async def want_person(hotline: Hotline, conversation_id: str, language: str) -> tuple[Reply, bool]:
    """What the partner is told, and whether the conversation waits in the queue now.

    In open hours, and somebody there: handed to whoever is free, else a place in line. Otherwise
    what can be done instead, and by when.
    """
    now = hotline.now()
    if not hotline.calendar.is_open(now):
        opens_at = hotline.words.time(hotline.calendar.next_open(now), now, language)
        return _instead(hotline, "handoff_closed", language, opens_at=opens_at), False
    limits = limits_of(hotline)
    async with hotline.database.write() as session:
        row = await locked(session, conversation_id)
        await looks.after_hand_off(session, conversation_id)
        if row.holder != "queue":
            found = await people(session)
            if not any(person.is_there(now, limits) for person in found):
                return _instead(hotline, "handoff_nobody", language), False
            await join_queue(session, hotline, row.id, await queue_of(session, row))
            taker = await offer_at_once(session, hotline, row, found)
            staff = await staff_by_id(session, taker) if taker is not None else None
            if staff is not None:
                queue = queue_words(hotline, staff, language)
                name = staff.called(language)
                return hotline.replies.say("handoff_ready", language, staff=name, queue=queue), True
        return await in_line(session, hotline, row, language), True


def _instead(hotline: Hotline, name: str, language: str, **values: str) -> Reply:
    now = hotline.now()
    usual = hotline.deadlines.rule_for(_USUAL_SEVERITY, ANY_QUEUE, None)
    promise = hotline.calendar.due(now, usual.targets.first_response)
    promise_at = hotline.words.time(promise.due_at, now, language)
    return hotline.replies.say(name, language, promise_at=promise_at, **values)

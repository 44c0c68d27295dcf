"""Wanting a person: in open hours a place in the queue, otherwise what can be done now."""

from hotline.conversations.holding import join_queue
from hotline.core import Hotline
from hotline.replies import Reply
from hotline.understanding import looks

_USUAL_SEVERITY = 3


async def want_person(hotline: Hotline, conversation_id: str, language: str) -> tuple[Reply, bool]:
    """What the partner is told, and whether the conversation waits in the queue now."""
    now = hotline.now()
    if hotline.calendar.is_open(now):
        async with hotline.database.write() as session:
            ahead = await join_queue(session, hotline, conversation_id)
            await looks.after_hand_off(session, conversation_id)
        return hotline.replies.say("handoff_wait", language, place=ahead + 1), True
    usual = hotline.deadlines.rule_for(_USUAL_SEVERITY, "other", None)
    promise = hotline.calendar.due(now, usual.targets.first_response)
    told = hotline.replies.say(
        "handoff_closed",
        language,
        opens_at=hotline.words.time(hotline.calendar.next_open(now), now, language),
        promise_at=hotline.words.time(promise.due_at, now, language),
    )
    return told, False

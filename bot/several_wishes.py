"""Several wishes in one message: each part is understood by itself, and the first one is the turn.

Whether the words between two parts really part two wishes, only the classifier can tell: 「另外」
may as well lead to one more fact.
"""

from typing import Any

from rasa.core.agent import Agent

from wording.wishes import NO_WISH, parts

_SURE = 0.5


async def wishes_in(agent: Agent, sender: str, text: str) -> tuple[str, list[dict[str, Any]]]:
    """The words of this turn, and the further wishes in `text` as the engine parses them."""
    pieces = [] if text.startswith("/") else parts(text)
    if len(pieces) < 2:
        return text, []
    tracker = await agent.tracker_store.retrieve(sender)
    answers_form = tracker is not None and tracker.active_loop_name is not None
    first, *others = [await agent.parse_message(piece) for piece in pieces]
    if not (answers_form or _is_wish(first)):
        return text, []
    further = [
        {key: part[key] for key in ("text", "intent", "entities")}
        for part in others
        if _is_wish(part) and part["intent"]["name"] != first["intent"]["name"]
    ]
    # What is no wish of its own belongs to the words before it, so nothing is cut off then.
    return (pieces[0], further) if len(further) == len(others) else (text, [])


def _is_wish(parsed: dict[str, Any]) -> bool:
    intent = parsed["intent"]
    return intent["name"] not in NO_WISH and intent["confidence"] >= _SURE

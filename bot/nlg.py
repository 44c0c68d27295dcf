"""Responses in the language of the turn.

The desk decides the language of every message and hands it over in the channel's metadata; it is
no slot that somebody could set by words. Placeholders are filled here as well, because Rasa gives
a response back unfilled when a value happens to contain "0[", as pasted logs do.
"""

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from wording.sentences import fill


class BilingualResponses(TemplatedNaturalLanguageGenerator):
    """Rasa's own generator, with `language` taken from the message under way."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The response `utter_action` in the language of the latest message."""
        message = tracker.latest_message
        metadata = (message.metadata if message else None) or {}
        slots = {**tracker.current_slot_values(), "language": metadata.get("language", "zh-TW")}
        response: dict[str, Any] | None = self.generate_from_slots(
            utter_action, slots, output_channel, **kwargs
        )
        return response

    def _fill_response(
        self,
        response: dict[str, Any],
        filled_slots: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        filled: dict[str, Any] = _fill(response, {**(filled_slots or {}), **kwargs})
        return filled


def _fill(part: Any, values: dict[str, Any]) -> Any:
    if isinstance(part, str):
        return fill(part, lambda name: values.get(name, ""))
    if isinstance(part, dict):
        return {key: _fill(value, values) for key, value in part.items() if key != "condition"}
    if isinstance(part, list):
        return [_fill(value, values) for value in part]
    return part

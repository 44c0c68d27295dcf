"""What an article may name: the queues, intents, partner types and tiers of this hotline."""

from hotline.knowledge.reading import Known
from hotline.partners import vocabulary
from hotline.settings import QUEUES, Settings
from hotline.understanding.intents import INTENTS

PLACEHOLDERS = ("vendor", "toll_free", "hardware_line", "hours")


def known_to(settings: Settings) -> Known:
    return Known(
        owners=frozenset(QUEUES),
        intents=INTENTS,
        types=frozenset(vocabulary.TYPES),
        tiers=frozenset(settings.partners.tiers),
        placeholders=frozenset(PLACEHOLDERS),
    )

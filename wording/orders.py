"""Order numbers: `SO-2026-01234`, read from `so2026-01234` and the like."""

from __future__ import annotations

import re

from wording.found import Found
from wording.text import NOT_AFTER_LATIN, NOT_BEFORE_LATIN, plain

_ORDER = re.compile(
    rf"{NOT_AFTER_LATIN}SO[ \-_#:]{{0,2}}(?P<year>20[0-9]{{2}})"
    rf"[ \-_]{{0,2}}(?P<number>[0-9]{{4,7}}){NOT_BEFORE_LATIN}(?!-[A-Za-z0-9])",
    re.IGNORECASE,
)


def find_orders(text: str) -> list[Found]:
    """The order numbers in `text`, in capitals and with hyphens."""
    return [
        Found(
            "order_number",
            text[match.start() : match.end()],
            f"SO-{match['year']}-{match['number']}",
            match.start(),
            match.end(),
        )
        for match in _ORDER.finditer(plain(text))
    ]

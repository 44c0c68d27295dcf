"""What was there before the index of the search was: found by it soon after a start."""

import structlog

from hotline.core import Hotline
from hotline.search import index

log = structlog.get_logger("desk.indexing")


async def fill_index(hotline: Hotline) -> None:
    """Index the tickets that are missing, batch by batch; a start that comes later goes on."""
    try:
        if number := await index.fill(hotline.database):
            log.info("search_index_filled", tickets=number)
    except Exception as failure:  # the desk works without; the next start tries again
        log.error("search_index_failed", why=type(failure).__name__, exc_info=True)

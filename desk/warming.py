"""Articles are read and indexed beside a desk's start: nobody's first page waits for them."""

import asyncio

import structlog
from aiohttp import web

from desk.keys import HOTLINE
from hotline.core import Hotline
from hotline.knowledge.articles import Reader

log = structlog.get_logger("desk.warming")


async def begin(app: web.Application) -> None:
    """To be called once the application has its core; does not wait for the end."""
    asyncio.get_running_loop().run_in_executor(None, _read, app[HOTLINE])


def _read(hotline: Hotline) -> None:
    try:
        for reader in (Reader(), Reader(is_staff=True)):
            readable = hotline.library.shelf().readable(reader, hotline.today())
            hotline.library.index(readable)
    except Exception as failure:  # whoever needs an article reads it then, and is told
        log.error("articles_not_read", why=type(failure).__name__)

"""`hotline search rebuild`."""

from argparse import Namespace

from hotline.core import open_hotline
from hotline.search import index
from hotline.settings import load_settings


async def rebuild(arguments: Namespace) -> str:
    async with open_hotline(load_settings()) as hotline:
        return f"tickets indexed: {await index.rebuild(hotline.database)}"

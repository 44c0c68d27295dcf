"""The desk's application: what it is made of, in one place."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from desk import mail_door, permissions, routes, webhooks
from desk.chat.driver import Driver
from desk.engine import Engine
from desk.files import Uploads
from desk.follower import Follower
from desk.hub import Hub
from desk.indexing import fill_index
from desk.keys import (
    DRIVER,
    FOLLOWER,
    HOTLINE,
    HUB,
    INTAKE_LIMITS,
    LIMITS,
    LINE,
    MAIL_PORT,
    PAGES,
    SIGN_INS,
    TIMEKEEPER,
    UPLOADS,
)
from desk.limits import IntakeLimits, Limits, SignIns
from desk.line_keeper import LineKeeper
from desk.middleware import guard, refusals
from desk.my_data import ONE_AT_A_TIME
from desk.nightly import Nightly
from desk.pages import Pages
from desk.postman import Postman
from desk.timekeeper import Timekeeper
from hotline.core import open_hotline
from hotline.notices.webhooks import put_aside_unknown
from hotline.settings import Settings
from hotline.timers.handlers import HANDLERS, REACHES, set_what_a_start_needs

# A message and its JSON; files are read in pieces and have their own limit.
_LARGEST_BODY = 256 * 1024

# A search of ten thousand Chinese characters, each nine in an address, is still answered.
LONGEST_ADDRESS = 128 * 1024


def make_app(settings: Settings) -> web.Application:
    """The desk over the configured core and engine; nothing runs before the application starts."""
    app = web.Application(
        middlewares=[refusals, permissions.permitted], client_max_size=_LARGEST_BODY
    )
    app.on_response_prepare.append(guard)
    app[LIMITS], app[SIGN_INS] = Limits(settings), SignIns()
    app[INTAKE_LIMITS] = IntakeLimits(settings)
    app[ONE_AT_A_TIME] = asyncio.Semaphore(1)
    routes.add_to(app)
    permissions.check(app)

    async def run(app: web.Application) -> AsyncIterator[None]:
        async with (
            open_hotline(settings) as hotline,
            aiohttp.ClientSession() as session,
            webhooks.opened(settings) as outside,
        ):
            hub = Hub()
            follower = Follower(hotline, hub)
            driver = Driver(
                hotline,
                Engine(
                    session,
                    settings.engine.url,
                    settings.secrets.engine.get_secret_value(),
                    settings.engine.turn_timeout_s,
                ),
                on_change=follower.poke,
                on_typing=lambda conversation_id, on: hub.send(
                    conversation_id, {"type": "typing", "by": "assistant", "on": on}
                ),
            )
            app[HOTLINE], app[HUB], app[FOLLOWER], app[DRIVER] = hotline, hub, follower, driver
            app[PAGES], app[UPLOADS] = Pages(hotline), Uploads(hotline)
            app[TIMEKEEPER] = timekeeper = Timekeeper(hotline, HANDLERS, on_change=follower.poke)
            app[LINE] = line = LineKeeper(hotline, on_change=follower.poke)
            following = asyncio.create_task(follower.run())
            nightly = asyncio.create_task(Nightly(hotline).run())
            keeping_time = asyncio.create_task(timekeeper.run())
            indexing = asyncio.create_task(fill_index(hotline))
            keeping_line = asyncio.create_task(line.run())
            ways = webhooks.steps(hotline, outside)
            postman = Postman(hotline, REACHES, hub.has_listeners, ways)
            delivering = asyncio.create_task(postman.run())
            await set_what_a_start_needs(hotline)
            await put_aside_unknown(hotline)
            await driver.answer_leftovers()
            async with mail_door.listening(hotline, app[UPLOADS], follower.poke) as port:
                app[MAIL_PORT] = port
                yield
            await driver.close()
            for task in (indexing, delivering, keeping_line, keeping_time, nightly, following):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    app.cleanup_ctx.append(run)
    return app

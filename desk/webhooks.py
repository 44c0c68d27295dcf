"""Calling other programs: to public addresses only, within limits, following nothing.

What a name resolves to is looked at where the connection is made, so a name that answers otherwise
the second time does not get inside either.
"""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import aiohttp
import structlog
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.core import Hotline
from hotline.deliveries import DeliveryRow
from hotline.notices import webhooks
from hotline.notices.addresses import is_public
from hotline.notices.sending import Outcome, settle, take_next
from hotline.notices.webhooks import GONE, Call
from hotline.settings import Settings, WebhookSettings

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
MOST_ANSWER_BYTES = 16 * 1024

log = structlog.get_logger("desk.webhooks")


class Inside(OSError):
    """The address is not on the public network."""


class PublicResolver(AbstractResolver):
    """Resolves names; OSError where one leads anywhere inside."""

    def __init__(self, *, this_machine_too: bool = False) -> None:
        self._names = ThreadedResolver()
        self._this_machine_too = this_machine_too

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        for one in found:
            require_public(one["host"], this_machine_too=self._this_machine_too)
        return found

    async def close(self) -> None:
        await self._names.close()


def require_public(address: str, *, this_machine_too: bool) -> None:
    if not is_public(address, this_machine_too=this_machine_too):
        raise Inside("inside our own network")


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    """A client for webhooks alone; no proxy of the environment, no cookies, no cache of names."""
    resolver = PublicResolver(this_machine_too=settings.notices.webhooks_to_this_machine)
    connector = aiohttp.TCPConnector(
        resolver=resolver, use_dns_cache=False, force_close=True, limit_per_host=2
    )
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=TIMEOUT,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
    ) as session:
        yield session


def steps(
    hotline: Hotline, session: aiohttp.ClientSession
) -> dict[str, Callable[[], Awaitable[bool]]]:
    """For each webhook of the settings what delivers the next that is owed to it."""

    def step_of(hook: WebhookSettings) -> Callable[[], Awaitable[bool]]:
        return lambda: call_next(hotline, session, hook)

    return {webhooks.channel_of(hook): step_of(hook) for hook in hotline.settings.webhooks}


async def call_next(
    hotline: Hotline, session: aiohttp.ClientSession, hook: WebhookSettings
) -> bool:
    """Deliver what has been due longest to this webhook; False if nothing is due."""

    async def compose(unit: AsyncSession, row: DeliveryRow) -> Call | None:
        return await webhooks.call_of(unit, hotline, hook, row)

    taken = await take_next(hotline, webhooks.channel_of(hook), compose)
    if taken is None:
        return False
    if taken.content is not None:
        outcome = await _call(session, hotline.settings, taken.content)
        log.info("webhook_called", hook=hook.name, outcome=outcome[0], why=outcome[1])
        if outcome == ("refused", GONE):
            await webhooks.switch_off(hotline, hook)
        await settle(hotline, taken.id, outcome)
    return True


async def _call(session: aiohttp.ClientSession, settings: Settings, call: Call) -> Outcome:
    try:
        _require_allowed(settings, call.url)
        async with session.post(
            call.url, data=call.body, headers=call.headers, allow_redirects=False
        ) as response:
            await response.content.read(MOST_ANSWER_BYTES)
            return _outcome_of(response.status)
    except TimeoutError:
        return "later", "timeout"
    except (aiohttp.ClientError, OSError, ValueError) as failure:
        return "later", "inside" if _is_inside(failure) else "unreachable"


def _require_allowed(settings: Settings, url: str) -> None:
    """An address that is written out is never resolved, so it is looked at here."""
    parts = urlsplit(url)
    if parts.scheme != "https" and settings.env == "production":
        raise Inside("https only")
    host = parts.hostname or ""
    if host.replace(".", "").isdigit() or ":" in host:
        this_machine_too = settings.notices.webhooks_to_this_machine
        require_public(host, this_machine_too=this_machine_too)


def _outcome_of(status: int) -> Outcome:
    if 200 <= status < 300:
        return "sent", ""
    return ("refused", GONE) if status == 410 else ("later", "status")


def _is_inside(failure: BaseException | None) -> bool:
    while failure is not None:
        if isinstance(failure, Inside):
            return True
        failure = failure.__cause__
    return False

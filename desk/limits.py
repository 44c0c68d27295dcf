"""How often is too often: counts in memory, which a restart of the desk forgets.

Every count is by a key, such as an address or a conversation, and knows so many keys only: whoever
comes from ever new addresses costs no more memory than that.
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from aiohttp import web

from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.errors import TooMany
from hotline.partners.service import Contact
from hotline.settings import Settings

MOST_KEYS = 10_000
FIRST_WAIT_S, LONGEST_WAIT_S = 15.0, 900.0
_FORGET_S = 3600.0
_IPV6_HOUSEHOLD = 64

Ticking = Callable[[], float]


class Rate:
    """At most `most` per key in any `within_s` seconds."""

    def __init__(self, most: int, within_s: float, now: Ticking = time.monotonic) -> None:
        self._most = most
        self._within_s = within_s
        self._now = now
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, key: str) -> float:
        """0.0 and one more counted, or the seconds until there may be one again."""
        now = self._now()
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        if len(self._times) > MOST_KEYS:
            self._times.popitem(last=False)
        while times and times[0] <= now - self._within_s:
            times.popleft()
        if len(times) >= self._most:
            return times[0] + self._within_s - now
        times.append(now)
        return 0.0


@dataclass
class _Failures:
    count: int
    wait_until: float
    last_at: float


class Attempts:
    """Failures per key: `free` of them, then each doubles the wait before the next try.

    A try counts as a failure from its beginning, so that many at once are no way around, until
    `succeeded` takes it back.
    """

    def __init__(self, free: int, now: Ticking = time.monotonic) -> None:
        self._free = free
        self._now = now
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def wait_s(self, key: str) -> float:
        """0.0 and a try counted, or the seconds until there may be one."""
        now = self._now()
        failures = self._failures.pop(key, None)
        if failures is not None and failures.wait_until > now:
            self._failures[key] = failures
            return failures.wait_until - now
        if failures is None or now - failures.last_at > _FORGET_S:
            failures = _Failures(0, now, now)
        failures.count += 1
        failures.last_at = now
        beyond = failures.count - self._free
        if beyond >= 0:
            failures.wait_until = now + min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(beyond, 30))
        self._failures[key] = failures
        if len(self._failures) > MOST_KEYS:
            self._failures.popitem(last=False)
        return 0.0

    def succeeded(self, key: str) -> None:
        self._failures.pop(key, None)


class Limits:
    """What one caller may begin and say, by the settings."""

    def __init__(self, settings: Settings, now: Ticking = time.monotonic) -> None:
        limits = settings.limits
        self._conversations = Rate(limits.conversations_per_10_minutes, 600, now)
        self._messages = Rate(limits.messages_per_minute, 60, now)

    def count_conversation(self, hotline: Hotline, contact: Contact | None, address: str) -> None:
        """TooMany, in words, if this contact or, of a visitor, this address has begun too many."""
        key = f"contact {contact.id}" if contact else address
        language = contact.language if contact else "zh-TW"
        _refuse(hotline, language, self._conversations.wait_s(key))

    def count_message(self, hotline: Hotline, conversation: Conversation) -> None:
        """TooMany, in words, if too much is said in this conversation."""
        _refuse(hotline, conversation.language, self._messages.wait_s(conversation.id))


class SignIns:
    """Tries to sign in, by person and by address; colleagues share an address, so it has more."""

    def __init__(self, now: Ticking = time.monotonic) -> None:
        self._of_person = Attempts(5, now)
        self._of_address = Attempts(20, now)

    def wait_s(self, person: str, address: str) -> float:
        """0.0 and a try counted, or the seconds until there may be one."""
        return self._of_person.wait_s(person) or self._of_address.wait_s(address)

    def succeeded(self, person: str, address: str) -> None:
        self._of_person.succeeded(person)
        self._of_address.succeeded(address)


def address_of(request: web.Request, *, behind_proxy: bool) -> str:
    """Where a request comes from; of IPv6 the network, for each household has addresses enough."""
    said = request.remote or ""
    if behind_proxy:
        # The last is the proxy's own word; those before it anybody may have written.
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or said
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(int(address) >> (128 - _IPV6_HOUSEHOLD))
    return str(getattr(address, "ipv4_mapped", None) or address)


def _refuse(hotline: Hotline, language: str, wait_s: float) -> None:
    if wait_s > 0:
        seconds = math.ceil(wait_s)
        words = hotline.replies.text("too_many", language, seconds=seconds)
        raise TooMany(words, reason="too_many", retry_after_s=seconds)

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

from hotline.conversations.service import Conversation, find
from hotline.core import Hotline
from hotline.errors import TooMany
from hotline.partners.service import Contact
from hotline.settings import Settings

MOST_KEYS = 10_000
FIRST_WAIT_S, LONGEST_WAIT_S = 15.0, 900.0
_FORGET_S = 3600.0
_IPV6_HOUSEHOLD = 64
_TOLD_IN_SECONDS = 120

Ticking = Callable[[], float]


class Rate:
    """At most `most` per key in any `within_s` seconds."""

    def __init__(self, most: float, within_s: float, now: Ticking = time.monotonic) -> None:
        self._most = most
        self._within_s = within_s
        self._now = now
        self._counted: OrderedDict[str, deque[tuple[float, float]]] = OrderedDict()

    def wait_s(self, key: str, amount: float = 1) -> float:
        """The seconds until `amount` more fits; nothing is counted. Alone, anything fits."""
        counted = self._counted.get(key)
        if counted is None:
            return 0.0
        self._counted.move_to_end(key)
        now = self._now()
        while counted and counted[0][0] <= now - self._within_s:
            counted.popleft()
        beyond, wait_s = sum(one for _, one in counted) + amount - self._most, 0.0
        for at, one in counted:
            if beyond <= 0:
                break
            beyond, wait_s = beyond - one, at + self._within_s - now
        return wait_s

    def count(self, key: str, amount: float = 1) -> None:
        self._counted.setdefault(key, deque()).append((self._now(), amount))
        self._counted.move_to_end(key)
        if len(self._counted) > MOST_KEYS:
            self._counted.popitem(last=False)


def take(*counts: tuple[Rate, str], amount: float = 1) -> float:
    """0.0 and `amount` counted in every rate, or the seconds until it fits, and none counted."""
    wait_s = max(rate.wait_s(key, amount) for rate, key in counts)
    if not wait_s:
        for rate, key in counts:
            rate.count(key, amount)
    return wait_s


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
    """What one caller may begin and say, by the settings. A visitor is known by the address."""

    def __init__(self, settings: Settings, now: Ticking = time.monotonic) -> None:
        limits = settings.limits
        self._conversations = Rate(limits.conversations_per_10_minutes, 600, now)
        self._visitor_conversations = Rate(limits.visitor_conversations_per_10_minutes, 600, now)
        self._in_conversation = Rate(limits.messages_per_minute, 60, now)
        self._messages = Rate(limits.messages_per_10_minutes, 600, now)
        self._visitor_messages = Rate(limits.visitor_messages_per_10_minutes, 600, now)
        self._without_ticket = Rate(limits.visitor_messages_per_hour, 3600, now)

    def count_conversation(self, hotline: Hotline, contact: Contact | None, address: str) -> None:
        """TooMany, in words, if this contact or, of a visitor, this address has begun too many."""
        rate = self._conversations if contact else self._visitor_conversations
        language = contact.language if contact else "zh-TW"
        _refuse(hotline, language, take((rate, _caller(contact, address))))

    def count_sign_in(self, hotline: Hotline, language: str, address: str) -> None:
        """TooMany, in words, if too much comes from this address: a try counts as a message."""
        _refuse(hotline, language, take((self._visitor_messages, address)))

    async def count_message(
        self, hotline: Hotline, conversation: Conversation, address: str
    ) -> None:
        """TooMany, in words, if too much is said in this conversation or in all of the caller's."""
        if conversation.contact is None:  # since it was read there may be a ticket, or a sign-in
            async with hotline.database.read() as session:
                conversation = await find(session, conversation.id)
        contact = conversation.contact
        rate = self._messages if contact else self._visitor_messages
        counts = [(self._in_conversation, conversation.id), (rate, _caller(contact, address))]
        if contact is None and conversation.last_ticket is None:
            counts.append((self._without_ticket, conversation.id))
        _refuse(hotline, conversation.language, take(*counts))


class FileLimits:
    """How many files come in, kept or not, and how much of what could be kept."""

    def __init__(self, settings: Settings, now: Ticking = time.monotonic) -> None:
        self._files = Rate(settings.limits.files_per_hour, 3600, now)
        self._megabytes = Rate(settings.limits.file_mb_per_hour, 3600, now)

    def count_file(self, hotline: Hotline, conversation: Conversation, address: str) -> None:
        """TooMany, in words, if too many have come into this conversation or from the caller."""
        self._count(self._files, 1, hotline, conversation, address)

    def count_size(
        self, hotline: Hotline, conversation: Conversation, address: str, size_mb: float
    ) -> None:
        """TooMany, in words, if `size_mb` is more than there is room for just now."""
        self._count(self._megabytes, size_mb, hotline, conversation, address)

    def _count(
        self, rate: Rate, amount: float, hotline: Hotline, talk: Conversation, address: str
    ) -> None:
        wait_s = take((rate, talk.id), (rate, _caller(talk.contact, address)), amount=amount)
        if wait_s:
            minutes = math.ceil(wait_s / 60)
            words = hotline.replies.text("files_too_many", talk.language, minutes=minutes)
            raise TooMany(words, reason="file_refused", retry_after_s=math.ceil(wait_s))


class IntakeLimits:
    """How much one source hands over, by the settings; what is refused is no message yet."""

    def __init__(self, settings: Settings, now: Ticking = time.monotonic) -> None:
        self._messages = Rate(settings.intake.messages_per_hour, 3600, now)

    def wait_s(self, source: str) -> float:
        """0.0 and a message counted, or the seconds until there may be one."""
        return take((self._messages, source))


class SignIns:
    """Tries to sign in from one address; colleagues share it, so it has more than a person has.

    How often somebody may be tried is counted in the database (`hotline/staff/tries.py`).
    """

    def __init__(self, now: Ticking = time.monotonic) -> None:
        self._of_address = Attempts(20, now)

    def wait_s(self, address: str) -> float:
        """0.0 and a try counted, or the seconds until there may be one."""
        return self._of_address.wait_s(address)

    def succeeded(self, address: str) -> None:
        self._of_address.succeeded(address)


def address_of(request: web.Request, *, behind_proxy: bool) -> str:
    """Where a request comes from; of IPv6 the network, for each household has addresses enough."""
    said = request.remote or ""
    if behind_proxy:
        # The last is the proxy's own word, in the same line or in one of its own; those before it
        # anybody may have written.
        forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
        said = forwarded.rpartition(",")[2].strip() or said
    try:
        address = ip_address(said)
    except ValueError:
        return said
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(int(address) >> (128 - _IPV6_HOUSEHOLD))
    return str(getattr(address, "ipv4_mapped", None) or address)


def _caller(contact: Contact | None, address: str) -> str:
    return f"contact {contact.id}" if contact else address


def _refuse(hotline: Hotline, language: str, wait_s: float) -> None:
    if wait_s <= 0:
        return
    seconds = math.ceil(wait_s)
    if seconds <= _TOLD_IN_SECONDS:
        words = hotline.replies.text("too_many", language, seconds=seconds)
    else:
        minutes = math.ceil(seconds / 60)
        words = hotline.replies.text("too_many_for_long", language, minutes=minutes)
    raise TooMany(words, reason="too_many", retry_after_s=seconds)

"""Passwords of staff: which are good enough, their hashes, and temporary ones.

By NIST SP 800-63B: length counts, no mixture of characters is asked for, nothing expires by age;
refused is what is tried first by whoever guesses.
"""

import asyncio
import re
import secrets
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hotline.errors import BadInput

MIN_CHARS, MOST_CHARS = 12, 1000

_AT_ONCE = 2  # each takes 64 MB and all of a core
_COMMON = Path(__file__).with_name("common_passwords.txt")
_NOT_A_LETTER = re.compile(r"[\W_]+")
# Without what is mistaken for something else when it is read out.
_TEMPORARY = "abcdefghjkmnpqrstuvwxyz23456789"
_BESIDE_THE_NAME = 6  # so much that is not the own name makes it a password again

_hasher = PasswordHasher()  # argon2id with the library's current defaults


class PasswordFault(BadInput):
    """A password that is not taken; `reason` is short, long, common, own or same."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, reason=reason, field="password")


def require_good(password: str, *own: str) -> None:
    """PasswordFault if it is too short or long, too common, or little but one of `own`."""
    if len(password) < MIN_CHARS:
        raise PasswordFault("short", f"the password needs {MIN_CHARS} characters or more")
    if len(password) > MOST_CHARS:
        raise PasswordFault("long", f"the password has more than {MOST_CHARS} characters")
    plain = _plain(password)
    if len(set(plain)) < 3 or plain in _common():
        raise PasswordFault("common", "the password is one of those that are tried first")
    for name in own:
        known = {_plain(name), _plain(name.partition("@")[0])}
        for word in sorted(known, key=len, reverse=True):
            if len(word) > 1 and word in plain and len(plain) - len(word) < _BESIDE_THE_NAME:
                raise PasswordFault("own", "the password is the own name or address")


def temporary() -> str:
    """Sixteen random characters in groups of four, to be told to somebody once."""
    return "-".join("".join(secrets.choice(_TEMPORARY) for _ in range(4)) for _ in range(4))


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(
        _threads(), _hasher.hash, _normal(password)
    )


async def fits(hash_of_it: str | None, password: str) -> bool:
    """Without a hash a wrong one is tried, so that the answer takes as long either way."""
    return await asyncio.get_running_loop().run_in_executor(
        _threads(), _fits, hash_of_it, _normal(password[:MOST_CHARS])
    )


def _fits(hash_of_it: str | None, password: str) -> bool:
    try:
        return _hasher.verify(hash_of_it or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    """The same on every keyboard: full-width letters and composed accents are typed either way."""
    return unicodedata.normalize("NFKC", password)


def _plain(text: str) -> str:
    return _NOT_A_LETTER.sub("", _normal(text)).casefold()


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(_plain(line) for line in lines if not line.startswith("#"))


@cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


@cache
def _threads() -> ThreadPoolExecutor:
    """Threads of their own: whoever tries passwords keeps nobody else's work waiting."""
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="passwords")

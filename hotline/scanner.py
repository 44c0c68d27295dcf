"""The virus scanner: clamd, by its INSTREAM command, over TCP or a Unix socket.

What it does not clearly call clean is not clean. A connection is for one command; clamd closes it.
"""

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

from hotline.settings.sections import ScannerSettings

_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096
_TROUBLE = (OSError, EOFError, asyncio.LimitOverrunError)


class Infected(Exception):
    """Something was found; the text is the scanner's name for it."""


class NotChecked(Exception):
    """The scanner gave no clear answer; the text says why, for operators."""


class Scanner:
    """The configured scanner; without an address there is none, and everything is let through."""

    def __init__(self, settings: ScannerSettings) -> None:
        self._settings = settings

    async def check(self, path: Path) -> None:
        """Infected or NotChecked, unless the scanner says that the file is clean."""
        if not self._settings.address:
            return
        answer = await self._answer(b"zINSTREAM\0", path)
        if answer == "stream: OK":
            return
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            raise Infected(answer.removeprefix("stream: ").removesuffix(" FOUND"))
        raise NotChecked(f"it answers {answer!r}")

    async def ping(self) -> None:
        """NotChecked if the scanner is configured and does not answer."""
        if self._settings.address and (answer := await self._answer(b"zPING\0")) != "PONG":
            raise NotChecked(f"it answers {answer!r}")

    async def _answer(self, command: bytes, path: Path | None = None) -> str:
        timeout_s = self._settings.timeout_s
        try:
            async with asyncio.timeout(timeout_s), self._connection() as (reader, writer):
                # A file that is too large for it, it answers before the end and hangs up.
                with contextlib.suppress(ConnectionError):
                    writer.write(command)
                    if path is not None:
                        await _stream(path, writer)
                    await writer.drain()
                answer = await reader.readuntil(b"\0")
        except TimeoutError:
            raise NotChecked(f"no answer within {timeout_s:g} s") from None
        except _TROUBLE as trouble:
            raise NotChecked(str(trouble) or type(trouble).__name__) from trouble
        return answer.rstrip(b"\0").decode("utf-8", "replace").strip()

    @contextlib.asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        parts = urlsplit(self._settings.address)
        if parts.scheme == "unix":
            opening = asyncio.open_unix_connection(parts.path, limit=_LONGEST_ANSWER)
        else:
            opening = asyncio.open_connection(parts.hostname, parts.port, limit=_LONGEST_ANSWER)
        reader, writer = await opening
        try:
            yield reader, writer
        finally:
            writer.close()


async def _stream(path: Path, writer: asyncio.StreamWriter) -> None:
    """Each piece behind its length; a length of nothing is the end."""
    with path.open("rb") as file:
        while piece := await asyncio.to_thread(file.read, _CHUNK):
            writer.write(struct.pack("!I", len(piece)) + piece)
            await writer.drain()
    writer.write(struct.pack("!I", 0))

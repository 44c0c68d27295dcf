"""clamd's side of its protocol, as far as we speak it; `behave` makes it ill."""

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LARGEST = 1024 * 1024


class ClamdDouble:
    """Finds the test virus in what is streamed to it, and keeps what it was given to scan."""

    def __init__(self) -> None:
        self.behave = "well"
        self.scanned: list[bytes] = []
        self.address = ""
        self.closing = asyncio.Event()

    @contextlib.asynccontextmanager
    async def running(self, socket_path: str = "") -> AsyncIterator[None]:
        if socket_path:
            server = await asyncio.start_unix_server(self._serve, socket_path)
            self.address = f"unix://{socket_path}"
        else:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.address = f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield
        finally:
            self.closing.set()
            server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        command = await reader.readuntil(b"\0")
        if self.behave == "hang up":
            return
        if self.behave == "slow":
            await self.closing.wait()
            return
        if command == b"zPING\0":
            writer.write(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        content = bytearray()
        while length := struct.unpack("!I", await reader.readexactly(4))[0]:
            content += await reader.readexactly(length)
            if len(content) > LARGEST:
                writer.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.scanned.append(bytes(content))
        found = b"Eicar-Test-Signature FOUND" if EICAR in content else b"OK"
        writer.write(ANSWERS.get(self.behave, b"stream: " + found + b"\0"))


ANSWERS = {
    "broken": b"\xff\xfe nonsense\0",
    "half": b"stream: O",
    "error": b"stream: Can't allocate memory ERROR\0",
    "endless": b"stream: OK" * 10_000,
    "empty": b"\0",
    "disguised": b"stream: OK FOUND or not OK\0",
}

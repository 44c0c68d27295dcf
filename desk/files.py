"""Uploaded files: checked by their content, kept once by their hash, outside the database.

A file comes in under a name of its own, and gets its place only with the message it belongs to:
what was refused, sent twice or broken off leaves nothing behind.
"""

import asyncio
import contextlib
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

import filetype
import structlog
from aiohttp import BodyPartReader

from desk import recordings
from desk.limits import FileLimits
from hotline.conversations import stored_files
from hotline.conversations.messages import File
from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.errors import BadInput, HotlineError, TooLarge, TooMany, Unavailable
from hotline.scanner import Infected, NotChecked, Scanner
from wording.text import strip_control

log = structlog.get_logger("desk.files")

AT_ONCE, WITHIN_S = 16, 120.0
_AGAIN_AFTER_S = 10
_MEGABYTE = 1024 * 1024
_CHUNK = 256 * 1024
_SNIFFED = 8192  # as far as the library looks
_LONGEST_NAME, _LONGEST_ENDING = 120, 12
# What a browser or an engineer calls plain text has no signature to sniff.
_TEXT_ENDINGS = ("txt", "log", "csv")
# Office writes archives, and not every program in the order by which they are told apart.
_ARCHIVES = ("zip", "docx", "xlsx", "pptx")


class Chunks(Protocol):
    """What a file's content can be read from, piece by piece until there is none."""

    async def read_chunk(self, size: int = ...) -> bytes | bytearray: ...


class FileRefused(BadInput):
    """A file that is not taken; `why` is the name of the words that say so."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message, reason="file_refused")
        self.why = why


@dataclass
class Draft:
    """A file that has come in whole and has no place yet."""

    file: File
    path: Path
    is_kept: bool = field(default=False, init=False)

    def keep(self) -> None:
        """It belongs to a stored message now."""
        self.is_kept = True


class Uploads:
    """All uploads of the desk, which is one process: it alone writes and removes these files."""

    def __init__(self, hotline: Hotline, within_s: float = WITHIN_S) -> None:
        self._hotline = hotline
        self._within_s = within_s
        self._at_work = asyncio.Semaphore(AT_ONCE)
        self._placing = asyncio.Lock()
        self._limits = FileLimits(hotline.settings)
        self._scanner = Scanner(hotline.settings.scanner)
        self._incoming = hotline.settings.var_dir / "incoming"
        self._forget_broken_off()

    @contextlib.asynccontextmanager
    async def one_more(self, language: str) -> AsyncIterator[None]:
        """Room and time for one upload; refused in words if there is none, or no more."""
        replies = self._hotline.replies
        if self._at_work.locked():
            words = replies.text("files_busy", language, seconds=_AGAIN_AFTER_S)
            raise TooMany(words, reason="files_busy", retry_after_s=_AGAIN_AFTER_S)
        async with self._at_work:
            try:
                async with asyncio.timeout(self._within_s):
                    yield
            except TimeoutError:
                words = replies.text("file_too_slow", language)
                raise BadInput(words, reason="file_too_slow") from None

    @contextlib.asynccontextmanager
    async def taken_in(
        self, part: BodyPartReader, conversation: Conversation, caller: str
    ) -> AsyncIterator[Draft]:
        """The file of one multipart part; after the block only what was placed is still there.

        Refused by number, size, kind or what the scanner says, in words for the partner.
        """
        hotline, language = self._hotline, conversation.language
        self._limits.count_file(hotline, conversation, caller)

        def count_size(size_mb: float) -> None:
            self._limits.count_size(hotline, conversation, caller, size_mb)

        async with self.checked(
            part, part.filename or "", language, count_size=count_size
        ) as draft:
            yield draft

    @contextlib.asynccontextmanager
    async def checked(
        self,
        chunks: Chunks,
        filename: str,
        language: str,
        *,
        kind_of: Callable[[Path], str] | None = None,
        limit_mb: int | None = None,
        count_size: Callable[[float], None] | None = None,
    ) -> AsyncIterator[Draft]:
        """A file whoever it is from; `kind_of` finds its media type where the usual kinds are not
        what is wanted, and may read the whole of it; `limit_mb` is another limit than that of the
        chat. `count_size` gets its megabytes."""
        name = name_of(filename)
        self._incoming.mkdir(parents=True, exist_ok=True)
        path = self._incoming / secrets.token_hex(16)
        try:
            with path.open("xb") as target:
                received = await self._receive(chunks, target, name, language, limit_mb)
            seconds = None
            if kind_of is None:
                media_type, seconds = await self._kind(received, path, name, language)
            else:
                media_type = await asyncio.to_thread(kind_of, path)
            digest, size = received.hash.hexdigest(), received.size_bytes
            if count_size is not None:
                count_size(size / _MEGABYTE)
            await self._scan(path, name, language)
            file = File(secrets.token_hex(16), name, media_type, size, digest, seconds)
            yield Draft(file, path)
        finally:
            path.unlink(missing_ok=True)

    @contextlib.asynccontextmanager
    async def placed(self, *drafts: Draft) -> AsyncIterator[None]:
        """`drafts` under their hashes: for the block, and for good if they were kept meanwhile.

        One at a time, or one upload could remove what another of the same content relies on.
        """
        async with self._placing, contextlib.AsyncExitStack() as places:
            for draft in drafts:
                places.enter_context(self._in_place(draft))
            yield

    @contextlib.contextmanager
    def _in_place(self, draft: Draft) -> Iterator[None]:
        target = path_of(self._hotline, draft.file.sha256)
        is_new = not target.exists()
        if is_new:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.path.replace(target)
        try:
            yield
        finally:
            if is_new and not draft.is_kept:
                target.unlink(missing_ok=True)
            elif draft.is_kept and not target.exists():
                # Somebody of the same file was erased meanwhile, and with them its bytes.
                target.parent.mkdir(parents=True, exist_ok=True)
                draft.path.replace(target)

    async def _receive(
        self, part: Chunks, target: BinaryIO, name: str, language: str, limit_mb: int | None
    ) -> "_Received":
        received, limits = _Received(), self._hotline.settings.limits
        is_recording = limit_mb is None and recordings.is_recording(_split(name)[1].lower())
        limit_mb = limit_mb or (limits.voice_mb if is_recording else limits.file_mb)
        while chunk := await part.read_chunk(_CHUNK):
            if received.size_bytes + len(chunk) > limit_mb * _MEGABYTE:
                size = await _size_of_rest(part, received.size_bytes + len(chunk))
                if is_recording:
                    raise recordings.too_large(self._hotline, size, language)
                raise TooLarge(
                    self._hotline.replies.text(
                        "file_too_large",
                        language,
                        filename=name,
                        size=f"{size / _MEGABYTE:.1f}",
                        limit=limit_mb,
                    ),
                    reason="file_refused",
                )
            await asyncio.to_thread(received.add, chunk, target)
        return received

    async def _kind(
        self, received: "_Received", path: Path, name: str, language: str
    ) -> tuple[str, float | None]:
        """The media type, and how long it is where it is a voice message."""
        if received.size_bytes and recordings.is_recording(_split(name)[1].lower()):
            return await recordings.measured(self._hotline, path, language)
        return self._media_type(received, name, language), None

    def _media_type(self, received: "_Received", name: str, language: str) -> str:
        allowed = self._hotline.settings.limits.file_types
        ending = _split(name)[1].lower()
        if not received.size_bytes:
            raise self._refused("file_empty", language, filename=name)
        if ending not in allowed:
            words = ", ".join(allowed)
            raise self._refused("file_type_refused", language, filename=name, allowed=words)
        media_type = _media_type(received, ending, allowed)
        if media_type is None:
            raise self._refused("file_not_what_it_says", language, filename=name, ending=ending)
        return media_type

    async def _scan(self, path: Path, name: str, language: str) -> None:
        """Only what the scanner calls clean is taken; the log has what it says, not the name."""
        try:
            await self._scanner.check(path)
        except Infected as found:
            log.warning("file_infected", found=str(found))
            raise self._refused("file_infected", language, filename=name) from None
        except NotChecked as failure:
            log.error("file_not_checked", why=str(failure))
            words = self._hotline.replies.text("file_not_checked", language, filename=name)
            raise Unavailable(words, reason="file_refused") from None

    def _refused(self, words: str, language: str, **values: object) -> HotlineError:
        return FileRefused(self._hotline.replies.text(words, language, **values), words)

    def _forget_broken_off(self) -> None:
        """What a desk that was killed had half received; not what one beside us receives."""
        oldest = time.time() - 2 * self._within_s
        for path in self._incoming.glob("*"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)


def path_of(hotline: Hotline, sha256: str) -> Path:
    return stored_files.path_of(hotline.settings, sha256)


class _Received:
    """What is known of a file's content once it has gone by."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.head = b""
        self.size_bytes = 0
        self.has_nul = False

    def add(self, chunk: bytes | bytearray, target: BinaryIO) -> None:
        self.hash.update(chunk)
        self.head += chunk[: _SNIFFED - len(self.head)]
        self.size_bytes += len(chunk)
        self.has_nul = self.has_nul or b"\0" in chunk
        target.write(chunk)


def _media_type(received: _Received, ending: str, allowed: tuple[str, ...]) -> str | None:
    """The kind that the name says, if the content is of that kind."""
    sniffed = filetype.guess(received.head)
    if ending in _TEXT_ENDINGS:
        # A log may well begin with "BM" or "MZ"; an allowed kind under such a name is disguised.
        is_text = not received.has_nul and (sniffed is None or sniffed.extension not in allowed)
        return "text/plain" if is_text else None
    meant = filetype.get_type(ext="jpg" if ending == "jpeg" else ending)
    if sniffed is None or meant is None:
        return None
    is_that = sniffed.extension == meant.extension or (
        "zip" in (sniffed.extension, meant.extension)
        and {sniffed.extension, meant.extension} <= set(_ARCHIVES)
    )
    return str(meant.mime) if is_that else None


def name_of(filename: str) -> str:
    """The name without folders, cut in its middle so that the ending stays."""
    name = strip_control(Path(filename).name) or "file"
    if len(name) <= _LONGEST_NAME:
        return name
    stem, ending = _split(name)
    tail = f".{ending}"[:_LONGEST_ENDING]
    return stem[: _LONGEST_NAME - len(tail)] + tail


def _split(name: str) -> tuple[str, str]:
    """The name and its ending without the dot; 「.png」 has an ending too."""
    stem, dot, ending = name.rpartition(".")
    return (stem, ending) if dot else (name, "")


async def _size_of_rest(part: Chunks, so_far: int) -> int:
    """Read on without keeping, to name the size; a giant is cut off at ten times the limit."""
    size = so_far
    while chunk := await part.read_chunk(_CHUNK):
        size += len(chunk)
        if size > so_far * 10:
            break
    return size

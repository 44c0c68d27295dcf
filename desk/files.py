"""Uploaded files: checked by their content, kept once by their hash, outside the database."""

import hashlib
import secrets
from pathlib import Path

import filetype
from aiohttp import BodyPartReader

from hotline.conversations.messages import File
from hotline.core import Hotline
from hotline.errors import BadInput, TooLarge
from wording.text import strip_control

_MEGABYTE = 1024 * 1024
_CHUNK = 64 * 1024
# What a browser or an engineer calls plain text has no signature to sniff.
_TEXT_ENDINGS = ("txt", "log", "csv")


async def keep(hotline: Hotline, part: BodyPartReader, language: str) -> File:
    """Store one multipart file under its hash; refused by size or kind in words for the partner."""
    name = strip_control(Path(part.filename or "").name)[:120] or "file"
    limits = hotline.settings.limits
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > limits.file_mb * _MEGABYTE:
            size = await _size_of_rest(part, len(content))
            raise TooLarge(
                hotline.replies.text(
                    "file_too_large",
                    language,
                    filename=name,
                    size=f"{size / _MEGABYTE:.1f}",
                    limit=limits.file_mb,
                ),
                reason="file_refused",
            )
    media_type = _media_type(bytes(content), name, limits.file_types)
    if media_type is None:
        allowed = ", ".join(limits.file_types)
        raise BadInput(
            hotline.replies.text("file_type_refused", language, filename=name, allowed=allowed),
            reason="file_refused",
        )
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(hotline, digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_suffix(f".{secrets.token_hex(4)}")
        unfinished.write_bytes(content)
        unfinished.replace(target)
    return File(secrets.token_hex(16), name, media_type, len(content), digest)


def path_of(hotline: Hotline, sha256: str) -> Path:
    return hotline.settings.var_dir / "files" / sha256[:2] / sha256


def _media_type(content: bytes, name: str, allowed: tuple[str, ...]) -> str | None:
    """The kind by the content's signature, if it is allowed; the name decides for text only."""
    kind = filetype.guess(content)
    if kind is not None:
        return str(kind.mime) if kind.extension in allowed else None
    ending = Path(name).suffix.lower().lstrip(".")
    is_text = ending in _TEXT_ENDINGS and ending in allowed and b"\0" not in content
    return "text/plain" if is_text else None


async def _size_of_rest(part: BodyPartReader, so_far: int) -> int:
    """Read on without keeping, to name the size; a giant is cut off at ten times the limit."""
    size = so_far
    while chunk := await part.read_chunk(_CHUNK):
        size += len(chunk)
        if size > so_far * 10:
            break
    return size

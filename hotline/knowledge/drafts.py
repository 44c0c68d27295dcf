"""Drafts: articles that staff have written and nobody has reviewed, as files in `drafts/`.

None of them is spoken. Whoever reviews one moves its file to a folder of the articles.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound, Unavailable
from hotline.journal import write_entry
from hotline.knowledge.articles import Article
from hotline.knowledge.library import DRAFTS
from hotline.knowledge.reading import Fault, is_id, parse_article
from hotline.knowledge.writing import Draft, checked, draft_of, file_text
from hotline.staff.service import Staff

MOST_LISTED = 200
MOST_ID_CHARS = 60
_STAMP_CHARS = 16


class NotWritable(Unavailable):
    """The folder of the drafts cannot be written: read-only, full, or no folder."""


class DraftFault(BadInput):
    """The draft makes no article; `fields["faults"]` say why."""


@dataclass(frozen=True)
class Kept:
    """A draft's file. `stamp` says which contents it has; without `article` it has `faults`."""

    id: str
    file: str
    stamp: str
    article: Article | None
    faults: Sequence[Fault] = ()


def listed(hotline: Hotline) -> list[Kept]:
    """The drafts that there are, by id; of very many the first."""
    try:
        files = sorted(_folder(hotline).glob("*.md"))[:MOST_LISTED]
    except OSError:
        return []
    found = (_read(hotline, path.stem) for path in files)
    return [kept for kept in found if kept is not None]


def opened(hotline: Hotline, draft_id: str) -> Kept:
    """The draft with this id; NotFound if there is none."""
    kept = _read(hotline, draft_id) if is_id(draft_id) else None
    if kept is None:
        raise NotFound("no such draft")
    return kept


def fields_of(kept: Kept) -> Draft | None:
    """What the form shows of it; nothing of a file with a fault, which is mended where it lies."""
    return draft_of(kept.article) if kept.article else None


def faults_of(hotline: Hotline, draft: Draft) -> list[Fault]:
    """Why the draft cannot be kept, if it cannot."""
    live = hotline.library.shelf().articles
    name = _name(hotline, draft.id) if is_id(draft.id) else f"{DRAFTS}/{draft.id}.md"
    targets = {*live, *(kept.id for kept in listed(hotline))}
    faults = checked(draft, name, hotline.library.known, targets)
    if draft.id in live:
        faults.insert(0, Fault(name, 2, f"{live[draft.id].file} has this id", "taken", "id"))
    if len(draft.id) > MOST_ID_CHARS:
        why = f"an id has at most {MOST_ID_CHARS} characters"
        faults.append(Fault(name, 2, why, "long", "id", str(MOST_ID_CHARS)))
    return faults


async def save(hotline: Hotline, staff: Staff, draft: Draft, seen: str = "") -> str:
    """Write the draft's file; its stamp.

    DraftFault if it is none, Conflict if there is a file of this id with other contents than those
    of stamp `seen`, with the stamp of that one. Saved twice, the second changes nothing.
    """
    if faults := faults_of(hotline, draft):
        raise DraftFault("this makes no article", faults=faults)
    written = file_text(draft).encode()
    stamp = _stamp(written)
    async with hotline.database.write() as session:
        before = _read(hotline, draft.id)
        if before is not None and before.stamp == stamp:
            return stamp
        # The entry comes first: whoever saves at the same time waits here, and looks afterwards.
        actor = f"staff:{staff.id}"
        await write_entry(session, hotline.now(), "draft.saved", actor, article=draft.id)
        before = _read(hotline, draft.id)
        if before is not None and before.stamp != seen:
            raise Conflict("there is such a draft", stamp=before.stamp)
        _write(_path(hotline, draft.id), written)
    return stamp


def _write(path: Path, written: bytes) -> None:
    """The whole file or nothing of it."""
    other = None
    try:
        path.parent.mkdir(exist_ok=True)
        handle, other = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        Path(other).chmod(0o644)
        Path(other).replace(path)
    except OSError as failure:
        if other is not None:
            with suppress(OSError):
                Path(other).unlink()
        raise NotWritable(f"cannot write {path}: {failure.strerror}") from None


def _read(hotline: Hotline, draft_id: str) -> Kept | None:
    """The file of this id; None if there is none that can be read."""
    name = _name(hotline, draft_id)
    try:
        written = _path(hotline, draft_id).read_bytes()
        text = written.decode()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as failure:
        fault = Fault(name, 1, f"cannot be read: {failure}", "unreadable")
        return Kept(draft_id, name, "unreadable", None, (fault,))
    article, faults = parse_article(text, name, hotline.library.known)
    return Kept(draft_id, name, _stamp(written), article, faults)


def _folder(hotline: Hotline) -> Path:
    return hotline.library.folder / DRAFTS


def _path(hotline: Hotline, draft_id: str) -> Path:
    return _folder(hotline) / f"{draft_id}.md"


def _name(hotline: Hotline, draft_id: str) -> str:
    """As faults call the file."""
    return str(_path(hotline, draft_id).relative_to(hotline.library.folder.parent))


def _stamp(written: bytes) -> str:
    return hashlib.sha256(written).hexdigest()[:_STAMP_CHARS]

"""Reading, adding, changing and removing canned texts; who did so stands in the journal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.canned.filling import VARIABLES, faults
from hotline.canned.rows import TITLE_CHARS, CannedTextRow
from hotline.core import Hotline
from hotline.database import locked_row
from hotline.errors import BadInput, Conflict, NotAllowed, NotFound
from hotline.journal import write_entry
from hotline.permissions import TEXT_KEEPERS
from hotline.staff import service as staff_service
from hotline.staff.service import Staff

TEXT_CHARS = 2000
MOST = 200  # texts
REMOVED = "canned.removed"


@dataclass(frozen=True)
class Draft:
    """A text as somebody writes it; the language is the part behind the underscore."""

    title_zh: str
    title_en: str
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class CannedText:
    id: int
    version: int
    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    by: Staff | None
    changed_at: datetime

    def title(self, language: str) -> str:
        return self.title_en if language == "en" else self.title_zh

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_zh


async def all_texts(session: AsyncSession) -> list[CannedText]:
    """Every text, in the order in which they were added."""
    rows = await session.scalars(select(CannedTextRow).order_by(CannedTextRow.id).limit(MOST))
    return [_snapshot(row) for row in rows]


async def find(session: AsyncSession, text_id: int) -> CannedText | None:
    row = await session.get(CannedTextRow, text_id)
    return _snapshot(row) if row else None


async def add(hotline: Hotline, staff: Staff, draft: Draft) -> CannedText:
    """Another text. BadInput as `checked`; NotAllowed for whoever does not keep them."""
    _require_keeper(staff)
    written = checked(draft)
    async with hotline.database.write() as session:
        count = await session.scalar(select(func.count()).select_from(CannedTextRow)) or 0
        if count >= MOST:
            raise BadInput("there are too many", field="title_zh", reason="too_many", limit=MOST)
        now = hotline.now()
        row = CannedTextRow(**written.__dict__, staff_id=staff.id, changed_at=now)
        session.add(row)
        await session.flush()
        await _journal(session, hotline, staff, row, "canned.added")
        await session.refresh(row)
        return _snapshot(row)


async def change(
    hotline: Hotline, staff: Staff, text_id: int, draft: Draft, version: int
) -> CannedText:
    """The text is `draft` from now on, by somebody who looked at `version`; the same is no change.

    Conflict names who has changed it since; NotFound if it has been removed.
    """
    _require_keeper(staff)
    written = checked(draft)
    async with hotline.database.write() as session:
        row = await _locked(session, text_id)
        if all(getattr(row, column) == value for column, value in written.__dict__.items()):
            return _snapshot(row)
        _require_version(row, version)
        for column, value in written.__dict__.items():
            setattr(row, column, value)
        row.version += 1
        row.staff_id, row.changed_at = staff.id, hotline.now()
        await _journal(session, hotline, staff, row, "canned.changed")
        await session.refresh(row)
        return _snapshot(row)


async def remove(hotline: Hotline, staff: Staff, text_id: int, version: int) -> None:
    """It is offered no more; what was said with it stays said. Twice is harmless."""
    _require_keeper(staff)
    async with hotline.database.write() as session:
        row = await locked_row(session, CannedTextRow, CannedTextRow.id == text_id)
        if row is None:
            return
        _require_version(row, version)
        await _journal(session, hotline, staff, row, REMOVED)
        await session.delete(row)


def checked(draft: Draft) -> Draft:
    """The draft as it is kept; BadInput names the field and the reason.

    missing, too_long (with the limit), or unknown with the `names` that are no variables.
    """
    kept = {
        "title_zh": " ".join(draft.title_zh.split()),
        "title_en": " ".join(draft.title_en.split()),
        "text_zh": draft.text_zh.replace("\r\n", "\n").strip(),
        "text_en": draft.text_en.replace("\r\n", "\n").strip(),
    }
    for field, value in kept.items():
        limit = TITLE_CHARS if field.startswith("title") else TEXT_CHARS
        if not value:
            raise BadInput("it is empty", field=field, reason="missing")
        if len(value) > limit:
            raise BadInput("it is too long", field=field, reason="too_long", limit=limit)
        if field.startswith("text") and (unknown := faults(value)):
            raise BadInput(
                f"the variables are {', '.join(VARIABLES)}",
                field=field,
                reason="unknown",
                names=unknown,
            )
    return Draft(**kept)


def _require_keeper(staff: Staff) -> None:
    if staff.role not in TEXT_KEEPERS:
        raise NotAllowed(f"this is for {' and '.join(sorted(TEXT_KEEPERS))}")


def _require_version(row: CannedTextRow, version: int) -> None:
    if row.version != version:
        by = row.staff.name if row.staff else ""
        raise Conflict("somebody has changed this text", by=by, version=row.version)


async def _locked(session: AsyncSession, text_id: int) -> CannedTextRow:
    row = await locked_row(session, CannedTextRow, CannedTextRow.id == text_id)
    if row is None:
        raise NotFound("no such text")
    return row


async def _journal(
    session: AsyncSession, hotline: Hotline, staff: Staff, row: CannedTextRow, kind: str
) -> None:
    await write_entry(
        session, hotline.now(), kind, f"staff:{staff.id}", text=row.id, version=row.version
    )


def _snapshot(row: CannedTextRow) -> CannedText:
    return CannedText(
        id=row.id,
        version=row.version,
        title_zh=row.title_zh,
        title_en=row.title_en,
        text_zh=row.text_zh,
        text_en=row.text_en,
        by=staff_service.snapshot(row.staff) if row.staff else None,
        changed_at=row.changed_at,
    )

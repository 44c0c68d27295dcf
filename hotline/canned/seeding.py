"""The texts that a hotline begins with; what a lead has written instead is left alone."""

from pathlib import Path

from sqlalchemy import select

from hotline.canned.rows import CannedTextRow
from hotline.canned.service import REMOVED, Draft, checked
from hotline.core import Hotline
from hotline.database import insert_many
from hotline.journal import EntryRow
from hotline.yaml_files import parsed

_TEXTS = Path(__file__).with_name("texts.yml")
_LANGUAGES = {"zh-TW": "zh", "en": "en"}


async def add_texts(hotline: Hotline) -> None:
    """Add them where there is no text, and none has ever been removed."""
    async with hotline.database.write() as session:
        removed = select(EntryRow.id).where(EntryRow.kind == REMOVED).limit(1)
        for known in (select(CannedTextRow.id).limit(1), removed):
            if await session.scalar(known) is not None:
                return
        now = hotline.now()
        rows = [{**draft.__dict__, "version": 1, "changed_at": now} for draft in to_begin_with()]
        await insert_many(session, CannedTextRow, rows)


def to_begin_with() -> list[Draft]:
    """The texts of the file, in its order."""
    return [
        checked(
            Draft(
                **{
                    f"{part}_{short}": entry[part][language]
                    for part in ("title", "text")
                    for language, short in _LANGUAGES.items()
                }
            )
        )
        for entry in parsed(_TEXTS.read_text(encoding="utf-8"))
    ]

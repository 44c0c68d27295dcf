"""The table of canned texts."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base
from hotline.staff.rows import StaffRow

TITLE_CHARS = 60


class CannedTextRow(Base):
    """One text; each change is a version. Without `staff_id` it came with the hotline."""

    __tablename__ = "canned_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    title_zh: Mapped[str] = mapped_column(String(TITLE_CHARS))
    title_en: Mapped[str] = mapped_column(String(TITLE_CHARS))
    text_zh: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    changed_at: Mapped[datetime]

    staff: Mapped[StaffRow | None] = relationship(lazy="joined")

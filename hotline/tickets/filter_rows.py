"""The table of filters that staff have saved for themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base

NAME_CHARS = 40


class SavedFilterRow(Base):
    """`chosen` is {field of a choice: what was chosen}, as `choices` reads it."""

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("staff_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(String(NAME_CHARS))
    chosen: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]

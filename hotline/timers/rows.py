"""The table of timers: what is to happen, when, and that it has."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base


class TimerRow(Base):
    """One thing to do at `due_at`. `key` names it, so that setting it again moves it."""

    __tablename__ = "timers"
    __table_args__ = (Index("ix_timers_waiting", "done_at", "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    detail: Mapped[dict[str, Any]]  # ids and codes
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    # Of a failure: how often, why, and not again before.
    tries: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(Text)
    not_before: Mapped[datetime | None]

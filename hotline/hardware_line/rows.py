"""The table of who was given the number of the 24-hour line, and what became of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base

THROUGH, NOT_THROUGH, SILENT = "through", "no", "silent"
OUTCOMES = (THROUGH, NOT_THROUGH, SILENT)
_OUTCOME_LIST = ", ".join(f"'{outcome}'" for outcome in OUTCOMES)


class LineCheckRow(Base):
    """One of a ticket whose partner was told to call the line first."""

    __tablename__ = "line_checks"
    __table_args__ = (
        CheckConstraint(f"outcome IN ({_OUTCOME_LIST})", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (outcome_at IS NULL)", name="outcome_has_a_time"),
    )

    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("tickets.id"), primary_key=True, autoincrement=False
    )
    named_at: Mapped[datetime]
    # When "did you get through?" was asked last, and what was answered, or that nothing was.
    asked_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(8))
    outcome_at: Mapped[datetime | None]

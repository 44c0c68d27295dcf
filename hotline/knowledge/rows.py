"""The table of what was asked and what came of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base

TEXT_CHARS = 600


class QuestionRow(Base):
    """One question, the article that was shown, if any, and whether it helped.

    One that was refused, or whose answer did not help, is a gap until somebody has seen to it.
    """

    __tablename__ = "questions"
    __table_args__ = (
        CheckConstraint("outcome IN ('answered', 'offered', 'refused')", name="outcome"),
        CheckConstraint("(done_at IS NULL) = (staff_id IS NULL)", name="done_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    text: Mapped[str] = mapped_column(String(TEXT_CHARS))
    language: Mapped[str] = mapped_column(String(8))
    outcome: Mapped[str] = mapped_column(String(10))
    article: Mapped[str | None] = mapped_column(String(80))
    certainty: Mapped[float]
    helped: Mapped[bool | None]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime | None]

"""The table of messages worth a look, and of what somebody said they mean."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.conversations.rows import MessageRow
from hotline.database import Base
from hotline.staff.rows import StaffRow


class LookRow(Base):
    """One message; a flag for each reason why it is here.

    Done is what has a label or was skipped, by whom and when; each change is a version.
    """

    __tablename__ = "looks"
    __table_args__ = (
        CheckConstraint("(done_at IS NULL) = (staff_id IS NULL)", name="done_by_somebody"),
        CheckConstraint("label IS NULL OR done_at IS NOT NULL", name="labelled_is_done"),
    )

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    unsure: Mapped[bool] = mapped_column(default=False)
    corrected: Mapped[bool] = mapped_column(default=False)
    handed_over: Mapped[bool] = mapped_column(default=False)
    # The button that corrected it, by its intent; "help" is "none of these".
    pressed: Mapped[str | None] = mapped_column(String(60))
    label: Mapped[str | None] = mapped_column(String(60))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    done_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=0)

    message: Mapped[MessageRow] = relationship(lazy="joined", innerjoin=True)
    staff: Mapped[StaffRow | None] = relationship(lazy="joined")

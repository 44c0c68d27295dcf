"""The table of calls: one row for each that somebody took or made."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base
from hotline.partners.rows import ContactRow
from hotline.staff.rows import StaffRow

IN, OUT = "in", "out"
DIRECTIONS = (IN, OUT)
OPENED, ADDED = "opened", "added"
ANSWERED, WRONG_NUMBER, NO_ANSWER = "answered", "wrong_number", "no_answer"
REACHED, AGAIN, NOT_NEEDED = "reached", "again", "not_needed"
OUTCOMES = (OPENED, ADDED, ANSWERED, WRONG_NUMBER, NO_ANSWER, REACHED, AGAIN, NOT_NEEDED)
_DIRECTION_LIST = ", ".join(f"'{each}'" for each in DIRECTIONS)
_OUTCOME_LIST = ", ".join(f"'{each}'" for each in OUTCOMES)


class CallRow(Base):
    """Who it was says the contact; of anybody else what was said of them, in words."""

    __tablename__ = "calls"
    __table_args__ = (
        CheckConstraint(f"direction IN ({_DIRECTION_LIST})", name="direction"),
        CheckConstraint(f"outcome IN ({_OUTCOME_LIST})", name="outcome"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The form's own id: the same sent again is the same call.
    client_id: Mapped[str] = mapped_column(String(36), unique=True)
    direction: Mapped[str] = mapped_column(String(3))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id"), index=True)
    caller: Mapped[str] = mapped_column(String(120), default="")
    company: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(12))
    # What it was about, where no ticket has it; what was agreed, of a call back.
    words: Mapped[str] = mapped_column(Text, default="")
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime] = mapped_column(index=True)

    contact: Mapped[ContactRow | None] = relationship(lazy="joined")
    staff: Mapped[StaffRow] = relationship(lazy="joined", innerjoin=True)

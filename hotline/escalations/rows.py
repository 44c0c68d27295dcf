"""The table of escalations: a ticket brought before somebody, why, and who took notice."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base
from hotline.staff.rows import StaffRow

WARNING, BREACH, WISH, SEVERE, REOPENED, COMPLAINT, UNANSWERED, LINE = (
    "warning", "breach", "wish", "severe", "reopened", "complaint", "unanswered", "line",
)  # fmt: skip
WHYS = (WARNING, BREACH, WISH, SEVERE, REOPENED, COMPLAINT, UNANSWERED, LINE)
_WHY_LIST = ", ".join(f"'{why}'" for why in WHYS)


class EscalationRow(Base):
    """From somebody (or a queue that nobody has taken it from) to somebody (or a level)."""

    __tablename__ = "escalations"
    __table_args__ = (CheckConstraint(f"why IN ({_WHY_LIST})", name="why"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(12))
    level: Mapped[str] = mapped_column(String(20))
    from_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # Until when somebody is to take notice; then it climbs.
    acknowledge_by: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    # The escalation that this one climbed from.
    after_id: Mapped[int | None] = mapped_column(ForeignKey("escalations.id"))

    to: Mapped[StaffRow | None] = relationship(lazy="joined", foreign_keys=[to_id])
    acknowledged_by: Mapped[StaffRow | None] = relationship(
        lazy="joined", foreign_keys=[acknowledged_id]
    )

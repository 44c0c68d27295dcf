"""The table of duties: who is on call, from when to when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hotline.database import Base
from hotline.staff.rows import StaffRow


class DutyRow(Base):
    """One turn. `place` 1 is alerted first, 2 if the first does not answer."""

    __tablename__ = "duties"
    __table_args__ = (
        CheckConstraint("begins_at < ends_at", name="ends"),
        CheckConstraint("place IN (1, 2)", name="place"),
        Index("ix_duties_time", "place", "begins_at", "ends_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    place: Mapped[int] = mapped_column(default=1)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # Whose turn it was before it was swapped.
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    staff: Mapped[StaffRow] = relationship(lazy="joined", foreign_keys=[staff_id])
    instead_of: Mapped[StaffRow | None] = relationship(lazy="joined", foreign_keys=[instead_of_id])

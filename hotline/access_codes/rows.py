"""The table of codes: which address is to be proven where, and the code's keyed hash alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.access_codes.rules import Code
from hotline.database import Base


class AccessCodeRow(Base):
    __tablename__ = "access_codes"
    __table_args__ = (
        CheckConstraint("(conversation_id IS NULL) <> (sign_in IS NULL)", name="one_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    # The sign-in of one browser, as a keyed hash of what its cookie says.
    sign_in: Mapped[str | None] = mapped_column(String(64), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    # Who called, as a keyed hash: an address of the network is a person's too.
    caller: Mapped[str] = mapped_column(String(64), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    sent_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


def snapshot(row: AccessCodeRow) -> Code:
    return Code(row.sent_at, row.tries, row.tried_at, row.used_at is not None)

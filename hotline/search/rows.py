"""The table of words by ticket."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base

MOST_CHARS = 40
# PostgreSQL sorts by a language otherwise, which costs three times as much and serves nobody here.
WORD = String(MOST_CHARS).with_variant(String(MOST_CHARS, collation="C"), "postgresql")


class TicketWordRow(Base):
    """`word` stands in something that belongs to the ticket; its key is the way a search walks."""

    __tablename__ = "ticket_words"
    __table_args__ = (
        Index("ix_ticket_words_ticket_id", "ticket_id"),
        {"sqlite_with_rowid": False},
    )

    word: Mapped[str] = mapped_column(WORD, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)

"""The tables of notices beside the deliveries: how far the journal is read, what is off."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from hotline.database import Base


class MarkRow(Base):
    """One row: up to which entry of the journal everybody concerned has been noted."""

    __tablename__ = "notice_mark"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int]


class WebhookOffRow(Base):
    """A webhook whose receiver has said that it is gone, by the address that it had then."""

    __tablename__ = "webhooks_off"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    url_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]

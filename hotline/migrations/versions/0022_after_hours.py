"""which tickets came in while closed"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_AFTER_HOURS = sa.text("after_hours")


def upgrade() -> None:
    # Of older ones it is not known, and who waits for a call is on the list of calls.
    op.add_column(
        "tickets",
        sa.Column("after_hours", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(
        "ix_tickets_after_hours",
        "tickets",
        ["opened_at"],
        sqlite_where=_AFTER_HOURS,
        postgresql_where=_AFTER_HOURS,
    )


def downgrade() -> None:
    op.drop_index("ix_tickets_after_hours", "tickets")
    op.drop_column("tickets", "after_hours")

"""what waits on the morning's list is counted by an index, and SQLite uses the one of the night"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_MORNING = (
    "CASE WHEN after_hours AND merged_into_id IS NULL AND (callback = 'due' OR callback IS NULL"
    " AND first_responded_at IS NULL AND state NOT IN ('resolved', 'closed')) THEN severity END"
)


def upgrade() -> None:
    # PostgreSQL keeps what is computed, SQLite can only add what is computed when it is read.
    is_kept = op.get_bind().dialect.name == "postgresql"
    computed = sa.Computed(_MORNING, persisted=is_kept)
    op.add_column("tickets", sa.Column("morning_severity", sa.Integer(), computed))
    waits = sa.text("morning_severity IS NOT NULL")
    op.create_index(
        "ix_tickets_morning",
        "tickets",
        ["morning_severity"],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.drop_index("ix_tickets_after_hours", "tickets")
    _index_of_the_night("after_hours = 1")


def downgrade() -> None:
    op.drop_index("ix_tickets_morning", "tickets")
    op.drop_column("tickets", "morning_severity")
    op.drop_index("ix_tickets_after_hours", "tickets")
    _index_of_the_night("after_hours")


def _index_of_the_night(on_sqlite: str) -> None:
    op.create_index(
        "ix_tickets_after_hours",
        "tickets",
        ["opened_at"],
        sqlite_where=sa.text(on_sqlite),
        postgresql_where=sa.text("after_hours"),
    )

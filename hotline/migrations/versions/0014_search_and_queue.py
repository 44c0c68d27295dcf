"""words of tickets to search by; the place in the queue as columns; saved filters"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_STANDS = (
    "CASE WHEN state IN ('waiting_partner', 'waiting_other') THEN 1"
    " WHEN state = 'resolved' THEN 2 WHEN state = 'closed' THEN 3 ELSE 0 END"
)
_DUE = (
    "CASE WHEN first_responded_at IS NULL THEN first_response_due"
    " WHEN next_response_due <= resolution_due THEN next_response_due ELSE resolution_due END"
)
_OPEN = sa.text("state <> 'closed'")
_ORDERS = {
    "ix_tickets_work": ["stands", "due_at", "severity", "id"],
    "ix_tickets_work_queue": ["queue", "stands", "due_at", "severity", "id"],
    "ix_tickets_work_severity": ["severity", "stands", "due_at", "id"],
    "ix_tickets_work_partner": ["partner_id", "stands", "due_at", "severity", "id"],
    "ix_tickets_work_assignee": ["assignee_id", "stands", "due_at", "severity", "id"],
}


def upgrade() -> None:
    # PostgreSQL keeps what is computed, SQLite can only add what is computed when it is read.
    is_kept = op.get_bind().dialect.name == "postgresql"
    computed: dict[str, tuple[Any, str]] = {
        "stands": (sa.Integer(), _STANDS),
        "due_at": (hotline.database.UtcDateTime(timezone=True), _DUE),
    }
    for name, (kind, how) in computed.items():
        op.add_column("tickets", sa.Column(name, kind, sa.Computed(how, persisted=is_kept)))
    for name, columns in _ORDERS.items():
        op.create_index(name, "tickets", columns, sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index(op.f("ix_tickets_contact_id"), "tickets", ["contact_id"])
    word = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
    op.create_table(
        "ticket_words",
        sa.Column("word", word, nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_words_ticket_id")
        ),
        sa.PrimaryKeyConstraint("word", "ticket_id", name=op.f("pk_ticket_words")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ticket_words_ticket_id", "ticket_words", ["ticket_id"])
    op.create_table(
        "saved_filters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("saved_at", hotline.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_saved_filters_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("staff_id", "name", name=op.f("uq_saved_filters_staff_id")),
    )


def downgrade() -> None:
    op.drop_table("saved_filters")
    op.drop_table("ticket_words")
    op.drop_index(op.f("ix_tickets_contact_id"), "tickets")
    for name in _ORDERS:
        op.drop_index(name, "tickets")
    for name in ("due_at", "stands"):
        op.drop_column("tickets", name)

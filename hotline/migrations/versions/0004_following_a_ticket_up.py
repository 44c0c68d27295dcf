"""tickets brought before a lead, going on from an older one, corrected and rated"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KIND = "ck_ticket_notes_kind"
_BEFORE = "kind IN ('note', 'addition', 'resolution', 'reopened')"
_SINCE = "kind IN ('note', 'addition', 'resolution', 'reopened', 'escalation', 'correction')"


def upgrade() -> None:
    op.add_column(
        "tickets",
        sa.Column("escalated_at", hotline.database.UtcDateTime(timezone=True), nullable=True),
    )
    op.add_column("tickets", sa.Column("follows", sa.String(length=24), nullable=True))
    with op.batch_alter_table("ticket_notes") as notes:
        notes.drop_constraint(op.f(_KIND), type_="check")
        notes.create_check_constraint(op.f(_KIND), _SINCE)
    op.create_table(
        "ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rated_at", hotline.database.UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_ratings_score")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ratings_ticket_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_ratings_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("ticket_id", "contact_id", name=op.f("uq_ratings_ticket_id")),
    )
    op.create_index(op.f("ix_ratings_ticket_id"), "ratings", ["ticket_id"])


def downgrade() -> None:
    op.drop_table("ratings")
    op.execute(
        "UPDATE ticket_notes SET kind = 'addition' WHERE kind IN ('escalation', 'correction')"
    )
    with op.batch_alter_table("ticket_notes") as notes:
        notes.drop_constraint(op.f(_KIND), type_="check")
        notes.create_check_constraint(op.f(_KIND), _BEFORE)
    op.drop_column("tickets", "follows")
    op.drop_column("tickets", "escalated_at")

"""voice messages, and whether somebody got through to the 24-hour line"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_WHY = "ck_escalations_why"
_BEFORE = "why IN ('warning', 'breach', 'wish', 'severe', 'reopened', 'complaint', 'unanswered')"
_SINCE = (
    "why IN ('warning', 'breach', 'wish', 'severe', 'reopened', 'complaint', 'unanswered', 'line')"
)


def upgrade() -> None:
    time = hotline.database.UtcDateTime(timezone=True)
    with op.batch_alter_table("files") as files:
        files.add_column(sa.Column("seconds", sa.Double(), nullable=True))
        files.add_column(sa.Column("ticket_id", sa.Integer(), nullable=True))
        files.add_column(sa.Column("words", sa.Text(), nullable=True))
        files.add_column(sa.Column("words_by_id", sa.Integer(), nullable=True))
        files.add_column(sa.Column("words_at", time, nullable=True))
        files.create_foreign_key(op.f("fk_files_ticket_id"), "tickets", ["ticket_id"], ["id"])
        files.create_foreign_key(op.f("fk_files_words_by_id"), "staff", ["words_by_id"], ["id"])
    op.create_index(op.f("ix_files_ticket_id"), "files", ["ticket_id"])
    op.create_table(
        "line_checks",
        sa.Column("ticket_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("named_at", time, nullable=False),
        sa.Column("asked_at", time, nullable=True),
        sa.Column("outcome", sa.String(length=8), nullable=True),
        sa.Column("outcome_at", time, nullable=True),
        sa.CheckConstraint(
            "outcome IN ('through', 'no', 'silent')", name=op.f("ck_line_checks_outcome")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_at IS NULL)",
            name=op.f("ck_line_checks_outcome_has_a_time"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_line_checks_ticket_id")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_line_checks")),
    )
    with op.batch_alter_table("escalations") as escalations:
        escalations.drop_constraint(op.f(_WHY), type_="check")
        escalations.create_check_constraint(op.f(_WHY), _SINCE)


def downgrade() -> None:
    op.execute("UPDATE escalations SET why = 'severe' WHERE why = 'line'")
    with op.batch_alter_table("escalations") as escalations:
        escalations.drop_constraint(op.f(_WHY), type_="check")
        escalations.create_check_constraint(op.f(_WHY), _BEFORE)
    op.drop_table("line_checks")
    op.drop_index(op.f("ix_files_ticket_id"), "files")
    with op.batch_alter_table("files") as files:
        files.drop_constraint(op.f("fk_files_words_by_id"), type_="foreignkey")
        files.drop_constraint(op.f("fk_files_ticket_id"), type_="foreignkey")
        for column in ("words_at", "words_by_id", "words", "ticket_id", "seconds"):
            files.drop_column(column)

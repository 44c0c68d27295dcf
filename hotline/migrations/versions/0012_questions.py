"""questions that partners ask, and what came of them"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=600), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("article", sa.String(length=80), nullable=True),
        sa.Column("certainty", sa.Double(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("asked_at", hotline.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("done_at", hotline.database.UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('answered', 'offered', 'refused')", name=op.f("ck_questions_outcome")
        ),
        sa.CheckConstraint(
            "(done_at IS NULL) = (staff_id IS NULL)", name=op.f("ck_questions_done_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_questions_conversation_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_questions_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_asked_at"), "questions", ["asked_at"])
    op.create_index(op.f("ix_questions_conversation_id"), "questions", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("questions")

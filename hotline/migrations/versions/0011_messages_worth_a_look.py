"""a message's parse; messages worth a look and their labels"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("entities", sa.JSON(none_as_null=True), nullable=True))
        messages.add_column(sa.Column("ranking", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "looks",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("pressed", sa.String(length=60), nullable=True),
        sa.Column("label", sa.String(length=60), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("done_at", hotline.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(done_at IS NULL) = (staff_id IS NULL)", name=op.f("ck_looks_done_by_somebody")
        ),
        sa.CheckConstraint(
            "label IS NULL OR done_at IS NOT NULL", name=op.f("ck_looks_labelled_is_done")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_looks")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_looks_message_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_looks_conversation_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_looks_staff_id")),
    )
    op.create_index(op.f("ix_looks_conversation_id"), "looks", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("looks")
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("ranking")
        messages.drop_column("entities")

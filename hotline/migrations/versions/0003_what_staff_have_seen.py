"""what staff have seen of a conversation, and their notes in it"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seen",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_seen_staff_id")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_seen_conversation_id")
        ),
        sa.PrimaryKeyConstraint("staff_id", "conversation_id", name=op.f("pk_seen")),
    )
    # What was there before is not news to those who have it.
    op.execute(
        "INSERT INTO seen (staff_id, conversation_id, seq) "
        "SELECT t.assignee_id, c.id, c.last_seq FROM tickets t "
        "JOIN conversations c ON c.id = t.conversation_id WHERE t.assignee_id IS NOT NULL "
        "UNION SELECT c.staff_id, c.id, c.last_seq FROM conversations c "
        "WHERE c.staff_id IS NOT NULL"
    )
    op.create_table(
        "conversation_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", hotline.database.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_conversation_notes_conversation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_conversation_notes_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_notes")),
        sa.UniqueConstraint(
            "conversation_id", "client_id", name=op.f("uq_conversation_notes_conversation_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("conversation_notes")
    op.drop_table("seen")

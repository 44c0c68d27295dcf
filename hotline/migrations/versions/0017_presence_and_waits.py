"""who is there; times in line for a person; answers that came too late"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = hotline.database.UtcDateTime(timezone=True)
    op.create_table(
        "presence",
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("stands", sa.String(length=10), nullable=False),
        sa.Column("since", time, nullable=False),
        sa.Column("beat_at", time, nullable=True),
        sa.Column("offered_at", time, nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_presence_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "waits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("joined_at", time, nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.Column("wished_id", sa.Integer(), nullable=True),
        sa.Column("offered_to_id", sa.Integer(), nullable=True),
        sa.Column("offered_until", time, nullable=True),
        sa.Column("passed_by", sa.JSON(), nullable=False),
        sa.Column("promised", sa.Boolean(), nullable=False),
        sa.Column("ended_at", time, nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_waits_conversation_id")
        ),
        sa.ForeignKeyConstraint(["wished_id"], ["staff.id"], name=op.f("fk_waits_wished_id")),
        sa.ForeignKeyConstraint(
            ["offered_to_id"], ["staff.id"], name=op.f("fk_waits_offered_to_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waits")),
    )
    op.create_index(op.f("ix_waits_conversation_id"), "waits", ["conversation_id"])
    op.create_index(op.f("ix_waits_offered_to_id"), "waits", ["offered_to_id"])
    op.create_index("ix_waits_ended_at", "waits", ["ended_at"])
    op.create_index(
        "uq_waits_one_at_a_time",
        "waits",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "withheld_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", time, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_withheld_answers_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withheld_answers")),
    )
    op.create_index(
        op.f("ix_withheld_answers_conversation_id"), "withheld_answers", ["conversation_id"]
    )
    # Whoever is in line keeps the place.
    op.execute(
        "INSERT INTO waits (conversation_id, queue, joined_at, ahead, passed_by, promised) "
        "SELECT id, 'other', held_since, 0, '[]', false FROM conversations WHERE holder = 'queue'"
    )


def downgrade() -> None:
    op.drop_table("withheld_answers")
    op.drop_table("waits")
    op.drop_table("presence")

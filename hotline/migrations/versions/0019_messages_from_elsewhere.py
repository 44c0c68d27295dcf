"""messages from elsewhere, and the keys of their sources"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = hotline.database.UtcDateTime(timezone=True)
    op.create_table(
        "intake_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=13), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", time, nullable=False),
        sa.Column("ended_at", time, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_intake_keys_key_hash")),
        sa.UniqueConstraint("name", name=op.f("uq_intake_keys_name")),
    )
    op.create_table(
        "intake_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("repeat_key", sa.String(length=120), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("caller", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("message_id", sa.String(length=64), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=True),
        sa.Column("received_at", time, nullable=False),
        sa.Column("created_at", time, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("audio_id", sa.String(length=32), nullable=True),
        sa.Column("audio_seconds", sa.Double(), nullable=True),
        sa.Column("before", sa.String(length=10), nullable=True),
        sa.Column("ticket_before", sa.String(length=20), nullable=True),
        sa.Column("callback_before", sa.String(length=8), nullable=True),
        sa.Column("settled_at", time, nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('matched', 'unmatched', 'linked', 'visitor', 'junk', 'aside')",
            name=op.f("ck_intake_messages_state"),
        ),
        sa.CheckConstraint(
            "reason IN ('', 'automatic', 'bulk', 'bounce', 'own', 'too_many')",
            name=op.f("ck_intake_messages_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'aside') = (reason <> '')", name=op.f("ck_intake_messages_aside_says_why")
        ),
        sa.CheckConstraint(
            "state <> 'aside' OR ticket_id IS NULL",
            name=op.f("ck_intake_messages_aside_opens_nothing"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_intake_messages_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_intake_messages_ticket_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["staff.id"], name=op.f("fk_intake_messages_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_messages")),
        sa.UniqueConstraint("source", "repeat_key", name=op.f("uq_intake_messages_repeat_key")),
    )
    op.create_index(op.f("ix_intake_messages_state"), "intake_messages", ["state", "id"])
    op.create_index(op.f("ix_intake_messages_email"), "intake_messages", ["email", "created_at"])
    for column in ("message_id", "created_at", "contact_id", "ticket_id"):
        op.create_index(op.f(f"ix_intake_messages_{column}"), "intake_messages", [column])


def downgrade() -> None:
    op.drop_table("intake_messages")
    op.drop_table("intake_keys")

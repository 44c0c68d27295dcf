"""sessions, second step and locks of staff; the journal by who acted and when"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = hotline.database.UtcDateTime(timezone=True)
    with op.batch_alter_table("staff") as staff:
        # Nobody was asked so far: both, until somebody says otherwise.
        staff.add_column(
            sa.Column("languages", sa.JSON(), nullable=False, server_default='["zh-TW", "en"]')
        )
        staff.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        staff.add_column(sa.Column("temporary_until", time, nullable=True))
        staff.add_column(sa.Column("totp_secret", sa.String(length=200), nullable=True))
        staff.add_column(sa.Column("totp_since", time, nullable=True))
        staff.add_column(sa.Column("totp_step", sa.Integer(), nullable=True))
        staff.add_column(sa.Column("locked_at", time, nullable=True))
        staff.add_column(
            sa.Column("lock_told", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("staff") as staff:
        # A default of JSON cannot be compared by PostgreSQL; sessions are rows of their own now.
        staff.alter_column("languages", server_default=None, existing_nullable=False)
        staff.alter_column("version", server_default=None, existing_nullable=False)
        staff.alter_column("lock_told", server_default=None, existing_nullable=False)
        staff.drop_column("session_number")
    op.create_table(
        "staff_sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("browser", sa.String(length=80), nullable=False),
        sa.Column("began_at", time, nullable=False),
        sa.Column("seen_at", time, nullable=False),
        sa.Column("ends_at", time, nullable=False),
        sa.Column("ended_at", time, nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_sessions_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_sessions")),
    )
    op.create_index(op.f("ix_staff_sessions_staff_id"), "staff_sessions", ["staff_id"])
    op.create_index(op.f("ix_staff_sessions_ends_at"), "staff_sessions", ["ends_at"])
    op.create_table(
        "staff_spare_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("used_at", time, nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_spare_codes_staff_id")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_staff_spare_codes")),
    )
    op.create_index(op.f("ix_staff_spare_codes_staff_id"), "staff_spare_codes", ["staff_id"])
    op.create_table(
        "staff_sign_in_tries",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", time, nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_staff_sign_in_tries")),
    )
    op.create_index(op.f("ix_staff_sign_in_tries_tried_at"), "staff_sign_in_tries", ["tried_at"])
    op.create_index(op.f("ix_journal_actor"), "journal", ["actor", "id"])
    op.create_index(op.f("ix_journal_at"), "journal", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_journal_at"), "journal")
    op.drop_index(op.f("ix_journal_actor"), "journal")
    op.drop_table("staff_sign_in_tries")
    op.drop_table("staff_spare_codes")
    op.drop_table("staff_sessions")
    with op.batch_alter_table("staff") as staff:
        staff.add_column(
            sa.Column("session_number", sa.Integer(), server_default="0", nullable=False)
        )
        for column in (
            "lock_told", "locked_at", "totp_step", "totp_since", "totp_secret", "temporary_until",
            "version", "languages",
        ):  # fmt: skip
            staff.drop_column(column)

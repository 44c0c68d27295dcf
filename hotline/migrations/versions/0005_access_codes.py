"""visitors prove an address by a code"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("caller", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", hotline.database.UtcDateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", hotline.database.UtcDateTime(timezone=True), nullable=True),
        sa.Column("used_at", hotline.database.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_access_codes_conversation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_codes")),
    )
    for column in ("conversation_id", "email", "caller", "sent_at"):
        op.create_index(op.f(f"ix_access_codes_{column}"), "access_codes", [column])
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(sa.Column("proven_email", sa.String(length=254), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_column("proven_email")
    op.drop_table("access_codes")

"""a code may belong to a sign-in; conversations that need their contact's session"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("access_codes") as codes:
        codes.alter_column("conversation_id", existing_type=sa.String(length=32), nullable=True)
        codes.add_column(sa.Column("sign_in", sa.String(length=64), nullable=True))
        codes.create_index(op.f("ix_access_codes_sign_in"), ["sign_in"])
        codes.create_check_constraint(
            op.f("ck_access_codes_one_place"), "(conversation_id IS NULL) <> (sign_in IS NULL)"
        )
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(
            sa.Column("needs_session", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("conversations") as conversations:
        conversations.alter_column("needs_session", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_column("needs_session")
    op.execute("DELETE FROM access_codes WHERE conversation_id IS NULL")
    with op.batch_alter_table("access_codes") as codes:
        codes.drop_constraint(op.f("ck_access_codes_one_place"), type_="check")
        codes.drop_index(op.f("ix_access_codes_sign_in"))
        codes.drop_column("sign_in")
        codes.alter_column("conversation_id", existing_type=sa.String(length=32), nullable=False)

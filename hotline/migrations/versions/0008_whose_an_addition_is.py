"""a note on a ticket says which contact added it"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ticket_notes") as notes:
        notes.add_column(sa.Column("contact_id", sa.Integer(), nullable=True))
        notes.create_index(op.f("ix_ticket_notes_contact_id"), ["contact_id"])
        notes.create_foreign_key(
            op.f("fk_ticket_notes_contact_id"), "contacts", ["contact_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("ticket_notes") as notes:
        notes.drop_constraint(op.f("fk_ticket_notes_contact_id"), type_="foreignkey")
        notes.drop_index(op.f("ix_ticket_notes_contact_id"))
        notes.drop_column("contact_id")

"""deliveries to people and programs beside the chat, what people choose, and the journal's mark"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = hotline.database.UtcDateTime(timezone=True)
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(
            sa.Column("kind", sa.String(length=40), nullable=False, server_default="said")
        )
        deliveries.add_column(
            sa.Column("receiver", sa.String(length=60), nullable=False, server_default="")
        )
        deliveries.add_column(sa.Column("ticket_id", sa.Integer(), nullable=True))
        deliveries.add_column(sa.Column("next_at", time, nullable=True))
        deliveries.add_column(sa.Column("first_tried_at", time, nullable=True))
        deliveries.add_column(sa.Column("tried_at", time, nullable=True))
        deliveries.add_column(sa.Column("failure", sa.String(length=60), nullable=True))
        deliveries.add_column(sa.Column("with_id", sa.Integer(), nullable=True))
        deliveries.create_foreign_key(
            op.f("fk_deliveries_ticket_id"), "tickets", ["ticket_id"], ["id"]
        )
        deliveries.drop_constraint(op.f("uq_deliveries_entry_id"), type_="unique")
        deliveries.create_unique_constraint(
            op.f("uq_deliveries_entry_id"), ["entry_id", "channel", "receiver"]
        )
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.alter_column("kind", server_default=None, existing_nullable=False)
        deliveries.alter_column("receiver", server_default=None, existing_nullable=False)
    op.create_index("ix_deliveries_due", "deliveries", ["state", "channel", "next_at"])
    op.create_index(op.f("ix_deliveries_ticket_id"), "deliveries", ["ticket_id"])
    op.create_index(op.f("ix_deliveries_with_id"), "deliveries", ["with_id"])
    op.create_table(
        "notice_mark",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_mark")),
    )
    # What happened before there were notices is news to nobody.
    op.execute("INSERT INTO notice_mark (id, entry_id) SELECT 1, COALESCE(MAX(id), 0) FROM journal")
    # Letters were timers once; nobody does that kind any more.
    op.execute("DELETE FROM timers WHERE kind = 'mail'")
    op.create_table(
        "webhooks_off",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("url_hash", sa.String(length=64), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_webhooks_off")),
    )
    with op.batch_alter_table("contacts") as contacts:
        contacts.add_column(
            sa.Column("mails", sa.String(length=10), nullable=False, server_default="all")
        )
    with op.batch_alter_table("staff") as staff:
        staff.add_column(sa.Column("no_mails", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("contacts") as contacts:
        contacts.alter_column("mails", server_default=None, existing_nullable=False)
    with op.batch_alter_table("staff") as staff:
        staff.alter_column("no_mails", server_default=None, existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("staff") as staff:
        staff.drop_column("no_mails")
    with op.batch_alter_table("contacts") as contacts:
        contacts.drop_column("mails")
    op.drop_table("webhooks_off")
    op.drop_table("notice_mark")
    op.execute("DELETE FROM deliveries WHERE channel <> 'chat'")
    op.drop_index(op.f("ix_deliveries_with_id"), "deliveries")
    op.drop_index(op.f("ix_deliveries_ticket_id"), "deliveries")
    op.drop_index("ix_deliveries_due", "deliveries")
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.drop_constraint(op.f("uq_deliveries_entry_id"), type_="unique")
        deliveries.create_unique_constraint(op.f("uq_deliveries_entry_id"), ["entry_id", "channel"])
        deliveries.drop_constraint(op.f("fk_deliveries_ticket_id"), type_="foreignkey")
        for column in (
            "with_id", "failure", "tried_at", "first_tried_at", "next_at", "ticket_id", "receiver",
            "kind",
        ):  # fmt: skip
            deliveries.drop_column(column)

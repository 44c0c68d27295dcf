"""what a ticket's promises are counted from; escalations; who is on call"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = hotline.database.UtcDateTime(timezone=True)
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("clocks", sa.JSON(), nullable=False, server_default="{}"))
        tickets.add_column(sa.Column("pauses", sa.JSON(), nullable=False, server_default="[]"))
        tickets.add_column(sa.Column("next_response_due", time, nullable=True))
        for column in ("calendar_version", "rules_version"):
            # 0 is no version: the settings hold. So an older ticket's promise is not counted anew.
            tickets.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
        tickets.add_column(sa.Column("complained_at", time, nullable=True))
        tickets.add_column(sa.Column("complaint_due", time, nullable=True))
    with op.batch_alter_table("tickets") as tickets:
        for column in ("clocks", "pauses"):  # a default of JSON cannot be compared by PostgreSQL
            tickets.alter_column(column, server_default=None, existing_nullable=False)
    op.create_table(
        "escalations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("why", sa.String(length=12), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("acknowledge_by", time, nullable=True),
        sa.Column("acknowledged_at", time, nullable=True),
        sa.Column("acknowledged_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "why IN ('warning', 'breach', 'wish', 'severe', 'reopened', 'complaint', 'unanswered')",
            name=op.f("ck_escalations_why"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], name=op.f("fk_escalations_ticket_id")
        ),
        sa.ForeignKeyConstraint(["from_id"], ["staff.id"], name=op.f("fk_escalations_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["staff.id"], name=op.f("fk_escalations_to_id")),
        sa.ForeignKeyConstraint(
            ["acknowledged_id"], ["staff.id"], name=op.f("fk_escalations_acknowledged_id")
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["escalations.id"], name=op.f("fk_escalations_after_id")
        ),
    )
    op.create_index(op.f("ix_escalations_ticket_id"), "escalations", ["ticket_id"])
    op.create_table(
        "duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("begins_at", time, nullable=False),
        sa.Column("ends_at", time, nullable=False),
        sa.Column("instead_of_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("begins_at < ends_at", name=op.f("ck_duties_ends")),
        sa.CheckConstraint("place IN (1, 2)", name=op.f("ck_duties_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_duties_staff_id")),
        sa.ForeignKeyConstraint(
            ["instead_of_id"], ["staff.id"], name=op.f("fk_duties_instead_of_id")
        ),
    )
    op.create_index("ix_duties_time", "duties", ["place", "begins_at", "ends_at"])


def downgrade() -> None:
    op.drop_table("duties")
    op.drop_table("escalations")
    with op.batch_alter_table("tickets") as tickets:
        for column in (
            "complaint_due", "complained_at", "rules_version", "calendar_version",
            "next_response_due", "pauses", "clocks",
        ):  # fmt: skip
            tickets.drop_column(column)

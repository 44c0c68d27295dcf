"""calls, and who is still to be called back"""

import sqlalchemy as sa
from alembic import op

import hotline.database

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = hotline.database.UtcDateTime(timezone=True)
    op.create_table(
        "calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=36), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("caller", sa.String(length=120), nullable=False),
        sa.Column("company", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("began_at", time, nullable=False),
        sa.Column("ended_at", time, nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_calls_direction")),
        sa.CheckConstraint(
            "outcome IN ('opened', 'added', 'answered', 'wrong_number', 'no_answer', 'reached', "
            "'again', 'not_needed')",
            name=op.f("ck_calls_outcome"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_calls_contact_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_calls_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_calls_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calls")),
        sa.UniqueConstraint("client_id", name=op.f("uq_calls_client_id")),
    )
    for column in ("contact_id", "ticket_id", "ended_at"):
        op.create_index(op.f(f"ix_calls_{column}"), "calls", [column])
    with op.batch_alter_table("tickets") as tickets:
        tickets.add_column(sa.Column("callback", sa.String(length=8), nullable=True))
        tickets.add_column(sa.Column("callback_at", time, nullable=True))
        tickets.create_check_constraint(
            op.f("ck_tickets_callback"), "callback IN ('due', 'settled')"
        )
    op.create_index(op.f("ix_tickets_callback"), "tickets", ["callback"])
    # Who left a message that is still being dealt with waits for a call.
    op.execute(
        "UPDATE tickets SET callback = 'due' "
        "WHERE intent = 'leave_message' AND state NOT IN ('resolved', 'closed')"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_tickets_callback"), "tickets")
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_constraint(op.f("ck_tickets_callback"), type_="check")
        tickets.drop_column("callback_at")
        tickets.drop_column("callback")
    op.drop_table("calls")

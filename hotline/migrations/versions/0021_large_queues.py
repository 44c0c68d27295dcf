"""indexes for large queues: companies by name, a company's lately closed, counts of a service"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_OPEN = sa.text("state <> 'closed'")
_ORDER = ["queue", "stands", "due_at", "severity", "id"]
_CHOSEN = ["assignee_id", "state", "partner_id"]


def upgrade() -> None:
    op.create_index(op.f("ix_partners_name_zh"), "partners", ["name_zh"])
    op.create_index("ix_tickets_partner_closed", "tickets", ["partner_id", "closed_at"])
    op.drop_index(op.f("ix_tickets_partner_id"), "tickets")
    _order_of_a_service([*_ORDER, *_CHOSEN])


def downgrade() -> None:
    _order_of_a_service(_ORDER)
    op.create_index(op.f("ix_tickets_partner_id"), "tickets", ["partner_id"])
    op.drop_index("ix_tickets_partner_closed", "tickets")
    op.drop_index(op.f("ix_partners_name_zh"), "partners")


def _order_of_a_service(columns: list[str]) -> None:
    name = "ix_tickets_work_queue"
    op.drop_index(name, "tickets")
    op.create_index(name, "tickets", columns, sqlite_where=_OPEN, postgresql_where=_OPEN)

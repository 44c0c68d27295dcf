"""companies by their names, for the queue that is ordered so"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_partners_name_zh"), "partners", ["name_zh"])


def downgrade() -> None:
    op.drop_index(op.f("ix_partners_name_zh"), "partners")

"""what is recorded about partners, roles of contacts, sessions that can be ended"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

import hotline.database

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_SOURCE = "before records"
_STATUS = "status IN ('prospect', 'active', 'suspended', 'terminated')"


def upgrade() -> None:
    _companies()
    with op.batch_alter_table("contacts") as contacts:
        contacts.add_column(sa.Column("roles", sa.JSON(), nullable=False, server_default="[]"))
        contacts.add_column(sa.Column("erased_at", _time(), nullable=True))
    with op.batch_alter_table("contacts") as contacts:
        contacts.alter_column("roles", server_default=None)
    _sessions()
    _record(
        "contracts",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("renewal", sa.String(length=20), nullable=False),
        _check("contracts", "status", "'draft', 'active', 'expired', 'terminated'"),
        _check("contracts", "renewal", "'by_agreement', 'automatic', 'in_progress', 'not_renewed'"),
        sa.UniqueConstraint("number", name=op.f("uq_contracts_number")),
    )
    _record(
        "certifications",
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_certifications_contact_id")
        ),
        _unique("certifications", "person", "title"),
    )
    op.create_index(op.f("ix_certifications_contact_id"), "certifications", ["contact_id"])
    _record(
        "fund_years",
        sa.Column("year", sa.Integer(), nullable=False),
        *_money("granted", "requested", "claimed", "balance"),
        _unique("fund_years", "year"),
    )
    _record(
        "performance",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        *_money("minimum", "actual"),
        sa.CheckConstraint("quarter BETWEEN 0 AND 4", name=op.f("ck_performance_quarter")),
        _unique("performance", "year", "quarter"),
    )
    _record(
        "credit",
        *_money("credit_limit", "receivable", "overdue"),
        sa.Column("payment_record", sa.String(length=20), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review", sa.String(length=20), nullable=True),
        _check("credit", "payment_record", "'on_time', 'sometimes_late', 'often_late'"),
        _check("credit", "review", "'passed', 'conditional', 'failed'"),
        _unique("credit", "as_of"),
    )
    _record(
        "headcount",
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("sales", "sales_minimum", "technical", "technical_minimum")
        ),
        _unique("headcount", "as_of"),
    )
    _record(
        "satisfaction",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _check("satisfaction", "kind", "'survey', 'interview'"),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_satisfaction_score")),
        _unique("satisfaction", "kind", "held_on"),
    )
    _record(
        "complaints",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("in_writing", sa.Boolean(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        _unique("complaints", "reference"),
    )
    _record(
        "commitment",
        sa.Column("territory", sa.String(length=20), nullable=False),
        sa.Column("strategy_fit", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _check("commitment", "territory", "'kept', 'exceeded'"),
        _check("commitment", "strategy_fit", "'complementary', 'supportive', 'conflicting'"),
        _unique("commitment", "as_of"),
    )


def downgrade() -> None:
    for table in (
        "commitment",
        "complaints",
        "satisfaction",
        "headcount",
        "credit",
        "performance",
        "fund_years",
        "certifications",
        "contracts",
        "partner_sessions",
    ):
        op.drop_table(table)
    with op.batch_alter_table("contacts") as contacts:
        contacts.drop_column("erased_at")
        contacts.drop_column("roles")
    with op.batch_alter_table("partners") as partners:
        partners.add_column(
            sa.Column("kind", sa.String(length=40), nullable=False, server_default="reseller")
        )
    partners_table = _partners(sa.Column("kind", sa.String()))
    connection = op.get_bind()
    for identity, types in connection.execute(
        sa.select(partners_table.c.id, partners_table.c.types)
    ).all():
        connection.execute(
            sa.update(partners_table)
            .where(partners_table.c.id == identity)
            .values(kind=types[0] if types else "reseller")
        )
    with op.batch_alter_table("partners") as partners:
        partners.alter_column("kind", server_default=None)
        partners.drop_constraint(op.f("ck_partners_status"), type_="check")
        for column in ("source", "as_of", "territory", "types"):
            partners.drop_column(column)


def _companies() -> None:
    """One kind becomes a list of types; what was there holds for the day of this migration."""
    connection = op.get_bind()
    today = connection.scalar(sa.select(sa.func.current_date()))
    with op.batch_alter_table("partners") as partners:
        partners.add_column(sa.Column("types", sa.JSON(), nullable=False, server_default="[]"))
        partners.add_column(sa.Column("territory", sa.String(length=120), nullable=True))
        partners.add_column(
            sa.Column("as_of", sa.Date(), nullable=False, server_default=str(today))
        )
        partners.add_column(
            sa.Column("source", sa.String(length=60), nullable=False, server_default=_SOURCE)
        )
    partners_table = _partners(sa.Column("kind", sa.String()))
    for identity, kind in connection.execute(
        sa.select(partners_table.c.id, partners_table.c.kind)
    ).all():
        connection.execute(
            sa.update(partners_table).where(partners_table.c.id == identity).values(types=[kind])
        )
    with op.batch_alter_table("partners") as partners:
        for column in ("types", "as_of", "source"):
            partners.alter_column(column, server_default=None)
        partners.drop_column("kind")
        partners.create_check_constraint(op.f("ck_partners_status"), _STATUS)


def _partners(*more: sa.Column[Any]) -> sa.TableClause:
    return sa.table("partners", sa.column("id"), sa.column("types", sa.JSON()), *more)


def _sessions() -> None:
    op.create_table(
        "partner_sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("browser", sa.String(length=80), nullable=False),
        sa.Column("began_at", _time(), nullable=False),
        sa.Column("seen_at", _time(), nullable=False),
        sa.Column("ends_at", _time(), nullable=False),
        sa.Column("ended_at", _time(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_partner_sessions_contact_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_sessions")),
    )
    for column in ("contact_id", "ends_at"):
        op.create_index(op.f(f"ix_partner_sessions_{column}"), "partner_sessions", [column])


def _record(table: str, *own: SchemaItem) -> None:
    """A table of what is recorded about a company: whose, for what day, from where."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        *own,
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partners.id"], name=op.f(f"fk_{table}_partner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_partner_id"), table, ["partner_id"])


def _money(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def _check(table: str, column: str, allowed: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({allowed})", name=op.f(f"ck_{table}_{column}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("partner_id", *columns, name=op.f(f"uq_{table}_partner_id"))


def _time() -> hotline.database.UtcDateTime:
    return hotline.database.UtcDateTime(timezone=True)

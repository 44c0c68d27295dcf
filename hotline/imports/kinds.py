"""Every kind of file that can be imported: one entry has its table, its key and its columns."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hotline.database import Base
from hotline.imports import checks, readers
from hotline.imports.columns import (
    PARTNER,
    RECORDED,
    Column,
    line_of,
    money,
    optional,
    people,
)
from hotline.partners import vocabulary
from hotline.partners.record_rows import (
    CertificationRow,
    CommitmentRow,
    ComplaintRow,
    ContractRow,
    CreditRow,
    FundRow,
    HeadcountRow,
    PerformanceRow,
    SatisfactionRow,
)
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.words.catalogue import LANGUAGES


@dataclass(frozen=True)
class Kind:
    """`key` are the columns by which a row is found again; `unique` may not stand twice, either.

    `check` looks at a row's values together, may fill in what follows from the others, and gives
    the faults as (column, reason).
    """

    name: str
    table: type[Base]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    check: Callable[[dict[str, Any]], Iterable[tuple[str, str]]] = checks.none

    @property
    def by_name(self) -> Mapping[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def is_recorded(self) -> bool:
        """Whether its rows say for what day they hold, and where they come from."""
        return RECORDED[0] in self.columns


PARTNERS, CONTACTS, CERTIFICATIONS = "partners", "contacts", "certifications"
_PARTNER_AND_DAY = ("partner_id", "as_of")

KINDS = (
    Kind(
        CONTACTS,
        ContactRow,
        key=("email",),
        columns=(
            PARTNER,
            Column("name", line_of(ContactRow.name)),
            Column("email", readers.email),
            optional("phone", readers.phone, None),
            optional("language", readers.one_of(LANGUAGES), LANGUAGES[0]),
            optional("roles", readers.some_of(vocabulary.ROLES), []),
        ),
    ),
    Kind(
        "contracts",
        ContractRow,
        key=("number",),
        columns=(
            PARTNER,
            Column("number", line_of(ContractRow.number)),
            optional("signed_on", readers.day, None),
            Column("starts_on", readers.day),
            Column("ends_on", readers.day),
            Column("status", readers.one_of(vocabulary.CONTRACT_STATUSES)),
            Column("renewal", readers.one_of(vocabulary.RENEWALS)),
            *RECORDED,
        ),
        check=checks.not_before("starts_on", "ends_on"),
    ),
    Kind(
        CERTIFICATIONS,
        CertificationRow,
        key=("partner_id", "person", "title"),
        columns=(
            PARTNER,
            Column("person", line_of(CertificationRow.person)),
            Column("title", line_of(CertificationRow.title)),
            Column("until", readers.day, empty=None),
            Column(
                "email",
                readers.email,
                empty=None,
                required=False,
                attribute="contact_id",
                refers=True,
            ),
            *RECORDED,
        ),
    ),
    Kind(
        "fund",
        FundRow,
        key=("partner_id", "year"),
        columns=(
            PARTNER,
            Column("year", readers.year),
            *money("granted", "requested", "claimed"),
            optional("balance", readers.money, None),
            *RECORDED,
        ),
        check=checks.balance,
    ),
    Kind(
        "performance",
        PerformanceRow,
        key=("partner_id", "year", "quarter"),
        columns=(
            PARTNER,
            Column("year", readers.year),
            Column("quarter", readers.quarter),
            *money("minimum", "actual"),
            *RECORDED,
        ),
    ),
    Kind(
        "credit",
        CreditRow,
        key=_PARTNER_AND_DAY,
        columns=(
            PARTNER,
            *money("credit_limit", "receivable", "overdue"),
            Column("payment_record", readers.one_of(vocabulary.PAYMENT_RECORDS)),
            optional("reviewed_on", readers.day, None),
            optional("review", readers.one_of(vocabulary.CREDIT_REVIEWS), None),
            *RECORDED,
        ),
        check=checks.within("overdue", "receivable"),
    ),
    Kind(
        "headcount",
        HeadcountRow,
        key=_PARTNER_AND_DAY,
        columns=(
            PARTNER,
            *people("sales", "sales_minimum", "technical", "technical_minimum"),
            *RECORDED,
        ),
    ),
    Kind(
        "satisfaction",
        SatisfactionRow,
        key=("partner_id", "kind", "held_on"),
        columns=(
            PARTNER,
            Column("kind", readers.one_of(vocabulary.SATISFACTION_KINDS)),
            Column("held_on", readers.day),
            Column("score", readers.score),
            optional("words", readers.text, ""),
            *RECORDED,
        ),
    ),
    Kind(
        "complaints",
        ComplaintRow,
        key=("partner_id", "reference"),
        columns=(
            PARTNER,
            Column("reference", line_of(ComplaintRow.reference)),
            Column("received_on", readers.day),
            Column("in_writing", readers.yes_no),
            Column("about", readers.text),
            optional("settled_on", readers.day, None),
            *RECORDED,
        ),
        check=checks.not_before("received_on", "settled_on"),
    ),
    Kind(
        "commitment",
        CommitmentRow,
        key=_PARTNER_AND_DAY,
        columns=(
            PARTNER,
            Column("territory", readers.one_of(vocabulary.TERRITORY)),
            Column("strategy_fit", readers.one_of(vocabulary.STRATEGY_FITS)),
            optional("words", readers.text, ""),
            *RECORDED,
        ),
    ),
)
NAMES = (PARTNERS, *(kind.name for kind in KINDS))


@cache
def kind_of(name: str, tiers: tuple[str, ...], regions: tuple[str, ...]) -> Kind:
    """The kind of that name, with the tiers and regions of the settings; else a KeyError."""
    if name != PARTNERS:
        return {kind.name: kind for kind in KINDS}[name]
    return Kind(
        PARTNERS,
        PartnerRow,
        key=("partner_id",),
        columns=(
            replace(PARTNER, attribute="id"),
            Column("name_zh", line_of(PartnerRow.name_zh)),
            Column("name_en", line_of(PartnerRow.name_en)),
            Column("tax_id", readers.tax_id, empty=None),
            Column("types", readers.some_of(vocabulary.TYPES)),
            Column("tier", readers.one_of(tiers)),
            Column("region", readers.one_of(regions)),
            Column("status", readers.one_of(vocabulary.STATUSES)),
            optional("territory", line_of(PartnerRow.territory), None),
            *RECORDED,
        ),
        unique=("tax_id",),
    )

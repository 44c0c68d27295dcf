"""What is recorded about a company: what follows from figures, who reads it, the journal."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete

from hotline import permissions
from hotline.core import Hotline
from hotline.partners import record_rows
from hotline.partners.reading import NoRole, read_own
from hotline.partners.records import (
    Certification,
    Company,
    Contract,
    Fund,
    Performance,
    present_contract,
    year_of,
)
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import journal

TODAY = date(2026, 12, 1)
SAID: dict[str, Any] = {"as_of": date(2026, 11, 30), "source": "test"}
ENGINEER, OTHER_COMPANY = "bohong.lin@heguang.example", "amy.wu@polaris.example"


def contract(number: str, starts: date, ends: date, status: str = "active") -> Contract:
    return Contract(number=number, signed_on=None, starts_on=starts, ends_on=ends, status=status,
                    renewal="by_agreement", **SAID)  # fmt: skip


def quarter(which: int, minimum: int, actual: int, year: int = 2026) -> Performance:
    return Performance(year=year, quarter=which, minimum=minimum, actual=actual, **SAID)


def test_the_contract_that_holds_today_is_the_present_one() -> None:
    old = contract("C-1", date(2024, 1, 1), date(2025, 12, 31), "expired")
    now = contract("C-2", date(2026, 1, 1), date(2026, 12, 31))
    coming = contract("C-3", date(2027, 1, 1), date(2027, 12, 31))
    assert present_contract([old, now, coming], TODAY) is now
    assert present_contract([old, coming], TODAY) is coming
    assert present_contract([old], TODAY) is old
    assert present_contract([], TODAY) is None


def test_a_contract_ends_with_its_last_day() -> None:
    ends_today = contract("C-1", date(2026, 1, 1), TODAY)
    assert (ends_today.days_left(TODAY), ends_today.standing(TODAY)) == (0, "active")
    assert ends_today.standing(date(2026, 12, 2)) == "expired"


def test_a_year_is_what_was_recorded_for_it_else_its_quarters() -> None:
    quarters = [quarter(1, 100, 80), quarter(2, 100, 130), quarter(1, 5, 5, year=2025)]
    summed = year_of(quarters, 2026)
    assert summed is not None
    assert (summed.minimum, summed.actual, summed.missing) == (200, 210, 0)
    whole = quarter(0, 400, 210)
    assert year_of([*quarters, whole], 2026) is whole
    assert (whole.missing, whole.ratio) == (190, 0.525)
    assert year_of(quarters, 2024) is None


def test_a_certificate_is_valid_on_its_last_day() -> None:
    assert Certification(person="A", title="B", until=TODAY, **SAID).is_valid(TODAY)
    assert Certification(person="A", title="B", until=None, **SAID).is_valid(TODAY)
    assert not Certification(person="A", title="B", until=date(2026, 11, 30), **SAID).is_valid(
        TODAY
    )


@pytest.mark.parametrize("roles", [(), ("technical",), ("sales", "administration")])
def test_money_is_for_owners_and_finance(roles: tuple[str, ...]) -> None:
    assert not permissions.may_read(roles, permissions.FUND)
    assert not permissions.may_read(roles, permissions.CREDIT)
    assert permissions.may_read((*roles, "finance"), permissions.FUND)
    assert permissions.may_read((*roles, "owner"), permissions.CREDIT)


def test_the_vendors_own_view_is_for_no_contact() -> None:
    assert not permissions.may_read(("owner", "finance", "sales"), permissions.COMMITMENT)
    assert permissions.staff_may_read("channel_manager", permissions.COMMITMENT)
    assert not permissions.staff_may_read("engineer", permissions.COMMITMENT)


async def add_fund(hotline: Hotline) -> None:
    async with hotline.database.write() as session:
        await session.execute(delete(record_rows.FundRow))  # the demonstration's own
        for partner, granted in (("P-1001", 600_000), ("P-1002", 50_000)):
            session.add(record_rows.FundRow(
                partner_id=partner, year=2026, granted=granted, requested=0, claimed=0,
                balance=granted, **SAID,
            ))  # fmt: skip


async def test_a_contact_reads_the_own_company_and_the_journal_knows(hotline: Hotline) -> None:
    await add_fund(hotline)
    owner = await contact_of(hotline, CONTACT)
    assert [fund.granted for fund in await read_own(hotline, owner, Fund)] == [600_000]
    [company] = await read_own(hotline, owner, Company)
    assert (company.id, company.types) == ("P-1001", ("systems_integrator",))
    assert [entry.kind for entry in await journal(hotline)] == ["record.read", "record.read"]


async def test_a_colleague_without_the_role_is_refused_and_the_journal_knows(
    hotline: Hotline,
) -> None:
    await add_fund(hotline)
    with pytest.raises(NoRole) as refused:
        await read_own(hotline, await contact_of(hotline, ENGINEER), Fund)
    assert refused.value.fields == {"record": "fund", "roles": ["finance", "owner"]}
    assert [entry.kind for entry in await journal(hotline)] == ["record.refused"]
    found = await read_own(hotline, await contact_of(hotline, OTHER_COMPANY), Fund)
    assert [fund.granted for fund in found] == [50_000]

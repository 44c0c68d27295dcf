"""Imports: what is written, what is refused, what stays; all of a file or nothing of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, text

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, NotFound
from hotline.imports.kinds import KINDS, NAMES
from hotline.imports.service import named_kind
from hotline.partners.record_rows import (
    CertificationRow,
    ContractRow,
    CreditRow,
    FundRow,
    HeadcountRow,
    PerformanceRow,
)
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.privacy import erasing
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, TUESDAY_MORNING
from tests.core.desk_work import journal
from tests.core.import_work import counts, imported, rows, told

TODAY = date(2026, 12, 1)
COMPANIES = "partner_id,name_zh,name_en,tax_id,types,tier,region,status"
NEW = "P-4001,海鷗資訊,Seagull,53129162,reseller,gold,north,active"
HEGUANG = "P-1001,禾光資訊,Heguang Information,12345675,systems_integrator,gold,north,active"
CONTRACTS = "partner_id,number,starts_on,ends_on,status,renewal"
CONTRACT = "P-1001,C-1,2026-01-01,2026-12-31,active,by_agreement"


def file(*lines: str) -> str:
    return "\n".join(lines) + "\n"


@pytest.fixture
async def hotline(hotline: Hotline) -> Hotline:
    """The companies and their people, of whom nothing is recorded yet."""
    async with hotline.database.write() as session:
        for kind in KINDS:
            if kind.is_recorded:
                await session.execute(delete(kind.table))
    return hotline


async def partner(hotline: Hotline, partner_id: str) -> dict[str, Any]:
    [found] = [row for row in await rows(hotline, PartnerRow) if row["id"] == partner_id]
    return found


async def contact(hotline: Hotline, email: str) -> dict[str, Any]:
    [found] = [row for row in await rows(hotline, ContactRow) if row["email"] == email]
    return found


async def test_a_company_is_created_then_unchanged_then_updated(hotline: Hotline) -> None:
    assert counts(await imported(hotline, "partners", file(COMPANIES, NEW))) == (1, 0, 0)
    made = await partner(hotline, "P-4001")
    assert (made["types"], made["as_of"], made["source"]) == (["reseller"], TODAY, "test.csv")
    again = await imported(hotline, "partners", file(COMPANIES, NEW), source="other.csv")
    assert counts(again) == (0, 0, 1)
    assert await partner(hotline, "P-4001") == made
    changed = file(COMPANIES, NEW.replace("gold", "silver"))
    assert counts(await imported(hotline, "partners", changed, source="new.csv")) == (0, 1, 0)
    assert await partner(hotline, "P-4001") == {**made, "tier": "silver", "source": "new.csv"}


async def test_a_dry_run_says_the_same_and_writes_nothing(hotline: Hotline) -> None:
    content = file(COMPANIES, NEW, HEGUANG.replace("gold", "silver"), "P-9,a,b,c,d,e,f,g")
    before = await rows(hotline, PartnerRow)
    tried = await imported(hotline, "partners", content, dry_run=True)
    assert await rows(hotline, PartnerRow) == before
    assert await journal(hotline) == []
    done = await imported(hotline, "partners", content)
    assert done == tried
    assert counts(done) == (1, 1, 0)
    assert [entry.kind for entry in await journal(hotline)] == ["import.done"]


async def test_a_file_that_fails_in_its_midst_leaves_nothing(hotline: Hotline) -> None:
    async with hotline.database.write() as session:  # the failure that no check foresees
        await session.execute(text("CREATE UNIQUE INDEX one_name ON partners (name_en)"))
    lines = [f"P-{n},甲{n},A {n % 900},,reseller,gold,north,active" for n in range(5000, 6000)]
    before = await rows(hotline, PartnerRow)
    with pytest.raises(Conflict, match="import again"):
        await imported(hotline, "partners", file(COMPANIES, *lines))
    assert await rows(hotline, PartnerRow) == before
    assert await journal(hotline) == []


async def test_same_figures_later_hold_for_later_and_are_unchanged(hotline: Hotline) -> None:
    await imported(hotline, "contracts", file(CONTRACTS, CONTRACT))
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=9))
    later = await imported(hotline, "contracts", file(CONTRACTS, CONTRACT), source="later.csv")
    assert counts(later) == (0, 0, 1)
    [row] = await rows(hotline, ContractRow)
    assert (row["as_of"], row["source"]) == (TODAY + timedelta(days=9), "later.csv")


async def test_the_day_and_the_source_that_a_file_says_are_kept(hotline: Hotline) -> None:
    said = file(f"{CONTRACTS},as_of,source", f"{CONTRACT},2026/6/30,ERP")
    assert counts(await imported(hotline, "contracts", said)) == (1, 0, 0)
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=9))
    assert counts(await imported(hotline, "contracts", said)) == (0, 0, 1)
    [row] = await rows(hotline, ContractRow)
    assert (row["as_of"], row["source"]) == (date(2026, 6, 30), "ERP")


async def test_a_column_that_is_not_there_leaves_what_is_an_empty_cell_clears_it(
    hotline: Hotline,
) -> None:
    await imported(hotline, "partners", file(f"{COMPANIES},territory", f"{HEGUANG},台北"))
    assert counts(await imported(hotline, "partners", file(COMPANIES, HEGUANG))) == (0, 0, 1)
    assert (await partner(hotline, "P-1001"))["territory"] == "台北"
    cleared = await imported(hotline, "partners", file(f"{COMPANIES},territory", f"{HEGUANG},"))
    assert counts(cleared) == (0, 1, 0)
    assert (await partner(hotline, "P-1001"))["territory"] is None


async def test_a_json_row_leaves_what_it_does_not_name(hotline: Hotline) -> None:
    row = b'[{"partner_id": "P-1001", "name": "A", "email": "%s"%s}]'
    more = b', "phone": "0912-345-678", "language": "en", "roles": ["owner"]'
    await imported(hotline, "contacts", row % (b"a@heguang.example", more))
    again = await imported(hotline, "contacts", row % (b"a@heguang.example", b""))
    assert counts(again) == (0, 0, 1)
    kept = await contact(hotline, "a@heguang.example")
    assert (kept["phone"], kept["language"], kept["roles"]) == ("0912-345-678", "en", ["owner"])
    await imported(hotline, "contacts", row % (b"b@heguang.example", b""))
    new = await contact(hotline, "b@heguang.example")
    assert (new["phone"], new["language"], new["roles"]) == (None, "zh-TW", [])


async def test_the_heading_names_what_is_unknown_missing_or_twice(hotline: Hotline) -> None:
    unknown = await imported(hotline, "partners", file(f"{COMPANIES},colour", f"{NEW},red"))
    assert (counts(unknown), told(unknown)) == ((1, 0, 0), [(1, "colour")])
    lacking = await imported(
        hotline, "partners", "\npartner_id,tier,status\nP-1001,silver,active\n"
    )
    assert counts(lacking) == (0, 0, 0)
    missing = ["name_zh", "name_en", "tax_id", "types", "region"]
    assert told(lacking) == [(2, name) for name in missing]
    twice = await imported(hotline, "partners", file(f"{COMPANIES},Status", f"{NEW},active"))
    assert (counts(twice), told(twice)) == ((0, 0, 0), [(1, "status")])
    with pytest.raises(BadInput, match="none of the columns of partners: partner_id"):
        await imported(hotline, "partners", "<html>\n<body>\n")
    with pytest.raises(NotFound, match="partners, contacts"):
        named_kind(hotline, "staff")


async def test_tiers_and_regions_are_those_of_the_settings(hotline: Hotline) -> None:
    partners = hotline.settings.partners
    assert "platinum" not in partners.tiers
    refused = await imported(hotline, "partners", file(COMPANIES, NEW.replace("gold", "platinum")))
    assert told(refused) == [(2, "tier")]
    own = partners.model_copy(update={"tiers": ("platinum",), "regions": ("north",)})
    object.__setattr__(hotline.settings, "partners", own)
    taken = await imported(hotline, "partners", file(COMPANIES, NEW.replace("gold", "platinum")))
    assert counts(taken) == (1, 0, 0)


async def test_a_tax_id_of_another_company_is_a_fault_of_that_row_only(hotline: Hotline) -> None:
    taken = NEW.replace("53129162", "12345675")
    both = file(COMPANIES, taken, NEW.replace("4001", "4002"), NEW.replace("4001", "4003"))
    outcome = await imported(hotline, "partners", both)
    assert (counts(outcome), told(outcome)) == ((1, 0, 0), [(2, "tax_id"), (4, "tax_id")])
    assert outcome.faults[1].reason.startswith("stands on line 3 already")
    assert (await partner(hotline, "P-1001"))["tax_id"] == "12345675"


async def test_a_contact_of_another_company_is_not_taken_over(hotline: Hotline) -> None:
    before = await contact(hotline, OTHER_COMPANY)
    stolen = file("partner_id,name,email", f"P-1001,Amy,{OTHER_COMPANY.upper()}")
    outcome = await imported(hotline, "contacts", stolen)
    assert (counts(outcome), told(outcome)) == ((0, 0, 0), [(2, "email")])
    assert outcome.faults[0].reason == "belongs to another company"
    assert await contact(hotline, OTHER_COMPANY) == before


async def test_a_contact_who_was_erased_does_not_come_back(hotline: Hotline) -> None:
    await erasing.erase_contact(hotline, COLLEAGUE)
    before = await rows(hotline, ContactRow)
    [placeholder] = [row["email"] for row in before if row["erased_at"]]
    back = file(
        "partner_id,name,email,phone",
        f"P-1001,林柏宏,{COLLEAGUE.upper()},0912-345-678",
        f"P-1001,林柏宏,{placeholder},",
        "P-1001,林新人,xinren.lin@heguang.example,",
    )
    outcome = await imported(hotline, "contacts", back)
    assert (counts(outcome), told(outcome)) == ((1, 0, 0), [(2, "email"), (3, "email")])
    assert "was erased" in outcome.faults[0].reason
    assert [row for row in await rows(hotline, ContactRow) if row in before] == before


async def test_a_certificate_does_not_bring_an_erased_person_back(hotline: Hotline) -> None:
    heading = "partner_id,person,title,until,email"
    first = f"P-1001,林柏宏,Power 專業,2027-01-01,{COLLEAGUE}"
    assert counts(await imported(hotline, "certifications", file(heading, first))) == (1, 0, 0)
    await erasing.erase_contact(hotline, COLLEAGUE)
    before = await rows(hotline, CertificationRow)
    again = file(
        heading,
        first,
        "P-1001,林柏宏,儲存專業,2027-01-01,",
        f"P-1001,改名,Power 專業,2027-01-01,{COLLEAGUE}",
        # Somebody of that name elsewhere, and one whose e-mail says who it is.
        "P-1002,林柏宏,Power 專業,2027-01-01,",
        f"P-1001,林柏宏,Power 專業,2027-01-01,{CONTACT}",
    )
    outcome = await imported(hotline, "certifications", again)
    assert told(outcome)[:3] == [(2, "email"), (3, "person"), (4, "email")]
    assert "give the e-mail" in outcome.faults[1].reason
    assert (counts(outcome), told(outcome)[3:]) == ((1, 0, 0), [(6, "title")])
    other = file(heading, f"P-1001,林柏宏,Power 專業,2027-01-01,{CONTACT}")
    assert counts(await imported(hotline, "certifications", other)) == (1, 0, 0)
    after = await rows(hotline, CertificationRow)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 2


async def test_whom_nothing_brings_back_is_asked_once_a_batch(hotline: Hotline) -> None:
    lines = [f"P-1001,新人{n},new{n}@heguang.example" for n in range(600)]
    await erasing.erase_contact(hotline, COLLEAGUE)
    lines[599] = f"P-1001,林柏宏,{COLLEAGUE}"
    asked = 0

    def count(*_statement: object) -> None:
        nonlocal asked
        asked += "substr" in str(_statement[2])

    engine = hotline.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    outcome = await imported(hotline, "contacts", file("partner_id,name,email", *lines))
    event.remove(engine, "before_cursor_execute", count)
    assert (counts(outcome), told(outcome)) == ((599, 0, 0), [(601, "email")])
    assert asked == 2


async def test_a_contract_of_another_company_is_a_fault(hotline: Hotline) -> None:
    await imported(hotline, "contracts", file(CONTRACTS, CONTRACT))
    outcome = await imported(
        hotline, "contracts", file(CONTRACTS, CONTRACT.replace("1001", "1002"))
    )
    assert (counts(outcome), told(outcome)) == ((0, 0, 0), [(2, "number")])


async def test_a_contract_comes_as_json(hotline: Hotline) -> None:
    one = (
        b'{"partner_id": "P-1001", "number": "C-7", "starts_on": "2026-01-01",'
        b' "ends_on": "2025-12-31", "status": "active", "renewal": "automatic"}'
    )
    refused = await imported(hotline, "contracts", one)
    assert (counts(refused), told(refused)) == ((0, 0, 0), [(1, "ends_on")])
    taken = await imported(hotline, "contracts", one.replace(b"2025-12", b"2027-12"))
    assert counts(taken) == (1, 0, 0)
    [row] = await rows(hotline, ContractRow)
    assert (row["number"], row["ends_on"]) == ("C-7", date(2027, 12, 31))


@pytest.mark.parametrize("kind", [kind for kind in NAMES if kind != "partners"])
async def test_every_record_is_of_a_company_that_is_known(hotline: Hotline, kind: str) -> None:
    columns = named_kind(hotline, kind).by_name
    values = {
        "partner_id": "P-0000", "name": "A", "email": "a@b.example", "number": "C-1",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31", "status": "active",
        "renewal": "automatic", "person": "A", "title": "B", "until": "", "year": "2026",
        "quarter": "1", "payment_record": "on_time", "kind": "survey", "held_on": "2026-01-01",
        "score": "4", "reference": "R", "received_on": "2026-01-01", "in_writing": "no",
        "about": "words", "territory": "kept", "strategy_fit": "supportive",
    }  # fmt: skip
    named = {name: values.get(name, "5") for name, column in columns.items() if column.required}
    outcome = await imported(hotline, kind, file(",".join(named), ",".join(named.values())))
    assert (counts(outcome), told(outcome)) == ((0, 0, 0), [(2, "partner_id")])
    assert "import the partners first" in outcome.faults[0].reason


async def test_a_certificate_finds_its_holder_in_the_own_company_only(hotline: Hotline) -> None:
    heading = "partner_id,person,title,until,email"
    content = file(
        heading,
        f"P-1001,陳怡君,Sales,2027-06-30,{CONTACT}",
        f"P-1001,林柏宏,Sales,2027-06-30,{OTHER_COMPANY}",
        "P-1001,王大同,Sales,,nobody@heguang.example",
        "P-1001,李小同,Sales,,",
    )
    outcome = await imported(hotline, "certifications", content)
    assert (counts(outcome), told(outcome)) == ((2, 0, 0), [(3, "email"), (4, "email")])
    holder = (await contact(hotline, CONTACT))["id"]
    stored = {row["person"]: row["contact_id"] for row in await rows(hotline, CertificationRow)}
    assert stored == {"陳怡君": holder, "李小同": None}
    again = await imported(hotline, "certifications", content)
    assert counts(again) == (0, 0, 2)


async def test_a_fund_without_its_balance_has_what_was_not_requested(hotline: Hotline) -> None:
    said = file(
        "partner_id,year,granted,requested,claimed,balance",
        'P-1001,2026,"NT$600,000",420000,380000,',
        "P-1001,115,5,4,3,2",
        "P-1002,2025,100,30,0,5",
        "P-1002,2026,100,130,0,",
        "P-1002,2027,-1,0,0,",
    )
    outcome = await imported(hotline, "fund", said)
    assert counts(outcome) == (2, 0, 0)
    assert told(outcome) == [(3, "year"), (5, "requested"), (6, "granted")]
    stored = {
        (row["partner_id"], row["year"]): row["balance"] for row in await rows(hotline, FundRow)
    }
    assert stored == {("P-1001", 2026): 180_000, ("P-1002", 2025): 5}
    assert counts(await imported(hotline, "fund", said)) == (0, 0, 2)
    spent = file("partner_id,year,granted,requested,claimed", "P-1001,2026,600000,600000,380000")
    assert counts(await imported(hotline, "fund", spent)) == (0, 1, 0)
    [row] = [row for row in await rows(hotline, FundRow) if row["partner_id"] == "P-1001"]
    assert row["balance"] == 0


async def test_a_record_by_day_is_of_today_if_the_file_says_none(hotline: Hotline) -> None:
    people = file("partner_id,sales,sales_minimum,technical,technical_minimum", "P-1001,5,3,2,2")
    assert counts(await imported(hotline, "headcount", people)) == (1, 0, 0)
    assert counts(await imported(hotline, "headcount", people)) == (0, 0, 1)
    hotline.clock.set(TUESDAY_MORNING + timedelta(days=1))
    assert counts(await imported(hotline, "headcount", people)) == (1, 0, 0)
    days = [row["as_of"] for row in await rows(hotline, HeadcountRow)]
    assert days == [TODAY, TODAY + timedelta(days=1)]
    dated = file(
        "partner_id,as_of,credit_limit,receivable,overdue,payment_record",
        "P-1001,2026-06-30,100,50,0,on_time",
        "P-1001,2026-11-30,100,50,51,on_time",
        "P-1001,2026/6/30,100,60,0,on_time",
    )
    outcome = await imported(hotline, "credit", dated)
    assert (counts(outcome), told(outcome)) == ((1, 0, 0), [(3, "overdue"), (4, "as_of")])
    [row] = await rows(hotline, CreditRow)
    assert (row["as_of"], row["source"]) == (date(2026, 6, 30), "test.csv")
    assert counts(await imported(hotline, "credit", dated, source="b.csv")) == (0, 0, 1)
    assert await rows(hotline, CreditRow) == [row]


async def test_rows_of_many_companies_and_quarters_are_each_found_again(hotline: Hotline) -> None:
    companies = [f"P-{n},甲{n},A{n},,reseller,gold,north,active" for n in range(5000, 5040)]
    await imported(hotline, "partners", file(COMPANIES, *companies))
    figures = [
        f"P-{n},{year},{quarter},{n},{n * quarter}"
        for quarter in range(5)
        for year in range(2020, 2027)
        for n in range(5000, 5040)
    ]
    content = file("partner_id,year,quarter,minimum,actual", *figures)
    assert counts(await imported(hotline, "performance", content)) == (1400, 0, 0)
    one = file("partner_id,year,quarter,minimum,actual", *figures[:-1], "P-5039,2026,4,1,2")
    assert counts(await imported(hotline, "performance", one)) == (0, 1, 1399)
    stored = [
        (row["minimum"], row["actual"])
        for row in await rows(hotline, PerformanceRow)
        if (row["partner_id"], row["year"], row["quarter"]) == ("P-5039", 2026, 4)
    ]
    assert stored == [(1, 2)]


async def test_the_journal_knows_who_and_how_many_and_nobodys_name(hotline: Hotline) -> None:
    content = file("partner_id,name,email", "P-1001,周雅筑,yazhu@heguang.example", "P-1001,,x")
    await imported(hotline, "contacts", content, who="staff:3", source="周雅筑.csv")
    [entry] = await journal(hotline)
    assert (entry.kind, entry.actor) == ("import.done", "staff:3")
    assert entry.detail == {
        "records": "contacts", "created": 1, "updated": 0, "unchanged": 0, "errors": 2
    }  # fmt: skip


async def test_a_source_is_cut_to_what_a_row_takes(hotline: Hotline) -> None:
    await imported(hotline, "partners", file(COMPANIES, NEW), source="\udce9" + "x" * 70)
    assert (await partner(hotline, "P-4001"))["source"] == "x" * 60

"""A hundred rows with thirty faulty ones of many kinds: those are told, the seventy are there."""

import pytest

from hotline.core import Hotline
from hotline.partners.rows import PartnerRow
from tests.core.desk_work import journal
from tests.core.import_work import ROOT, counts, imported, rows, told

# Git would take a file with a real NUL for a binary one.
FILE = (ROOT / "tests/core/hundred_partners.csv").read_text(encoding="utf-8").replace("<NUL>", "\0")
# Line, column, and what the reason says. Three in the last row; a company's name has two lines.
FAULTS = [
    (3, "partner_id", "must not be empty"),
    (7, "partner_id", "letters, digits"),
    (9, "partner_id", "characters; 20 are allowed"),
    (10, "name_zh", "must not be empty"),
    (12, "name_zh", "123 characters; 120"),
    (15, "name_en", "must not be empty"),
    (19, "tax_id", "drops a leading 0"),
    (20, "tax_id", "must have 8 digits"),
    (22, "tax_id", "check of its digits"),
    (23, "tax_id", "belongs to another company"),
    (26, "tax_id", "stands on line 13 already"),
    (28, "types", '"vendor" must be one of distributor'),
    (30, "types", "must not be empty"),
    (33, "types", "must name one or more of"),
    (35, "tier", '"Platinum" must be one of gold, silver, standard'),
    (38, "tier", "must not be empty"),
    (42, "region", '"west" must be one of north, central, south, east'),
    (45, "region", '"大安區" must be one of'),
    (49, "status", '"closed" must be one of prospect, active, suspended, terminated'),
    (50, "status", "must not be empty"),
    (57, "partner_id", "stands on line 4 already"),
    (60, "name_zh", "U+0000"),
    (64, "name_en", "U+FFFD"),
    (68, "name_en", "error of the spreadsheet: #N/A"),
    (71, "territory", "140 characters; 120"),
    (76, "as_of", '"03/05/2026" is not a day'),
    (82, "as_of", '"2026-02-30" is not a day'),
    (88, "source", "64 characters; 60"),
    (93, "", "a value stands in no column"),
    (102, "tax_id", "check of its digits"),
    (102, "tier", '"bronze" must'),
    (102, "region", '"middle" must'),
]
FAULTY_ROWS = {line for line, _, _ in FAULTS}


async def test_the_thirty_are_told_and_the_seventy_are_there(hotline: Hotline) -> None:
    before = {row["id"] for row in await rows(hotline, PartnerRow)}
    outcome = await imported(hotline, "partners", FILE)
    assert len(FAULTY_ROWS) == 30
    assert counts(outcome) == (70, 0, 0)
    assert told(outcome) == [(line, column) for line, column, _ in FAULTS]
    for fault, (_, _, reason) in zip(outcome.faults, FAULTS, strict=True):
        assert reason in fault.reason
    there = {row["id"]: row for row in await rows(hotline, PartnerRow)}
    assert len(there) == len(before) + 70
    [entry] = await journal(hotline)
    assert (entry.kind, entry.actor) == ("import.done", "system")
    assert entry.detail == {
        "records": "partners",
        "created": 70,
        "updated": 0,
        "unchanged": 0,
        "errors": len(FAULTS),
    }


async def test_what_was_in_order_is_kept_as_it_was_meant(hotline: Hotline) -> None:
    await imported(hotline, "partners", FILE)
    there = {row["id"]: row for row in await rows(hotline, PartnerRow)}
    assert there["P-4003"]["name_zh"] == "白鷺科技 股份有限公司"
    assert there["P-4006"]["tax_id"].isascii()
    assert there["P-4009"]["types"] == ["systems_integrator", "isv"]
    assert (there["P-4012"]["tier"], there["P-4048"]["region"]) == ("gold", "east")
    assert there["P-4014"]["tax_id"] is None
    assert there["P-4034"]["name_en"] == 'Luanshi "Pebble" Digital, Ltd.'
    assert there["P-4061"]["types"] == ["isv", "reseller"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
async def test_the_same_file_again_changes_nothing(hotline: Hotline, encoding: str) -> None:
    await imported(hotline, "partners", FILE)
    there = await rows(hotline, PartnerRow)
    again = await imported(hotline, "partners", FILE.encode(encoding))
    assert counts(again) == (0, 0, 70)
    assert await rows(hotline, PartnerRow) == there

"""The files of docs/import/, imported as they stand; the document names every kind and column."""

import json

from hotline.core import Hotline
from hotline.imports.kinds import NAMES
from hotline.imports.service import named_kind
from hotline.partners import vocabulary
from hotline.partners.rows import PartnerRow
from tests.core.import_work import ROOT, counts, imported, rows

EXAMPLES = ROOT / "docs/import"
DOCUMENT = (ROOT / "docs/import.md").read_text(encoding="utf-8")


async def test_every_kind_has_an_example_that_imports_without_a_fault(hotline: Hotline) -> None:
    for kind in NAMES:
        content = (EXAMPLES / f"{kind}.csv").read_bytes()
        outcome = await imported(hotline, kind, content)
        assert outcome.faults == [], kind
        assert outcome.created >= 2, kind
        assert (outcome.updated, outcome.unchanged) == (0, 0), kind
        again = await imported(hotline, kind, content, source="again.csv")
        assert counts(again) == (0, 0, outcome.created), kind
    contract = (EXAMPLES / "contracts.json").read_bytes()
    assert counts(await imported(hotline, "contracts", contract)) == (0, 0, 1)


async def test_a_workbook_of_the_same_content_gives_the_same(hotline: Hotline) -> None:
    workbook = (EXAMPLES / "partners.xlsx").read_bytes()
    text = (EXAMPLES / "partners.csv").read_bytes()
    first = await imported(hotline, "partners", workbook)
    there = await rows(hotline, PartnerRow)
    assert (first.created, first.faults) == (4, [])
    second = await imported(hotline, "partners", text)
    assert counts(second) == (0, 0, 4)
    assert await rows(hotline, PartnerRow) == there


def test_the_examples_are_invented() -> None:
    for kind in NAMES:
        heading, *lines = (EXAMPLES / f"{kind}.csv").read_text(encoding="utf-8").splitlines()
        assert heading.startswith("partner_id,")
        assert any(line.startswith("EX-") for line in lines)
    addresses = [word for word in DOCUMENT.split() if "@" in word and "." in word]
    assert all(".example" in word or word.startswith("@") for word in addresses)
    assert json.loads((EXAMPLES / "contracts.json").read_text(encoding="utf-8"))


async def test_the_document_has_every_kind_column_and_code(hotline: Hotline) -> None:
    for name in NAMES:
        _, _, section = DOCUMENT.partition(f"\n### {name} ")
        section = section.partition("\n##")[0]
        assert section, name
        for column in named_kind(hotline, name).by_name:
            where = DOCUMENT if column in ("as_of", "source") else section
            assert column in where, (name, column)
    for codes in (
        vocabulary.TYPES, vocabulary.STATUSES, vocabulary.ROLES, vocabulary.CONTRACT_STATUSES,
        vocabulary.RENEWALS, vocabulary.PAYMENT_RECORDS, vocabulary.CREDIT_REVIEWS,
        vocabulary.SATISFACTION_KINDS, vocabulary.TERRITORY, vocabulary.STRATEGY_FITS,
    ):  # fmt: skip
        assert all(f"`{code}`" in DOCUMENT for code in codes)

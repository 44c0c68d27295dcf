"""`hotline import`, as an operator or a script runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.import_work import ROOT
from tests.core.test_command_line import Command

PARTNERS = ROOT / "docs/import/partners.csv"
HEADING = "partner_id,name_zh,name_en,tax_id,types,tier,region,status\n"


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Command:
    hotline = Command(tmp_path_factory.mktemp("imports"))
    hotline("db", "upgrade")
    hotline("seed")
    return hotline


def run(hotline: Command, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "hotline.cli", "import", *arguments],
        cwd=ROOT,
        env=hotline.environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_is_tried_then_imported_then_unchanged(hotline: Command) -> None:
    def told(*more: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(
            hotline("import", "partners", str(PARTNERS), "--json", *more)
        )
        return found

    created = {"created": 4, "updated": 0, "unchanged": 0, "errors": []}
    assert told("--dry-run") == created
    assert told() == created
    assert told() == {"created": 0, "updated": 0, "unchanged": 4, "errors": []}
    assert hotline("import", "partners", str(PARTNERS)) == "0 created, 0 updated, 4 unchanged"
    contract = ROOT / "docs/import/contracts.json"
    assert hotline("import", "contracts", str(contract), "--dry-run") == (
        "1 created, 0 updated, 0 unchanged (a dry run: nothing was written)"
    )


def test_faults_are_told_and_the_exit_code_is_0(hotline: Command, tmp_path: Path) -> None:
    file = tmp_path / "partners.csv"
    row = "P-1001,禾光資訊,Heguang Information,12345675,systems_integrator,platin,north,"
    file.write_text(HEADING + row, encoding="utf-8")
    done = run(hotline, "partners", str(file), "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {
        "created": 0,
        "updated": 0,
        "unchanged": 0,
        "errors": [
            {
                "line": 2,
                "column": "tier",
                "reason": '"platin" must be one of gold, silver, standard',
            },
            {"line": 2, "column": "status", "reason": "must not be empty"},
        ],
    }
    assert done.stderr == (f"hotline: 2 faults in {file}; a row with a fault is not imported\n")
    plain = run(hotline, "partners", str(file))
    assert plain.stdout.splitlines() == [
        "0 created, 0 updated, 0 unchanged",
        'line 2, tier: "platin" must be one of gold, silver, standard',
        "line 2, status: must not be empty",
    ]


def test_one_fault_is_one_fault(hotline: Command, tmp_path: Path) -> None:
    file = tmp_path / "partners.csv"
    row = "P-1001,禾光資訊,Heguang Information,12345675,systems_integrator,platin,north,active"
    file.write_text(HEADING + row, encoding="utf-8")
    done = run(hotline, "partners", str(file))
    assert done.stderr == f"hotline: 1 fault in {file}; a row with a fault is not imported\n"


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        (
            HEADING.replace("tax_id,", "").replace("tier,", ""),
            "line 1, tax_id: is a column that is missing; "
            "line 1, tier: is a column that is missing",
        ),
        (HEADING.replace("name_en", "name_zh,name_en"), "line 1, name_zh: is a column twice"),
    ],
    ids=["lacking", "twice"],
)
def test_a_heading_that_spoils_every_row_is_refused_in_one_line(
    hotline: Command, tmp_path: Path, heading: str, why: str
) -> None:
    file = tmp_path / "partners.csv"
    file.write_text(f"{heading}P-1001,a,b,c,d,e,f,g\n", encoding="utf-8")
    for more in ((), ("--json",), ("--dry-run",)):
        refused = hotline.refused("import", "partners", str(file), *more)
        assert refused == f"{file}: no row can be read: {why}"


def test_a_file_that_cannot_be_read_is_one_line(hotline: Command, tmp_path: Path) -> None:
    empty, other = tmp_path / "empty.csv", tmp_path / "other.csv"
    empty.touch()
    other.write_text("a,b\n1,2\n", encoding="utf-8")
    refused = hotline.refused("import", "partners", str(empty), "--json")
    assert refused == f"{empty}: the file is empty"
    assert "none of the columns of partners" in hotline.refused("import", "partners", str(other))
    none = hotline.refused("import", "partners", str(tmp_path / "none.csv"))
    assert none.endswith("none.csv cannot be read: No such file or directory")

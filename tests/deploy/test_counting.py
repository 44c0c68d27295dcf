"""`make test` counts by kind: what ran, and what was left out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNT = """
import json, os, sys, pytest
from deploy.kinds import WITHOUT, Count
os.environ[WITHOUT] = "browser"
count = Count()
folder, *how = sys.argv[1:]
ours = ["-q", "-p", "deploy.kinds", "--rootdir", folder, "-c", "pyproject.toml"]
code = pytest.main([*ours, folder, *how], plugins=[count])
print(json.dumps({"code": code, "passed": count.passed, "skipped": count.skipped}))
"""
TESTS = """
import pytest

def test_plain():
    pass

@pytest.mark.line
@pytest.mark.postgres
def test_of_two_kinds():
    pass

@pytest.mark.line
@pytest.mark.browser
def test_whose_chromium_is_missing():
    pass

@pytest.mark.line
@pytest.mark.xfail(strict=True, reason="known")
def test_that_is_known_to_fail():
    raise ValueError

@pytest.mark.postgres
def test_that_skips_itself():
    pytest.skip("no reason")
"""


@pytest.mark.parametrize("how", [(), ("-n", "2")], ids=["one process", "two processes"])
def test_a_test_counts_for_each_of_its_kinds_and_a_known_failure_is_none_left_out(
    tmp_path: Path, how: tuple[str, ...]
) -> None:
    (tmp_path / "test_some.py").write_text(TESTS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(tmp_path), *how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "code": 0,
        "passed": {"unit": 1, "line": 1, "postgres": 1},
        "skipped": {"line": 1, "browser": 1, "postgres": 1},
    }

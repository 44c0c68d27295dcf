"""A failed test once more, by itself: what passes then is unsteady, and named as such.

The tests share two cores with the line, its browser and PostgreSQL; a machine that stands still
for some seconds can fail one of five thousand. A few may, and each is printed; more are a failure.
"""

import subprocess
import sys
from collections.abc import Sequence

import pytest

UNSTEADY_AT_MOST = 3


class Failures:
    """A pytest plugin: the ids of the tests that failed, in their set-up and tear-down too."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and report.nodeid not in self.ids:
            self.ids.append(report.nodeid)


def pass_again(ids: Sequence[str], options: Sequence[str]) -> bool:
    """Whether tests `ids`, which failed, pass in a fresh process; at most a few are tried."""
    if not 0 < len(ids) <= UNSTEADY_AT_MOST:
        return False
    print(f"\nonce more, by themselves: {len(ids)} failed", flush=True)
    command = [sys.executable, "-m", "pytest", *options, *ids]
    if subprocess.run(command, check=False).returncode != 0:
        return False
    for test in ids:
        print(f"UNSTEADY: {test} failed, then passed by itself")
    return True

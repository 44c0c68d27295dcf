"""A pytest plugin: of which kinds each test is, and those whose program is missing skipped.

It runs in every process of the tests; `Count` in the one that hears of all of them.
"""

import os
from collections import Counter

import pytest

WITHOUT = "TESTS_WITHOUT"  # the kinds that cannot run here, with a space between
KINDS = ("browser", "line", "postgres")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = os.environ.get(WITHOUT, "").split()
    for item in items:
        kinds = [kind for kind in KINDS if item.get_closest_marker(kind)] or ["unit"]
        # With the report it reaches whoever counts, in another process too.
        item.user_properties.append(("kinds", " ".join(kinds)))
        for kind in kinds:
            if kind in missing:
                item.add_marker(pytest.mark.skip(reason=f"no program for {kind} tests"))


class Count:
    """A pytest plugin: which kinds ran, which were left out; a test of two kinds counts twice."""

    def __init__(self) -> None:
        self.passed: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        kinds = str(dict(report.user_properties)["kinds"]).split()
        if hasattr(report, "wasxfail"):
            pass  # it ran, and failed as its reason says; strict, so it cannot pass unnoticed
        elif report.skipped:
            self.skipped.update(kinds)
        elif report.when == "call" and report.passed:
            self.passed.update(kinds)

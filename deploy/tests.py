"""`make test`: every test, with a PostgreSQL of its own and a Chromium, or saying what is missing.

Without CI a missing program's tests are deselected and counted as skipped; with CI=true that is a
failure, and so are fewer tests of a kind than `tests/minimum.toml` asks for.
"""

import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import tomllib

from deploy.children import ChildDied
from deploy.postgres import PostgresMissing, private_server
from deploy.processes import NotReady

ROOT = Path(__file__).parent.parent
MINIMUM = ROOT / "tests/minimum.toml"
KINDS = ("browser", "line", "postgres")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = {
    "browser": "apt-get install -y chromium fonts-noto-cjk",
    "postgres": "apt-get install -y postgresql",
}


class Count:
    """A pytest plugin: which kinds ran, which were left out; a test of two kinds counts twice."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = missing
        self.passed: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        kept: list[pytest.Item] = []
        left: list[pytest.Item] = []
        for item in items:
            (kept if _kinds(item).isdisjoint(self.missing) else left).append(item)
        self.skipped.update(kind for item in left for kind in _kinds(item))
        config.hook.pytest_deselected(items=left)
        items[:] = kept

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item):  # type: ignore[no-untyped-def]
        outcome = yield
        report = outcome.get_result()
        if hasattr(report, "wasxfail"):
            pass  # it ran, and failed as its reason says; strict, so it cannot pass unnoticed
        elif report.skipped:
            self.skipped.update(_kinds(item))
        elif report.when == "call" and report.passed:
            self.passed.update(_kinds(item))


def main() -> int:
    arguments, in_ci = sys.argv[1:], os.environ.get("CI") == "true"
    missing = []
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium:
        os.environ["TEST_CHROMIUM"] = chromium
    else:
        missing.append("browser")
    try:
        server = private_server()
    except PostgresMissing:
        server = None
        missing.append("postgres")
    except (ChildDied, NotReady) as failure:
        print(f"the tests' PostgreSQL: {failure}", file=sys.stderr)
        return 1
    for kind in missing:
        print(f"{kind} tests are left out; to run them: {INSTALL[kind]}", flush=True)
    count = Count(missing)
    try:
        if server is not None:
            os.environ["TEST_POSTGRES_URL"] = server.url
        code = int(pytest.main(["--rootdir", str(ROOT), *arguments], plugins=[count]))
    finally:
        if server is not None:
            server.stop()
    return code or _judge(count, whole=not arguments, in_ci=in_ci)


def _judge(count: Count, *, whole: bool, in_ci: bool) -> int:
    """Print the tests of each kind; in CI something left out or too few is a failure."""
    minimum: dict[str, int] = tomllib.loads(MINIMUM.read_text(encoding="utf-8"))
    faults = []
    for kind, least in minimum.items():
        passed, skipped = count.passed[kind], count.skipped[kind]
        print(f"{kind:<10} {passed:>4} passed, {skipped} skipped (at least {least})")
        if in_ci and skipped:
            faults.append(f"{skipped} {kind} tests were skipped")
        if in_ci and whole and passed < least:
            faults.append(f"{passed} {kind} tests ran, at least {least} must")
    for fault in faults:
        print(f"FAILED: {fault}")
    return 1 if faults else 0


def _kinds(item: pytest.Item) -> set[str]:
    return {kind for kind in KINDS if item.get_closest_marker(kind)} or {"unit"}


if __name__ == "__main__":
    sys.exit(main())

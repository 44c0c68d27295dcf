"""`make test`: every test, with a PostgreSQL of its own and a Chromium, or saying what is missing.

Without CI a missing program's tests are skipped and counted; with CI=true that is a failure, and so
are fewer tests of a kind than `tests/minimum.toml` asks for. A few that fail are tried once more.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest
import tomllib
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from deploy.children import ChildDied
from deploy.kinds import WITHOUT, Count
from deploy.postgres import PostgresMissing, private_server
from deploy.processes import NotReady
from deploy.second_try import Failures, pass_again

ROOT = Path(__file__).parent.parent
MINIMUM = ROOT / "tests/minimum.toml"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = {
    "browser": "apt-get install -y chromium fonts-noto-cjk",
    "postgres": "apt-get install -y postgresql",
}
# Its module is ours too: imported before pytest could rewrite its assertions, of which it has none.
_NO_REMARK = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
SIDE_BY_SIDE = ("-n", "2", "--dist", "loadscope")


class Halves(LoadScopeScheduling):
    """One process has the line and its browser, the other all the rest, file by file.

    Each keeps one core busy, and the line's tests start its three processes once.
    """

    def _split_scope(self, nodeid: str) -> str:
        return "line" if nodeid.startswith("tests/line/") else nodeid.split("::", 1)[0]


class Scheduling:
    """A pytest plugin: how tests side by side are shared out."""

    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Producer) -> Halves:
        return Halves(config, log)


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
    os.environ[WITHOUT] = " ".join(missing)
    count, failures, whole = Count(), Failures(), not arguments
    how = arguments or SIDE_BY_SIDE
    try:
        if server is not None:
            os.environ["TEST_POSTGRES_URL"] = server.url
        ours = ["--rootdir", str(ROOT), "-p", "deploy.kinds", *_NO_REMARK]
        code = int(pytest.main([*ours, *how], plugins=[count, failures, Scheduling()]))
        if code == pytest.ExitCode.TESTS_FAILED and whole and pass_again(failures.ids, ours):
            code = 0
    finally:
        if server is not None:
            server.stop()
    return code or _judge(count, whole=whole, in_ci=in_ci)


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


if __name__ == "__main__":
    sys.exit(main())

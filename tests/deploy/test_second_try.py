"""A test that fails once is tried by itself, and named; one that fails again stays a failure."""

from pathlib import Path

import pytest

from deploy.second_try import UNSTEADY_AT_MOST, Failures, pass_again

OPTIONS = ("-q", "-p", "no:cacheprovider", "-p", "no:asyncio", "--import-mode=importlib")
UNSTEADY = """
from pathlib import Path
import pytest

TRIED = Path(__file__).with_name("tried")

def test_that_fails_once():
    first = not TRIED.exists()
    TRIED.touch()
    assert not first

def test_that_fails():
    assert False

@pytest.fixture
def broken():
    raise ValueError

def test_that_cannot_start(broken):
    pass
"""


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    (tmp_path / "test_some.py").write_text(UNSTEADY, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return list(OPTIONS)


def failed(*which: str) -> list[str]:
    failures = Failures()
    chosen = [f"test_some.py::{name}" for name in which]
    pytest.main([*OPTIONS, *chosen], plugins=[failures])
    return failures.ids


def test_what_passes_the_second_time_is_named(
    options: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    ids = failed("test_that_fails_once")
    assert ids == ["test_some.py::test_that_fails_once"]
    assert pass_again(ids, options)
    assert "UNSTEADY: test_some.py::test_that_fails_once" in capfd.readouterr().out


def test_what_fails_twice_is_a_failure(options: list[str]) -> None:
    ids = failed("test_that_fails", "test_that_cannot_start")
    assert len(ids) == 2
    assert not pass_again(ids, options)
    assert not pass_again(ids[:1], options)


@pytest.mark.parametrize("number", [0, UNSTEADY_AT_MOST + 1])
def test_none_and_too_many_are_not_tried(options: list[str], number: int) -> None:
    assert not pass_again(["test_some.py::test_that_fails_once"] * number, options)

"""What `make` makes again, and what it leaves: over a project of stand-ins that only take notes."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTES = '#!/bin/sh\necho "${0%/bin/python} $*" >> notes\n'
FILES = (
    "config.yml",
    "domain.yml",
    "data/nlu/greet.yml",
    "data/nlu/thank.yml",
    "bot/channel.py",
    "wording/text.py",
    "pyproject.toml",
    "requirements/engine.txt",
    "requirements/app.txt",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Installed, its model trained, and nothing noted yet."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}\n", encoding="utf-8")
    for environment in ("engine", "app"):
        python = tmp_path / f".venv/{environment}/bin/python"
        python.parent.mkdir(parents=True)
        python.write_text(NOTES, encoding="utf-8")
        python.chmod(0o755)
        (tmp_path / f".venv/{environment}/.installed").touch()
    assert any("rasa train" in note for note in made(tmp_path))
    assert made(tmp_path) == []
    return tmp_path


def made(project: Path, *arguments: str) -> list[str]:
    """What make did to be ready for a start."""
    notes = project / "notes"
    notes.unlink(missing_ok=True)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    subprocess.run(
        ["make", *arguments, "install", "models/.current"],
        cwd=project,
        env=plain,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


def trains(notes: list[str]) -> bool:
    return [note.split()[:4] for note in notes] == [[".venv/engine", "-m", "rasa", "train"]]


def test_a_training_file_that_is_deleted_trains_again(project: Path) -> None:
    (project / "data/nlu/thank.yml").unlink()
    assert trains(made(project))


def test_a_training_file_that_is_new_or_changed_trains_again(project: Path) -> None:
    (project / "data/nlu/help.yml").write_text("# new\n", encoding="utf-8")
    assert trains(made(project))
    (project / "domain.yml").write_text("# changed\n", encoding="utf-8")
    assert trains(made(project))
    assert made(project) == []


def test_a_file_that_only_looks_new_does_not(project: Path) -> None:
    for name in ("domain.yml", "bot/channel.py"):
        (project / name).touch()
    (project / "bot/__pycache__").mkdir()
    (project / "bot/__pycache__/channel.pyc").touch()
    assert made(project) == []


def test_a_changed_project_file_installs_the_project_again_but_trains_nothing(
    project: Path,
) -> None:
    (project / "pyproject.toml").write_text("# another package\n", encoding="utf-8")
    notes = made(project)
    assert [note.split()[0] for note in notes] == [".venv/engine", ".venv/app"]
    assert all(note.endswith("--no-build-isolation -e .") for note in notes)


def test_many_jobs_at_once_still_go_one_by_one(project: Path) -> None:
    (project / "pyproject.toml").write_text("# another package\n", encoding="utf-8")
    (project / "domain.yml").write_text("# changed\n", encoding="utf-8")
    notes = made(project, "-j8")
    assert [note.split()[0] for note in notes] == [".venv/engine", ".venv/app", ".venv/engine"]

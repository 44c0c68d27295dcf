"""`docs/design.md` names every folder and module of the first level, and no module that is gone."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("hotline", "desk", "actions", "bot", "wording", "deploy", "bench")
_BEGINNING, _NAME = "## Where what is\n", re.compile(r"`([a-z_]+(?:\.py)?)`")


def told(folder: str) -> set[str]:
    """What the page names under the folder's own heading, as it stands on the disk."""
    page = (ROOT / "docs/design.md").read_text(encoding="utf-8")
    section = page.partition(_BEGINNING)[2].partition("\n## ")[0]
    return set(_NAME.findall(section.partition(f"**`{folder}/`**")[2].partition("\n**`")[0]))


def there(folder: str) -> set[str]:
    modules = {it.name for it in (ROOT / folder).glob("*.py") if not it.name.startswith("__")}
    packages = {it.name for it in (ROOT / folder).iterdir() if it.is_dir() and it.name[0] != "_"}
    return modules | packages


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_there_is_told(folder: str) -> None:
    assert there(folder) - told(folder) == set()


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_is_told_is_there(folder: str) -> None:
    modules = {name for name in told(folder) if name.endswith(".py")}
    assert modules - there(folder) - {"rows.py"} == set()

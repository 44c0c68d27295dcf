"""Every page has a picture, every picture is told about, and together they stay small."""

import re
from pathlib import Path

from desk.permissions import ROUTES
from tests.desk.pictures import DRAWN, EXCEPTED, SHOWN

FOLDER = Path(__file__).parents[2] / "docs/pictures"
MOST_BYTES = 4 * 1024**2


def test_every_page_has_a_picture_or_a_reason_for_having_none() -> None:
    pages = {
        line for line in ROUTES if line.startswith("GET ") and not line.startswith("GET /api/")
    }
    shown = set(SHOWN.values())
    assert pages - shown - set(EXCEPTED) == set()
    assert shown & set(EXCEPTED) == set()
    assert shown | set(EXCEPTED) <= set(ROUTES)


def test_the_pictures_are_told_about_in_order() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^!\[[^\]]+\]\(([\w-]+)\.png\)$", text, re.MULTILINE) == list(SHOWN)
    assert {file.stem for file in FOLDER.glob("*.png")} == set(SHOWN) | DRAWN


def test_the_pictures_are_small() -> None:
    assert sum(file.stat().st_size for file in FOLDER.glob("*.png")) <= MOST_BYTES

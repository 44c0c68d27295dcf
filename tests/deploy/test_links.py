"""Every relative link of a Markdown page leads to a file that is there, and to a heading of it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"""\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)\"""")
_HEADING, _LEFT_OUT = re.compile(r"^#+ (.+)$", re.MULTILINE), re.compile(r"[^\w\- ]")
_ELSEWHERE = ("http://", "https://", "mailto:")


def links(page: Path) -> list[str]:
    found = [a or b for a, b in _LINK.findall(page.read_text(encoding="utf-8"))]
    return [link for link in found if not link.startswith(_ELSEWHERE)]


def headings(page: Path) -> set[str]:
    """As GitHub names them in an address."""
    found = _HEADING.findall(page.read_text(encoding="utf-8"))
    return {_LEFT_OUT.sub("", heading).strip().lower().replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    missing = [link for link in links(page) if not (page.parent / link.partition("#")[0]).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_into_a_page_leads_to_a_heading(page: Path) -> None:
    into = [link.partition("#") for link in links(page) if "#" in link]
    missing = [
        f"{file}#{heading}"
        for file, _, heading in into
        if heading not in headings(page.parent / file if file else page)
    ]
    assert missing == []


def test_the_readme_has_links_at_all() -> None:
    assert "docs/design.md" in links(ROOT / "README.md")

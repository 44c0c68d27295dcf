"""An article's Markdown as a page has it, and as a bubble has it."""

import re

import pytest

from hotline.knowledge.markdown import to_html, to_plain


def html(text: str) -> str:
    return to_html(text, lambda article: f"/help/{article}")


def test_a_link_to_an_article_is_one_to_its_page() -> None:
    assert html("[見](article:bdf)") == '<p><a href="/help/bdf">見</a></p>\n'


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](https://evil.example)",
        "![x](https://evil.example/x.png)",
        '<img src=x onerror="alert(1)">',
        '[x](article:a" onmouseover="alert(1))',
    ],
)
def test_nothing_runs_and_nothing_leads_away(bad: str) -> None:
    written = html(bad)
    assert "<script" not in written
    assert "<img" not in written
    assert "href=" not in written or 'href="/help/' in written
    assert not re.search(r"<[^>]*onmouseover", written)


def test_a_bubble_keeps_the_signs_of_a_list() -> None:
    text = "**先**看：\n\n1. 甲\n2. 乙\n   - 丙\n\n見[文章](article:x)。"
    assert to_plain(text) == "先看：\n\n1. 甲\n2. 乙\n　・丙\n\n見文章。"


def test_a_table_becomes_lines() -> None:
    text = "| 紀錄 | 財務 | 業務 |\n|---|---|---|\n| 餘額 | 可 | - |\n"
    assert to_plain(text) == "・餘額（財務：可）"

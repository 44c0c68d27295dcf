"""How urgent somebody says it is by a grade."""

import pytest

from wording.grades import find_grades


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("先開 Sev 2，換過線都一樣", ["Sev 2"]),
        ("ＳＥＶ１！", ["ＳＥＶ１"]),
        ("P1 case, please", ["P1"]),
        ("error 7, priority low", ["priority low"]),
        ("urgency = high, 要 remote", ["high"]),
        ("急迫度：高", ["高"]),
        ("嚴重程度填中等好了", ["中等"]),
        ("Impact: no impact", ["no impact"]),
        ("Business critical. The LPAR won't boot", ["Business critical"]),
        ("It's a full outage for them", ["full outage"]),
    ],
)
def test_a_grade_is_found_alone_or_behind_its_label(text: str, grades: list[str]) -> None:
    assert [found.text for found in find_grades(text)] == grades


@pytest.mark.parametrize(
    "text",
    [
        "Power10 P10",
        "嚴重度我選太高了",
        "緊急聯絡人",
        "business critical apps run on it",
        "port p2-1",
        "優先順序",
    ],
)
def test_what_only_looks_like_a_grade_is_none(text: str) -> None:
    assert list(find_grades(text)) == []

"""The score that somebody gives, however it is written."""

import pytest

from wording.scores import find_scores, is_given, score_of, without_score


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5", 5),
        ("５", 5),
        ("五分", 5),
        ("滿分", 5),
        ("100 分", 5),
        ("five", 5),
        ("4/5", 4),
        ("4 out of 5", 4),
        ("8/10", 4),
        ("三顆星", 3),
        ("2 stars", 2),
        ("給你們 4 分", 4),
        ("I rate it 2", 2),
        ("3 分 回太慢", 3),
        ("1。", 1),
    ],
)
def test_a_score_is_read_in_digits_and_in_words(text: str, score: int) -> None:
    assert score_of(text) == score


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "6",
        "十",
        "4.5",
        "等了5天",
        "5分鐘",
        "給我 3 台",
        "2026/12/5",
        "第 3 個",
        "謝謝",
        "",
        "-1",
        "5148-24F",
    ],
)
def test_what_is_no_score_is_none(text: str) -> None:
    assert score_of(text) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("3 分 回太慢", "回太慢"),
        ("4 stars, quick", "quick"),
        ("回覆很快，5 分", "回覆很快"),
        ("給你們 5 分 謝謝", ""),
        ("五分", ""),
        ("5", ""),
        ("這次很好", "這次很好"),
    ],
)
def test_what_is_said_beside_a_score_is_kept(text: str, rest: str) -> None:
    assert without_score(text) == rest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("給5分", [("5分", "5")]),
        ("態度五顆星，速度3顆星", [("五顆星", "5"), ("3顆星", "3")]),
        ("3 out of 5 for the engineer", [("3 out of 5", "3")]),
        ("滿分", [("滿分", "5")]),
        ("100分啦", [("100分", "5")]),
        ("９分", [("９分", "9")]),
        ("等了 5 分鐘，十分感謝", []),
        ("三分之一", []),
        ("分機 5", []),
        ("速度4/態度5,其他沒意見", [("4", "4"), ("5", "5")]),
        ("CSAT 5 !!!", []),
        ("CSAT 5 !!! Tony is great", [("5", "5")]),
        ("Rating: 2. Three visits", [("2", "2")]),
        ("two ratings: hotline 5, field service 3", [("5", "5"), ("3", "3")]),
        ("滿分 5 分給 4 分", [("4 分", "4")]),
        ("請給 3 台報價，服務很好", []),
    ],
)
def test_a_score_is_found_where_something_makes_it_one(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.value) for one in find_scores(text)] == found


@pytest.mark.parametrize(
    ("text", "given"),
    [("評分：4/5", True), ("9/10 很棒", True), ("4/5 送貨", False), ("5分", False)],
)
def test_what_stands_beside_a_score_tells_it_from_a_date(text: str, given: bool) -> None:
    [score] = find_scores(text)
    assert is_given(text, score) == given


@pytest.mark.parametrize(
    "text",
    ["4/5", "9/10 👍", "９／１０，差在等太久", "整體8/10分", "3/5 料太慢", "工程師超專業 10/10"],
)
def test_a_message_that_begins_with_its_score_says_no_day(text: str) -> None:
    assert [is_given(text, score) for score in find_scores(text)] == [True]


@pytest.mark.parametrize("text", ["4/5 前要", "4/5 下午三點", "請 4/5 到場"])
def test_a_day_is_no_score(text: str) -> None:
    assert not any(is_given(text, score) for score in find_scores(text))


def test_what_was_taken_off_is_no_score_and_full_marks_beside_a_number_are_none() -> None:
    assert [score.text for score in find_scores("我填9分，那一分扣在太慢")] == ["9分"]
    assert [score.text for score in find_scores("給你們10分，滿分的那種")] == ["10分"]
    assert [score.text for score in find_scores("滿分！")] == ["滿分"]

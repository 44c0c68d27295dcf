"""All ways of writing meet in the same terms."""

import pytest

from hotline.knowledge.terms import MOST_CHARACTERS, Synonyms, terms_of_question

NONE = Synonyms()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣", "台灣"),
        ("ＢＤＦ申請", "bdf申請"),
        ("服务器维护", "伺服器維護"),
        ("courses", "course"),
        ("policies", "policy"),
        ("請問 BDF 是什麼？", "BDF"),
        ("what is the BDF?", "bdf"),
    ],
)
def test_they_meet(one: str, other: str) -> None:
    assert set(terms_of_question(one, NONE)) == set(terms_of_question(other, NONE)) != set()


def test_what_is_written_in_taiwan_is_left_alone() -> None:
    """By words a converter would make 登入 of 登錄."""
    assert terms_of_question("案件登錄", NONE) == ["案件", "件登", "登錄"]


def test_a_compound_is_itself_and_its_parts() -> None:
    assert set(terms_of_question("sign-in", NONE)) == {"sign-in", "sign"}


def test_synonyms_give_one_term_in_either_language() -> None:
    synonyms = Synonyms([["獎勵金", "BDF"], ["兩段 文字", "two words"]])
    assert "=0" in terms_of_question("獎勵金", synonyms)
    assert "=0" in terms_of_question("what is BDF", synonyms)
    assert "=0" not in terms_of_question("BDFX", synonyms)
    assert "=1" in terms_of_question("two words here", synonyms)


@pytest.mark.parametrize("nothing", ["", "的了嗎呢", "what is it?", "？！。", "(.*)+[", "😀"])
def test_a_question_that_says_nothing_has_no_terms(nothing: str) -> None:
    assert terms_of_question(nothing, NONE) == []


def test_a_very_long_question_is_cut() -> None:
    assert len(terms_of_question("甲乙丙" * 10_000, NONE)) == 3
    assert "丁戊" not in terms_of_question("甲" * MOST_CHARACTERS + "丁戊", NONE)


def test_the_number_of_a_ticket_is_no_term() -> None:
    nothing = Synonyms()
    asked = terms_of_question("T26-000042-7 的期限怎麼算", nothing)
    assert not any(char.isdigit() for term in asked for char in term)

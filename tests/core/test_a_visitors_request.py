"""A visitor's request asks for whom it is and what reaches them. Pure rules."""

import pytest

from hotline.tickets import questions
from hotline.tickets.draft import CONFIRM
from tests.core.request_drafts import answer, begun, opened, then


def test_a_visitor_is_asked_for_something_that_reaches_somebody() -> None:
    draft = opened("想要新的商標圖檔做看板", intent="other_request", visitor=True)
    assert draft.asked == "contact"

    once = then(draft, "王小明 立凡科技")
    assert once.problem == "contact"
    given = then(once.draft, "0912-345-678", ("phone", "0912-345-678"))

    assert given.draft.value("contact").splitlines() == ["王小明 立凡科技", "0912-345-678"]
    assert given.draft.value("phone") == "0912-345-678"
    assert questions.next_question(given.draft) == CONFIRM


def test_a_visitor_who_will_not_leave_anything_is_not_held_up_for_ever() -> None:
    draft = opened("想要新的商標圖檔做看板", intent="other_request", visitor=True)

    twice = then(then(draft, "不方便").draft, "不想留")

    assert twice.gave_up == "contact"
    assert twice.draft.facts["contact"].status == "unverified"
    assert twice.draft.value("contact") == ""


def test_a_visitor_who_signs_in_is_not_asked_who_that_is() -> None:
    draft = begun("我要問訂單 SO-2026-01888 的交期", "admin_order", visitor=True)
    draft = questions.ask(draft, questions.next_question(draft))
    assert draft.asked == "contact"
    draft = answer(draft, "王小明").draft
    assert draft.asked == "contact"  # nothing yet that reaches him

    known = questions.known_by_now(draft, reachable=True)

    assert (known.asked, known.visitor, known.value("contact")) == (CONFIRM, False, "王小明")
    assert questions.is_complete(known)
    assert set(questions.open_facts(known)) == {"description", "order_number", "contact"}
    assert questions.known_by_now(known, reachable=True) == known
    without_number = questions.known_by_now(draft, reachable=False)
    assert without_number.asked == questions.next_question(without_number)


def test_another_question_stands_when_a_visitor_signs_in() -> None:
    draft = begun("主機開不了機", "technical_hardware", visitor=True)
    draft = questions.ask(draft, questions.next_question(draft))
    asked = draft.asked
    assert asked not in ("contact", CONFIRM)
    assert questions.known_by_now(draft, reachable=True).asked == asked


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("立凡科技 陳小明 0933123456 ming@lifan.tw", "立凡科技 陳小明"),
        ("Peter Lin, Lifan Tech, 0922333444", "Peter Lin, Lifan Tech"),
    ],
)
def test_a_visitor_may_say_who_it_is_at_any_question(text: str, names: str) -> None:
    draft = begun("機器一直發出警告聲響", "technical_hardware", visitor=True)
    assert draft.asked == "product"
    heard = answer(draft, text)
    assert heard.draft.value("contact") == names
    assert heard.draft.value("phone")
    assert questions.next_question(heard.draft) == "product"


def test_a_sum_of_money_is_nobody() -> None:
    draft = begun("我們想當你們的經銷商，禾光資訊", "apply_partnership", visitor=True)
    heard = answer(questions.ask(draft, "contact"), "資金三千萬")
    assert "contact" not in heard.draft.facts
    assert heard.draft.value("amount") == "NT$30,000,000"


def test_a_number_written_twice_is_one() -> None:
    draft = begun("想要新的商標圖檔做看板", "other_request", visitor=True)
    assert draft.asked == "contact"
    heard = answer(draft, "王大明 0912345678 0912-345-678")
    assert heard.draft.value("contact") == "王大明 0912345678"

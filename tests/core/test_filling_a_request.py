"""`hotline.tickets.intake`: what an answer means, whatever was asked. Pure rules."""

import pytest

from hotline.tickets import intake
from hotline.tickets.draft import CONFIRM, Draft, Heard, Said


def opened(
    text: str,
    *facts: tuple[str, str],
    intent: str = "technical_hardware",
    closed: bool = False,
    visitor: bool = False,
) -> Draft:
    heard = intake.start("key", intent, Said(text, facts), closed=closed, visitor=visitor)
    return intake.ask(heard.draft, intake.next_question(heard.draft))


def then(draft: Draft, text: str, *facts: tuple[str, str], closed: bool = False) -> Heard:
    return intake.hear(draft, Said(text, facts), closed=closed)


def going_on(heard: Heard) -> Draft:
    return intake.ask(heard.draft, intake.next_question(heard.draft))


def at_the_summary() -> Draft:
    draft = opened(
        "Power 主機開機到一半就停，自用", ("product", "Power 主機"), ("serial", "78A1234")
    )
    assert draft.asked == CONFIRM
    return draft


def test_a_named_customer_does_not_answer_the_question_for_the_product() -> None:
    draft = opened("我們的機器很慢，序號 06B7721", ("serial", "06B7721"))
    assert draft.asked == "product"

    heard = then(draft, "客戶是青田機械")

    assert heard.draft.value("customer") == "青田機械"
    assert "product" not in heard.draft.facts
    assert intake.next_question(heard.draft) == "product"


def test_an_answer_with_another_fact_in_it_is_still_an_answer() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"), ("serial", "06B7721"))
    assert draft.asked == "customer"

    heard = then(draft, "台中廠 電話 0933-123-456", ("phone", "0933-123-456"))

    assert heard.draft.value("phone") == "0933-123-456"
    assert "台中廠" in heard.draft.value("customer")
    assert intake.next_question(heard.draft) == CONFIRM


def test_own_use_said_at_once_is_not_asked_again() -> None:
    draft = opened("主機開不了機，自用", ("product", "主機"), ("serial", "78A1234"))

    assert draft.value("customer") == "自用"
    assert draft.asked == CONFIRM


def test_an_outage_while_closed_asks_nothing_first() -> None:
    draft = opened("Power 主機開不了機，產線停了", closed=True)

    assert (draft.severity, draft.asked) == (1, CONFIRM)
    assert intake.open_facts(draft)["serial"] == {"value": "", "status": "unasked"}


def test_an_outage_told_in_the_second_message_brings_the_line_as_well() -> None:
    draft = opened("主機要報修", closed=True)
    assert not draft.urgent_first

    heard = then(draft, "整台開不了機，產線停了", closed=True)

    assert heard.outage
    assert (heard.draft.severity, heard.draft.urgent_first) == (1, True)
    assert not then(heard.draft, "真的很急，產線停了", closed=True).outage


@pytest.mark.parametrize(
    "text", ["確認開單", "好", "不要", "why do you need that?", "為什麼要問這個"]
)
def test_what_answers_nothing_is_not_written_down_as_the_customer(text: str) -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"), ("serial", "06B7721"))

    heard = then(draft, text)

    assert "customer" not in heard.draft.facts
    assert heard.no_answer
    assert intake.next_question(going_on(heard)) == "customer"


@pytest.mark.parametrize("text", ["沒有序號", "手邊沒有", "不知道", "no serial number", "skip"])
def test_a_serial_that_is_not_at_hand_is_left_to_staff(text: str) -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"))
    assert draft.asked == "serial"

    heard = then(draft, text)

    assert (heard.skipped, heard.draft.status("serial")) == (True, "skipped")
    assert intake.next_question(heard.draft) == "customer"


def test_a_value_that_does_not_fit_twice_is_kept_for_staff_to_check() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"))

    once = then(draft, "五一四八")
    twice = then(once.draft, "5148 那台")

    assert (once.problem, twice.gave_up) == ("serial", "serial")
    assert twice.draft.facts["serial"].status == "unverified"
    assert twice.draft.value("serial") == "5148 那台"


@pytest.mark.parametrize("text", ["7", "七台", "about 7", "大概 7"])
def test_a_bare_number_says_how_many(text: str) -> None:
    draft = opened("要報價", ("product", "S1014"), intent="presales_quote")
    assert draft.asked == "quantity"
    assert then(draft, text).draft.value("quantity") == "7"


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("客戶打錯了 是大立營造", "customer", "大立營造"),
        ("客戶改成大立營造", "customer", "大立營造"),
        ("change the customer to Acme", "customer", "Acme"),
        ("產品是 Report Studio 7", "product", "Report Studio 7"),
        ("電話改成 0988777666", "phone", "0988-777-666"),
    ],
)
def test_a_correction_at_the_summary_changes_that_fact_and_no_other(
    text: str, fact: str, value: str
) -> None:
    draft = at_the_summary()

    heard = then(draft, text)

    assert (heard.noted, heard.draft.value(fact)) == ((fact,), value)
    kept = [kind for kind in draft.facts if kind != fact]
    assert [heard.draft.facts[kind] for kind in kept] == [draft.facts[kind] for kind in kept]


def test_what_answers_nothing_at_the_summary_changes_nothing() -> None:
    draft = at_the_summary()
    for text in ("這樣要多久會回？", "略過", "skip", "嗯嗯嗯"):
        heard = then(draft, text)
        assert heard.draft.facts == draft.facts, text


def test_what_is_added_at_the_summary_goes_into_the_description() -> None:
    heard = then(at_the_summary(), "風扇也一直在叫，機房都聽得到")
    assert heard.noted == ("description",)
    assert heard.draft.value("description").endswith("\n風扇也一直在叫，機房都聽得到")


def test_a_bad_phone_beside_an_answer_does_not_lose_the_answer() -> None:
    draft = opened("主機要報修", ("product", "主機"))
    assert draft.asked == "description"

    heard = then(draft, "開到一半就當機 電話 2345678", ("phone", "2345678"))

    assert heard.draft.value("description").startswith("開到一半就當機")
    assert (heard.problem, heard.draft.asked) == ("phone_missing_area_code", "phone")


def test_two_serials_in_one_message_are_both_kept() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"))
    heard = then(draft, "06B7721 跟 06B7722", ("serial", "06B7721"), ("serial", "06B7722"))
    assert heard.draft.value("serial") == "06B7721、06B7722"


def test_a_visitor_is_asked_for_something_that_reaches_somebody() -> None:
    draft = opened("想要新的商標圖檔做看板", intent="other_request", visitor=True)
    assert draft.asked == "contact"

    once = then(draft, "王小明 立凡科技")
    assert once.problem == "contact"
    given = then(once.draft, "0912-345-678", ("phone", "0912-345-678"))

    assert given.draft.value("contact").splitlines() == ["王小明 立凡科技", "0912-345-678"]
    assert given.draft.value("phone") == "0912-345-678"
    assert intake.next_question(given.draft) == CONFIRM


def test_a_visitor_who_will_not_leave_anything_is_not_held_up_for_ever() -> None:
    draft = opened("想要新的商標圖檔做看板", intent="other_request", visitor=True)

    twice = then(then(draft, "不方便").draft, "不想留")

    assert twice.gave_up == "contact"
    assert twice.draft.facts["contact"].status == "unverified"
    assert twice.draft.value("contact") == ""


def test_a_fact_said_again_does_not_answer_another_question() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"), ("serial", "06B7721"))
    heard = then(draft, "０６Ｂ７７２１", ("serial", "06B7721"))
    assert "customer" not in heard.draft.facts
    assert heard.no_answer


def test_a_fact_given_with_the_yes_corrects_nothing() -> None:
    draft = opened("Power 主機開不了機，產線停了", ("product", "Power 主機"), closed=True)
    heard = then(draft, "對 客戶是青田機械 台中廠", closed=True)
    assert (heard.noted, heard.corrected) == (("customer",), ())
    assert heard.draft.value("customer") == "青田機械 台中廠"

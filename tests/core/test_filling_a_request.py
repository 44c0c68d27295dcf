"""`hotline.tickets.intake`: what an answer means, whatever was asked. Pure rules."""

from hotline.tickets import intake
from hotline.tickets.intake import CONFIRM, Draft, Said


def opened(text: str, *facts: tuple[str, str], closed: bool = False) -> Draft:
    said = Said(text, facts)
    draft, _heard = intake.start("key", "technical_hardware", said, closed=closed, visitor=False)
    return intake.ask(draft, intake.next_question(draft))


def test_a_named_customer_does_not_answer_the_question_for_the_product() -> None:
    draft = opened("我們的機器很慢，序號 06B7721", ("serial", "06B7721"))
    assert draft.asked == "product"

    heard = intake.hear(draft, Said("客戶是青田機械"))

    assert heard.draft.value("customer") == "青田機械"
    assert "product" not in heard.draft.facts
    assert intake.next_question(heard.draft) == "product"


def test_an_answer_with_another_fact_in_it_is_still_an_answer() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"), ("serial", "06B7721"))
    assert draft.asked == "customer"

    heard = intake.hear(draft, Said("台中廠 電話 0933-123-456", (("phone", "0933-123-456"),)))

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

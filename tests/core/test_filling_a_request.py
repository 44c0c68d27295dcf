"""`hotline.tickets.intake`: what an answer means, whatever was asked. Pure rules."""

import pytest

from hotline.tickets import questions
from hotline.tickets.draft import CONFIRM
from tests.core.request_drafts import answer, begun, going_on, opened, then


def test_a_named_customer_does_not_answer_the_question_for_the_product() -> None:
    draft = opened("我們的機器很慢，序號 06B7721", ("serial", "06B7721"))
    assert draft.asked == "product"

    heard = then(draft, "客戶是青田機械")

    assert heard.draft.value("customer") == "青田機械"
    assert "product" not in heard.draft.facts
    assert questions.next_question(heard.draft) == "product"


@pytest.mark.parametrize("name", ["青田機械", "長庚醫院", "青田機械 台中廠", "遠東銀行。"])
def test_a_bare_company_does_not_either(name: str) -> None:
    draft = opened("我們的機器很慢，序號 06B7721", ("serial", "06B7721"))

    heard = then(draft, name)

    assert heard.draft.value("customer") == name.strip("。")
    assert "product" not in heard.draft.facts
    assert not heard.problem


@pytest.mark.parametrize("product", ["工業電腦", "磁帶櫃", "Power 主機", "儲存設備"])
def test_a_product_is_no_company(product: str) -> None:
    draft = opened("我們的機器很慢，序號 06B7721", ("serial", "06B7721"))

    heard = then(draft, product)

    assert heard.draft.value("product") == product
    assert "customer" not in heard.draft.facts


def test_an_answer_with_another_fact_in_it_is_still_an_answer() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"), ("serial", "06B7721"))
    assert draft.asked == "customer"

    heard = then(draft, "台中廠 電話 0933-123-456", ("phone", "0933-123-456"))

    assert heard.draft.value("phone") == "0933-123-456"
    assert "台中廠" in heard.draft.value("customer")
    assert questions.next_question(heard.draft) == CONFIRM


def test_own_use_said_at_once_is_not_asked_again() -> None:
    draft = opened("主機開不了機，自用", ("product", "主機"), ("serial", "78A1234"))

    assert draft.value("customer") == "自用"
    assert draft.asked == CONFIRM


def test_an_outage_while_closed_asks_nothing_first() -> None:
    draft = opened("Power 主機開不了機，產線停了", closed=True)

    assert (draft.severity, draft.asked) == (1, CONFIRM)
    assert questions.open_facts(draft)["serial"] == {"value": "", "status": "unasked"}


def test_an_outage_told_in_the_second_message_brings_the_line_as_well() -> None:
    draft = opened("主機要報修", closed=True)
    assert not draft.urgent_first

    heard = then(draft, "整台開不了機，產線停了", closed=True)

    assert heard.outage
    assert (heard.draft.severity, heard.draft.urgent_first) == (1, True)
    assert not then(heard.draft, "真的很急，產線停了", closed=True).outage


@pytest.mark.parametrize("text", ["繼續", "好", "不要", "why do you need that?", "為什麼要問這個"])
def test_what_answers_nothing_is_not_written_down_as_the_customer(text: str) -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"), ("serial", "06B7721"))

    heard = then(draft, text)

    assert "customer" not in heard.draft.facts
    assert heard.no_answer
    assert questions.next_question(going_on(heard)) == "customer"


@pytest.mark.parametrize("text", ["沒有序號", "手邊沒有", "不知道", "no serial number", "skip"])
def test_a_serial_that_is_not_at_hand_is_left_to_staff(text: str) -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"))
    assert draft.asked == "serial"

    heard = then(draft, text)

    assert (heard.skipped, heard.draft.status("serial")) == (True, "skipped")
    assert questions.next_question(heard.draft) == "customer"


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


def test_two_serials_in_one_message_are_both_kept() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"))
    heard = then(draft, "06B7721 跟 06B7722", ("serial", "06B7721"), ("serial", "06B7722"))
    assert heard.draft.value("serial") == "06B7721、06B7722"


def test_a_fact_said_again_does_not_answer_another_question() -> None:
    draft = opened("儲存設備一直叫", ("product", "儲存設備"), ("serial", "06B7721"))
    heard = then(draft, "０６Ｂ７７２１", ("serial", "06B7721"))
    assert "customer" not in heard.draft.facts
    assert heard.no_answer


@pytest.mark.parametrize(
    "text",
    [
        "it's not that urgent",
        "just say yes or no",
        "no thats all",
        "時間還沒定",
        "改一下",
        "等一下",
    ],
)
def test_steering_and_remarks_are_no_product(text: str) -> None:
    draft = begun("機器一直發出警告聲響", "technical_hardware")
    assert draft.asked == "product"
    heard = answer(draft, text)
    assert "product" not in heard.draft.facts
    assert questions.next_question(heard.draft) == "product"


@pytest.mark.parametrize(
    ("text", "severity"), [("production stopped!!", 1), ("只有部分使用者不能用", 2)]
)
def test_how_bad_it_is_goes_to_the_description_and_raises_the_severity(
    text: str, severity: int
) -> None:
    draft = begun("儲存設備怪怪的", "technical_hardware", ("product", "儲存設備"),
                  ("serial", "06B7721"))  # fmt: skip
    assert draft.asked == "customer"
    heard = answer(draft, text)
    assert "customer" not in heard.draft.facts
    assert heard.draft.severity == severity
    assert heard.draft.value("description").endswith(f"\n{text}")


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("月底前", "needed_by", "2026-12-31"),
        ("the phone is wrong, 0911-222-333", "phone", "0911-222-333"),
        ("電話改 0933-123-456", "phone", "0933-123-456"),
    ],
)
def test_a_fact_with_a_form_goes_where_it_belongs(text: str, fact: str, value: str) -> None:
    draft = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"),
                  ("serial", "06B7721"))  # fmt: skip
    heard = answer(draft, text)
    assert heard.draft.value(fact) == value
    assert "customer" not in heard.draft.facts
    assert questions.next_question(heard.draft) == "customer"


def test_what_is_told_of_the_matter_at_another_question_is_not_lost() -> None:
    draft = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"),
                  ("serial", "06B7721"))  # fmt: skip
    heard = answer(draft, "log 等等傳 先跟你說錯誤在 14:30 發生")
    assert "customer" not in heard.draft.facts
    assert "14:30" in heard.draft.value("description")


@pytest.mark.parametrize(
    ("intent", "opening", "text", "asked"),
    [
        ("presales_configuration", "需要規格建議 備份用", "12/3 下午要簡報", "scale"),
        ("presales_demo", "想借測展示", "12/15 左右 地點在客戶高雄廠", "product"),
        ("technical_install", "主機要裝機 12/10", "改一下 要兩台", "product"),
    ],
)
def test_a_day_a_place_and_a_number_answer_no_other_question(
    intent: str, opening: str, text: str, asked: str
) -> None:
    draft = begun(opening, intent)
    assert draft.asked == asked
    heard = answer(draft, text)
    assert asked not in heard.draft.facts
    assert heard.noted


def test_a_place_is_read_from_its_words() -> None:
    heard = answer(begun("想借測展示", "presales_demo"), "12/15 左右 地點在客戶高雄廠")
    assert heard.draft.value("site") == "客戶高雄廠"
    assert heard.draft.value("needed_by") == "2026-12-15"


def test_send_it_at_an_optional_question_leads_to_the_summary() -> None:
    draft = begun("ERP 連不上", "technical_software", ("product", "ERP"))
    assert draft.asked == "error"
    for text in ("確認開單", "送出", "open ticket"):
        assert questions.next_question(answer(draft, text).draft) == CONFIRM, text
    needed = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"))
    assert questions.next_question(answer(needed, "送出").draft) == "serial"


@pytest.mark.parametrize("text", ["繼續", "還要多久", "go on"])
def test_wanting_the_question_again_is_no_miss(text: str) -> None:
    draft = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"))
    for _time in range(3):
        heard = answer(draft, text)
        assert (heard.no_answer, heard.gave_up, heard.draft.misses) == (True, None, 0)
        draft = heard.draft


def test_not_having_it_may_be_said_with_more() -> None:
    draft = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"))
    heard = answer(draft, "不知道耶 我人在外面")
    assert (heard.skipped, heard.draft.status("serial")) == (True, "skipped")

"""`hotline.tickets.intake`: what an answer means, whatever was asked. Pure rules."""

import json
from dataclasses import replace
from datetime import date

import pytest

from hotline.tickets import intake, questions
from hotline.tickets.draft import CONFIRM, Draft, Heard, Said, draft_from_json
from wording.facts import find_facts

TUESDAY = date(2026, 12, 1)


def opened(
    text: str,
    *facts: tuple[str, str],
    intent: str = "technical_hardware",
    closed: bool = False,
    visitor: bool = False,
) -> Draft:
    heard = intake.start("key", intent, Said(text, facts), closed=closed, visitor=visitor)
    return questions.ask(heard.draft, questions.next_question(heard.draft))


def then(draft: Draft, text: str, *facts: tuple[str, str], closed: bool = False) -> Heard:
    return intake.hear(draft, Said(text, facts), closed=closed)


def going_on(heard: Heard) -> Draft:
    return questions.ask(heard.draft, questions.next_question(heard.draft))


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


@pytest.mark.parametrize("code", ["02", "區碼 02", "(02)", "02 啦", "area code is 02", "０２"])
def test_an_area_code_alone_belongs_to_the_number_before(code: str) -> None:
    draft = replace(opened("主機要報修，開到一半就當機", ("product", "主機")), asked="phone")
    lacking = then(draft, "2700-1234")
    assert lacking.problem == "phone_missing_area_code"

    stored = draft_from_json(json.loads(json.dumps(lacking.draft.to_json())))
    heard = then(stored, code)

    assert heard.draft.value("phone") == "02-2700-1234"
    assert (heard.problem, heard.draft.half_phone) == (None, "")


@pytest.mark.parametrize("text", ["09", "02-1", "01", "27001234", "2 樓", "02 分機 5"])
def test_what_is_no_area_code_is_joined_to_nothing(text: str) -> None:
    draft = replace(opened("主機要報修，開到一半就當機", ("product", "主機")), asked="phone")
    heard = then(then(draft, "2700-1234").draft, text)
    assert heard.draft.value("phone") in ("", text)


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


def as_read(text: str, *more: tuple[str, str]) -> Said:
    """`text` with the facts that the engine finds by rule."""
    return Said(text, (*((one.kind, one.value) for one in find_facts(text)), *more), TUESDAY)


def begun(text: str, intent: str, *more: tuple[str, str], visitor: bool = False) -> Draft:
    heard = intake.start(
        "key", intent, as_read(text, *more), closed=False, visitor=visitor, reachable=not visitor
    )
    return questions.ask(heard.draft, questions.next_question(heard.draft))


def answer(draft: Draft, text: str) -> Heard:
    return intake.hear(draft, as_read(text))


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


def quote() -> Draft:
    draft = begun("S1014 三台 四十萬 12/9 要", "presales_quote", ("product", "S1014"))
    assert draft.asked == "customer"
    return going_on(answer(draft, "青田機械 台中廠"))


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("12/9 改 12/17", "needed_by", "2026-12-17"),
        ("make it the 10th", "needed_by", "2026-12-10"),
        ("早上十點好了", "needed_by", "2026-12-09 10:00"),
        ("不是 是彰化廠", "customer", "青田機械 彰化廠"),
        ("數量改成 5", "quantity", "5"),
        ("台中廠 客戶是青田機械", "customer", "青田機械 台中廠"),
        ("S1014 改 S1022", "product", "S1022"),
    ],
)
def test_a_correction_within_the_form(text: str, fact: str, value: str) -> None:
    draft = quote()
    assert draft.asked == CONFIRM
    assert answer(draft, text).draft.value(fact) == value


def test_a_corrected_number_is_corrected_in_the_description_too() -> None:
    draft = quote()
    assert "5 台" in answer(draft, "數量改成 5").draft.value("description")
    assert "三台" not in answer(draft, "數量改成 5").draft.value("description")
    assert "12/17" in answer(draft, "12/9 改 12/17").draft.value("description")
    assert "NT$500,000" in answer(draft, "四十萬改五十萬").draft.value("description")


def test_how_many_does_not_change_which() -> None:
    draft = begun("要報價", "presales_quote", ("product", "entry server"))
    said = as_read("make it 3 servers", ("product", "servers"))
    heard = intake.hear(draft, said)
    assert heard.draft.value("product") == "entry server"
    assert heard.draft.value("quantity") == "3"


def test_a_phone_that_lacks_a_digit_is_asked_for_again() -> None:
    draft = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"),
                  ("serial", "06B7721"))  # fmt: skip
    heard = answer(draft, "電話改 0933-123-45")
    assert (heard.problem, heard.draft.asked) == ("phone_short_mobile", "phone")
    assert "customer" not in heard.draft.facts


def test_the_end_of_a_number_replaces_its_end() -> None:
    order = begun("查訂單 SO-2026-01234 還沒到", "admin_order")
    assert answer(order, "訂單號碼打錯 是 01375").draft.value("order_number") == "SO-2026-01375"
    machine = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"),
                    ("serial", "06B7722"))  # fmt: skip
    assert answer(machine, "btw serial 最後一碼是 3 not 2").draft.value("serial") == "06B7723"


def test_words_of_the_description_are_replaced_where_both_are_named() -> None:
    draft = begun("VDI 要規格建議", "presales_configuration")
    heard = answer(draft, "不是 VDI 是 ERP 資料庫 大概 20TB")
    assert heard.draft.value("description").startswith("ERP 資料庫 大概 20TB")
    assert "VDI" not in heard.draft.value("description")


def test_a_new_address_does_not_cut_up_the_description() -> None:
    draft = begun("訂單 SO-2026-01234 送貨地址要改", "admin_order")
    heard = answer(draft, "地址改送 高雄市前鎮區中山路1號")
    assert heard.draft.value("description").splitlines() == [
        "訂單 SO-2026-01234 送貨地址要改",
        "地址改送 高雄市前鎮區中山路1號",
    ]


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


def test_that_nobody_can_work_is_heard_at_the_summary() -> None:
    assert answer(at_the_summary(), "整間公司都不能用").draft.severity == 1


def test_not_having_it_may_be_said_with_more() -> None:
    draft = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"))
    heard = answer(draft, "不知道耶 我人在外面")
    assert (heard.skipped, heard.draft.status("serial")) == (True, "skipped")

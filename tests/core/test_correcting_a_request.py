"""What is corrected or added while a request is filled and at its summary. Pure rules."""

import pytest

from hotline.tickets import intake
from hotline.tickets.draft import CONFIRM, Draft
from tests.core.request_drafts import answer, as_read, at_the_summary, begun, going_on, opened, then


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


def test_a_fact_given_with_the_yes_corrects_nothing() -> None:
    draft = opened("Power 主機開不了機，產線停了", ("product", "Power 主機"), closed=True)
    heard = then(draft, "對 客戶是青田機械 台中廠", closed=True)
    assert (heard.noted, heard.corrected) == (("customer",), ())
    assert heard.draft.value("customer") == "青田機械 台中廠"


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


def test_that_nobody_can_work_is_heard_at_the_summary() -> None:
    assert answer(at_the_summary(), "整間公司都不能用").draft.severity == 1

"""Every kind of request asks for its own facts, reads them, and comes to its summary."""

from datetime import date

import pytest

from hotline.tickets import intake, questions, wish_order
from hotline.tickets.draft import (
    CONFIRM,
    WHICH_FIRST,
    Draft,
    Heard,
    Said,
    Wish,
    draft_from_json,
)
from hotline.tickets.kinds import KINDS, NEEDED

TUESDAY = date(2026, 12, 1)


def opened(text: str, intent: str, *facts: tuple[str, str], **known: bool) -> Draft:
    said = Said(text, facts, TUESDAY)
    visitor = known.pop("visitor", False)
    heard = intake.start("key", intent, said, closed=False, visitor=visitor, **known)
    return questions.ask(heard.draft, questions.next_question(heard.draft))


def then(draft: Draft, text: str, *facts: tuple[str, str]) -> Heard:
    heard = intake.hear(draft, Said(text, facts, TUESDAY))
    going_on = questions.ask(heard.draft, questions.next_question(heard.draft))
    return Heard(**{**heard.__dict__, "draft": going_on})


@pytest.mark.parametrize("intent", KINDS)
def test_skipping_leads_to_the_summary_within_a_few_questions(intent: str) -> None:
    draft = opened("您好", intent, reachable=True)
    for _question in range(12):
        if draft.asked == CONFIRM:
            break
        answer = "希望你們處理一下這件事情" if draft.asked == "description" else "略過"
        draft = then(draft, answer).draft
    assert draft.asked == CONFIRM
    assert questions.is_complete(draft)


@pytest.mark.parametrize("intent", KINDS)
def test_no_more_than_three_questions_that_may_be_skipped(intent: str) -> None:
    optional = [fact for fact, need in KINDS[intent].asks if need != NEEDED]
    assert len(optional) <= 3


def test_facts_said_at_once_are_not_asked_for() -> None:
    draft = opened("想申請 BDF，十二月的客戶研討會，20 萬，12/15 辦", "campaign_bdf",
                   ("needed_by", "12/15"))  # fmt: skip
    assert draft.asked == CONFIRM
    assert draft.value("purpose") == "申請"
    assert draft.value("amount") == "NT$200,000"
    assert draft.value("needed_by") == "2026-12-15"


def test_a_sum_of_money_is_read_in_full_digits_or_asked_again() -> None:
    draft = opened("想申請 BDF 辦 12 月客戶研討會", "campaign_bdf")
    assert draft.asked == "amount"
    once = then(draft, "很多")
    assert once.problem == "amount"
    assert then(once.draft, "四十萬").draft.value("amount") == "NT$400,000"
    twice = then(once.draft, "還是很多")
    assert (twice.gave_up, twice.draft.status("amount")) == ("amount", "unverified")


def test_a_day_that_has_gone_is_asked_for_again() -> None:
    draft = opened("需要建議書的競品比較資料", "presales_proposal")
    assert draft.asked == "needed_by"
    once = then(draft, "11/20", ("needed_by", "11/20"))
    assert once.problem == "needed_by_past"
    assert (
        then(once.draft, "下週三", ("needed_by", "下週三")).draft.value("needed_by") == "2026-12-09"
    )


def test_as_soon_as_possible_is_an_answer() -> None:
    draft = opened("要報價", "presales_quote", ("product", "S1014"), ("quantity", "2"))
    draft = then(draft, "青田機械").draft
    assert draft.asked == "needed_by"
    assert then(draft, "越快越好").draft.asked == CONFIRM


def test_a_proposal_due_within_two_working_days_is_urgent() -> None:
    draft = opened("標案的規格要協助，週四截標", "presales_proposal", ("needed_by", "週四"))
    assert draft.severity == 2
    later = opened("標案的規格要協助，下週五截標", "presales_proposal", ("needed_by", "下週五"))
    assert later.severity == 3


def test_an_application_reads_company_and_number_and_checks_the_number() -> None:
    draft = opened("我們想當你們的經銷商", "apply_partnership", reachable=True)
    assert draft.asked == "company"
    wrong = then(draft, "禾光資訊 12345678", ("phone", "12345678"))
    assert wrong.problem == "tax_id"
    assert wrong.draft.value("company") == "禾光資訊"
    assert wrong.draft.value("phone") == ""
    told = then(wrong.draft, "打錯 12345675 才對 公司才八個月", ("tax_id", "12345675"))
    assert (told.draft.value("tax_id"), told.draft.value("years")) == ("12345675", "八個月")
    assert then(wrong.draft, "12345678", ("phone", "12345678")).gave_up == "tax_id"


def test_a_message_needs_a_phone_only_where_none_is_on_record() -> None:
    assert opened("請轉告王志豪報價改三台", "leave_message", reachable=True).asked == "needed_by"
    assert opened("請轉告王志豪報價改三台", "leave_message").asked == "phone"
    assert opened("請轉告王志豪報價改三台", "leave_message", visitor=True).asked == "needed_by"


def test_that_somebody_is_to_call_is_no_message_yet() -> None:
    number = ("phone", "0912-345-678")
    asked = opened("請打電話給我 0912-345-678", "leave_message", number)
    assert (asked.asked, asked.value("phone")) == ("description", "0912-345-678")
    said = then(opened("請打電話給我", "leave_message"), "零件還沒有送來").draft
    assert (said.value("description"), said.asked) == ("零件還沒有送來", "phone")
    when = ("needed_by", "明天下午")
    at_a_time = opened("請明天下午打電話給我", "leave_message", when, reachable=True)
    assert at_a_time.asked == CONFIRM


def test_a_credit_limit_asks_for_the_sum_and_an_invoice_for_its_number() -> None:
    assert opened("想調高信用額度", "admin_invoice").asked == "amount"
    assert opened("發票抬頭開錯了要換", "admin_invoice").asked == "order_number"


def test_own_account_is_not_asked_for() -> None:
    assert opened("我的帳號被鎖住進不去", "admin_account").asked == CONFIRM
    assert opened("同事的入口網帳號進不去", "admin_account").asked == "email"


def test_a_special_bid_needs_its_customer() -> None:
    draft = opened("這案要申請特價", "presales_quote", ("product", "S1014"), ("quantity", "2"))
    assert draft.asked == "customer"
    assert not then(draft, "不要").draft.value("customer")


def test_what_was_said_wrong_is_replaced_where_it_stands() -> None:
    draft = opened("S1014 開機到一半就停，客戶是青田機械 台中廠", "technical_hardware",
                   ("product", "S1014"), ("serial", "78A1234"))  # fmt: skip
    assert draft.asked == CONFIRM
    heard = then(draft, "不是台中廠 是台南廠")
    assert heard.corrected == ("customer",)
    assert heard.draft.value("customer") == "青田機械 台南廠"


def test_a_model_takes_the_place_of_an_everyday_word() -> None:
    draft = opened("新買的 storage 要搬資料", "technical_install", ("product", "storage"))
    heard = then(draft, "5148-24F 兩台", ("machine_type", "5148-24F"), ("quantity", "2"))
    assert heard.draft.value("product") == "5148-24F"
    assert heard.draft.value("quantity") == "2"


def test_the_request_under_way_is_finished_first_and_the_other_one_kept() -> None:
    draft = opened("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"))
    wish = Wish("campaign_training", "幫我報 Power 的課", (("product", "Power"),))
    asked = wish_order.ask_which_first(draft, wish)
    assert (asked.asked, asked.stood) == (WHICH_FIRST, "serial")
    back = wish_order.finish_first(draft_from_json(asked.to_json()))
    assert (back.asked, back.stood, back.other) == ("serial", None, None)
    assert back.wishes == (wish,)


def test_a_request_that_is_put_aside_comes_back_as_it_was() -> None:
    draft = opened("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"))
    wish = Wish("campaign_training", "幫我報 Power 的課")
    aside = wish_order.put_aside(wish_order.ask_which_first(draft, wish))
    assert aside.draft is not None
    assert draft_from_json(aside.draft) == draft


@pytest.mark.parametrize("number", ["AB-12345678", "AB12345678", "INV-2026-0098"])
def test_an_invoice_has_a_number_of_its_own(number: str) -> None:
    draft = opened("發票抬頭開錯了要換", "admin_invoice")
    assert draft.asked == "order_number"
    assert then(draft, number).draft.value("order_number") == number
    assert opened(f"發票號碼 {number} 抬頭開錯了", "admin_invoice").asked == CONFIRM


def test_a_statement_needs_no_number() -> None:
    assert opened("我要對帳單", "admin_invoice").asked == CONFIRM


def test_a_contract_that_ends_next_month_is_not_wanted_by_then() -> None:
    draft = opened("合約下個月到期 要續約", "admin_contract")
    assert (draft.asked, draft.value("purpose"), draft.value("needed_by")) == (CONFIRM, "續約", "")


def test_a_conflict_told_in_one_line() -> None:
    draft = opened("你們業務搶我們的客戶", "report_conflict")
    heard = then(draft, "客戶是永昌鋼鐵 案子 備份主機 去年就登錄了")
    assert heard.draft.value("customer") == "永昌鋼鐵"
    assert heard.draft.value("project") == "備份主機"
    assert heard.draft.value("promised") == "去年就登錄了"


def test_no_call_back_is_an_answer_and_a_past_time_is_none() -> None:
    draft = opened("請轉告王志豪報價改三台", "leave_message", reachable=True)
    assert draft.asked == "needed_by"
    assert then(draft, "不用回電").draft.asked == CONFIRM
    assert then(draft, "昨天下午三點").problem == "needed_by_past"


@pytest.mark.parametrize(
    "text", ["12/20 之後都可以", "下個月1號起", "明年二月", "下個月中", "next quarter"]
)
def test_what_is_no_single_day_is_kept_as_typed(text: str) -> None:
    draft = opened("請轉告王志豪報價改三台", "leave_message", reachable=True)
    assert then(draft, text).draft.value("needed_by") == text


def test_an_application_takes_the_year_it_began_and_a_name_without_it() -> None:
    draft = opened("我們想當你們的經銷商", "apply_partnership", reachable=True)
    heard = then(draft, "Lifan Tech, 12345675, founded 2019", ("tax_id", "12345675"))
    assert heard.draft.value("company") == "Lifan Tech"
    assert heard.draft.value("years") == "founded 2019"
    asked = then(draft, "Lifan Tech 12345675", ("tax_id", "12345675")).draft
    assert asked.asked == "years"
    assert "years" not in then(asked, "two customers: A and B").draft.facts
    assert then(asked, "8").draft.value("years") == "8"
    assert then(asked, "大概八年").draft.value("years") == "八年"


@pytest.mark.parametrize("wish", ["改公司資料", "我想改公司的資料", "update our company details"])
def test_a_bare_wish_to_change_company_data_is_asked_which_item(wish: str) -> None:
    draft = opened(wish, "admin_company_data")
    assert draft.asked == "description"
    draft = then(draft, "通訊地址").draft
    assert (draft.value("description"), draft.asked) == ("通訊地址", "new_value")

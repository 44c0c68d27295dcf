"""Which part of a record is meant, and whose."""

from datetime import date

import pytest

from wording import record_wishes
from wording.record_wishes import (
    Period,
    asks_for_own,
    names_other_company,
    names_person,
    period_in,
    wants_list,
    wants_quarters,
)

TODAY = date(2026, 12, 1)
OWN = ("P-1001", "禾光資訊", "Heguang Information", "12345675")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("BDF 還剩多少", (None, None)),
        ("今年業績", (2026, None)),
        ("去年的 BDF", (2025, None)),
        ("前年做了多少", (2024, None)),
        ("last year's fund", (2025, None)),
        ("2024 年的業績", (2024, None)),
        ("民國 114 年", (2025, None)),
        ("114年度", (2025, None)),
        ("第三季業績", (None, 3)),
        ("第 2 季", (None, 2)),
        ("Q4 so far?", (None, 4)),
        ("去年Q1", (2025, 1)),
        ("the third quarter", (None, 3)),
        ("上一季", (2026, 3)),
        ("本季業績", (2026, 4)),
        ("SO-2026-02071 有算進去嗎", (None, None)),
        ("2026/03/31 到期嗎", (None, None)),
    ],
)
def test_the_period_that_is_asked_for(text: str, period: tuple[int | None, int | None]) -> None:
    assert period_in(text, TODAY) == Period(*period)


def test_the_quarter_before_the_first_is_last_years() -> None:
    assert period_in("上季業績", date(2026, 2, 3)) == Period(2025, 4)


@pytest.mark.parametrize("text", ["我的證照還有效嗎", "查一下我的認證", "我這張證照到什麼時候",
                                  "my certificate", "when does my certification expire",
                                  "我自己考過的有哪些", "我名下的證書"])  # fmt: skip
def test_ones_own_certificates(text: str) -> None:
    assert asks_for_own(text)


@pytest.mark.parametrize("text", ["我們的認證", "我們公司有幾張證照", "我想查認證",
                                  "認證還有效嗎", "我要看公司的認證", "our certificates",
                                  "幫我查認證"])  # fmt: skip
def test_the_companys_certificates(text: str) -> None:
    assert not asks_for_own(text)


@pytest.mark.parametrize(
    ("text", "name", "named"),
    [
        ("王大明的認證到什麼時候", "王大明", True),
        ("大明的呢", "王大明", True),
        ("林柏宏的呢", "王大明", False),
        ("is Kevin's certificate valid", "Kevin Lin", True),
        ("KEVIN LIN cert?", "Kevin Lin", True),
        ("all kevins", "Kevin Lin", False),
        ("認證", "", False),
        ("王明的認證", "王大明", False),
    ],
)
def test_a_person_is_named(text: str, name: str, named: bool) -> None:
    assert names_person(text, name) is named


@pytest.mark.parametrize("text", ["查 P-1002 的信用額度", "p1002 BDF", "幫我看北辰系統的 BDF",
                                  "統編 04595257 的信用額度",
                                  "晨曦科技股份有限公司的合約到什麼時候",
                                  "查一下立凡科技今年業績"])  # fmt: skip
def test_another_company_is_named(text: str) -> None:
    assert names_other_company(text, OWN)


@pytest.mark.parametrize("text", ["我們的 BDF", "禾光資訊的 BDF 還剩幾萬", "P-1001 的信用額度",
                                  "統編 12345675 的信用額度", "你們系統的業績對嗎", "公司的合約",
                                  "入口網系統的業績", "BDF 額度 120000 夠嗎",
                                  "our credit limit", "禾光資訊股份有限公司的合約"])  # fmt: skip
def test_the_own_company_is_meant(text: str) -> None:
    assert not names_other_company(text, OWN)


def test_a_list_or_the_quarters_are_wanted() -> None:
    assert wants_list("列出認證名單")
    assert wants_list("list all certificates")
    assert not wants_list("認證還有效嗎")
    assert wants_quarters("看各季業績")
    assert wants_quarters("sales by quarter")
    assert not wants_quarters("第三季業績")


@pytest.mark.parametrize(
    "text",
    ["那去年呢", "去年的呢", "第三季呢", "Q2呢", "Q3?", "Q3", "and last year?", "去年第三季呢",
     "上一季呢", "那 2024 年呢", "2025?", "what about the second quarter"],
)  # fmt: skip
def test_only_another_period_is_a_follow_up(text: str) -> None:
    assert record_wishes.is_follow_up(text, "account_performance")


@pytest.mark.parametrize("text", ["林柏宏的呢", "許雅雯呢", "and Amy Wu?", "那王小明呢？"])
def test_only_a_person_is_a_follow_up_of_certificates(text: str) -> None:
    assert record_wishes.is_follow_up(text, "account_certification")
    assert not record_wishes.is_follow_up(text, "account_bdf")


@pytest.mark.parametrize(
    "text", ["2025", "去年那台主機壞了", "價格呢", "高級認證呢", "why?", "那三季呢", "謝謝", ""]
)
def test_whatever_says_more_or_less_is_no_follow_up(text: str) -> None:
    assert not record_wishes.is_follow_up(text, "account_certification")


def test_in_a_form_only_a_question_is_a_follow_up() -> None:
    assert not record_wishes.is_follow_up("去年", "account_bdf", in_form=True)
    assert record_wishes.is_follow_up("去年呢", "account_bdf", in_form=True)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("王小明的證照還有效嗎", "王小明"),
        ("請問王小明有 AIX 認證嗎", "王小明"),
        ("Is John Smith's certificate still valid?", "John Smith"),
        ("certificates of John Smith", "John Smith"),
        ("我們五張有效的證照", None),
        ("高級認證還有效嗎", None),
        ("我們公司有哪些人的認證快到期了", None),
    ],
)
def test_the_person_whose_certificates_are_asked_for(text: str, person: str | None) -> None:
    assert record_wishes.person_named(text) == person


@pytest.mark.parametrize(
    ("text", "takes"),
    [("好", True), ("要", True), ("要啊", True), ("yes please", True), ("謝謝", False),
     ("要多久", False), ("不要", False)],
)  # fmt: skip
def test_a_yes_to_an_offer(text: str, takes: bool) -> None:
    assert record_wishes.takes_offer(text) is takes

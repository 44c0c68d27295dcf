"""How a record is put into words: what comes first, what age it has, which way on is offered."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hotline.calendar.service import Calendars
from hotline.clock import Clock
from hotline.core import Hotline
from hotline.database import Database
from hotline.deadlines.service import Deadlines
from hotline.knowledge.library import Library
from hotline.knowledge.naming import known_to
from hotline.partners.look_ups import LOOK_UPS
from hotline.partners.records import (
    Certification,
    Contract,
    Credit,
    Fund,
    Performance,
    Recorded,
)
from hotline.partners.service import Contact
from hotline.partners.telling import Question, Teller
from hotline.replies import Reply, load_replies
from hotline.settings import load_settings
from tests.conftest import TUESDAY_MORNING, set_clock

TODAY = date(2026, 12, 1)
SAID: dict[str, Any] = {"as_of": date(2026, 11, 30), "source": "test"}
ASKER = Contact(id=1, name="陳怡君", email="a@b.example", phone=None, language="zh-TW",
                partner_id="P-1", company_zh="禾光資訊", company_en="Heguang", types=("isv",),
                tier="gold", region="north", status="active", roles=("owner",))  # fmt: skip
CONTRACT = Contract(number="C-7", signed_on=None, starts_on=date(2025, 1, 1),
                    ends_on=date(2027, 3, 31), status="active", renewal="by_agreement",
                    **SAID)  # fmt: skip
FUND = Fund(year=2026, granted=600_000, requested=300_000, claimed=250_000, balance=300_000,
            **SAID)  # fmt: skip
CREDIT = Credit(credit_limit=5_000_000, receivable=1_600_000, overdue=80_000,
                payment_record="often_late", reviewed_on=date(2026, 7, 31), review="passed",
                **SAID)  # fmt: skip


_FIGURES = re.compile(r"-?NT\$[0-9,]*[0-9]|[0-9]+%|[0-9]+(?:/[0-9]+)+")

_BEGIN = "2025/1/1"  # of a contract: on the card as well


def sold(actual: int, minimum: int = 100, quarter: int = 0, year: int = 2026) -> Performance:
    return Performance(year=year, quarter=quarter, minimum=minimum, actual=actual, **SAID)


def certificate(person: str, title: str, until: date | None) -> Certification:
    return Certification(person=person, title=title, until=until, **SAID)


class Told:
    """Tells records to the demonstration's contact, in one language."""

    def __init__(self, hotline: Hotline, language: str = "zh-TW") -> None:
        self._hotline, self._language = hotline, language

    def __call__(self, intent: str, *found: Recorded, text: str = "", **more: Any) -> Reply:
        teller = Teller(self._hotline, ASKER, self._language, Question(intent, text, **more))
        return LOOK_UPS[intent].tell(teller, found)


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    """A core that says things and never opens its database, on 1 December."""
    folder = tmp_path_factory.mktemp("speaking")
    settings = load_settings().model_copy(
        update={"var_dir": folder, "database_url": f"sqlite+aiosqlite:///{folder / 'none.db'}"}
    )
    set_clock(settings, TUESDAY_MORNING)
    return Hotline(
        settings=settings,
        clock=Clock(settings.clock_file, settings.env),
        database=Database(settings.database_url),
        deadlines=Deadlines(settings),
        calendars=Calendars(settings),
        replies=load_replies(settings.root / "domain.yml"),
        library=Library(settings.knowledge_dir, known_to(settings)),
    )


@pytest.fixture
def told(speaking: Hotline) -> Told:
    return Told(speaking)


@pytest.fixture
def told_english(speaking: Hotline) -> Told:
    return Told(speaking, "en")


def titles(reply: Reply) -> list[str]:
    return [button["title"] for button in reply.buttons]


def test_a_contract_says_until_when_and_offers_to_renew_it(told: Told, told_english: Told) -> None:
    reply = told("account_contract", CONTRACT)
    assert reply.text == (
        "合約 C-7 有效，到期日 2027/3/31，還有 120 天（資料到 11/30）。要辦續約嗎？"
    )
    assert titles(reply) == ["辦續約", "不用了"]
    assert told_english("account_contract", CONTRACT).text == (
        "Contract C-7: in force until 31 Mar 2027, 120 days left (as of 30 Nov). Renew?"
    )


def test_one_day_is_no_days(told_english: Told) -> None:
    tomorrow = replace(CONTRACT, ends_on=TODAY + timedelta(days=1))
    assert "1 day left" in told_english("account_contract", tomorrow).text


@pytest.mark.parametrize(
    ("changes", "begins", "buttons"),
    [
        ({"ends_on": date(2026, 10, 31)}, "已到期：合約 C-7 到 10/31 為止，已過 31 天",
         ["辦續約", "不用了"]),
        ({"ends_on": TODAY}, "合約 C-7 今天（12/1）到期", ["辦續約", "不用了"]),
        ({"status": "draft"}, "合約 C-7 還是草約", ["辦簽約", "不用了"]),
        ({"status": "terminated"}, "合約 C-7 已終止", ["開工單", "不用了"]),
        ({"starts_on": date(2027, 1, 1)}, "合約 C-7 還沒開始，2027/1/1 生效", []),
        ({"renewal": "automatic"}, "合約 C-7 有效", []),
        ({"renewal": "in_progress", "ends_on": date(2026, 10, 31)}, "已到期", []),
        ({"renewal": "automatic", "ends_on": date(2026, 10, 31)}, "已到期", ["辦續約", "不用了"]),
    ],
)  # fmt: skip
def test_every_standing_of_a_contract_is_told(
    told: Told, changes: dict[str, Any], begins: str, buttons: list[str]
) -> None:
    reply = told("account_contract", replace(CONTRACT, **changes))
    assert reply.text.startswith(begins)
    assert titles(reply) == buttons


def test_what_comes_of_its_end_is_said_even_where_nothing_may_be_asked(told: Told) -> None:
    renewing = replace(CONTRACT, renewal="in_progress")
    assert told("account_contract", renewing, is_last=False).text.endswith("續約正在辦。")
    reply = told("account_contract", CONTRACT, is_last=False)
    assert (reply.text[-1], reply.buttons) == ("。", ())
    assert "續約" not in reply.text


@pytest.mark.parametrize("intent", LOOK_UPS)
def test_where_nothing_is_recorded_a_colleague_can_look(
    told: Told, told_english: Told, intent: str
) -> None:
    reply = told(intent)
    assert "沒有登記的資料" in reply.text
    assert [button["payload"] for button in reply.buttons] == [
        f'/{intent}{{"step":"look"}}',
        "/deny",
    ]
    assert told_english(intent).text.startswith("Nothing is recorded for")


def test_the_certificate_that_ends_next_is_named_and_the_expired_are_told(told: Told) -> None:
    held = [
        certificate("王大明", "儲存", date(2027, 8, 31)),
        certificate("林柏宏", "AIX", date(2027, 1, 31)),
        certificate("許雅雯", "備份", date(2026, 10, 31)),
        certificate("陳怡君", "銷售", None),
    ]
    reply = told("account_certification", *held)
    assert reply.text == (
        "認證 3 張有效、1 張已過期；最近到期：林柏宏 AIX，2027/1/31（資料到 11/30）。要約考試嗎？"
    )
    assert titles(reply) == ["約考試", "看全部"]


def test_certificates_that_never_end_and_those_that_all_have(told: Told) -> None:
    lasting = told("account_certification", certificate("陳怡君", "銷售", None))
    assert lasting.text.startswith("認證 1 張有效，都沒有到期日")
    over = [certificate(who, "AIX", date(2026, day, 1)) for who, day in (("A", 5), ("B", 9))]
    assert told("account_certification", *over).text.startswith(
        "沒有有效的認證，2 張已過期；最近一張是 B AIX，9/1"
    )


@pytest.mark.parametrize("text", ["王大明的認證到什麼時候", "大明還有哪些證照"])
def test_a_named_persons_certificates_alone(told: Told, text: str) -> None:
    held = [
        certificate("王大明", "儲存", date(2027, 8, 31)),
        certificate("王大明", "備份", date(2026, 8, 31)),
        certificate("林柏宏", "AIX", date(2027, 1, 31)),
    ]
    reply = told("account_certification", *held, text=text)
    assert reply.text == "王大明的認證（資料到 11/30）：\n備份，8/31 已過期\n儲存，2027/8/31"


def test_ones_own_certificates_are_the_askers(told: Told) -> None:
    others = certificate("林柏宏", "AIX", date(2027, 1, 31))
    none = told("account_certification", others, text="我的認證什麼時候到期")
    assert none.text.startswith(f"查不到{ASKER.name}的認證")
    own = certificate(ASKER.name, "銷售", date(2027, 5, 31))
    reply = told("account_certification", others, own, text="我的認證什麼時候到期")
    assert reply.text.splitlines() == [f"{ASKER.name}的認證（資料到 11/30）：", "銷售，2027/5/31"]
    company = told("account_certification", others, own, text="我們公司的認證還有效嗎")
    assert "2 張有效" in company.text


def test_a_long_list_goes_by_person_and_day_seven_lines_at_a_time(told: Told) -> None:
    held = [
        certificate(who, f"X{month}", date(2027, month, 1))
        for who in "BA"
        for month in (9, 3, 5, 1, 7)
    ]
    first = told("account_certification", *held, view="all")
    lines = first.text.splitlines()
    assert lines[0] == "認證共 10 張（資料到 11/30），依姓名排："
    assert lines[1:3] == ["A X1，2027/1/1", "A X3，2027/3/1"]
    assert (len(lines), lines[-1]) == (9, "還有 3 張")
    assert first.buttons[0]["payload"] == '/account_certification{"step":"all","page":"2"}'
    second = told("account_certification", *held, view="all", page=2)
    assert [line[:4] for line in second.text.splitlines()[1:]] == ["B X5", "B X7", "B X9"]
    assert titles(second) == ["約考試"]
    beyond = told("account_certification", *held, view="all", page=99)
    assert beyond.text == first.text or "A X1" in beyond.text


def test_the_fund_and_what_is_left_of_it(told: Told, told_english: Told) -> None:
    reply = told("account_bdf", FUND)
    assert reply.text == (
        "BDF 核定 NT$600,000，已申請 NT$300,000，已請款 NT$250,000，"
        "可用 NT$300,000（資料到 11/30）。"
    )
    assert titles(reply) == ["申請", "請款"]
    assert "NT$300,000 available (as of 30 Nov)" in told_english("account_bdf", FUND).text


@pytest.mark.parametrize("balance", [0, -5_000])
def test_nothing_left_is_said_first(told: Told, balance: int) -> None:
    reply = told("account_bdf", replace(FUND, balance=balance))
    assert reply.text.startswith("BDF 已用完，可用 ")
    assert titles(reply) == ["請款"]


def test_last_years_fund_is_told_when_it_is_asked_for(told: Told) -> None:
    before = replace(FUND, year=2025, balance=20_000)
    reply = told("account_bdf", FUND, before, text="去年的 BDF 還剩多少")
    assert reply.text.startswith("2025 年 BDF 核定")
    assert "剩 NT$20,000" in reply.text
    none = told("account_bdf", FUND, text="2024 年的 BDF")
    assert none.text == "BDF 餘額沒有 2024 年的資料。要開單請同事查嗎？"


def test_without_a_grant_of_this_year_the_latest_is_told_as_such(told: Told) -> None:
    reply = told("account_bdf", replace(FUND, year=2025))
    assert reply.text.startswith(
        "BDF 餘額還沒有 2026 年的資料，最近的是 2025 年。2025 年 BDF 核定 NT$600,000"
    )
    assert reply.card is not None
    assert reply.card["note"] == "BDF 餘額還沒有 2026 年的資料，最近的是 2025 年。"


@pytest.mark.parametrize(
    ("actual", "minimum", "begins", "has"),
    [
        (83, 100, "今年業績 NT$83", "達成率 83%，還差 NT$17"),
        (996, 1000, "今年業績 NT$996", "達成率 99%，還差 NT$4"),
        (100, 100, "已達標：今年業績 NT$100", "達成率 100%"),
        (250, 0, "今年業績 NT$250，沒有約定最低額", ""),
        (0, 100, "今年業績 NT$0", "達成率 0%"),
    ],
)
def test_sales_against_the_minimum(
    told: Told, actual: int, minimum: int, begins: str, has: str
) -> None:
    reply = told("account_performance", sold(actual, minimum))
    assert reply.text.startswith(begins)
    assert has in reply.text
    assert titles(reply) == ["看各季", "找通路經理"]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("第三季業績多少", "第 3 季業績 NT$70"),
        ("Q2 sales?", "已達標：第 2 季業績 NT$120"),
        ("上一季做多少", "第 3 季業績 NT$70"),
        ("去年第二季", "2025 年第 2 季業績 NT$55"),
        ("去年業績", "2025 年業績 NT$55"),
        ("第四季呢", "業績達成沒有第 4 季的資料"),
        ("2023 年業績", "業績達成沒有 2023 年的資料"),
    ],
)
def test_the_quarter_or_year_that_is_asked_for(told: Told, text: str, begins: str) -> None:
    figures = [sold(120, quarter=2), sold(70, quarter=3), sold(55, quarter=2, year=2025)]
    assert told("account_performance", *figures, text=text).text.startswith(begins)


def test_quarter_by_quarter_in_the_year_that_was_spoken_of(told: Told) -> None:
    figures = [sold(120, quarter=2), sold(70, quarter=3), sold(55, quarter=1, year=2025)]
    whole = told("account_performance", *figures, text="去年業績")
    assert whole.buttons[0]["payload"] == '/account_performance{"step":"quarters","year":"2025"}'
    reply = told("account_performance", *figures, view="quarters", year=2025)
    assert reply.text.splitlines() == [
        "2025 年各季業績（資料到 11/30）：",
        "第 1 季：NT$55，約定 NT$100，55%",
    ]
    assert len(told("account_performance", *figures, text="看各季業績").text.splitlines()) == 3


def test_credit_with_and_without_something_overdue(told: Told) -> None:
    reply = told("account_credit", CREDIT)
    assert reply.text == (
        "應收帳款 NT$1,600,000，逾期 NT$80,000（5%），信用額度 NT$5,000,000，"
        "可用 NT$3,400,000（資料到 11/30）。要找財務窗口嗎？"
    )
    assert titles(reply) == ["找財務", "看明細"]
    assert "沒有逾期" in told("account_credit", replace(CREDIT, overdue=0)).text
    assert "（不到 1%）" in told("account_credit", replace(CREDIT, overdue=1)).text


def test_over_the_limit_comes_first_and_nobody_is_judged(told: Told) -> None:
    reply = told("account_credit", replace(CREDIT, credit_limit=1_500_000))
    assert reply.text.startswith("已超過信用額度 NT$100,000：應收帳款 NT$1,600,000")
    details = told("account_credit", CREDIT, view="details")
    assert "信用審核：通過（7/31）" in details.text
    assert not any(word in f"{reply}{details}" for word in ("遲", "繳款", "often_late", "payment"))


def test_the_newest_credit_record_counts(told: Told) -> None:
    newest = replace(CREDIT, as_of=date(2026, 11, 30))
    older = replace(CREDIT, as_of=date(2026, 10, 31), receivable=9)
    assert "NT$1,600,000" in told("account_credit", newest, older).text


@pytest.mark.parametrize(
    ("as_of", "says"),
    [
        (date(2026, 11, 30), "（資料到 11/30）"),
        (date(2026, 9, 2), "（資料到 9/2）"),
        (date(2026, 9, 1), "（資料到 9/1，91 天前的）"),
        (date(2025, 12, 31), "（資料到 2025/12/31，335 天前的）"),
    ],
)
def test_what_is_older_than_ninety_days_says_its_age(told: Told, as_of: date, says: str) -> None:
    reply = told("account_bdf", replace(FUND, as_of=as_of))
    assert says in reply.text
    assert reply.card is not None
    assert f"（{reply.card['as_of']}）" == says


@pytest.mark.parametrize(
    ("intent", "record"),
    [
        ("account_contract", CONTRACT),
        ("account_contract", replace(CONTRACT, ends_on=date(2026, 10, 31))),
        ("account_certification", certificate("林柏宏", "AIX", date(2027, 1, 31))),
        ("account_bdf", FUND),
        ("account_bdf", replace(FUND, balance=0)),
        ("account_performance", sold(83)),
        ("account_performance", sold(100)),
        ("account_credit", CREDIT),
    ],
)
def test_a_card_and_its_text_have_the_same_figures(
    told: Told, intent: str, record: Recorded
) -> None:
    """Whoever reads the text alone misses nothing; the card stands in its place elsewhere."""
    reply = told(intent, record)
    assert reply.card is not None
    card = reply.card
    assert card["kind"] == "record"
    assert json.loads(json.dumps(card)) == card
    written = json.dumps(card, ensure_ascii=False)
    figures = set(_FIGURES.findall(reply.text))
    assert figures
    assert figures - {_BEGIN} == set(_FIGURES.findall(written)) - {_BEGIN}
    assert card["as_of"] in reply.text
    assert reply.text.endswith(card["next"])

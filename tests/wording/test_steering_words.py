"""`wording.steering` and its like: what steers a request, and what is an answer."""

import pytest

from wording import steering
from wording.bare_numbers import bare_number
from wording.fact_names import fact_to_change, new_value, without_marker
from wording.passwords import masked
from wording.sentences import fill


@pytest.mark.parametrize(
    ("text", "skips"),
    [
        ("略過", True),
        ("沒有序號", True),
        ("不知道啦", True),
        ("我不知道型號", True),
        ("客戶還不能說", True),
        ("no serial number", True),
        ("I'd rather not say", True),
        ("don't know", True),
        ("沒有反應", False),
        ("沒有電", False),
        ("找不到伺服器", False),
        ("no display at all", False),
    ],
)
def test_not_having_a_fact_is_no_fact(text: str, skips: bool) -> None:
    assert steering.is_skip(text) is skips


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("可以", True),
        ("OK 謝謝", True),
        ("沒錯，請開", True),
        ("對 客戶是青田機械", True),
        ("對 產線停了", True),
        ("yes, customer is Acme", True),
        ("好 可是電話要改", False),
        ("可以改一下嗎", False),
        ("可以等我確認客戶再開嗎", False),
        ("對了 還有另一台也壞了", False),
        ("好像不是", False),
        ("對不起打錯", False),
        ("ok but change the phone", False),
        ("okra", False),
    ],
)
def test_a_yes_with_a_condition_is_none(text: str, agrees: bool) -> None:
    assert steering.starts_with_yes(text) is agrees


@pytest.mark.parametrize("text", ["謝謝", "謝謝！", "Thanks", "thank you."])
def test_thanks_alone_are_neither_a_yes_nor_an_answer(text: str) -> None:
    assert not steering.is_yes(text)
    assert not steering.starts_with_yes(text)
    assert steering.is_no_answer(text)
    assert steering.is_yes("好，謝謝")
    assert steering.is_yes("yes, thanks")


@pytest.mark.parametrize(
    "text", ["為什麼要序號", "why do you need it?", "多久會回？", "what do you mean"]
)
def test_a_question_answers_nothing(text: str) -> None:
    assert steering.is_question(text)
    assert steering.is_no_answer(text)


@pytest.mark.parametrize(
    "text", ["青田機械", "Qingtian Machinery", "開機就當掉", "12/15 前", "是大立營造"]
)
def test_an_answer_is_one(text: str) -> None:
    assert not steering.is_no_answer(text)


@pytest.mark.parametrize("text", ["算了", "不用了", "那算了吧", "never mind", "No thanks"])
def test_who_waits_may_leave(text: str) -> None:
    assert steering.is_leave(text)


@pytest.mark.parametrize(
    "text", ["還是想問報價 S1014 兩台", "沒有其他問題了", "no problem, thanks"]
)
def test_a_new_wish_is_no_no(text: str) -> None:
    assert not steering.starts_with_no(text)


@pytest.mark.parametrize(
    ("text", "correction"),
    [
        ("客戶打錯了 是大立營造", ("customer", "大立營造")),
        ("客戶打錯了 應該是大立營造 高雄", ("customer", "大立營造 高雄")),
        ("把數量改成 10", ("quantity", "10")),
        ("序號是78A1235才對", ("serial", "78A1235")),
        ("訂單號碼也錯了 後面是 01375", ("order_number", "01375")),
        ("quantity is 9", ("quantity", "9")),
        ("customer should be Beta Ltd", ("customer", "Beta Ltd")),
        ("序號改成 78A4321 電話改成 0988-777-666", ("serial", "78A4321")),
        ("資料庫連線有錯誤問題", None),
        ("手機 App 改密碼失敗", None),
        ("改一下", None),
    ],
)
def test_a_correction_names_the_fact_and_gives_its_value(
    text: str, correction: tuple[str, str] | None
) -> None:
    assert new_value(text) == correction


def test_a_fact_is_changed_by_its_name() -> None:
    assert fact_to_change("改序號") == fact_to_change("序號") == "serial"
    assert fact_to_change("phone is wrong") == "phone"
    assert fact_to_change("我要報價") is None
    assert without_marker("客戶是青田機械") == "青田機械"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("密碼是 P@ssw0rd", "密碼是 •••"),
        ("my password is Hunter22!", "my password is •••"),
        ("password hunter2", "password •••"),
        ("密碼忘了", "密碼忘了"),
        ("忘記密碼要重設", "忘記密碼要重設"),
        ("password reset please", "password reset please"),
        ("密碼錯誤 登不進去", "密碼錯誤 登不進去"),
    ],
)
def test_a_password_is_masked_and_the_word_is_not(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("７", 7),
        ("大概二十台", 20),
        ("about 20", 20),
        ("三", 3),
        ("2 或 3", None),
        ("很多", None),
    ],
)
def test_how_many(text: str, number: int | None) -> None:
    assert bare_number(text) == number


def test_a_gap_has_the_spacing_of_what_fills_it() -> None:
    sentence = "專線 {at} 開始服務，{who}會回覆"
    assert fill(sentence, {"at": "下週一", "who": "技術支援"}.__getitem__) == (
        "專線下週一開始服務，技術支援會回覆"
    )
    assert fill(sentence, {"at": "12/28 09:00", "who": "Amy"}.__getitem__) == (
        "專線 12/28 09:00 開始服務，Amy會回覆"
    )
    assert fill("{number} is open", {"number": "T26"}.__getitem__) == "T26 is open"

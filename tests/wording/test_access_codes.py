"""Proving an address: what is an address, a code, or the news that no mail came."""

import pytest

from wording.access_codes import address_in, code_in, looks_like_address, says_no_mail


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("service@example.com", "service@example.com"),
        ("那 Service@Example.com", "service@example.com"),
        ("我的信箱是ｓｅｒｖｉｃｅ＠ｅｘａｍｐｌｅ．ｃｏｍ", "service@example.com"),
        ("please send it to service@example.com", "service@example.com"),
        ("a@example.com 或 b@example.com", None),
        ("service@example", None),
        ("Power 主機開不了機，請寄維修單到 service@example.com，還有報價單也要一份，謝謝", None),
    ],
)
def test_an_address_alone_or_in_a_few_words(text: str, address: str | None) -> None:
    assert address_in(text) == address


def test_an_address_that_is_none_is_recognised_as_an_attempt() -> None:
    assert looks_like_address("service@example")
    assert not looks_like_address("我要報價")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("042137", "042137"),
        ("１２３４５６", "123456"),
        (" 123 456 ", "123456"),
        ("123-456", "123456"),
        ("1 2 3 4 5 6", "123456"),
        ("驗證碼是 123456", "123456"),
        ("收到了，123456。", "123456"),
        ("Your code: 123456", "123456"),
        (
            "您的驗證碼：１２３４５６\n\n10 分鐘內有效，只能用一次。有疑問請打 0800-000-006。",
            "123456",
        ),
        ("the code is 123456", "123456"),
        ("[123456]", "123456"),
        ("12345", "12345"),
        ("訂單 123456 到了嗎", None),
        ("T26-000207-8", None),
        ("0933-123-456", None),
        ("123456 654321", None),
        ("10", None),
        ("SO-2026-01234", None),
        ("我要報價", None),
    ],
)
def test_a_code_in_any_writing_and_nothing_else(text: str, code: str | None) -> None:
    assert code_in(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "沒收到",
        "還沒收到耶",
        "没收到",
        "沒有收到驗證碼",
        "收不到",
        "沒有信",
        "還沒來",
        "I didn't get it",
        "didn’t receive anything",
        "I haven't received a code",
        "nothing came",
        "not yet",
        "no mail",
        "where's the code?",
    ],
)
def test_no_mail_yet(text: str) -> None:
    assert says_no_mail(text)


@pytest.mark.parametrize(
    "text", ["我要報價", "謝謝", "Power 主機開不了機", "留言", "no thanks", "hello", "解決了"]
)
def test_other_words_are_no_complaint_about_a_mail(text: str) -> None:
    assert not says_no_mail(text)

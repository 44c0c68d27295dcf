"""`wording.passwords`: what is masked before anything is stored, and what stays."""

import pytest

from wording.passwords import masked, without_codes


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my pw is Summer2026!", "my pw is •••"),
        ("密碼我試了 Abc12345 也不行", "密碼我試了 ••• 也不行"),
        ("我的密碼是 hello 請幫我重設", "我的密碼是 ••• 請幫我重設"),
        ("password: X1y2z3", "password: •••"),
    ],
)
def test_a_password_is_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "密碼過期 序號 78A1234",
        "密碼忘了 查 T26-000042-7",
        "密碼重設信寄到 amy1@polaris.example",
        "密碼錯誤三次",
        "pw reset for S1014",
    ],
)
def test_other_facts_beside_the_word_stay(text: str) -> None:
    assert masked(text) is text


def test_a_code_that_nobody_waits_for_is_masked() -> None:
    assert without_codes("驗證碼 274460") == "驗證碼 •••"
    assert without_codes("my code is 563800") == "my code is •••"
    assert without_codes("error code 123456") == "error code 123456"
    assert without_codes("訂單 123456 到了嗎") == "訂單 123456 到了嗎"

"""`wording.language`: the language of the message, where it has one."""

import pytest

from wording.language import Language, asked_language, language_of


@pytest.mark.parametrize("text", ["主機壞了", "幫我 check status", "OK 謝謝", "S1014壞了"])
def test_chinese_anywhere_makes_a_message_chinese(text: str) -> None:
    assert language_of(text, "en") == "zh-TW"


@pytest.mark.parametrize(
    "text",
    ["Server won't start", "hello", "need a quote", "I get error 404 when I log in", "thanks"],
)
def test_a_latin_sentence_is_english(text: str) -> None:
    assert language_of(text, "zh-TW") == "en"


@pytest.mark.parametrize(
    "text",
    [
        "OK",
        "yes",
        "78A1234",
        "Power S1014",
        "Qingtian Machinery",
        "amy@example.com",
        "0912-345-678",
        "T26-000042-7",
        "2 sets",
        "ＳＱＬ０９６４Ｃ",
        "SQL0911N The current transaction has been rolled back because of a deadlock.",
        "java.lang.OutOfMemoryError: Java heap space",
        "ERROR the connection to the server was lost",
        "😀",
        "",
    ],
)
@pytest.mark.parametrize("current", ["zh-TW", "en"])
def test_numbers_names_products_and_pasted_errors_change_nothing(
    text: str, current: Language
) -> None:
    assert language_of(text, current) == current


@pytest.mark.parametrize(
    "text",
    [
        "可以講中文嗎",
        "我同事接手 可以講中文嗎",
        "請用中文",
        "中文",
        "please reply in Chinese",
        "講国语可以吗",
        "改用中文",
        "中文可以嗎",
        "我要中文",
        "中文可以嗎 我同事要看",
    ],
)
def test_chinese_can_be_asked_for(text: str) -> None:
    assert asked_language(text) == "zh-TW"


@pytest.mark.parametrize(
    "text",
    [
        "English please",
        "in English",
        "改用英文",
        "can you speak English?",
        "English?",
        "can we speak English",
        "用英文",
        "英文可以嗎",
        "I prefer English",
    ],
)
def test_english_can_be_asked_for(text: str) -> None:
    assert asked_language(text) == "en"


def test_of_two_languages_the_one_that_is_wanted_counts() -> None:
    assert asked_language("不要英文，講中文") == "zh-TW"


@pytest.mark.parametrize(
    "text",
    [
        "英文版手冊有嗎",
        "send me the manual in English",
        "介面可以改成中文嗎",
        "我的英文不好",
        "我要中文課程",
        "中文的發票可以開嗎",
        "主機壞了",
    ],
)
def test_speaking_of_a_language_asks_for_none(text: str) -> None:
    assert asked_language(text) is None

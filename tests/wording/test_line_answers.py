"""What is said to "did you get through?"."""

import pytest

from wording.line_answers import line_answer


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("有接通", "through"),
        ("接通了，謝謝", "through"),
        ("剛剛打通了 零件明天送", "through"),
        ("有人接了", "through"),
        ("聯絡上了", "through"),
        ("通了", "through"),
        ("Yes, got through", "through"),
        ("they picked up", "through"),
        ("沒接通", "no"),
        ("打兩次都沒人接", "no"),
        ("打不通！！", "no"),
        ("還是沒有人接", "no"),
        ("還沒接通，一直忙線", "no"),
        ("一直響 沒人理", "no"),
        ("接通了但是沒人講話，後來斷線", "no"),
        ("沒打通", "no"),
        ("no answer", "no"),
        ("Nobody picks up", "no"),
        ("couldn't get through", "no"),
        ("it's busy all the time", "no"),
        ("還沒打", "not_yet"),
        ("還沒有打耶", "not_yet"),
        ("沒打", "not_yet"),
        ("正要打", "not_yet"),
        ("I haven't called yet", "not_yet"),
        ("Not yet", "not_yet"),
    ],
)
def test_words_of_their_own_answer_whenever_the_question_stands(text: str, meant: str) -> None:
    assert line_answer(text, just_asked=False) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("有", "through"), ("有喔", "through"), ("對", "through"), ("Yes", "through"),
     ("沒有", "no"), ("都沒有", "no"), ("No", "no")],
)  # fmt: skip
def test_a_bare_word_answers_only_what_was_just_asked(text: str, meant: str) -> None:
    assert line_answer(text, just_asked=True) == meant
    assert line_answer(text, just_asked=False) is None


@pytest.mark.parametrize(
    "text",
    ["客戶在問什麼時候好", "序號是 78A1234", "查 T26-000042-7", "what are your hours", "謝謝"],
)
def test_anything_else_is_no_answer(text: str) -> None:
    assert line_answer(text, just_asked=True) is None

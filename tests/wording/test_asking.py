"""Who wants to know how something goes, and who wants it done."""

import pytest

from wording.asking import asks_to_know


@pytest.mark.parametrize(
    "text",
    [
        "BDF 怎麼請款？",
        "展示機可以借多久",
        "發票怎麼重開",
        "活動辦完了 單據怎麼交",
        "報價要附什麼文件",
        "案子延到明年還可以登錄嗎",
        "運費誰出",
        "How long can we keep a demo unit?",
        "what documents does the rebate need",
    ],
)
def test_how_when_and_on_what_terms_is_a_question(text: str) -> None:
    assert asks_to_know(text)


@pytest.mark.parametrize(
    "text",
    [
        "我要申請 BDF",
        "請幫我重開發票",
        "可以借一台展示機嗎",
        "主機開不了機怎麼辦",
        "硬碟怎麼又壞了",
        "想報名課程，怎麼報",
        "麻煩告訴我怎麼請款，順便送件",
        "I need a quote by Friday",
        "could you tell me how it works and open one",
    ],
)
def test_a_wish_for_something_to_be_done_is_none(text: str) -> None:
    assert not asks_to_know(text)

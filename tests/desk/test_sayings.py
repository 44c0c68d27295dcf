"""What a page tells its reader to say in the chat is a link that brings the words along."""

import pytest
from markupsafe import Markup

from desk.sayings import LONGEST, brought, chat_with, linked


def test_what_is_to_be_typed_is_a_link_to_the_chat_with_it() -> None:
    told = linked("要開始，輸入「報修 & 序號」或打「查進度」。")
    assert "輸入「報修 &amp; 序號」" in told  # what is escaped is left alone
    assert f'打「<a href="{chat_with("查進度")}">查進度</a>」' in told


@pytest.mark.parametrize("text", ['In the chat, type "claim BDF".', "type &#34;claim BDF&#34;"])
def test_english_too(text: str) -> None:
    shown = linked(Markup(text))  # noqa: S704
    assert '<a href="/?say=claim+BDF">claim BDF</a>' in shown


@pytest.mark.parametrize("text", ["印著「一批」的發票", "收據上寫「一批」", 'It says "thanks"'])
def test_other_quotations_are_no_links(text: str) -> None:
    assert "<a" not in linked(text)


def test_markup_of_others_stays_text() -> None:
    assert "<script>" not in linked('<script>輸入「<b>」type "<i>"')


def test_the_words_come_in_one_line_and_not_too_long() -> None:
    assert brought({"say": "  請刪除\n我的\x00個人資料 "}) == "請刪除 我的個人資料"
    assert len(brought({"say": "長" * 999})) == LONGEST
    assert brought({}) == ""

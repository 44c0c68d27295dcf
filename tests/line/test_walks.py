"""A machine is down, by day and at night, as a program on the chat API sees it."""

import json
from datetime import datetime
from typing import Any

import pytest

from deploy.line import Line
from tests.line.chat import Chat, text_of
from tests.line.conftest import FRIDAY_NIGHT, OPEN_HOURS
from tests.line.people import CONTACT

pytestmark = pytest.mark.line

DOWN = {
    "zh-TW": "我們客戶的 Power 主機開不了機，序號 78A1234，產線停了，很急",
    "en": "Our customer's Power server is down, serial 78A1234, production has stopped",
}
SKIP, CONFIRM = {"zh-TW": "略過", "en": "Skip"}, {"zh-TW": "確認開單", "en": "Open ticket"}
PROMISE = {
    (OPEN_HOURS, "zh-TW"): "今天 10:45",
    (OPEN_HOURS, "en"): "10:45",
    (FRIDAY_NIGHT, "zh-TW"): "下週一（12/7）09:30",
    (FRIDAY_NIGHT, "en"): "09:30",
}


@pytest.mark.parametrize("language", ["zh-TW", "en"])
@pytest.mark.parametrize("moment", [OPEN_HOURS, FRIDAY_NIGHT], ids=["by day", "at night"])
def test_a_machine_that_is_down_is_a_ticket_with_a_promise_in_four_short_turns(
    line: Line, at: Any, rows: Any, moment: datetime, language: str
) -> None:
    at(moment)
    chat = Chat.begin(line, CONTACT)

    turns = [chat.say(DOWN[language])]
    if any(button["title"] == SKIP[language] for button in turns[-1][-1].get("buttons") or []):
        turns.append(chat.press(SKIP[language], turns[-1]))
    turns.append(chat.press(CONFIRM[language], turns[-1]))

    assert len(turns) <= 4
    # At night the round-the-clock line is the first thing said; by day nobody is sent away.
    assert ("0800-000-024" in turns[0][0]["text"]) is (moment == FRIDAY_NIGHT)
    [[number, severity, facts]] = rows(
        "SELECT number, severity, facts FROM tickets WHERE conversation_id = ?", chat.id
    )
    assert (severity, json.loads(facts)["serial"]["value"]) == (1, "78A1234")
    assert number in text_of(turns[-1])
    assert PROMISE[moment, language] in text_of(turns[-1])
    card = next(message["card"] for message in turns[-1] if message.get("card"))
    assert card["number"] == number

    status = chat.say({"zh-TW": "我的工單處理得怎麼樣了", "en": "What about my ticket?"}[language])
    assert number in text_of(status)

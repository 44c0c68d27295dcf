"""Whatever an action does, the partner reads words, and nobody else reads the partner's."""

import pytest

from tests.actions.conftest import ActionServer, everything, said

WORDS = "主機開不了機，序號 78A1234，請打 0912-345-678"
STRANGER = "nobody-knows-this-sender"


@pytest.mark.parametrize("action", ["action_raises", "action_refuses", "action_dawdles"])
async def test_an_action_that_fails_says_so_and_nothing_else(
    action_server: ActionServer, sender: str, action: str
) -> None:
    answer = await action_server.call(action, sender, WORDS)
    assert said(answer) == ["utter_action_failed"]
    assert answer["events"] == []


@pytest.mark.parametrize("action", ["action_raises", "action_refuses", "action_dawdles"])
async def test_of_a_request_that_failed_nothing_is_in_the_answer_or_in_the_log(
    action_server: ActionServer, sender: str, action: str
) -> None:
    answer = await action_server.call(action, sender, WORDS)
    logged = action_server.log.read_text(encoding="utf-8")
    assert action in logged
    for text in (everything(answer), logged):
        for part in ("主機開不了機", "78A1234", "0912-345-678", sender):
            assert part not in text


@pytest.mark.parametrize("action", ["action_raises", "action_tells_who_asks", "action_hours"])
async def test_an_unknown_sender_is_refused_in_words(
    action_server: ActionServer, action: str
) -> None:
    answer = await action_server.call(action, STRANGER, WORDS)
    assert said(answer) == ["utter_action_failed"]
    assert answer["events"] == []
    assert STRANGER not in action_server.log.read_text(encoding="utf-8")


async def test_a_form_that_fails_is_not_taken_for_rejected(action_server: ActionServer) -> None:
    answer = await action_server.call("validate_ticket_form", STRANGER, WORDS)
    assert said(answer) == ["utter_action_failed"]
    assert [(event["name"], event["value"]) for event in answer["events"]] == [
        ("ticket_confirmed", None)
    ]


async def test_who_asks_is_who_the_row_says_whatever_the_tracker_claims(
    action_server: ActionServer, sender: str
) -> None:
    claimed = {"slots": {"contact": "amy.wu@polaris.example", "language": "zh-TW"}}
    answer = await action_server.call("action_tells_who_asks", sender, WORDS, **claimed)
    [told] = answer["responses"]
    assert told["contact"] == "yichun.chen@heguang.example"
    assert told["language"] == "en"


async def test_after_failures_the_server_serves_on(
    action_server: ActionServer, sender: str
) -> None:
    await action_server.call("action_raises", sender, WORDS)
    answer = await action_server.call("action_hours", sender, "幾點開")
    assert said(answer) == ["utter_hours_open"]

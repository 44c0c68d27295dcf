"""A process goes away at the worst moment: the partner reads words, and nothing said is lost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from deploy.line import Line
from tests.line.chat import Chat, Json, text_of
from tests.line.conftest import OPEN_HOURS
from tests.line.people import CONTACT

pytestmark = pytest.mark.line

DOWN = "我們客戶的 Power 主機開不了機，序號 78A1234，產線停了，很急"
CUSTOMER = "客戶是青田機械 台中廠"
# What the partner does, one after the other, until the ticket is open.
STEPS: list[Callable[[Chat, list[Json]], list[Json]]] = [
    lambda chat, _: chat.say(DOWN),
    lambda chat, _: chat.say(CUSTOMER),
    lambda chat, offered: chat.press("確認開單", offered),
]
SAID = [DOWN, CUSTOMER, "確認開單"]


@pytest.fixture
def mortal_line(line: Line, at: Any) -> Iterator[Line]:
    """The line, of which a test may end processes; all of them run again afterwards."""
    at(OPEN_HOURS)
    yield line
    line.start()
    line.wait_ready()


@pytest.fixture
def chat(mortal_line: Line) -> Chat:
    return Chat.begin(mortal_line, CONTACT)


def walk(chat: Chat, until: int, after: list[Json] | None = None, start: int = 0) -> list[Json]:
    """Do the steps from `start` up to `until`; what was answered last."""
    offered = after or []
    for step in STEPS[start:until]:
        offered = step(chat, offered)
    return offered


def tickets_of(rows: Any, chat: Chat) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = rows(
        "SELECT number, description FROM tickets WHERE conversation_id = ?", chat.id
    )
    return found


def times_kept(rows: Any, chat: Chat, text: str) -> int:
    [[count]] = rows(
        "SELECT count(*) FROM messages"
        " WHERE conversation_id = ? AND sender = 'partner' AND text = ?",
        chat.id,
        text,
    )
    return int(count)


@pytest.mark.parametrize("step", [0, 1, 2], ids=["activation", "mid-form", "submit"])
def test_without_the_action_server_the_words_are_kept_and_become_a_ticket(
    mortal_line: Line, chat: Chat, rows: Any, step: int
) -> None:
    before = walk(chat, step)
    mortal_line.stop("actions")

    told = walk(chat, step + 1, before, start=step)

    assert "您的話已經存好" in text_of(told)
    assert times_kept(rows, chat, SAID[step]) == 1
    assert tickets_of(rows, chat) == []

    opened = chat.press("開成工單", told)

    [[number, description]] = tickets_of(rows, chat)
    assert number in text_of(opened)
    assert all(said in description for said in SAID[: step + 1] if said != "確認開單")

    mortal_line.start("actions")
    mortal_line.wait_ready()
    assert "09:00-17:00" in text_of(chat.say("你們今天到幾點"))
    assert number in text_of(chat.say("我的工單處理得怎麼樣了"))


@pytest.mark.parametrize(
    "step",
    [0, 1, 2],
    ids=["activation", "mid-form", "submit"],
)
def test_trying_again_goes_on_where_the_request_stood(
    mortal_line: Line, chat: Chat, rows: Any, step: int
) -> None:
    before = walk(chat, step)
    mortal_line.stop("actions")
    told = walk(chat, step + 1, before, start=step)
    mortal_line.start("actions")
    mortal_line.wait_ready()

    again = chat.press("再試一次", told)

    walk(chat, len(STEPS), again, start=step + 1)
    assert len(tickets_of(rows, chat)) == 1
    assert times_kept(rows, chat, SAID[step]) == 1


@pytest.mark.parametrize("name", ["actions", "engine", "desk"])
def test_a_process_that_was_restarted_between_two_turns_is_not_noticed(
    mortal_line: Line, chat: Chat, rows: Any, name: str
) -> None:
    asked = walk(chat, 1)
    mortal_line.stop(name)
    mortal_line.start(name)
    mortal_line.wait_ready()

    opened = walk(chat, len(STEPS), asked, start=1)

    [[number, _description]] = tickets_of(rows, chat)
    assert f"工單 {number} 已開好" in text_of(opened)

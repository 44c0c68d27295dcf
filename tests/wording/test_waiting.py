"""What is said in line: a command, or something for the colleague to read."""

import pytest

from wording.waiting import instead_of_waiting


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("no i dont want to wait, call me back", "call_back"),
        ("改請回電", "call_back"),
        ("請打給我 0912-345-678", "call_back"),
        ("Open ticket", "ticket"),
        ("改開工單", "ticket"),
        ("actually cancel it", "leave"),
        ("我不想等了", "leave"),
        ("算了", "leave"),
        ("never mind", "leave"),
        ("昨天說要回電 一直沒有人打給我", None),
        ("nobody called me back", None),
        ("訂單要取消 請幫忙看", None),
        ("the customer wants to cancel the order SO-2026-01357", None),
        ("主機開不了機", None),
    ],
)
def test_a_command_in_line_is_told_from_a_message(text: str, instead: str | None) -> None:
    assert instead_of_waiting(text) == instead

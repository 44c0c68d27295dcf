"""The log says what failed and where, and never a word of who was speaking."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from desk import logs
from hotline.core import Hotline
from tests.desk.people import Chat, new_id, refusal_of

SECRET = "王小明的手機是0912345678"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the desk writes to its log meanwhile."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)


def events(log: io.StringIO) -> list[dict[str, Any]]:
    assert SECRET not in log.getvalue()
    assert SECRET.encode("unicode_escape").decode() not in log.getvalue()
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def break_database(hotline: Hotline) -> None:
    """From now on every message fails in the middle of its statement."""
    async with hotline.database.write() as session:
        await session.execute(text("ALTER TABLE messages RENAME TO gone"))


async def test_a_request_that_fails_is_logged_by_kind_place_and_reference(
    chat: Chat, hotline: Hotline, log: io.StringIO
) -> None:
    await break_database(hotline)
    answer = await chat.post({"id": new_id(), "text": SECRET})
    assert await refusal_of(answer) == (500, "unavailable")
    error = (await answer.json())["error"]
    [event] = events(log)
    assert (event["event"], event["reference"]) == ("request_failed", error["reference"])
    assert error["reference"] in error["message"]
    assert "OperationalError" in event["exception"]
    assert any(frame.startswith("desk/chat/api.py:") for frame in event["frames"])


async def test_a_statement_that_fails_does_not_tell_its_values(hotline: Hotline) -> None:
    await break_database(hotline)
    with pytest.raises(Exception, match="messages") as failed:
        async with hotline.database.write() as session:
            await session.execute(text("UPDATE messages SET text = :said"), {"said": SECRET})
    assert SECRET not in str(failed.value)


async def test_what_libraries_log_is_their_sentence_without_its_values(log: io.StringIO) -> None:
    logger = logging.getLogger("aiohttp.server")
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception("Error handling request from %s", SECRET)
    [event] = events(log)
    assert event["event"] == "Error handling request from %s"
    assert event["exception"] == ["ValueError"]
    assert event["frames"][0].startswith("tests/desk/test_logs.py:")


async def test_a_task_that_nobody_waited_for_is_logged_without_its_values(
    log: io.StringIO,
) -> None:
    asyncio.get_running_loop().call_exception_handler(
        {
            "message": "Task exception was never retrieved",
            "exception": ValueError(SECRET),
            "text": SECRET,
        }
    )
    [event] = events(log)
    assert event["event"] == "Task exception was never retrieved"


def test_the_causes_of_a_failure_are_named_in_order() -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as cause:
            raise ValueError(SECRET) from cause
    except ValueError as failure:
        event = logs.without_values(None, "error", {"event": "x", "exc_info": failure})
    assert event["exception"] == ["ValueError", "KeyError"]
    assert SECRET not in json.dumps(event, ensure_ascii=False)

"""How much a page of the console asks of the database: each statement takes longer to send and to
read than most of them take to answer."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from desk.keys import HOTLINE
from hotline.core import Hotline
from hotline.partners.service import Contact
from tests.conftest import ENGINEER
from tests.core.desk_work import opened
from tests.desk.console_pages import page, sign_in
from tests.desk.people import Client


@contextmanager
def counted(client: Client) -> Iterator[Counter[Any]]:
    """Statements by the task that sent them: the desk has work of its own beside a request."""
    engine, sent = client.app[HOTLINE].database.engine.sync_engine, Counter[Any]()

    def count(*_of: object) -> None:
        sent[asyncio.current_task()] += 1

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", count)


@pytest.mark.parametrize(("path", "most"), [("/console", 14), ("/console/tickets/{number}", 22)])
async def test_a_page_sends_few_statements_with_few_tickets_and_with_more(
    client: Client, hotline: Hotline, contact: Contact, path: str, most: int
) -> None:
    ticket = await opened(hotline, contact)
    await sign_in(client, ENGINEER)
    url = path.format(number=ticket.number)
    for n in range(2):
        await page(client, url)
        with counted(client) as sent:
            await page(client, url)
        assert max(sent.values()) <= most
        for key in ("more", "still more"):
            await opened(hotline, contact, key=f"{key} {n}")

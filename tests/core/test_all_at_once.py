"""Everybody at once, through the connections of two processes: nobody blocks, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest

from hotline.conversations import holding
from hotline.core import Hotline, open_hotline
from hotline.errors import Conflict
from hotline.partners.service import Contact
from hotline.permissions import HANDLERS
from hotline.settings import Settings
from hotline.staff.service import Staff, all_staff
from hotline.tickets import answers, handling
from hotline.tickets.holders import release, take_over
from tests.core.desk_work import brought_to, conversation_row, journal, opened, said, says

STUCK_S = 60


@pytest.fixture
async def processes(settings: Settings, hotline: Hotline) -> AsyncIterator[list[Hotline]]:
    async with open_hotline(settings) as another:
        yield [hotline, another]


@pytest.fixture
async def staff(hotline: Hotline) -> list[Staff]:
    async with hotline.database.read() as session:
        return [one for one in await all_staff(session) if one.role in HANDLERS]


async def outcomes(acts: list[Coroutine[Any, Any, Any]]) -> list[Any]:
    """What became of all `acts`; a refusal because somebody was first is an outcome too."""
    async with asyncio.timeout(STUCK_S):
        done = await asyncio.gather(*acts, return_exceptions=True)
    assert [fault for fault in done if isinstance(fault, Exception)] == [
        fault for fault in done if isinstance(fault, Conflict)
    ]
    return done


async def test_of_many_who_claim_at_once_one_wins_and_all_others_are_told_who(
    processes: list[Hotline], contact: Contact, staff: list[Staff]
) -> None:
    for round_ in range(10):
        ticket = await opened(processes[0], contact, key=f"k{round_}")
        done = await outcomes(
            [
                handling.claim(process, member, ticket.number)
                for member in staff
                for process in processes
            ]
        )
        won = {row.assignee.name for row in done if not isinstance(row, Conflict)}
        lost = [answer.fields for answer in done if isinstance(answer, Conflict)]
        [winner] = won
        # The winner asked through both processes, and its second claim changes nothing.
        assert lost == [{"holder": winner}] * (2 * len(staff) - 2)
    assert len(await journal(processes[0], "ticket.claimed")) == 10


async def test_partners_and_staff_act_on_the_same_things_and_nothing_is_lost_or_blocked(
    processes: list[Hotline], contact: Contact, staff: list[Staff]
) -> None:
    here, there = processes
    first, second = staff[:2]
    tickets = [await brought_to(here, contact, first, "open", key=f"k{n}") for n in range(3)]
    talks = [str(ticket.conversation_id) for ticket in tickets]
    before = {talk: (await conversation_row(here, talk)).last_seq for talk in talks}
    for round_ in range(6):
        acts: list[Coroutine[Any, Any, Any]] = []
        for ticket, talk in zip(tickets, talks, strict=True):
            acts += [
                says(there, talk, "還在嗎", f"c{round_}"),
                handling.reply(here, first, ticket.number, "在", f"r{round_}"),
                handling.note(there, second, ticket.number, "看過了"),
                take_over(there, second, ticket.number),
                take_over(here, first, ticket.number),
                release(there, second, ticket.number),
                handling.claim(there, second, ticket.number),
                answers.add(here, talk, ticket.number, "面板紅燈"),
                holding.take(here, first, talk),
                holding.take(there, second, talk),
                holding.give_back(here, first, talk),
                handling.set_state(here, first, ticket.number, "resolved", text="換電源"),
                answers.confirm_solved(there, talk, ticket.number),
                opened(there, contact, key=f"new {round_} {ticket.number}"),
            ]
        await outcomes(acts)
    for talk in talks:
        told = await said(here, talk)
        last = (await conversation_row(here, talk)).last_seq
        assert [message.seq for message in told] == list(range(1, last + 1))
        assert last > before[talk]
        assert sum(message.sender == "partner" for message in told) >= 6
    stored = await journal(here, "message.stored")
    assert sorted((entry.conversation_id, entry.detail["seq"]) for entry in stored) == sorted(
        {(entry.conversation_id, entry.detail["seq"]) for entry in stored}
    )
    assert len(await journal(here, "ticket.opened")) == 3 + 6 * 3

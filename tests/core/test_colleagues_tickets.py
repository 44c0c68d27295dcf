"""What colleagues of one company see of each other's tickets: by the setting, and by role."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Literal

import pytest
from sqlalchemy import event, text

from actions.follow_up import FOLLOW_UPS
from actions.status import TicketList, TicketStatus
from desk.console.brief import brief_of
from desk.console.opened import opened as opened_page
from desk.console.scene import Scene
from desk.pages import Pages
from hotline.conversations.service import Conversation, start
from hotline.core import Hotline
from hotline.errors import NotFound
from hotline.staff.service import Staff
from hotline.tickets import again, answers, candidates, corrections, escalation, queries, ratings
from hotline.tickets.ticket import Ticket
from tests.conftest import COLLEAGUE, CONTACT, OTHER_COMPANY, contact_of
from tests.core.desk_work import conversation_row, journal, notes_on, opened, ticket_row
from tests.core.follow_up import Partner, response
from wording import ticket_number

OWNER, TECHNICAL = CONTACT, COLLEAGUE  # by their roles in the demonstration's company
NEVER_ISSUED = ticket_number.write(2026, 42)
Change = Callable[[Hotline, str, str], Awaitable[Any]]

# Every way to change a ticket from the partner's side.
CHANGES: dict[str, Change] = {
    "confirm": answers.confirm_solved,
    "close": answers.close,
    "reopen": answers.reopen,
    "add": lambda hotline, talk, number: answers.add(hotline, talk, number, "x"),
    "escalate": lambda hotline, talk, number: escalation.escalate(hotline, talk, number, "x"),
    "correct": lambda hotline, talk, number: corrections.correct(
        hotline, talk, number, "serial", "78A1234"
    ),
    "rate": lambda hotline, talk, number: ratings.rate(hotline, talk, number, 5),
    "again": lambda hotline, talk, number: again.open_again(hotline, talk, number, "x"),
}


def under(hotline: Hotline, rule: Literal["own", "company"]) -> Hotline:
    partners = hotline.settings.partners.model_copy(update={"colleagues_tickets": rule})
    return replace(hotline, settings=hotline.settings.model_copy(update={"partners": partners}))


async def talk_of(hotline: Hotline, email: str) -> Conversation:
    conversation, _greeting = await start(hotline, await contact_of(hotline, email))
    return conversation


async def seen(hotline: Hotline, asker: Conversation) -> list[str]:
    """The numbers that the list shows, after checking that every other way shows the same."""
    async with hotline.database.read() as session:
        listed = await queries.open_tickets_for(session, hotline, asker, limit=50)
        every = await queries.queue_of(session)
        assert await queries.count_open_for(session, hotline, asker) == len(listed)
        assert await candidates.open_ones(session, hotline, asker) == listed
    by_number = [ticket for ticket in every if queries.may_see(hotline, asker, ticket)]
    assert sorted(one.number for one in by_number) == sorted(one.number for one in listed)
    return sorted(one.number for one in listed)


@contextmanager
def statements(hotline: Hotline) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, without the values."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    engine = hotline.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
async def owners(hotline: Hotline) -> Ticket:
    return await opened(hotline, await contact_of(hotline, OWNER), key="owners")


@pytest.fixture
async def technicals(hotline: Hotline, owners: Ticket) -> Ticket:
    return await opened(hotline, await contact_of(hotline, TECHNICAL), key="technicals")


async def test_by_default_colleagues_see_all_of_the_company(
    hotline: Hotline, owners: Ticket, technicals: Ticket
) -> None:
    assert hotline.settings.partners.colleagues_tickets == "company"
    for email in (OWNER, TECHNICAL):
        assert await seen(hotline, await talk_of(hotline, email)) == [
            owners.number,
            technicals.number,
        ]
    assert await seen(hotline, await talk_of(hotline, OTHER_COMPANY)) == []


async def test_under_own_a_contact_sees_what_it_opened_and_an_owner_the_company(
    hotline: Hotline, owners: Ticket, technicals: Ticket
) -> None:
    own = under(hotline, "own")
    assert await seen(own, await talk_of(own, TECHNICAL)) == [technicals.number]
    assert await seen(own, await talk_of(own, OWNER)) == [owners.number, technicals.number]
    assert await seen(own, await talk_of(own, OTHER_COMPANY)) == []


@pytest.mark.parametrize("tried", CHANGES)
async def test_under_own_nobody_changes_a_colleagues_ticket(
    hotline: Hotline, owners: Ticket, tried: str
) -> None:
    own = under(hotline, "own")
    talk = await talk_of(own, TECHNICAL)
    with pytest.raises(NotFound) as refused:
        await CHANGES[tried](own, talk.id, owners.number)
    with pytest.raises(NotFound) as unknown:
        await CHANGES[tried](own, talk.id, NEVER_ISSUED)
    assert (refused.value.message, refused.value.fields, refused.value.code) == (
        unknown.value.message,
        unknown.value.fields,
        unknown.value.code,
    )
    assert await ticket_row(own, owners.number) == owners
    assert await notes_on(own, owners) == []
    assert (await conversation_row(own, talk.id)) == talk
    [entry] = await journal(own, "access.refused")
    assert talk.contact is not None
    assert (entry.conversation_id, entry.ticket_id, entry.actor) == (talk.id, owners.id, "partner")
    assert entry.detail == {"tried": tried, "contact": talk.contact.id}


@pytest.mark.parametrize("intent", ["ticket_status", *FOLLOW_UPS])
async def test_under_own_a_colleagues_number_is_answered_like_one_that_was_never_issued(
    hotline: Hotline, owners: Ticket, intent: str
) -> None:
    own = under(hotline, "own")
    action = FOLLOW_UPS.get(intent, TicketStatus)()
    answers = []
    for number in (owners.number, NEVER_ISSUED):
        talk = await talk_of(own, TECHNICAL)
        partner = Partner(own, talk.id)
        for told in (
            await partner.presses(action, intent, ticket_number=number),
            await partner.says(action, f"{number} 等太久了"),
        ):
            answers.append((number, str(told).replace(number, "…")))
    theirs = [told for number, told in answers if number == owners.number]
    never = [told for number, told in answers if number == NEVER_ISSUED]
    assert theirs == never
    assert owners.subject not in str(theirs)
    refused = await journal(own, "access.refused")
    assert [(entry.ticket_id, entry.detail["tried"]) for entry in refused[:1]] == [
        (owners.id, intent)
    ]
    assert len(refused) == 2
    assert await ticket_row(own, owners.number) == owners


async def test_under_own_words_and_lists_offer_no_colleagues_ticket(
    hotline: Hotline, owners: Ticket
) -> None:
    own = under(hotline, "own")
    partner = Partner(own, (await talk_of(own, TECHNICAL)).id)
    assert response(await partner.says(TicketList(), "列出工單")) == "list_none"
    for action, words in ((TicketStatus(), "Power 那張"), (FOLLOW_UPS["ticket_add"](), "補充一下")):
        told = await partner.says(action, words)
        assert owners.number not in str(told)
    owner = Partner(own, (await talk_of(own, OWNER)).id)
    assert owners.number in str(await owner.says(TicketList(), "列出工單"))


async def test_who_was_spoken_of_before_the_setting_changed_is_seen_no_more(
    hotline: Hotline, owners: Ticket
) -> None:
    talk = await talk_of(hotline, TECHNICAL)
    await answers.add(hotline, talk.id, owners.number, "x")
    async with hotline.database.read() as session:
        talk = await conversation_row(hotline, talk.id)
        assert await candidates.last_spoken_of(session, hotline, talk) is not None
        assert await candidates.last_spoken_of(session, under(hotline, "own"), talk) is None
    assert await journal(hotline, "access.refused") == []  # nobody has asked for it


async def test_the_console_shows_the_companys_tickets_whatever_the_setting(
    hotline: Hotline, owners: Ticket, technicals: Ticket, engineer: Staff
) -> None:
    own = under(hotline, "own")
    scene = Scene(own, Pages(own), engineer, "zh-TW", own.now())
    async with own.database.read() as session:
        brief = await brief_of(scene, session, await opened_page(session, technicals.number))
    assert ([link.number for link in brief.open_tickets], brief.open_count) == ([owners.number], 1)


async def test_whoever_goes_to_another_company_leaves_the_tickets_behind(
    hotline: Hotline, owners: Ticket, technicals: Ticket
) -> None:
    """A ticket is the company's that it was opened for, and not where its contact is by now."""
    async with hotline.database.write() as session:
        await session.execute(
            text("UPDATE contacts SET partner_id = 'P-1002' WHERE email = :email"),
            {"email": TECHNICAL},
        )
    for asked in (under(hotline, "own"), under(hotline, "company")):
        assert await seen(asked, await talk_of(asked, TECHNICAL)) == []
        assert await seen(asked, await talk_of(asked, OTHER_COMPANY)) == []
        assert await seen(asked, await talk_of(asked, OWNER)) == [
            owners.number,
            technicals.number,
        ]
    stranger = await talk_of(hotline, OTHER_COMPANY)
    with pytest.raises(NotFound):
        await answers.add(hotline, stranger.id, technicals.number, "x")


async def test_an_unknown_number_takes_the_same_steps_as_somebody_elses(
    hotline: Hotline, owners: Ticket
) -> None:
    """So neither takes noticeably longer; and only the one that exists is journalled."""
    steps: dict[str, list[str]] = {}
    for number in (owners.number, NEVER_ISSUED):
        stranger = Partner(hotline, (await talk_of(hotline, OTHER_COMPANY)).id)
        with statements(hotline) as seen_here:
            await stranger.presses(TicketStatus(), "ticket_status", ticket_number=number)
        steps[number] = seen_here
    assert steps[owners.number] == steps[NEVER_ISSUED]
    assert any("INSERT INTO journal" in step for step in steps[NEVER_ISSUED])
    assert len(await journal(hotline, "access.refused")) == 1

"""What there is beside a ticket, which lists its page therefore reads; and tickets as links."""

from dataclasses import asdict

from hotline.beside import beside
from hotline.calls.rows import CallRow
from hotline.conversations.notes import ConversationNoteRow
from hotline.conversations.withheld import WithheldRow
from hotline.core import Hotline
from hotline.escalations.rows import EscalationRow
from hotline.hardware_line.rows import LineCheckRow
from hotline.intake.rows import IntakeMessageRow
from hotline.knowledge.rows import QuestionRow
from hotline.tickets import handling, merging
from hotline.tickets.headings import count_open_of_company, open_around, open_of_company
from hotline.tickets.rows import RatingRow
from tests.conftest import CONTACT, ENGINEER, OTHER_COMPANY, contact_of, staff_of
from tests.core.desk_work import conversation_row, opened


async def test_each_list_is_told_of_the_ticket_that_has_something_in_it(
    any_hotline: Hotline,
) -> None:
    hotline, engineer = any_hotline, await staff_of(any_hotline, ENGINEER)
    contact, now = await contact_of(hotline, CONTACT), hotline.now()
    full, bare, gone, linked = [
        await opened(hotline, contact, key=key) for key in ("full", "bare", "gone", "linked")
    ]
    talk = full.conversation_id
    await handling.note(hotline, engineer, full.number, "看過了")
    await merging.merge(hotline, engineer, full.number, gone.number)
    await merging.link(hotline, engineer, linked.number, full.number)
    async with hotline.database.write() as session:
        session.add_all([
            CallRow(
                client_id="c1", direction="out", caller="", company="", phone="", outcome="reached",
                staff_id=engineer.id, ticket_id=full.id, words="", began_at=now, ended_at=now,
            ),
            ConversationNoteRow(
                conversation_id=talk, staff_id=engineer.id, text="x", created_at=now
            ),
            EscalationRow(ticket_id=full.id, at=now, why="wish", level="lead"),
            IntakeMessageRow(
                source="form", repeat_key="r1", digest="d", caller="", email="", subject="",
                received_at=now, created_at=now, state="linked", ticket_id=full.id,
            ),
            LineCheckRow(ticket_id=full.id, named_at=now),
            QuestionRow(
                conversation_id=talk, text="交期", language="zh-TW", outcome="answered",
                article="order-lead-time", helped=False, certainty=1, asked_at=now,
            ),
            RatingRow(ticket_id=full.id, score=5, rated_at=now),
            WithheldRow(conversation_id=talk, text="x", created_at=now),
        ])  # fmt: skip
    async with hotline.database.read() as session:
        of_full, of_bare = asdict(await beside(session, full)), asdict(await beside(session, bare))
        of_linked = await beside(session, linked)
    assert {name for name, is_any in of_full.items() if not is_any} == set()
    assert {name for name, is_any in of_bare.items() if is_any} == set()
    assert of_linked.links


async def test_a_companys_open_tickets_are_told_by_the_most_urgent_and_counted(
    any_hotline: Hotline,
) -> None:
    hotline, contact = any_hotline, await contact_of(any_hotline, CONTACT)
    three, one, two = [
        await opened(hotline, contact, key=f"k{severity}", severity=severity)
        for severity in (3, 1, 2)
    ]
    visitors = await opened(hotline, None, key="visitor")
    asker = await conversation_row(hotline, three.conversation_id)
    stranger = await conversation_row(hotline, visitors.conversation_id)
    other = await contact_of(hotline, OTHER_COMPANY)
    async with hotline.database.read() as session:
        around, every = await open_around(session, asker, 2)
        assert ([each.number for each in around], every) == ([one.number, two.number], 3)
        assert (around[0].id, around[0].subject, around[0].state) == (one.id, one.subject, "new")
        assert await open_of_company(session, contact.partner_id, 2) == (around, 3)
        assert await count_open_of_company(session, contact.partner_id) == (3, 1)
        assert await open_of_company(session, other.partner_id, 2) == ([], 0)
        assert await count_open_of_company(session, other.partner_id) == (0, 0)
        found, number = await open_around(session, stranger, 2)
        assert ([each.number for each in found], number) == ([visitors.number], 1)

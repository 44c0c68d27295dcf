"""A colleague's answer by mail takes notice of what was brought before them; what does not."""

import pytest
from sqlalchemy import select

from hotline.escalations import records
from hotline.escalations.records import Escalation
from hotline.escalations.rows import WISH
from hotline.escalations.service import bring_up
from hotline.staff.rows import StaffRow
from hotline.tickets import queries
from hotline.tickets.rows import NoteRow
from hotline.tickets.ticket import Ticket
from tests.conftest import CONTACT, ENGINEER, LEAD, contact_of, staff_of
from tests.core.desk_work import brought_to
from tests.desk.file_contents import PNG
from tests.desk.mail_relay import Relay, letter
from tests.desk.test_uploads import kept

pytestmark = pytest.mark.both


async def brought_before(relay: Relay) -> tuple[Ticket, Escalation]:
    """A ticket that is before the lead, who is to take notice."""
    hotline = relay.hotline
    engineer, contact = await staff_of(hotline, ENGINEER), await contact_of(hotline, CONTACT)
    ticket = await brought_to(hotline, contact, engineer, "open")
    async with hotline.database.write() as session:
        row = await queries.locked(session, ticket.number)
        raised = await bring_up(session, hotline, row, WISH, "lead")
    assert raised.to is not None
    assert raised.to.email == LEAD
    return ticket, raised


async def is_noticed(relay: Relay, raised: Escalation) -> bool:
    async with relay.hotline.database.read() as session:
        found = await records.find(session, raised.id)
    return found is not None and found.acknowledged_at is not None


async def notes(relay: Relay) -> list[tuple[str, str | None]]:
    async with relay.hotline.database.read() as session:
        rows = await session.execute(
            select(NoteRow.text, StaffRow.email)
            .outerjoin(StaffRow, StaffRow.id == NoteRow.staff_id)
            .where(NoteRow.kind == "note")
            .order_by(NoteRow.id)
        )
        return [(text, email) for text, email in rows]


@pytest.mark.parametrize("by", ["subject", "reference"])
async def test_a_colleague_takes_notice_by_an_answer(relay: Relay, by: str) -> None:
    ticket, raised = await brought_before(relay)
    quoted = "\n\nOn Tue, 1 Dec 2026 Hotline wrote:\n\n> 請確認\n"
    mail = letter(
        f"收到，下午打給他{quoted}",
        sender=LEAD,
        subject=f"Re: {ticket.number} 需要您" if by == "subject" else "Re:",
        # Written at our own domain, as colleagues do.
        Message_ID="<7c1@vendor.example>",
        References=f"<{ticket.number}@vendor.example>" if by == "reference" else "<x@y.example>",
    )
    mail.add_attachment(PNG, maintype="image", subtype="png", filename="畫面.png")
    assert (await relay.send(mail))[0] == 250
    assert (await relay.send(mail))[0] == 250  # the relay was not sure
    assert await is_noticed(relay, raised)
    [(text, who)] = await notes(relay)
    assert text.startswith("收到，下午打給他\n\n附件沒有一起收（畫面.png）")
    assert who == LEAD
    assert len(await relay.tickets()) == 1
    assert kept(relay.hotline) == []


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        ("我人在國外，下週一回來。", {}),
        ("這張是誰的？", {}),
        ("收到", {"Auto-Submitted": "auto-replied"}),
        ("收到", {"Authentication-Results": "relay.vendor.example; dmarc=fail"}),
        ("收到", {"Subject": "Re: 別的事"}),
    ],
)
async def test_what_does_not_take_notice(relay: Relay, text: str, headers: dict[str, str]) -> None:
    """No program's answer, nobody else's, nobody whom the relay does not vouch for, and only words
    that say so."""
    ticket, raised = await brought_before(relay)
    mail = letter(text, sender=LEAD, subject=f"Re: {ticket.number}")
    for name, value in headers.items():
        del mail[name]
        mail[name] = value
    assert (await relay.send(mail))[0] == 250
    assert not await is_noticed(relay, raised)
    assert [who for _text, who in await notes(relay)] == ([] if headers else [LEAD])


async def test_what_is_before_somebody_else_stays_before_them(relay: Relay) -> None:
    ticket, raised = await brought_before(relay)
    await relay.send(letter("收到", sender=ENGINEER, subject=ticket.number))
    assert not await is_noticed(relay, raised)
    assert await notes(relay) == [("收到", ENGINEER)]

"""A Friday night by the script, and the Monday after it: eight messages by four doors.

A desk with its own timers and mails, a real SMTP server on either side; nobody at the desk. What
was promised, who was woken up, what was mailed, and what came of each on the morning's list is
asserted.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from aiohttp import FormData
from sqlalchemy import select

from desk.keys import HOTLINE, MAIL_PORT, TIMEKEEPER
from hotline import access
from hotline.calls.backs import note_outcome
from hotline.core import Hotline
from hotline.escalations import records
from hotline.hardware_line.rows import SILENT, LineCheckRow
from hotline.intake import keys
from hotline.mornings.worklist import Item, morning
from hotline.rota import service as rota
from hotline.settings import Settings
from hotline.settings.sections import IntakeSettings
from hotline.tickets import handling
from hotline.tickets.rows import NoteRow
from tests.conftest import COLLEAGUE, CONTACT, ENGINEER, FRIDAY_NIGHT, LEAD, contact_of, staff_of
from tests.core.desk_work import journal, said, ticket_row
from tests.core.notice_work import Postbox, mailing_to, serving, text_of
from tests.core.test_escalations import clear_rota
from tests.desk.conftest import OpenDesk
from tests.desk.engine_double import EngineDouble, fails
from tests.desk.mail_relay import SMTP, US, Relay, letter
from tests.desk.people import Chat, Client, Json, bearer
from tests.desk.test_intake_api import Pbx, wav
from tests.desk.test_voice import voice

pytestmark = pytest.mark.both

MONDAY = datetime.fromisoformat("2026-12-07T09:01:00+08:00")
_WITHIN_S, _STEP_S = 60.0, 0.1


@dataclass
class Night:
    """The desk on that night, and what goes out of it."""

    hotline: Hotline
    client: Client
    engine: EngineDouble
    postbox: Postbox
    pbx: Pbx
    relay: Relay

    def later(self, **much: int) -> None:
        """So much later; whatever is due is done soon."""
        self.go_to(self.hotline.now() + timedelta(**much))

    def go_to(self, moment: datetime) -> None:
        assert self.client.app is not None
        self.client.app[HOTLINE].clock.set(moment)
        self.hotline.clock.set(moment)
        self.client.app[TIMEKEEPER].poke()

    async def chat(self, email: str | None, words: str) -> tuple[Chat, str]:
        """Somebody writes while the engine is down, and has it made a ticket; its number."""
        token = None
        if email:
            token = access.partner_token(self.hotline, await contact_of(self.hotline, email))
        chat = await Chat.begin(self.client, token)
        self.engine.will(fails(500))
        await chat.say(words)
        told = await chat.press("desk:ticket")
        return chat, number_in(told)

    async def items(self) -> list[Item]:
        async with self.hotline.database.read() as session:
            return list((await morning(session, self.hotline)).items)

    async def line_of(self, number: str) -> str | None:
        ticket = await ticket_row(self.hotline, number)
        async with self.hotline.database.read() as session:
            return (await session.get_one(LineCheckRow, ticket.id)).outcome

    async def noticed_by(self, number: str) -> str | None:
        """Who has taken notice of the last alert, by their address."""
        ticket = await ticket_row(self.hotline, number)
        async with self.hotline.database.read() as session:
            last = (await records.of_ticket(session, ticket.id))[-1]
        return last.acknowledged_by.email if last.acknowledged_by else None

    async def notes_of(self, number: str) -> list[str]:
        ticket = await ticket_row(self.hotline, number)
        async with self.hotline.database.read() as session:
            mine = select(NoteRow.text).where(NoteRow.ticket_id == ticket.id)
            return list(await session.scalars(mine))

    def mails(self, address: str, words: str) -> list[str]:
        """The texts of the mails to `address` whose subject has `words` in it."""
        found = [one for one in self.postbox.to(address) if words in str(one["Subject"])]
        return [text_of(mail) for mail in found]


def number_in(told: list[Json]) -> str:
    """The number on the ticket's card."""
    cards = [one["card"] for one in told if one.get("card")]
    return str(next(card["number"] for card in cards if card["kind"] == "ticket"))


async def eventually(holds: Callable[[], object]) -> None:
    """The desk's own loops have got that far."""
    for _ in range(round(_WITHIN_S / _STEP_S)):
        found = holds()
        if await found if isinstance(found, Awaitable) else found:
            return
        await asyncio.sleep(_STEP_S)
    pytest.fail("it has not come to that")


@pytest.fixture
async def night(
    open_desk: OpenDesk, engine: EngineDouble, settings: Settings, hotline: Hotline
) -> AsyncIterator[Night]:
    """Friday, 22:40: two are on call, nobody has a console open."""
    lead = await staff_of(hotline, LEAD)
    await clear_rota(hotline)
    begins, ends = hotline.now(), hotline.now() + timedelta(days=14)
    await rota.add(hotline, lead, ENGINEER, begins, ends, 1)
    await rota.add(hotline, lead, LEAD, begins, ends, 2)
    key = await keys.add(hotline, "pbx")
    hotline.clock.set(FRIDAY_NIGHT)
    postbox = Postbox()
    async with serving(postbox) as port:
        wired = mailing_to(settings, port).model_copy(update={"intake": IntakeSettings(smtp=SMTP)})
        client = await open_desk(wired, FRIDAY_NIGHT)
        assert client.app is not None
        relay = Relay(client, hotline, client.app[MAIL_PORT])
        yield Night(hotline, client, engine, postbox, Pbx(client, key), relay)


async def test_eight_messages_by_four_doors_and_the_morning_after(night: Night) -> None:
    hotline = night.hotline
    # By the chat: an outage (the line first), an order, a visitor, and a voice message.
    down_chat, down = await night.chat(CONTACT, "Power 主機當機，產線停了，序號 78A1234")
    assert hotline.settings.vendor.hardware_line in (await said(hotline, down_chat.id))[-2].text
    night.later(minutes=1)
    _order_chat, order = await night.chat(COLLEAGUE, "訂單 SO-2026-01357 到哪了")
    night.later(minutes=1)
    _visitor, question = await night.chat(None, "想問經銷怎麼申請，請打 0922-333-444")
    spoken = await Chat.begin(
        night.client, access.partner_token(hotline, await contact_of(hotline, CONTACT))
    )
    night.engine.will(fails(500))
    await voice(spoken)
    left = number_in(await spoken.press("desk:ticket"))
    # By the PBX: somebody who is known, with a recording, and somebody who is not.
    known = (await (await night.pbx.post(("audio", "vm.wav", wav()))).json())["number"]
    stranger = await night.pbx.post(repeat="vm-2", caller="02-2700-0000", text="請回電談合作")
    unknown = (await stranger.json())["number"]
    # By mail: something new, and an answer to the order.
    assert (await night.relay.send(letter("報價單要改抬頭", subject="抬頭")))[0] == 250
    mailed = (await night.relay.tickets())[-1].number
    answer = letter("已經收到一半了", sender=COLLEAGUE, subject=f"Re: {order}")
    assert (await night.relay.send(answer))[0] == 250

    numbers = [down, order, question, left, known, unknown, mailed]
    assert [ticket.number for ticket in await night.relay.tickets()] == numbers
    opens = datetime.fromisoformat("2026-12-07T09:00:00+08:00")
    tickets = {number: await ticket_row(hotline, number) for number in numbers}
    assert all(ticket.first_response_due > opens for ticket in tickets.values())

    # The outage: asked after some minutes whether the line answered; silence wakes who is on call.
    night.later(minutes=6)
    asked = hotline.replies.text("hw_through", "zh-TW", number=down, minutes=15)

    async def is_asked() -> bool:
        return (await said(hotline, down_chat.id))[-1].text == asked

    async def is_silent() -> bool:
        return await night.line_of(down) == SILENT

    await eventually(is_asked)
    await eventually(lambda: night.mails(ENGINEER, f"值班：{down}"))
    night.later(minutes=16)
    await eventually(is_silent)
    await eventually(lambda: len(night.mails(ENGINEER, f"值班：{down}")) > 1)
    # Nobody takes notice: the second on call is woken up.
    night.later(minutes=16)
    await eventually(lambda: night.mails(LEAD, f"值班：{down}"))
    # Who takes notice by answering the alert itself; the partner is told at once, and it climbs no
    # further.
    [alert] = [mail for mail in night.postbox.to(LEAD) if down in str(mail["Subject"])]
    assert alert["Reply-To"] == US
    answer = letter(
        "收到，我現在打給他\n",
        sender=LEAD,
        subject="Re: 值班",
        In_Reply_To=str(alert["Message-ID"]),
        References=f"{alert['References']} {alert['Message-ID']}",
        Message_ID="<of-the-lead@vendor.example>",
    )
    assert (await night.relay.send(answer))[0] == 250
    lead = await staff_of(hotline, LEAD)
    noticed = hotline.replies.text(
        "on_call_noticed", "zh-TW", number=down, who=lead.called("zh-TW")
    )
    assert (await said(hotline, down_chat.id))[-1].text == noticed
    assert await night.noticed_by(down) == LEAD
    assert "收到，我現在打給他" in await night.notes_of(down)
    alerts = len(night.mails(ENGINEER, "值班")) + len(night.mails(LEAD, "值班"))
    night.later(minutes=40)

    # In the night nothing else is mailed to staff; who wrote has a receipt with the promise.
    await eventually(lambda: night.mails(COLLEAGUE, order))
    assert night.mails(CONTACT, down)
    assert all("值班" in str(mail["Subject"]) for mail in night.postbox.to(LEAD))
    assert len(night.mails(ENGINEER, "值班")) + len(night.mails(LEAD, "值班")) == alerts

    # Monday: told how much there is, the grave first, each called or answered, with an outcome.
    night.go_to(MONDAY)
    await eventually(lambda: night.mails(LEAD, "休息時進來 7 件，停機 1 件"))
    assert len(await journal(hotline, "morning.began")) == 1
    items = await night.items()
    assert items[0].ticket.number == down
    assert {item.ticket.number for item in items} == set(numbers)
    assert not any(item.outcome for item in items)

    engineer = await staff_of(hotline, ENGINEER)
    for n, number in enumerate((down, question, left, known)):
        await note_outcome(hotline, engineer, number, "reached", f"r{n}")
    await note_outcome(hotline, engineer, unknown, "no_answer", "na")
    await note_outcome(
        hotline, engineer, mailed, "again", "ag", again_at=MONDAY + timedelta(hours=2)
    )
    await handling.claim(hotline, engineer, order)
    await handling.reply(hotline, engineer, order, "另一半週二到，單號會寄給您。", "c1")
    outcomes = {item.ticket.number: item.outcome for item in await night.items()}
    assert outcomes == {
        down: "reached",
        question: "reached",
        left: "reached",
        known: "reached",
        order: "answered",
        unknown: "",
        mailed: "",
    }
    # Every promise that was made on Friday night has been kept by somebody on Monday morning.
    for number in (down, question, left, known, order):
        ticket = await ticket_row(hotline, number)
        assert ticket.first_responded_at is not None
        assert ticket.first_responded_at <= ticket.first_response_due


async def test_a_form_of_another_kind_is_no_message(night: Night) -> None:
    form = FormData(quote_fields=False, default_to_multipart=True)
    form.add_field("nothing", "at all")
    answer = await night.client.post(
        "/api/intake/messages",
        data=form,
        headers=bearer(night.pbx.key) | {"Idempotency-Key": "x"},
    )
    assert answer.status in (400, 422)
    assert await night.items() == []

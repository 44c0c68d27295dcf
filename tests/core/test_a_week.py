"""A week at the hotline: a typhoon on Wednesday noon, a holiday on Friday, a make-up Saturday.

The clock goes from one thing that is due to the next, as a desk fires them. Every promise,
reminder, escalation and closing of the week is in the list at the end.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from hotline.calendar import plan as plans
from hotline.calendar import service as calendar_service
from hotline.calendar.days import Hours
from hotline.calendar.plan import OPEN, SUDDEN, Exceptional
from hotline.conversations.messages import recent
from hotline.core import Hotline
from hotline.escalations import records
from hotline.escalations.service import take_notice
from hotline.partners.service import Contact
from hotline.rota import service as rota
from hotline.rota.rows import DutyRow
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.ticket import Ticket
from hotline.timers.handlers import HANDLERS, REACHES
from hotline.timers.outside import reach_next
from hotline.timers.service import fire_next, next_due
from tests.conftest import staff_of
from tests.core.desk_work import journal, opened

MONDAY = datetime.fromisoformat("2026-12-21T09:00:00+08:00")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SATURDAY = Exceptional(OPEN, date(2026, 12, 26), "補班", "Make-up Saturday")
TYPHOON = Exceptional(
    SUDDEN, date(2026, 12, 23), "颱風停班", "Typhoon", (Hours.parse("12:00-24:00"),)
)
TOLD = (
    "ticket.opened",
    "ticket.at_risk",
    "ticket.breached",
    "ticket.promise_moved",
    "ticket.reminded",
    "ticket.moved",
    "ticket.complained",
    "escalation.opened",
    "escalation.acknowledged",
    "calendar.changed",
    "rota.hole",
)


@pytest.fixture
async def specialist(hotline: Hotline) -> Staff:
    return await staff_of(hotline, "jiarong.li@hotline.example")


STORY = [
    "Mon 09:00 calendar.changed open",
    "Mon 09:30 printer ticket.opened due Mon 13:30",
    "Mon 11:00 quote ticket.opened due Mon 15:00",
    "Mon 14:00 quote escalation.opened warning lead to lead",
    "Mon 14:00 quote ticket.at_risk first_response",
    "Mon 14:30 quote escalation.opened unanswered lead to lead",
    "Mon 15:00 quote escalation.opened breach lead to lead",
    "Mon 15:00 quote ticket.breached first_response",
    "Mon 15:10 quote escalation.acknowledged warning by specialist",
    "Mon 15:10 quote escalation.acknowledged unanswered by specialist",
    "Mon 15:10 quote escalation.acknowledged breach by specialist",
    "Tue 10:00 printer ticket.moved resolve by engineer",
    "Tue 16:00 quote ticket.moved resolve by specialist",
    "Tue 16:00 quote ticket.moved confirm by partner",
    "Tue 22:40 outage ticket.opened due Wed 09:30",
    "Tue 22:40 outage escalation.opened severe on_call to engineer",
    "Tue 22:55 outage escalation.opened unanswered on_call to lead",
    "Tue 23:00 outage escalation.acknowledged unanswered by lead",
    "Tue 23:00 outage escalation.acknowledged severe by lead",
    "Wed 09:20 outage ticket.moved wait_partner by engineer",
    "Wed 10:00 printer ticket.reminded solved",
    "Wed 10:30 disk ticket.opened due Wed 14:30",
    "Wed 12:00 calendar.changed sudden",
    "Wed 12:00 outage ticket.promise_moved resolution before Wed 13:00 due Thu 10:00",
    "Wed 12:00 disk ticket.promise_moved first_response before Wed 14:30 due Thu 11:30",
    "Thu 10:30 disk escalation.opened warning engineer to engineer",
    "Thu 10:30 disk ticket.at_risk first_response",
    "Thu 10:50 disk escalation.acknowledged warning by engineer",
    "Thu 11:00 disk ticket.moved resolve by engineer",
    "Thu 11:00 disk ticket.moved reopen by partner",
    "Thu 13:50 disk ticket.moved resolve by engineer",
    "Thu 15:00 disk ticket.moved reopen by partner",
    "Thu 15:00 disk escalation.opened complaint lead to lead",
    "Thu 15:00 disk ticket.complained",
    "Thu 15:30 disk escalation.opened unanswered lead to lead",
    "Thu 16:30 disk escalation.opened unanswered lead to lead",
    "Sat 09:20 outage ticket.reminded waiting",
    "Sat 10:00 printer ticket.moved lapse by bot",
    "Sat 10:00 disk escalation.opened warning lead to lead",
    "Sat 10:00 disk ticket.at_risk first_response",
    "Sat 10:30 disk escalation.opened unanswered lead to lead",
    "Sat 10:30 disk escalation.acknowledged complaint by lead",
    "Sat 10:30 disk escalation.acknowledged unanswered by lead",
    "Sat 10:30 disk escalation.acknowledged unanswered by lead",
    "Sat 10:30 disk escalation.acknowledged warning by lead",
    "Sat 10:30 disk escalation.acknowledged unanswered by lead",
    "Mon+ 17:00 disk escalation.opened warning lead to lead",
    "Mon+ 17:00 disk ticket.at_risk resolution",
]
TOLD_OF_DISK = [
    "因颱風停班，專線12/23（週三）12:00 起暫停服務。DISK 改在明天（週四）11:30 前回覆您。",
    "先跟您說：DISK（Power 主機開不了機）原訂今天 11:30 前回覆，時間快到了，可能來不及。"
    "還排在技術支援，沒有人接手。",
    "DISK：王志豪今天 11:00 回報已處理：換硬碟。解決了嗎？",
    "DISK：王志豪今天 13:50 回報已處理：換背板。解決了嗎？",
    "先跟您說：DISK（Power 主機開不了機）原訂今天 11:00 前回覆，時間快到了，可能來不及。"
    "張文彬處理中。",
    "先跟您說：DISK（Power 主機開不了機）處理完成的目標是明天（週二）15:00 前，"
    "時間快到了，可能來不及。張文彬處理中，12/26（週六）10:30 有更新。",
]


class Week:
    """What happens, and what came of it, line by line."""

    def __init__(self, hotline: Hotline) -> None:
        self.hotline = hotline
        self.names: dict[int, str] = {}
        self.staff: dict[int, str] = {}

    async def until(self, when: str) -> None:
        """`when` is such as "Wed 12:00": everything that is due before happens in its time."""
        day, _, clock = when.partition(" ")
        first, later = day.removesuffix("+"), 7 * day.count("+")
        at = MONDAY.replace(hour=int(clock[:2]), minute=int(clock[3:]))
        at += timedelta(days=DAYS.index(first) + later)
        while True:
            async with self.hotline.database.read() as session:
                due = await next_due(session)
            if due is None or due > at:
                break
            self.hotline.clock.set(max(due, self.hotline.now()))
            while await fire_next(self.hotline, HANDLERS):
                pass
            while await reach_next(self.hotline, REACHES):
                pass
        self.hotline.clock.set(at)

    async def open(self, name: str, contact: Contact, intent: str, severity: int = 3) -> Ticket:
        ticket = await opened(self.hotline, contact, key=name, intent=intent, severity=severity)
        self.names[ticket.id] = name
        return ticket

    async def story(self) -> list[str]:
        return [self._line(entry) for entry in await journal(self.hotline, *TOLD)]

    def _line(self, entry: Any) -> str:
        local = entry.at.astimezone(MONDAY.tzinfo)
        weeks = (local.date() - MONDAY.date()).days // 7
        about = {
            "ticket.opened": ("due",),
            "ticket.at_risk": ("promise",),
            "ticket.breached": ("promise",),
            "ticket.promise_moved": ("promise", "before", "due"),
            "ticket.reminded": ("step",),
            "ticket.moved": ("move",),
            "escalation.opened": ("why", "level", "to"),
            "escalation.acknowledged": ("why",),
            "calendar.changed": ("change",),
        }.get(entry.kind, ())
        said = [self._said(key, entry.detail[key]) for key in about]
        who = self.staff.get(int(entry.actor.partition(":")[2] or 0), entry.actor)
        if entry.kind in ("ticket.moved", "escalation.acknowledged"):
            said.append(f"by {who}")
        name = self.names.get(entry.ticket_id or 0, "")
        when = f"{DAYS[local.weekday()]}{'+' * weeks} {local:%H:%M}"
        return " ".join(part for part in (when, name, entry.kind, *said) if part)

    def _said(self, key: str, value: Any) -> str:
        if key in ("due", "before"):
            local = datetime.fromisoformat(value).astimezone(MONDAY.tzinfo)
            weeks = (local.date() - MONDAY.date()).days // 7
            return f"{key} {DAYS[local.weekday()]}{'+' * weeks} {local:%H:%M}"
        if key == "to":
            return f"to {self.staff.get(value, 'nobody')}"
        return str(value)


async def test_a_week(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff, specialist: Staff
) -> None:
    hotline.clock.set(MONDAY)
    week = Week(hotline)
    week.staff = {engineer.id: "engineer", lead.id: "lead", specialist.id: "specialist"}
    async with hotline.database.write() as session:
        await session.execute(delete(DutyRow))
    night = MONDAY + timedelta(hours=8)
    await rota.add(hotline, lead, engineer.email, night, MONDAY + timedelta(days=14), 1)
    await rota.add(hotline, lead, lead.email, night, MONDAY + timedelta(days=14), 2)
    await change(hotline, SATURDAY, 9 * 60)

    # Answered and solved in time; the partner never says whether it helped.
    await week.until("Mon 09:30")
    printer = await week.open("printer", contact, "technical_hardware")
    await week.until("Mon 10:00")
    await handling.reply(hotline, engineer, printer.number, "我看一下", claims=True)
    # Nobody answers in time.
    await week.until("Mon 11:00")
    quote = await week.open("quote", contact, "presales_quote")
    await week.until("Mon 15:10")
    await handling.reply(hotline, specialist, quote.number, "馬上報價", claims=True)
    await week.until("Tue 10:00")
    await handling.set_state(hotline, engineer, printer.number, "resolved", text="換了滾輪")
    await week.until("Tue 16:00")
    await handling.set_state(hotline, specialist, quote.number, "resolved", text="報價單寄出")
    await answers.confirm_solved(hotline, conversation_of(quote), quote.number)
    # Production is down at night; whoever is on call first sleeps.
    await week.until("Tue 22:40")
    outage = await week.open("outage", contact, "technical_hardware", severity=1)
    await week.until("Tue 23:00")
    async with hotline.database.read() as session:
        woken = (await records.of_ticket(session, outage.id))[-1]
    await take_notice(hotline, lead, woken.id)
    await week.until("Wed 09:20")
    await handling.claim(hotline, engineer, outage.number)
    await handling.set_state(hotline, engineer, outage.number, "waiting_partner", text="請給序號")
    await week.until("Wed 10:30")
    late = await week.open("disk", contact, "technical_hardware")
    await week.until("Wed 12:00")
    await change(hotline, TYPHOON, 12 * 60)
    await week.until("Thu 10:50")
    await handling.reply(hotline, engineer, late.number, "已備料", claims=True)
    await week.until("Thu 11:00")
    await handling.set_state(hotline, engineer, late.number, "resolved", text="換硬碟")
    await answers.reopen(hotline, conversation_of(late), late.number, "又壞了")
    await week.until("Thu 13:50")
    await handling.reply(hotline, engineer, late.number, "再看", claims=True)
    await handling.set_state(hotline, engineer, late.number, "resolved", text="換背板")
    await week.until("Thu 15:00")
    await answers.reopen(hotline, conversation_of(late), late.number, "還是壞的")
    await week.until("Sat 10:30")
    await handling.reply(hotline, lead, late.number, "我到現場", claims=True)
    await week.until("Mon+ 17:00")
    assert await week.story() == STORY
    assert await told_of_disk(hotline, late) == TOLD_OF_DISK


async def told_of_disk(hotline: Hotline, ticket: Ticket) -> list[str]:
    """What the assistant said of it unasked."""
    async with hotline.database.read() as session:
        said = await recent(session, conversation_of(ticket))
    return [
        message.text.replace(ticket.number, "DISK")
        for message in said
        if message.sender == "bot" and message.seq > 1
    ]


async def change(hotline: Hotline, exception: Exceptional, minute: int) -> None:
    today = hotline.today()
    await calendar_service.change(
        hotline.database,
        hotline.calendars,
        hotline.now(),
        "system",
        exception.kind,
        lambda plan: plans.with_exception(plan, exception, today, minute),
    )


def conversation_of(ticket: Ticket) -> str:
    assert ticket.conversation_id is not None
    return ticket.conversation_id

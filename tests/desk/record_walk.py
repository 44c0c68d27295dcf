"""The walk over the records: everybody asks in the chat for each record of each company.

Whose figures may be told says `hotline/permissions.py`; who has which role at which company, here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import delete

from actions.base import Turn
from actions.permissions import ACTIONS
from actions.records import Record
from hotline.conversations.service import locked, start
from hotline.core import Hotline
from hotline.journal import Entry, entries_after, last_entry_id
from hotline.partners import record_rows as rows
from hotline.partners.look_ups import LOOK_UPS
from hotline.partners.rows import ContactRow
from hotline.permissions import (
    CERTIFICATION,
    CONTRACT,
    CREDIT,
    FUND,
    PERFORMANCE,
    READERS,
)
from tests.conftest import COLLEAGUE, CONTACT, contact_of
from tests.core.desk_work import conversation_row, says
from tests.desk.permission_walk import Step

RECORDS = {
    "account_contract": CONTRACT,
    "account_certification": CERTIFICATION,
    "account_bdf": FUND,
    "account_performance": PERFORMANCE,
    "account_credit": CREDIT,
}
# Of each company one figure, or name, that stands in every record of it and nowhere else.
OWN, OTHER = "P-1001", "P-1002"
FIGURES = {OWN: 1_357_913, OTHER: 2_468_024}
NAMES = {OWN: "禾光資訊", OTHER: "北辰系統"}
_SAID: dict[str, Any] = {"as_of": date(2026, 11, 30), "source": "test"}


@dataclass(frozen=True)
class Asker:
    """A contact of `company` with `roles`; without a company a visitor, who `proves` an address."""

    name: str
    company: str | None = None
    roles: tuple[str, ...] = ()
    email: str | None = None
    proves: str | None = None

    def reads(self, record: str, company: str) -> bool:
        if self.company != company:
            return False
        allowed = READERS[record]
        return allowed is None or bool(allowed & set(self.roles))


ASKERS = (
    Asker("visitor"),
    Asker("visitor with a proven address", proves="nobody@nowhere.example"),
    Asker("owner", OWN, ("owner", "administration"), CONTACT),
    Asker("technical colleague", OWN, ("technical",), COLLEAGUE),
    Asker("contact without a role", OWN, (), "new@heguang.example"),
    Asker("finance, other company", OTHER, ("finance",), "finance@polaris.example"),
    Asker("sales, other company", OTHER, ("sales",), "sales@polaris.example"),
    Asker("technical, other company", OTHER, ("technical",), "technical@polaris.example"),
)


async def walk(hotline: Hotline) -> list[Step]:
    """Every record of every company, asked for by everybody."""
    assert set(RECORDS) == set(LOOK_UPS), "every look-up has its record in RECORDS"
    await _record(hotline)
    await _add_askers(hotline)
    return [
        await _ask(hotline, intent, company, asker)
        for intent in RECORDS
        for company in FIGURES
        for asker in ASKERS
    ]


async def _ask(hotline: Hotline, intent: str, company: str, asker: Asker) -> Step:
    record = RECORDS[intent]
    async with hotline.database.read() as session:
        before = await last_entry_id(session)
    told = await _told(hotline, intent, company, asker)
    async with hotline.database.read() as session:
        entries = await entries_after(session, before)
    return Step(
        line=f"{intent}, of {'the first' if company == OWN else 'the other'} company",
        audience=ACTIONS[Record.action_name],
        who=asker.name,
        column=asker.name,
        whose=company,
        expected=asker.reads(record, company),
        admitted=any(mark in told for mark in _marks(company)),
        answer=told,
        noted=await _is_noted(hotline, asker, record, entries),
    )


async def _told(hotline: Hotline, intent: str, company: str, asker: Asker) -> str:
    """Every part of the answer: overview, and each view that a button under it asks for."""
    told = []
    for view in (None, *LOOK_UPS[intent].views):
        contact = await contact_of(hotline, asker.email) if asker.email else None
        conversation, _greeting = await start(hotline, contact)
        if asker.proves:
            async with hotline.database.write() as session:
                (await locked(session, conversation.id)).proven_email = asker.proves
        text = f"/{intent}" if view else f"幫我查{NAMES[company]}（{company}）的資料"
        await says(hotline, conversation.id, text, uuid4().hex)
        entities = [{"entity": "partner_id", "value": company}]
        entities += [{"entity": "step", "value": view}] if view else []
        message = {"text": text, "entities": entities, "intent": {"name": intent}}
        dispatcher = CollectingDispatcher()
        tracker = Tracker("sender", {"partner_id": company}, message, [], False, None, {}, None)
        row = await conversation_row(hotline, conversation.id)
        events = await Record().act(Turn(hotline, row, tracker, dispatcher, message))
        told.append(str([dispatcher.messages, events]))
    return " ".join(told)


async def _is_noted(hotline: Hotline, asker: Asker, record: str, entries: list[Entry]) -> bool:
    """Every reading, and every refusal for want of a role; nothing where nobody is known."""
    found = {
        (entry.kind, entry.detail["contact"], entry.detail["partner"])
        for entry in entries
        if entry.kind.startswith("record.") and entry.detail["record"] == record
    }
    if asker.email is None or asker.company is None:
        return not found
    contact = await contact_of(hotline, asker.email)
    kind = "record.read" if asker.reads(record, asker.company) else "record.refused"
    return found == {(kind, contact.id, asker.company)}


def _marks(company: str) -> tuple[str, ...]:
    return f"{FIGURES[company]:,}", _name(company)


def _name(company: str) -> str:
    return f"Heron-{FIGURES[company]}"


async def _record(hotline: Hotline) -> None:
    """Of each company one row of each record, and no other."""
    kinds: tuple[type[Any], ...] = (
        rows.ContractRow, rows.CertificationRow, rows.FundRow, rows.PerformanceRow, rows.CreditRow,
    )  # fmt: skip
    async with hotline.database.write() as session:
        for kind in kinds:
            await session.execute(delete(kind))
        for company, sum_ in FIGURES.items():
            said, name, year = {"partner_id": company, **_SAID}, _name(company), date(2026, 12, 31)
            session.add_all([
                rows.ContractRow(number=name, starts_on=date(2026, 1, 1), ends_on=year,
                                 status="active", renewal="by_agreement", **said),
                rows.CertificationRow(person=name, title=name, until=year, **said),
                rows.FundRow(year=2026, granted=sum_, requested=0, claimed=0, balance=sum_, **said),
                rows.PerformanceRow(year=2026, quarter=4, minimum=sum_, actual=sum_, **said),
                rows.CreditRow(credit_limit=sum_, receivable=0, overdue=0,
                               payment_record="on_time", **said),
            ])  # fmt: skip


async def _add_askers(hotline: Hotline) -> None:
    """Whoever is not among the demonstration's people."""
    known = (CONTACT, COLLEAGUE)
    async with hotline.database.write() as session:
        session.add_all(
            ContactRow(partner_id=asker.company, name=asker.name, email=asker.email,
                       language="zh-TW", roles=list(asker.roles))
            for asker in ASKERS
            if asker.email and asker.email not in known
        )  # fmt: skip

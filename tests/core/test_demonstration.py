"""The demonstration year: what it has, that it holds together, that it is always the same."""

import asyncio
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline import journal, seed
from hotline.core import Hotline, open_hotline
from hotline.demonstration.companies import FIRST, firms
from hotline.demonstration.contacts import contacts
from hotline.demonstration.lives import KEY
from hotline.demonstration.records import Person, records_of
from hotline.demonstration.stories import SHARES, all_stories
from hotline.demonstration.tickets import PRESENT, Year
from hotline.errors import NotAllowed
from hotline.partners import record_rows, records, vocabulary
from hotline.partners.reading import of_company
from hotline.partners.records import present_contract, year_of
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.settings import Settings
from hotline.staff.rows import StaffRow
from hotline.tables import METADATA
from hotline.tickets import queries, worklist
from hotline.tickets.kinds import KINDS
from hotline.tickets.moves import MOVES
from hotline.tickets.promises import FIRST as FIRST_RESPONSE
from hotline.tickets.promises import Case, promised
from hotline.tickets.risk import is_at_risk
from hotline.tickets.rows import RatingRow, TicketRow
from hotline.tickets.ticket import snapshot
from hotline.tickets.worklist import Wanted
from tests.conftest import (
    CONTACT,
    ENGINEER,
    TUESDAY_MORNING,
    contact_of,
    file_with_the_year,
    set_clock,
    settings_of_the_year,
    staff_of,
)
from tests.core.desk_work import opened
from wording import tax_id, ticket_number

TODAY = TUESDAY_MORNING.date()
ALIKE = 0.7  # of their pieces of three characters
RECORDS: tuple[Any, ...] = (
    record_rows.ContractRow,
    record_rows.CertificationRow,
    record_rows.FundRow,
    record_rows.PerformanceRow,
    record_rows.CreditRow,
    record_rows.HeadcountRow,
    record_rows.SatisfactionRow,
    record_rows.ComplaintRow,
    record_rows.CommitmentRow,
)


@pytest.fixture
async def year(year_file: Path, tmp_path: Path) -> AsyncIterator[Hotline]:
    shutil.copy(year_file, tmp_path / "hotline.db")
    settings = settings_of_the_year(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'hotline.db'}")
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as hotline:
        yield hotline


async def everything(hotline: Hotline) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but for what is new each time: the salt of a password, and when the
    texts that a hotline begins with were written.
    """
    new = {"staff.password_hash", "canned_texts.changed_at"}
    async with hotline.database.read() as session:
        return {
            table.name: [
                tuple(row)
                for row in await session.execute(
                    select(*(it for it in table.columns if str(it) not in new)).order_by(
                        *table.primary_key.columns
                    )
                )
            ]
            for table in METADATA.sorted_tables
        }


async def all_of(session: AsyncSession, table: type[Any]) -> list[Any]:
    return list(await session.scalars(select(table)))


async def test_the_year_has_thirty_companies_three_hundred_contacts_and_twelve_hundred_tickets(
    year: Hotline,
) -> None:
    async with year.database.read() as session:
        companies, people = await all_of(session, PartnerRow), await all_of(session, ContactRow)
        tickets, ratings = await all_of(session, TicketRow), await all_of(session, RatingRow)
        staff = await all_of(session, StaffRow)
    assert (len(companies), len(people), len(tickets)) == (30, 300, 1200)
    assert {it for company in companies for it in company.types} == set(vocabulary.TYPES)
    assert {company.status for company in companies} == set(vocabulary.STATUSES)
    assert {company.tier for company in companies} == set(year.settings.partners.tiers)
    assert {company.region for company in companies} == set(year.settings.partners.regions)
    assert {it for contact in people for it in contact.roles} == set(vocabulary.ROLES)
    assert {rating.score for rating in ratings} == {1, 2, 3, 4, 5}
    assert len(ratings) > 500
    assert sum(bool(rating.words) for rating in ratings) > 200
    assert {row.intent for row in tickets} == set(SHARES) == set(KINDS)
    assert {queue for member in staff for queue in member.queues} == {it.queue for it in tickets}


async def test_companies_and_people_belong_to_nobody(year: Hotline) -> None:
    async with year.database.read() as session:
        companies, people = await all_of(session, PartnerRow), await all_of(session, ContactRow)
    assert all(tax_id.is_valid(company.tax_id) for company in companies)
    assert len({company.tax_id for company in companies}) == 30
    assert all(contact.email.endswith(".example") for contact in people)
    assert len({contact.email for contact in people}) == 300
    by_hand = seed.written_by_hand()
    phones = [contact.phone for contact in people if contact.email not in by_hand]
    assert all(re.fullmatch(r"099\d-\d{3}-\d{3}", it) for it in phones if it)
    assert phones.count(None) in range(5, 60)


async def test_a_second_seeding_adds_nothing(year: Hotline) -> None:
    before = await everything(year)
    await seed.seed(year)
    set_clock(year.settings, TUESDAY_MORNING + timedelta(days=3))
    await seed.seed(year)
    assert await everything(year) == before


async def test_the_same_day_gives_the_same_year(
    year: Hotline, seeded_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    again = await asyncio.to_thread(
        file_with_the_year, seeded_file, tmp_path_factory.mktemp("year again")
    )
    async with open_hotline(
        settings_of_the_year(again.parent, f"sqlite+aiosqlite:///{again}")
    ) as other:
        assert await everything(other) == await everything(year)


async def test_production_is_refused_the_year(year: Hotline) -> None:
    production = settings_of_the_year(year.settings.var_dir, year.settings.database_url)
    async with open_hotline(production.model_copy(update={"env": "production"})) as hotline:
        with pytest.raises(NotAllowed):
            await seed.seed(hotline)


async def test_people_alone_have_no_year(seeded_file: Path, tmp_path: Path) -> None:
    shutil.copy(seeded_file, tmp_path / "hotline.db")
    settings = settings_of_the_year(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'hotline.db'}")
    async with open_hotline(settings.model_copy(update={"demo": "people"})) as hotline:
        await seed.seed(hotline)
        found = await everything(hotline)
    assert (len(found["partners"]), len(found["contacts"]), found["tickets"]) == (2, 3, [])


async def test_every_active_company_has_every_record(year: Hotline) -> None:
    ids = {firm.id: firm.status for firm in firms()}
    async with year.database.read() as session:
        for table in RECORDS:
            known = set(await session.scalars(select(table.partner_id)))
            lacking = {it for it, status in ids.items() if status == "active"} - known
            assert not lacking, table.__tablename__
        years = await session.execute(
            select(record_rows.PerformanceRow.partner_id, record_rows.PerformanceRow.year)
        )
        funds = await session.execute(
            select(record_rows.FundRow.partner_id, record_rows.FundRow.year)
        )
        of_years = [Counter(tuple(row) for row in rows) for rows in (years, funds)]
    for partner_id, status in ids.items():
        for this in (TODAY.year - 1, TODAY.year):
            expected = (0, 0) if status == "prospect" else (5, 1)
            assert tuple(rows[partner_id, this] for rows in of_years) == expected


async def test_the_figures_tell_what_they_are_to_tell(year: Hotline) -> None:
    told = defaultdict(set)
    async with year.database.read() as session:
        for firm in firms():
            contracts = await of_company(session, firm.id, records.Contract)
            credit = await of_company(session, firm.id, records.Credit)
            funds = await of_company(session, firm.id, records.Fund)
            sales = year_of(await of_company(session, firm.id, records.Performance), TODAY.year)
            certificates = await of_company(session, firm.id, records.Certification)
            present = present_contract(contracts, TODAY)
            assert present is not None
            if present.standing(TODAY) == "expired":
                told["expired"].add(firm.id)
            if 0 <= present.days_left(TODAY) <= 30:
                told["expiring"].add(firm.id)
            if credit and credit[0].overdue_ratio > 0.1:
                told["overdue"].add(firm.id)
            if any(fund.balance == 0 for fund in funds if fund.year == TODAY.year):
                told["fund_used_up"].add(firm.id)
            if sales and sales.missing == 0:
                told["reached"].add(firm.id)
            if sales and sales.ratio and sales.ratio < 0.8:
                told["missed"].add(firm.id)
            if any(not it.is_valid(TODAY) for it in certificates):
                told["certificates"].add(firm.id)
            assert all(fund.balance == fund.granted - fund.requested for fund in funds)
            assert all(0 <= fund.claimed <= fund.requested for fund in funds)
            assert all(0 <= it.overdue <= it.receivable <= it.credit_limit for it in credit)
    for plot, ids in told.items():
        meant = {firm.id for firm in firms() if plot in firm.plot and firm.status != "terminated"}
        assert meant <= ids, plot
    assert len(told) == 7


@pytest.mark.parametrize("day", ["2026-01-01", "2027-04-01", "2028-02-29", "2026-12-31"])
def test_records_can_be_made_for_any_day(day: str) -> None:
    today = date.fromisoformat(day)
    people = [Person(number, f"P{number}", ("technical",)) for number in range(4)]
    for firm in firms():
        for table, rows in records_of(firm, people, today).items():
            assert all(row["as_of"] <= today for row in rows), table
            if table is record_rows.CreditRow:
                days = [row["as_of"] for row in rows]
                assert len(set(days)) == len(days)


async def test_tickets_hold_by_the_rules_of_the_core(year: Hotline) -> None:
    await hold_by_the_rules(year)


@pytest.mark.postgres
async def test_the_year_is_the_same_on_postgresql(
    postgres_settings: Settings, year: Hotline
) -> None:
    settings = postgres_settings.model_copy(update={"demo": "year"})
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as hotline:
        await seed.seed(hotline)
        assert await everything(hotline) == await everything(year)
        await hold_by_the_rules(hotline)
        await goes_on_with_the_next_number(hotline)


async def hold_by_the_rules(hotline: Hotline) -> None:
    now, calendar = hotline.now(), hotline.calendar
    async with hotline.database.read() as session:
        rows = list(await session.scalars(select(TicketRow).order_by(TicketRow.id)))
        entries = [entry for entry in await journal.entries_after(session, 0, 100_000)]
    assert [row.number for row in rows] == sorted(row.number for row in rows)
    assert [row.opened_at for row in rows] == sorted(row.opened_at for row in rows)
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert entries[-1].at <= now
    history = defaultdict(list)
    for entry in entries:
        if entry.ticket_id:
            history[entry.ticket_id].append(entry)
    late = open_ones = 0
    for row in rows:
        assert ticket_number.read(row.number) == row.number
        assert (row.queue, row.audience) == (KINDS[row.intent].queue, KINDS[row.intent].audience)
        assert row.opened_at <= row.first_response_due <= row.resolution_due
        assert row.updated_at <= now
        if row.reopened == 0 and row.escalated_at is None:
            case = Case(row.queue, row.contact.partner.tier if row.contact else None)
            due = promised(hotline, FIRST_RESPONSE, row.severity, case, row.opened_at)
            assert row.first_response_due == due.due_at
        assert (row.state == "closed") == (row.closed_at is not None)
        if row.state in ("resolved", "closed"):
            assert row.resolution
            assert row.first_responded_at
            assert row.resolved_at
            late += row.first_responded_at > row.first_response_due
        _moves_by_the_table(history[row.id], row.state)
        open_ones += calendar.is_open(row.opened_at)
    assert 10 < late < 150
    assert 1000 < open_ones < 1200


def _moves_by_the_table(entries: list[journal.Entry], state: str) -> None:
    """The journal's moves lead from a new ticket to the state in which it is."""
    assert entries[0].kind == "ticket.opened"
    stands = "new"
    for entry in entries[1:]:
        if entry.kind == "ticket.claimed":
            stands = MOVES["claim"][stands]
        elif entry.kind == "ticket.moved":
            stands = MOVES[entry.detail["move"]][stands]
        elif entry.kind in ("ticket.added_to", "ticket.escalated") and stands != "open":
            stands = MOVES["resume" if stands == "waiting_partner" else "claim"][stands]
        assert entry.detail["state"] == stands
    assert stands == state


async def test_a_ticket_that_follows_has_the_next_number(year: Hotline) -> None:
    await goes_on_with_the_next_number(year)


async def goes_on_with_the_next_number(hotline: Hotline) -> None:
    async with hotline.database.read() as session:
        last = await session.scalar(select(func.max(TicketRow.number)))
    assert last is not None
    ticket = await opened(hotline, await contact_of(hotline, CONTACT))
    assert ticket.number == ticket_number.write(TODAY.year, int(last[4:-2]) + 1)


async def test_the_year_goes_on_behind_tickets_that_were_there(
    seeded_file: Path, tmp_path: Path
) -> None:
    shutil.copy(seeded_file, tmp_path / "hotline.db")
    settings = settings_of_the_year(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'hotline.db'}")
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as hotline:
        before = await opened(hotline, await contact_of(hotline, CONTACT))
        await seed.seed(hotline)
        async with hotline.database.read() as session:
            numbers = list(await session.scalars(select(TicketRow.number)))
    assert len(set(numbers)) == 1201
    assert before.number == ticket_number.write(TODAY.year, 1)


async def test_what_is_open_now_is_a_day_at_the_desk(year: Hotline) -> None:
    engineer = await staff_of(year, ENGINEER)
    async with year.database.read() as session:
        rows = await session.scalars(select(TicketRow).where(TicketRow.state != "closed"))
        tickets = [snapshot(row) for row in rows]
        shown = (await worklist.page_of(session, Wanted(engineer.id))).tickets
        listed = await queries.queue_of(session)  # `hotline tickets list`
        messages = await session.execute(
            select(TicketRow.id).where(TicketRow.conversation_id.is_(None))
        )
        unread = await queries.unread(session, {ticket.id for ticket in tickets})
    states = Counter(ticket.state for ticket in tickets)
    assert len(PRESENT) <= len(tickets) < 90
    assert min(states[it] for it in ("new", "open", "waiting_partner", "resolved")) >= 3
    assert states["waiting_other"] >= 2
    assert 2 <= sum(is_at_risk(year, ticket) for ticket in tickets) <= 8
    assert any(ticket.severity == 1 and ticket.state == "open" for ticket in tickets)
    assert any(ticket.escalated_at for ticket in tickets)
    assert any(ticket.reopened and ticket.state == "open" for ticket in tickets)
    assert any(ticket.due_at < year.now() for ticket in tickets if ticket.state == "new")
    assert {ticket.number for ticket in shown} == {ticket.number for ticket in tickets}
    assert listed == list(shown)
    assert messages.first() is None
    assert unread
    subjects = [ticket.subject for ticket in tickets]
    assert len(set(subjects)) == len(subjects)
    resolved = [it for it in tickets if it.contact and it.contact.email == CONTACT]
    assert "resolved" in {ticket.state for ticket in resolved}


@pytest.mark.parametrize("at", ["2027-01-01T00:30:00+08:00", "2026-12-06T14:00:00+08:00"])
async def test_the_year_can_be_told_at_night_and_on_a_sunday(year: Hotline, at: str) -> None:
    moment = datetime.fromisoformat(at)
    set_clock(year.settings, moment)
    async with year.database.read() as session:
        staff, people = await all_of(session, StaffRow), await all_of(session, ContactRow)
        told = Year(year, staff, people)
        lives = told.lives([f"{KEY}{place}" for place in range(len(told.openings))])
    assert all(entry["at"] <= year.now() for life in lives for entry in life.entries)
    assert {"new", "open", "waiting_partner", "resolved"} <= {life.row.state for life in lives}


def test_each_story_is_one_of_its_own() -> None:
    stories = all_stories()
    assert len(stories) >= 120
    assert {story.intent for story in stories} == set(SHARES)
    assert sum(story.language == "en" for story in stories) >= 25
    pieces = [{it.say[i : i + 3] for i in range(len(it.say) - 2)} for it in stories]
    for one, other in combinations(range(len(stories)), 2):
        shared = len(pieces[one] & pieces[other]) / len(pieces[one] | pieces[other])
        assert shared < ALIKE, (stories[one].say, stories[other].say)


def test_each_story_is_answered_and_done_in_its_language() -> None:
    han = re.compile(r"[\u3400-\u9fff]")
    for story in all_stories():
        spoken = [story.say, story.reply, story.done, *filter(None, (story.ask, story.answer))]
        is_chinese = [bool(han.search(words)) for words in spoken]
        assert all(is_chinese) if story.language == "zh-TW" else not any(is_chinese), story.say
        assert bool(story.ask) == bool(story.answer)


def test_names_are_as_common_as_in_taiwan() -> None:
    rows = contacts(firms())
    surnames = Counter(row["name"][0] for row in rows if row["language"] == "zh-TW")
    assert surnames.most_common(1)[0][0] == "陳"
    assert len(surnames) > 25
    assert firms()[0].id == f"P-{FIRST}"

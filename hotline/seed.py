"""The demonstration's companies, contacts, staff and year; adding twice is harmless.

The set `people` is `demo.toml` alone: two companies, their contacts, four staff, and who of them
is on call. `year` adds what `hotline.demonstration` invents.
"""

from pathlib import Path
from typing import Any

import tomllib
from sqlalchemy import select

from hotline.canned.seeding import add_texts
from hotline.core import Hotline
from hotline.demo_records import seed_records
from hotline.demonstration import rota
from hotline.demonstration.chance import read
from hotline.errors import NotAllowed
from hotline.journal import last_entry_id
from hotline.notices.queueing import note_news, pass_over
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.staff.rows import StaffRow
from hotline.staff.service import add_staff

_DEMO = Path(__file__).with_name("demo.toml")


async def seed(hotline: Hotline) -> None:
    """Add what is missing of the set in the settings, people at least; what is there stays."""
    if hotline.settings.env == "production":
        raise NotAllowed("demonstration data does not belong into production")
    demo = _read()
    while await note_news(hotline):
        pass
    async with hotline.database.read() as session:
        before = await last_entry_id(session)
    await _add_people(hotline, demo["partners"])
    await _add_staff(hotline, demo["staff"])
    everybody = list(demo["staff"])
    await add_texts(hotline)
    if hotline.settings.demo == "year":
        # Faker takes long to load: only whoever invents a year waits for it.
        from hotline.demonstration import year

        more = _more_staff()
        await _add_staff(hotline, more)
        await year.add_companies(hotline)
        everybody += more
        await year.add_tickets(hotline, [member["email"] for member in everybody])
    await rota.add_turns(hotline, [member["email"] for member in everybody])
    async with hotline.database.write() as session:
        if await last_entry_id(session) > before:  # what was invented is nobody's news
            await pass_over(session)


def demo_sign_ins() -> list[tuple[str, str, str]]:
    """(role, e-mail, password) of the demonstration's staff, those of `people` first."""
    demo = _read()
    everybody = (*demo["staff"], *_more_staff())
    return [(member["role"], member["email"], demo["password"]) for member in everybody]


def written_by_hand() -> list[str]:
    """The e-mail addresses of the contacts that are there in either set."""
    return [person["email"] for company in _read()["partners"] for person in company["contacts"]]


async def _add_people(hotline: Hotline, companies: list[dict[str, Any]]) -> None:
    async with hotline.database.write() as session:
        for company in companies:
            if await session.get(PartnerRow, company["id"]) is None:
                own = ("contacts", "records")
                columns = {key: value for key, value in company.items() if key not in own}
                session.add(PartnerRow(**columns, as_of=hotline.today(), source="demo"))
                await session.flush()
            for person in company["contacts"]:
                known = select(ContactRow.id).where(ContactRow.email == person["email"])
                if await session.scalar(known) is None:
                    session.add(ContactRow(partner_id=company["id"], **person))
            await seed_records(session, company["id"], company.get("records", {}), hotline.today())


async def _add_staff(hotline: Hotline, members: list[dict[str, Any]]) -> None:
    for member in members:
        async with hotline.database.read() as session:
            known = select(StaffRow.id).where(StaffRow.email == member["email"])
            if await session.scalar(known) is not None:
                continue
        await add_staff(
            hotline.database,
            **{**member, "queues": tuple(member["queues"])},
            password=_read()["password"],
        )


def _more_staff() -> list[dict[str, Any]]:
    members: list[dict[str, Any]] = read("staff.toml")["staff"]
    return members


def _read() -> dict[str, Any]:
    return tomllib.loads(_DEMO.read_text(encoding="utf-8"))

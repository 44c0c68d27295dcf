"""The demonstration's companies, contacts and staff, from `demo.toml`; adding twice is harmless."""

from pathlib import Path
from typing import Any

import tomllib
from sqlalchemy import select

from hotline.core import Hotline
from hotline.demo_records import seed_records
from hotline.errors import NotAllowed
from hotline.partners.rows import ContactRow, PartnerRow
from hotline.staff.rows import StaffRow
from hotline.staff.service import add_staff

_DEMO = Path(__file__).with_name("demo.toml")


async def seed(hotline: Hotline) -> None:
    """Add what is missing; what is there already stays as it is."""
    if hotline.settings.env == "production":
        raise NotAllowed("demonstration data does not belong into production")
    demo = _read()
    async with hotline.database.write() as session:
        for company in demo["partners"]:
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
    for member in demo["staff"]:
        async with hotline.database.read() as session:
            known = select(StaffRow.id).where(StaffRow.email == member["email"])
            if await session.scalar(known) is not None:
                continue
        await add_staff(
            hotline.database,
            **{**member, "queues": tuple(member["queues"])},
            password=demo["password"],
        )


def demo_sign_ins() -> list[tuple[str, str, str]]:
    """(role, e-mail, password) of the demonstration's staff."""
    demo = _read()
    return [(member["role"], member["email"], demo["password"]) for member in demo["staff"]]


def _read() -> dict[str, Any]:
    return tomllib.loads(_DEMO.read_text(encoding="utf-8"))

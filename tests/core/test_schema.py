"""The migrations build exactly the tables that the code has, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from hotline import schema
from hotline.conversations.service import find as find_conversation
from hotline.core import Hotline
from hotline.database import Database
from hotline.partners.rows import PartnerRow
from hotline.partners.service import contact_by_email
from hotline.settings import Settings
from hotline.staff.service import staff_by_email
from hotline.tables import METADATA
from tests.conftest import BOTH, CONTACT, contact_of
from tests.core.desk_work import opened, says
from tests.postgres import new_database

REVISIONS = [
    revision.revision
    for revision in ScriptDirectory.from_config(schema.configuration()).walk_revisions()
]


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a table."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/new/hotline.db"
        return
    with new_database(request.getfixturevalue("postgres_server")) as url:
        yield url


async def upgrade_to(url: str, revision: str, *statements: str) -> None:
    """Bring a database to an older version, with something in it."""

    def upgrade(connection: Connection) -> None:
        config = schema.configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    if url.startswith("sqlite"):
        Path(url.partition("///")[2]).parent.mkdir(exist_ok=True)
    database = Database(url)
    async with database.engine.begin() as connection:
        await connection.run_sync(upgrade)
        for statement in statements:
            await connection.execute(text(statement))
    await database.close()


async def differences(database: Database) -> list[object]:
    """What the migrations have made otherwise than the code has it."""

    def compared(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, METADATA))

    async with database.engine.connect() as connection:
        return await connection.run_sync(compared)


async def test_the_migrations_build_the_tables_of_the_code(hotline: Hotline) -> None:
    assert await differences(hotline.database) == []


@pytest.mark.parametrize("revision", REVISIONS)
async def test_every_earlier_version_becomes_the_present_one(empty: str, revision: str) -> None:
    await upgrade_to(empty, revision)
    await schema.upgrade(empty)
    assert await schema.is_current(empty)
    database = Database(empty)
    assert await differences(database) == []
    await database.close()


async def test_upgrading_a_current_database_changes_nothing(settings: Settings) -> None:
    assert await schema.is_current(settings.database_url)
    await schema.upgrade(settings.database_url)
    assert await schema.is_current(settings.database_url)


async def test_the_staff_of_an_older_database_keep_their_accounts(empty: str) -> None:
    await upgrade_to(
        empty,
        "0001",
        "INSERT INTO staff (email, name, name_en, role, queues, password_hash, active)"
        " VALUES ('a@x.example', 'A', 'A', 'lead', '[]', 'x', TRUE)",
    )
    await schema.upgrade(empty)
    database = Database(empty)
    async with database.read() as session:
        staff = await staff_by_email(session, "a@x.example")
        assert staff is not None
        assert (staff.languages, staff.owes_renewal, staff.has_second_step) == (
            ("zh-TW", "en"),
            False,
            False,
        )
    await database.close()


_OLD_PARTNERS = (
    "INSERT INTO partners (id, name_zh, name_en, tax_id, kind, tier, region, status) VALUES"
    " ('P-1', '甲', 'A', '12345675', 'reseller', 'gold', 'north', 'active'),"
    " ('P-2', '乙', 'B', NULL, 'distributor', 'silver', 'south', 'active')",
    "INSERT INTO contacts (id, partner_id, name, email, phone, language) VALUES"
    " (1, 'P-1', '甲一', 'one@a.example', '0912-345-678', 'zh-TW'),"
    " (2, 'P-2', 'B One', 'one@b.example', NULL, 'en')",
    "INSERT INTO conversations (id, contact_id, language, holder, held_since, last_seq, unsure,"
    " created_at) VALUES"
    " ('c1', 1, 'zh-TW', 'bot', '2026-11-01 09:00:00', 0, 0, '2026-11-01 09:00:00')",
)


async def test_the_partners_of_an_older_database_keep_what_they_are(empty: str) -> None:
    """One kind has become a list of types; nobody has a role until somebody gives one."""
    await upgrade_to(empty, "0005", *_OLD_PARTNERS)
    await schema.upgrade(empty)
    assert await schema.is_current(empty)
    database = Database(empty)
    async with database.read() as session:
        first, second = [await contact_by_email(session, f"one@{at}.example") for at in "ab"]
        talk = await find_conversation(session, "c1")
        company = await session.get(PartnerRow, "P-1")
    assert first is not None
    assert second is not None
    assert company is not None
    assert (first.partner_id, first.company_zh, first.types) == ("P-1", "甲", ("reseller",))
    assert (second.partner_id, second.types) == ("P-2", ("distributor",))
    assert (first.roles, second.roles) == ((), ())
    assert (first.status, first.tier, first.phone) == ("active", "gold", "0912-345-678")
    assert (company.source, company.territory) == ("before records", None)
    assert company.as_of.year >= 2026
    assert talk.contact == first
    assert await differences(database) == []
    await database.close()


async def test_an_empty_database_is_not_current_until_it_is_upgraded(empty: str) -> None:
    if empty.startswith("sqlite"):
        assert not await schema.is_current(empty.replace("/new/", "/"))
    else:
        assert not await schema.is_current(empty)
    await schema.upgrade(empty)
    assert await schema.is_current(empty)


BROKEN = (
    "UPDATE conversations SET holder = 'person'",
    "UPDATE conversations SET holder = 'cat'",
    "UPDATE tickets SET state = 'lost'",
    "UPDATE tickets SET severity = 5",
    "UPDATE tickets SET partner_id = 'P-0'",
    "UPDATE messages SET sender = 'cat'",
    "UPDATE messages SET seq = 1",
    "UPDATE journal SET ticket_id = 4711",
)


async def test_the_database_itself_keeps_the_promises(hotline: Hotline) -> None:
    ticket = await opened(hotline, await contact_of(hotline, CONTACT))
    assert ticket.conversation_id is not None
    await says(hotline, ticket.conversation_id, "喂", "c1")

    async def execute(statement: str) -> None:
        async with hotline.database.write() as session:
            await session.execute(text(statement))

    for statement in BROKEN:
        with pytest.raises(IntegrityError):
            await execute(statement)

"""The migrations build exactly the tables that the code has, on both databases."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from hotline import schema
from hotline.core import Hotline
from hotline.database import Database
from hotline.settings import Settings
from hotline.staff.service import session_number, staff_by_email
from hotline.tables import METADATA
from tests.conftest import CONTACT, contact_of
from tests.core.desk_work import opened, says


async def test_the_migrations_build_the_tables_of_the_code(any_hotline: Hotline) -> None:
    def difference(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, METADATA))

    async with any_hotline.database.engine.connect() as connection:
        assert await connection.run_sync(difference) == []


async def test_upgrading_a_current_database_changes_nothing(any_settings: Settings) -> None:
    assert await schema.is_current(any_settings.database_url)
    await schema.upgrade(any_settings.database_url)
    assert await schema.is_current(any_settings.database_url)


async def test_the_staff_of_an_older_database_keep_their_accounts(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/hotline.db"
    database = Database(url)

    def to_first_version(connection: Connection) -> None:
        config = schema.configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    async with database.engine.begin() as connection:
        await connection.run_sync(to_first_version)
        await connection.execute(
            text(
                "INSERT INTO staff (email, name, name_en, role, queues, password_hash, active)"
                " VALUES ('a@x.example', 'A', 'A', 'lead', '[]', 'x', TRUE)"
            )
        )
    await schema.upgrade(url)
    async with database.read() as session:
        staff = await staff_by_email(session, "a@x.example")
        assert staff is not None
        assert await session_number(session, staff.id) == 0
    await database.close()


async def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/new/hotline.db"
    await schema.upgrade(url)
    assert await schema.is_current(url)
    assert not await schema.is_current(f"sqlite+aiosqlite:///{tmp_path}/empty.db")


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


async def test_the_database_itself_keeps_the_promises(any_hotline: Hotline) -> None:
    ticket = await opened(any_hotline, await contact_of(any_hotline, CONTACT))
    assert ticket.conversation_id is not None
    await says(any_hotline, ticket.conversation_id, "喂", "c1")

    async def execute(statement: str) -> None:
        async with any_hotline.database.write() as session:
            await session.execute(text(statement))

    for statement in BROKEN:
        with pytest.raises(IntegrityError):
            await execute(statement)

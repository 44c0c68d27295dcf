"""The core holds on either database: here every test that opens one runs on both.

Of one database only are the tests of SQLite's driver and those of the command line, which make
theirs by the command itself.
"""

import pytest

from hotline.core import Hotline
from hotline.partners.service import Contact
from hotline.settings import Settings
from hotline.tickets.ticket import Ticket
from tests.conftest import BOTH
from tests.core.desk_work import opened
from tests.core.follow_up import Partner, speaks


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "settings" in metafunc.fixturenames:
        metafunc.parametrize("settings", BOTH, indirect=True)


@pytest.fixture
def any_settings(settings: Settings) -> Settings:
    return settings


@pytest.fixture
def any_hotline(hotline: Hotline) -> Hotline:
    return hotline


@pytest.fixture
async def ticket(hotline: Hotline, contact: Contact) -> Ticket:
    return await opened(hotline, contact)


@pytest.fixture
def partner(hotline: Hotline, ticket: Ticket) -> Partner:
    return speaks(hotline, ticket)

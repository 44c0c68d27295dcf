"""A core over either database, for what must hold on both."""

from collections.abc import AsyncIterator

import pytest

from hotline.core import Hotline, open_hotline
from hotline.settings import Settings
from tests.conftest import TUESDAY_MORNING, set_clock

BOTH = ["settings", pytest.param("postgres_settings", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH, ids=["sqlite", "postgres"])
def any_settings(request: pytest.FixtureRequest) -> Settings:
    settings: Settings = request.getfixturevalue(request.param)
    return settings


@pytest.fixture
async def any_hotline(any_settings: Settings) -> AsyncIterator[Hotline]:
    set_clock(any_settings, TUESDAY_MORNING)
    async with open_hotline(any_settings) as opened:
        yield opened

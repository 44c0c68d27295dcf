"""`hotline due --from … --minutes … --json` against a walk minute by minute."""

import asyncio
import json
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from hotline import cli
from hotline.calendar import service as calendar_service
from hotline.calendar.days import Hours
from hotline.calendar.plan import CLOSED, OPEN, SUDDEN, Exceptional, Plan, with_exception
from hotline.calendar.taiwan import official_day
from hotline.core import open_hotline
from hotline.settings import Settings
from tests.calendar.walk import Walk
from tests.conftest import TUESDAY_MORNING, set_clock

TAIPEI = ZoneInfo("Asia/Taipei")
TODAY, MINUTE_NOW = date(2026, 12, 1), 615
DECLARED = (
    Exceptional(SUDDEN, TODAY, "颱風", "Typhoon", (Hours.parse("12:00-24:00"),)),
    Exceptional(CLOSED, date(2026, 12, 18), "盤點", "Stocktaking"),
    Exceptional(OPEN, date(2026, 12, 19), "補班", "Make-up Saturday"),
    Exceptional(CLOSED, date(2027, 2, 3), "尾牙", "Year-end dinner", (Hours.parse("15:00-24:00"),)),
    Exceptional(OPEN, date(2027, 2, 6), "初一值班", "Duty", (Hours.parse("10:00-12:30"),)),
)
CASES = 1000


def declared(plan: Plan) -> Plan:
    for exception in DECLARED:
        plan = with_exception(plan, exception, TODAY, MINUTE_NOW)
    return plan


async def declare(settings: Settings) -> Plan:
    async with open_hotline(settings) as hotline:
        now = hotline.now()
        await calendar_service.change(
            hotline.database, hotline.calendars, now, "system", "closed", declared
        )
        return hotline.calendars.plan


def test_a_thousand_deadlines_are_where_the_walk_ends(
    sqlite_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_clock(sqlite_settings, TUESDAY_MORNING)
    monkeypatch.setenv("HOTLINE_VAR_DIR", str(sqlite_settings.var_dir))
    monkeypatch.setenv("HOTLINE_DATABASE_URL", sqlite_settings.database_url)
    plan = asyncio.run(declare(sqlite_settings))
    first = datetime(2026, 1, 1, tzinfo=TAIPEI)
    special = [it.special for it in plan.exceptions]
    walk = Walk(plan.hours.days, special, official_day, first, 3 * 365)
    chance = Random(5)
    for _case in range(CASES):
        start = first + timedelta(minutes=chance.randrange(2 * 365 * 24 * 60))
        minutes = chance.randrange(0, 5000)
        arguments = ["due", "--from", start.isoformat(), "--minutes", str(minutes), "--json"]
        assert cli.main(arguments) == 0
        told = json.loads(capsys.readouterr().out)
        assert datetime.fromisoformat(told["due_at"]) == walk.due(start, minutes), arguments
        assert sum(line["minutes"] for line in told["trace"]) == minutes

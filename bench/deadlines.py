"""How fast deadlines are counted: `make bench`.

Ten thousand over three years, by the calendar of the settings with a year's exceptions, each with
its explanation; then the same with two pauses each. Beside it stands a walk minute by minute over
some of them, in the same run: the ratio travels between machines. Prints a table and writes
`var/reports/deadlines.json`.
"""

import json
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from deploy.line import ROOT
from hotline.calendar.days import Hours
from hotline.calendar.plan import CLOSED, OPEN, Exceptional, Plan
from hotline.calendar.rules import ServiceCalendar
from hotline.calendar.taiwan import official_day
from hotline.deadlines.counting import Pause, due_after
from hotline.settings import load_settings

REPORT = ROOT / "var/reports/deadlines.json"
MANY, WALKED, ROUNDS = 10_000, 20, 3
MINUTE = timedelta(minutes=1)


def main() -> None:
    hours = load_settings().hours.weekly()
    first = datetime(2026, 1, 1, tzinfo=hours.timezone)
    chance = Random(7)
    exceptions = tuple(
        Exceptional(
            chance.choice((CLOSED, OPEN)),
            date(2026, 1, 1) + timedelta(days=chance.randrange(3 * 365)),
            "原因",
            "why",
            (Hours.parse("10:00-15:00"),),
        )
        for _ in range(60)
    )
    cases = [
        (first + chance.randrange(3 * 365 * 1440) * MINUTE, chance.randrange(30, 2881))
        for _ in range(MANY)
    ]

    def fresh() -> ServiceCalendar:
        return Plan(hours, exceptions=exceptions).calendar(official_day)

    def counted() -> None:
        calendar = fresh()
        for start, minutes in cases:
            calendar.due(start, minutes)

    def paused() -> None:
        calendar = fresh()
        for start, minutes in cases:
            pauses = [
                Pause(start + 60 * MINUTE, start + 400 * MINUTE),
                Pause(start + 3000 * MINUTE, start + 4500 * MINUTE),
            ]
            due_after(calendar, start, minutes, pauses)

    def walked() -> None:
        calendar = fresh()
        for start, minutes in cases[:WALKED]:
            at, left = start, minutes
            while left:
                left -= calendar.is_open(at)
                at += MINUTE

    report = {
        "deadlines": MANY,
        "counted_s": _best(counted),
        "with_two_pauses_s": _best(paused),
        "walked_one_s": _best(walked) / WALKED,
    }
    report["a_walk_is_so_many_times_slower"] = report["walked_one_s"] / (report["counted_s"] / MANY)
    for name, value in report.items():
        print(f"{name.replace('_', ' '):<34} {value:>10.4g}")
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


def _best(work: Callable[[], None]) -> float:
    """The seconds of the best round: what else the machine does only ever adds."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        rounds.append(time.perf_counter() - began)
    return min(rounds)


if __name__ == "__main__":
    main()

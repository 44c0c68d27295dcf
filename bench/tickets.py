"""How fast queue, search and ticket page are with very many tickets: `make tickets-bench`.

Fills a database of its own with invented tickets and what was said on them, 100,000 on SQLite,
then 1,000,000 in a PostgreSQL started for it (`--only sqlite`, `--only postgres`, `--tickets N`),
and asks a desk for its pages as a browser does. Prints what half and what 95 of 100 of them took,
with what is wanted beside it. Where others use the machine, the time is theirs as well: so the load
stands there, and the processor's time of the desk and of the browser that asks.
`--minutes` stops filling when they are over. Writes `var/reports/tickets-sqlite.json` and
`tickets-postgresql.json`.
"""

import argparse
import asyncio
import json
import math
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import update

from bench.tickets_filling import Filled, fill
from deploy.line import ROOT
from deploy.postgres import private_server
from desk.app import make_app
from desk.collecting import collect_seldom
from desk.keys import HOTLINE, PAGES
from hotline import schema, seed
from hotline.core import Hotline, open_hotline
from hotline.deliveries import DROPPED, PENDING, DeliveryRow
from hotline.notices.queueing import pass_over
from hotline.seed import demo_sign_ins
from hotline.settings import Settings, load_settings
from hotline.tickets import worklist
from hotline.tickets.worklist import Wanted
from hotline.timers.rows import TimerRow

REPORTS = ROOT / "var/reports"
TICKETS = {"sqlite": 100_000, "postgres": 1_000_000}
ROUNDS = 40
LIST = Wanted(staff_id=1)
WANTED_MS = {"queue": 50, "search": 200, "ticket": 50}


@dataclass(frozen=True)
class Figure:
    """What a page took, in ms; `load` is the machine's average of the last minute."""

    title: str
    p50: float
    p95: float
    cpu: float
    wanted: int
    load: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=TICKETS)
    parser.add_argument("--tickets", type=int)
    parser.add_argument("--minutes", type=float, default=60)
    arguments = parser.parse_args()
    for kind in [arguments.only] if arguments.only else TICKETS:
        with tempfile.TemporaryDirectory() as folder, _database(kind, Path(folder)) as url:
            tickets = arguments.tickets or TICKETS[kind]
            report = asyncio.run(_measure(Path(folder), url, tickets, arguments.minutes))
        REPORTS.mkdir(parents=True, exist_ok=True)
        file = REPORTS / f"tickets-{report['database'].lower()}.json"
        file.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'hotline.db'}"
        return
    # As much of the memory as PostgreSQL's manual advises, and no checkpoints while it is filled.
    server = private_server(shared_buffers="2GB", max_wal_size="16GB")
    try:
        yield server.url
    finally:
        server.stop()


async def _measure(folder: Path, url: str, tickets: int, minutes: float) -> dict[str, Any]:
    own = {"database_url": url, "var_dir": folder, "demo": "people"}
    settings = load_settings().model_copy(update=own)
    await schema.upgrade(url)
    async with open_hotline(settings) as hotline:
        name = "SQLite" if hotline.database.is_sqlite else "PostgreSQL"
        await seed.seed(hotline)
        began = time.perf_counter()
        filled = await fill(hotline, tickets, began + minutes * 60)
        took = time.perf_counter() - began
        await _rest(hotline)
    told = f"{filled.tickets:,} tickets, {filled.words:,} words, filled in {took:,.0f} s"
    print(f"\n{name}: {told}\n{'':<34}{'p50':>9}{'p95':>9}{'wanted':>9}{'CPU':>9}{'load':>9}")
    figures = await _pages(settings, filled)
    missed = [each.title for each in figures if each.p95 > each.wanted]
    print(f"missed: {', '.join(missed)}" if missed else "all within what is wanted", flush=True)
    return {
        "database": name,
        "tickets": filled.tickets,
        "words": filled.words,
        "filled_s": took,
        "cores": os.cpu_count(),
        "ms": {each.title: asdict(each) for each in figures},
        "missed": missed,
    }


async def _pages(settings: Settings, filled: Filled) -> list[Figure]:
    """Each page, asked for by somebody who is signed in."""
    figures = []
    app = make_app(settings)
    collect_seldom()
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        _role, email, password = demo_sign_ins()[0]
        form = {"email": email, "password": password}
        await client.post("/console/sign-in", data=form, allow_redirects=False)
        await _rest(app[HOTLINE])

        async def listed(_n: int) -> None:
            async with app[HOTLINE].database.read() as session:
                await worklist.page_of(session, LIST)
                await worklist.count_by_queue(session, LIST)
                await worklist.count_by_filter(session, LIST)

        async def drawn_anew(_n: int) -> None:
            app[PAGES].drawn.clear()
            await (await client.get("/console")).read()

        figures.append(await _timed("queue, its list and counts alone", "queue", listed))
        figures.append(await _timed("queue, each row drawn anew", "queue", drawn_anew))
        for title, (kind, urls) in _asked(filled).items():

            async def page(n: int, urls: list[str] = urls) -> None:
                answer = await client.get(urls[n % len(urls)])
                await answer.read()
                assert answer.status == 200, answer.url

            figures.append(await _timed(title, kind, page))
    return figures


async def _timed(title: str, kind: str, work: Callable[[int], Awaitable[None]]) -> Figure:
    """What it took, printed as well."""
    times, cpu = [], []
    for n in range(ROUNDS + 2):
        began, began_cpu = time.perf_counter(), time.process_time()
        await work(n)
        times.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - began_cpu) * 1000)
    times, cpu = sorted(times[2:]), sorted(cpu[2:])  # the first load the database's pages
    load = round(os.getloadavg()[0], 1)
    figure = Figure(title, _at(times, 0.5), _at(times, 0.95), _at(cpu, 0.5), WANTED_MS[kind], load)
    numbers = f"{figure.p50:>9.1f}{figure.p95:>9.1f}{figure.wanted:>9}{figure.cpu:>9.1f}"
    print(f"{title:<34}{numbers}{load:>9}", flush=True)
    return figure


def _at(ordered: list[float], share: float) -> float:
    return ordered[math.ceil(share * len(ordered)) - 1]


async def _rest(hotline: Hotline) -> None:
    """Let the desk have nothing to do by itself: a start counts every open promise anew, and tells
    of each that is late."""
    while True:
        async with hotline.database.write() as session:
            held = await session.execute(
                update(TimerRow).where(TimerRow.done_at.is_(None)).values(done_at=hotline.now())
            )
            await pass_over(session)
            await session.execute(
                update(DeliveryRow).where(DeliveryRow.state == PENDING).values(state=DROPPED)
            )
        if not held.rowcount:  # type: ignore[attr-defined]
            return
        await asyncio.sleep(2)


def _asked(filled: Filled) -> dict[str, tuple[str, list[str]]]:
    chance = Random(7)

    def found(*words: str) -> tuple[str, list[str]]:
        return "search", [f"/console/search?q={quote(word)}" for word in words]

    behind = [f"/console?behind={chance.choice(filled.open_ids)}" for _ in range(10)]
    numbers, serials = chance.sample(filled.numbers, 10), chance.sample(filled.serials, 10)
    return {
        "queue": ("queue", ["/console"]),
        "queue, one service": ("queue", ["/console?queue=technical"]),
        "queue, another page": ("queue", behind),
        "queue, newest": ("queue", ["/console?sort=newest"]),
        "queue, by severity": ("queue", ["/console?sort=severity"]),
        "queue, by company": ("queue", ["/console?sort=company"]),
        "search, one character": found("機", "電", "客"),
        "search, two characters": found("主機", "風扇", "報價"),
        "search, three characters": found("主機板", "控制器", "報價單"),
        "search, a rare and a common word": found("主機板 冷門", "磁碟 凡例"),
        "search, an English word": found("firmware", "quote"),
        "search, nothing there": found("查無此字", "zzz"),
        "search, a serial": found(*serials),
        "search, part of a number": found(*(number[4:9] for number in numbers)),
        "search, a company": found(*filled.companies[:10]),
        "search, a number (its ticket)": found(*numbers),
        "ticket": ("ticket", [f"/console/tickets/{number}" for number in numbers]),
    }


if __name__ == "__main__":
    main()

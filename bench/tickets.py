"""How fast queue, search and ticket page are with very many tickets: `make tickets-bench`.

Fills a database of its own with invented tickets and what was said on them (100,000 on SQLite, or
`--tickets N`; with `--postgres` in a server started for it), then asks a desk for its pages as a
browser does and prints what half and what 95 of 100 of them took, with what is wanted beside it.
The words are drawn so that common ones are common: one Chinese character finds half of all tickets.
`--minutes` stops filling when they are over.
Writes `var/reports/tickets.json`.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
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
from desk.keys import HOTLINE
from hotline import schema, seed
from hotline.core import Hotline, open_hotline
from hotline.seed import demo_sign_ins
from hotline.settings import Settings, load_settings
from hotline.tickets import worklist
from hotline.tickets.worklist import Wanted
from hotline.timers.rows import TimerRow

REPORT = ROOT / "var/reports/tickets.json"
ROUNDS = 20
LIST = Wanted(staff_id=1)
WANTED_MS = {"queue": 50, "search": 200, "ticket": 50}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--minutes", type=float, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _database(arguments, Path(folder)) as url:
        report = asyncio.run(_measure(arguments, Path(folder), url))
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


@contextmanager
def _database(arguments: argparse.Namespace, folder: Path) -> Iterator[str]:
    if arguments.postgres:
        server = private_server()
        try:
            yield server.url
        finally:
            server.stop()
        return
    yield f"sqlite+aiosqlite:///{folder / 'hotline.db'}"


async def _measure(arguments: argparse.Namespace, folder: Path, url: str) -> dict[str, Any]:
    own = {"database_url": url, "var_dir": folder, "demo": "people"}
    settings = load_settings().model_copy(update=own)
    await schema.upgrade(url)
    async with open_hotline(settings) as hotline:
        await seed.seed(hotline)
        began = time.perf_counter()
        filled = await fill(hotline, arguments.tickets, began + arguments.minutes * 60)
        took = time.perf_counter() - began
    name = "PostgreSQL" if arguments.postgres else "SQLite"
    print(
        f"{name}: {filled.tickets:,} tickets, {filled.words:,} words, filled in {took:,.0f} s",
        flush=True,
    )
    print(f"{'':<34}{'p50':>9}{'p95':>9}{'wanted':>9}  (ms)")
    figures = await _pages(settings, filled)
    missed = [title for title, (_, p95, wanted) in figures.items() if p95 > wanted]
    print(f"missed: {', '.join(missed)}" if missed else "all within what is wanted")
    return {
        "database": name,
        "tickets": filled.tickets,
        "words": filled.words,
        "ms": {title: {"p50": p50, "p95": p95} for title, (p50, p95, _) in figures.items()},
        "missed": missed,
    }


async def _pages(settings: Settings, filled: Filled) -> dict[str, tuple[float, float, int]]:
    """(p50, p95, wanted) in ms of each page, asked by somebody who is signed in."""
    figures = {}
    app = make_app(settings)
    async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
        _role, email, password = demo_sign_ins()[0]
        form = {"email": email, "password": password}
        await client.post("/console/sign-in", data=form, allow_redirects=False)
        await _rest(app[HOTLINE])

        async def listed(_n: int) -> None:
            async with app[HOTLINE].database.read() as session:
                await worklist.page_of(session, LIST)
                await worklist.count(session, LIST)
                await worklist.count_by_queue(session, LIST)
                await worklist.count_by_filter(session, LIST)

        title = "queue, its list and counts alone"
        figures[title] = await _timed(title, "queue", listed)
        for title, (kind, urls) in _asked(filled).items():

            async def page(n: int, urls: list[str] = urls) -> None:
                answer = await client.get(urls[n % len(urls)])
                await answer.read()
                assert answer.status == 200, answer.url

            figures[title] = await _timed(title, kind, page)
    return figures


async def _timed(
    title: str, kind: str, work: Callable[[int], Awaitable[None]]
) -> tuple[float, float, int]:
    """(p50, p95, wanted) in ms, printed as well."""
    times = []
    for n in range(ROUNDS + 2):
        began = time.perf_counter()
        await work(n)
        times.append((time.perf_counter() - began) * 1000)
    times = sorted(times[2:])  # the first ones load templates and the database's pages
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{title:<34}{p50:>9.1f}{p95:>9.1f}{WANTED_MS[kind]:>9}", flush=True)
    return p50, p95, WANTED_MS[kind]


async def _rest(hotline: Hotline) -> None:
    """Let the desk have nothing to do by itself: a start counts every open promise anew."""
    while True:
        async with hotline.database.write() as session:
            held = await session.execute(
                update(TimerRow).where(TimerRow.done_at.is_(None)).values(done_at=hotline.now())
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

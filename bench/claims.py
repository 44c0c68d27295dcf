"""Who wins a conversation when many want it: `make claims`.

Two desk processes over one PostgreSQL, 160 members of staff who have each signed in by the
console's form, and 800 conversations in the queue. Every conversation is wanted by several people
at once, spread over both desks. Counted is what may not happen: a conversation taken twice, or by
nobody; a loser who is not told who has it. Prints the counts and how long a claim took, and writes
`var/reports/claims.json`; ends with 1 if anything went wrong.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random

import aiohttp
from sqlalchemy import select

from deploy.line import ROOT
from deploy.ports import LOOPBACK, free_ports
from deploy.postgres import private_server
from deploy.processes import Processes, Program
from hotline import schema, seed
from hotline.conversations import holding, service
from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline, open_hotline
from hotline.journal import EntryRow
from hotline.settings import QUEUES, Settings, load_settings
from hotline.staff.rows import StaffRow
from hotline.staff.service import add_staff

REPORT = ROOT / "var/reports/claims.json"
OPEN_HOURS = "2026-12-01T10:15:00+08:00"
PASSWORD = "claims-bench-2026"  # noqa: S105 - of people invented for this program
WANTED_BY = 4  # people at once, each conversation
_SIGNED_IN_AT_ONCE = 4  # a password costs its time by design


@dataclass
class Counted:
    """What happened to each claim; `wrong` are sentences about what may not happen."""

    won: Counter[str] = field(default_factory=Counter)  # by conversation
    lost: int = 0
    took_ms: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Claimer:
    """Somebody at a console: a signed-in session with one of the desks."""

    name: str
    http: aiohttp.ClientSession
    desk: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=160)
    parser.add_argument("--conversations", type=int, default=800)
    wanted = parser.parse_args()
    server = private_server()
    try:
        with tempfile.TemporaryDirectory(prefix="hotline-claims-") as folder:
            report = run(server.url, Path(folder), wanted.people, wanted.conversations)
    finally:
        server.stop()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 1 if report["wrong"] else 0


def run(url: str, folder: Path, people: int, conversations: int) -> dict[str, object]:
    """The simulation over the empty database at `url`; what was counted."""
    own = {"database_url": url, "var_dir": folder, "demo": "people"}
    settings = load_settings().model_copy(update=own)
    ids = asyncio.run(_prepare(settings, people, conversations))
    ports = free_ports(2)
    with Processes([_desk(settings, port) for port in ports], folder / "log", ROOT):
        counted = asyncio.run(_claim(ports, people, ids))
    asyncio.run(_look_after(settings, ids, counted))
    times = sorted(counted.took_ms)
    report: dict[str, object] = {
        "people": people,
        "conversations": conversations,
        "claims": len(times),
        "won": sum(counted.won.values()),
        "lost_and_told_who_has_it": counted.lost,
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "wrong": counted.wrong,
    }
    print(
        f"{people} people at two desks, {conversations} conversations, {len(times)} claims: "
        f"{report['won']} won, {counted.lost} lost and told who has it, "
        f"{len(counted.wrong)} wrong; p50 {report['p50_ms']} ms, p95 {report['p95_ms']} ms"
    )
    for wrong in counted.wrong[:20]:
        print("wrong:", wrong)
    return report


async def _prepare(settings: Settings, people: int, conversations: int) -> list[str]:
    """The people and the conversations that wait; the ids of these."""
    await schema.upgrade(settings.database_url)
    async with open_hotline(settings) as hotline:
        hotline.clock.set(datetime.fromisoformat(OPEN_HOURS))
        await seed.seed(hotline)
        await _add_people(hotline, people)
        ids = []
        for _ in range(conversations):
            talk, _greeting = await service.start(hotline, None)
            async with hotline.database.write() as session:
                await holding.join_queue(session, hotline, talk.id)
            ids.append(talk.id)
        return ids


async def _add_people(hotline: Hotline, people: int) -> None:
    """All with one password, hashed once: who they are is not what is measured."""
    await add_staff(
        hotline.database,
        email=_email(0),
        name=_name(0),
        name_en=_name(0),
        role="specialist",
        queues=tuple(QUEUES),
        password=PASSWORD,
    )
    async with hotline.database.write() as session:
        first = await session.scalar(select(StaffRow).where(StaffRow.email == _email(0)))
        assert first is not None
        for n in range(1, people):
            session.add(
                StaffRow(
                    email=_email(n),
                    name=_name(n),
                    name_en=_name(n),
                    role=first.role,
                    queues=list(first.queues),
                    languages=list(first.languages),
                    password_hash=first.password_hash,
                    active=True,
                    version=1,
                    lock_told=True,
                )
            )


def _desk(settings: Settings, port: int) -> Program:
    environment = {
        "HOTLINE_VAR_DIR": str(settings.var_dir),
        "HOTLINE_DATABASE_URL": settings.database_url,
        "HOTLINE_DEMO": "people",
        "HOTLINE_DESK__PORT": str(port),
        # Nobody gives up waiting while the claims come in.
        "HOTLINE_HAND_OFF__LONGEST_MINUTES": "240",
        "PATH": "/usr/bin:/bin",
    }
    command = [sys.executable, "-m", "desk"]
    return Program(f"desk-{port}", command, environment, f"http://{LOOPBACK}:{port}/healthz")


async def _claim(ports: Sequence[int], people: int, ids: Sequence[str]) -> Counted:
    """Everybody signs in; then every conversation is claimed by some of them at once."""
    counted, chance = Counted(), Random(8)
    desks = [f"http://{LOOPBACK}:{port}" for port in ports]
    claimers = await _sign_in(desks, people)
    try:
        work: list[list[str]] = [[] for _ in claimers]
        for conversation in ids:
            for n in chance.sample(range(len(claimers)), WANTED_BY):
                work[n].append(conversation)
        await asyncio.gather(
            *(_work(claimer, own, counted) for claimer, own in zip(claimers, work, strict=True))
        )
    finally:
        for claimer in claimers:
            await claimer.http.close()
    return counted


async def _sign_in(desks: Sequence[str], people: int) -> list[Claimer]:
    few = asyncio.Semaphore(_SIGNED_IN_AT_ONCE)

    async def sign_in(n: int) -> Claimer:
        desk = desks[n % len(desks)]
        http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        form = {"email": _email(n), "password": PASSWORD}
        async with (
            few,
            http.post(f"{desk}/console/sign-in", data=form, allow_redirects=False) as answer,
        ):
            assert answer.status == 303, (answer.status, n)
        return Claimer(_name(n), http, desk)

    return list(await asyncio.gather(*(sign_in(n) for n in range(people))))


async def _work(claimer: Claimer, ids: Sequence[str], counted: Counted) -> None:
    """One person's claims, one after the other, as fast as they are answered."""
    for conversation in ids:
        began = time.perf_counter()
        async with claimer.http.post(
            f"{claimer.desk}/console/conversations/{conversation}/take", allow_redirects=False
        ) as answer:
            page = await answer.text()
        counted.took_ms.append((time.perf_counter() - began) * 1000)
        if answer.status == 303:
            counted.won[conversation] += 1
        elif answer.status == 409 and "claimer-" in page.replace(claimer.name, ""):
            counted.lost += 1
        else:
            counted.wrong.append(f"{conversation}: {answer.status}, and not told who has it")


async def _look_after(settings: Settings, ids: Sequence[str], counted: Counted) -> None:
    """What the database says, whatever the answers were."""
    async with open_hotline(settings) as hotline, hotline.database.read() as session:
        taken = Counter(
            await session.scalars(
                select(EntryRow.conversation_id).where(EntryRow.kind == "conversation.taken")
            )
        )
        held = set(
            await session.scalars(
                select(ConversationRow.id).where(ConversationRow.holder == "person")
            )
        )
    for conversation in ids:
        if counted.won[conversation] != 1:
            counted.wrong.append(f"{conversation}: {counted.won[conversation]} were told they won")
        if taken[conversation] != 1:
            counted.wrong.append(f"{conversation}: taken {taken[conversation]} times")
        if conversation not in held:
            counted.wrong.append(f"{conversation}: nobody holds it")


def _email(n: int) -> str:
    return f"claimer-{n}@hotline.example"


def _name(n: int) -> str:
    return f"claimer-{n:03}"


if __name__ == "__main__":
    sys.exit(main())

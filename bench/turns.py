"""How fast a turn is and what the line weighs: `make bench`.

All three processes over a folder of their own, at an hour when the hotline is open; a signed-in
demo contact talks over the chat's HTTP API, one message after the other. Prints a table and
writes `var/reports/turns.json`; nothing is asserted, for another machine has other figures.

The start is that of a second `make run`, where nothing is left to be made: from the runner's start
to its `ready` line. Memory is told twice: PSS counts a page that several processes share once, in
parts; RSS counts it in each of them, as `top` does.

Rounds are repeated and the best one counts, because what else the machine does only ever adds.
Beside the turns stand, in the same round, the engine's share of them and a bare `/healthz` as
the unit: ratios travel between machines, milliseconds do not.
"""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from deploy.line import ROOT, Line, line_in
from deploy.ports import free_ports
from desk.engine import Engine
from hotline import access
from hotline.conversations import turns
from hotline.conversations.service import start
from hotline.conversations.turns import Incoming
from hotline.core import Hotline, open_hotline
from hotline.partners.service import Contact, all_contacts

REPORT = ROOT / "var/reports/turns.json"
OPEN_HOURS = "2026-12-01T10:15:00+08:00"
ROUNDS, CONVERSATIONS, REQUESTS, UNITS = 3, 10, 34, 100
PLAIN = (
    "你們幾點下班",
    "hello",
    "謝謝",
    "我的工單處理得怎麼樣了",
    "What are your opening hours?",
    "你好",
    "我有哪些工單還沒結案",
    "thanks a lot",
    "你會做什麼",
    "早安",
)
REQUEST = ("我們客戶的 Power 主機開不了機，序號 78A1234，產線停了，很急", "客戶是大發科技")
CONFIRM = "/affirm"


@dataclass
class Times:
    """Milliseconds of one round."""

    unit: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)
    form: list[float] = field(default_factory=list)
    plain_engine: list[float] = field(default_factory=list)
    form_engine: list[float] = field(default_factory=list)


class WrongTurn(Exception):
    """The line did not do what is being measured, so its speed says nothing."""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hotline-bench-") as folder:
        line = line_in(Path(folder), clock=OPEN_HOURS)
        ready_s = start_s(line)
        with line:
            rounds = asyncio.run(measure(line))
            memory = {name: memory_mb(pid) for name, pid in line.pids.items()}
    report = reported(ready_s, memory, rounds)
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(printed(report))


def start_s(line: Line) -> float:
    """How long `make run` takes over what `line` has prepared; it is ended again."""
    own = {
        "HOTLINE_VAR_DIR": str(line.settings.var_dir),
        "HOTLINE_DATABASE_URL": line.settings.database_url,
        "HOTLINE_DEMO": line.settings.demo,
        "PORT": str(free_ports(1)[0]),
    }
    command, environment = [sys.executable, "-m", "deploy.run"], {**os.environ, **own}
    began = time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as runner:
        assert runner.stdout is not None
        said = []
        for text in runner.stdout:
            said.append(text)
            if text.startswith("ready "):
                taken = time.monotonic() - began
                runner.send_signal(signal.SIGINT)
                runner.communicate()
                return taken
    raise RuntimeError("the line did not start:\n" + "".join(said))


async def measure(line: Line) -> list[Times]:
    """The rounds, after one that warms every path up and is thrown away."""
    async with open_hotline(line.settings) as hotline, aiohttp.ClientSession() as http:
        async with hotline.database.read() as session:
            contact = (await all_contacts(session))[0]
        desk = Desk(http, line.url, access.partner_token(hotline, contact))
        secret = line.settings.secrets.engine.get_secret_value()
        engine = EngineAlone(hotline, Engine(http, line.engine_url, secret, 30.0), contact)
        await _round(desk, engine, 1, 1, 1)
        return [await _round(desk, engine, CONVERSATIONS, REQUESTS, UNITS) for _ in range(ROUNDS)]


async def _round(
    desk: "Desk", engine: "EngineAlone", conversations: int, requests: int, units: int
) -> Times:
    times = Times()
    for _ in range(units):
        times.unit.append(await desk.health())
    for _ in range(conversations):
        times.plain += await desk.converse(PLAIN)
        times.plain_engine += await engine.converse(PLAIN)
    for _ in range(requests):
        times.form += await desk.converse((*REQUEST, CONFIRM))
        times.form_engine += await engine.converse((*REQUEST, CONFIRM))
    return times


@dataclass(frozen=True)
class Desk:
    """A partner's side of the chat API."""

    http: aiohttp.ClientSession
    url: str
    partner_token: str

    async def health(self) -> float:
        began = time.perf_counter()
        async with self.http.get(f"{self.url}/healthz") as response:
            await response.read()
        return _since(began)

    async def converse(self, words: Sequence[str]) -> list[float]:
        """The time of every turn of a new conversation."""
        conversation, _ms = await self._post("/api/conversations", {}, self.partner_token)
        path = f"/api/conversations/{conversation['id']}/messages?wait=reply"
        times = []
        for said in words:
            body = {"id": str(uuid.uuid4()), "payload" if said == CONFIRM else "text": said}
            told, ms = await self._post(path, body, conversation["token"])
            _check(said, [m.get("card") for m in told["messages"] if m["sender"] == "bot"])
            times.append(ms)
        return times

    async def _post(self, path: str, body: object, token: str) -> tuple[Any, float]:
        began = time.perf_counter()
        headers = {"Authorization": f"Bearer {token}"}
        async with self.http.post(self.url + path, json=body, headers=headers) as response:
            answer = await response.json()
        ms = _since(began)
        if response.status != 201:
            raise WrongTurn(f"{path.split('?')[0]}: {response.status} {answer}")
        return answer, ms


@dataclass(frozen=True)
class EngineAlone:
    """The same conversations with this process as the desk; only the engine's answer is timed."""

    hotline: Hotline
    engine: Engine
    contact: Contact

    async def converse(self, words: Sequence[str]) -> list[float]:
        conversation, _greeting = await start(self.hotline, self.contact)
        times = []
        for said in words:
            client_id, is_button = str(uuid.uuid4()), said == CONFIRM
            incoming = Incoming(client_id, "" if is_button else said, said if is_button else None)
            message = (await turns.receive(self.hotline, conversation.id, incoming)).message
            turn = await turns.begin(self.hotline, conversation.id, message)
            began = time.perf_counter()
            answer = await self.engine.answer(turn, client_id)
            times.append(_since(began))
            await turns.store_answer(self.hotline, conversation.id, message, turn, answer)
            _check(said, [reply.card for reply in answer.replies])
        return times


def _check(said: str, cards: list[dict[str, Any] | None]) -> None:
    """WrongTurn unless there was an answer, and a confirmation brought a ticket."""
    if not cards or (said == CONFIRM and not any(cards)):
        raise WrongTurn(f"{said}: the answer is not the one that is measured")


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


@dataclass(frozen=True)
class Memory:
    """Of a process and all its descendants, in megabytes."""

    pss: float
    rss: float


def memory_mb(pid: int) -> Memory:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kb = {line.split(":")[0]: int(line.split()[1]) for line in rollup}
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    children = [memory_mb(int(child)) for file in threads for child in file.read_text().split()]
    return Memory(
        kb["Pss"] * 1024 / 1e6 + sum(child.pss for child in children),
        kb["Rss"] * 1024 / 1e6 + sum(child.rss for child in children),
    )


def reported(ready_s: float, memory: dict[str, Memory], rounds: Sequence[Times]) -> dict[str, Any]:
    """Every figure, of the best round; `rounds` keeps the others' medians."""
    figures = []

    def add(figure: str, value: float, unit: str, target: float | None = None) -> None:
        met = None if target is None else value <= target
        entry = {"figure": figure, "value": round(value, 2), "unit": unit}
        figures.append(entry | {"target": target, "met": met})

    add("second make run to ready", ready_s, "s", 60.0)
    add("memory of all, PSS", sum(mb.pss for mb in memory.values()) / 1000, "GB", 1.2)
    add("memory of all, RSS", sum(mb.rss for mb in memory.values()) / 1000, "GB")
    for name, mb in memory.items():
        add(f"memory: {name}, PSS", mb.pss, "MB")
    best = {name: _best(rounds, name) for name in vars(rounds[0])}
    unit = statistics.median(best["unit"])
    add("desk /healthz p50 (the unit)", unit, "ms")
    for name, target in (("plain", 40.0), ("form", 90.0)):
        whole = statistics.median(best[name])
        alone = statistics.median(best[f"{name}_engine"])
        add(f"{name} turn p50", whole, "ms", target)
        p95 = statistics.quantiles(best[name], n=20)[-1]
        add(f"{name} turn p95", p95, "ms", 2 * target)
        add(f"{name} turn, engine alone p50", alone, "ms")
        add(f"{name} turn / engine alone", whole / alone, "x")
        add(f"{name} turn / unit", whole / unit, "x")
    medians = [
        {name: round(statistics.median(times), 2) for name, times in vars(one).items()}
        for one in rounds
    ]
    counts = {name: len(times) for name, times in best.items()}
    return {"figures": figures, "turns_per_round": counts, "rounds_p50_ms": medians}


def _best(rounds: Sequence[Times], name: str) -> list[float]:
    times: list[list[float]] = [getattr(one, name) for one in rounds]
    return min(times, key=statistics.median)


def printed(report: dict[str, Any]) -> str:
    """The table for people."""
    counts = report["turns_per_round"]
    lines = [
        f"best of {ROUNDS} rounds of {counts['plain']} plain and {counts['form']} form turns",
        f"{'figure':32}{'value':>9}     {'target':>8}",
    ]
    for figure in report["figures"]:
        places = 2 if figure["unit"] == "GB" else 1
        line = f"{figure['figure']:32}{figure['value']:>9.{places}f} {figure['unit']:<3}"
        if figure["target"] is not None:
            line += f" {figure['target']:>8g}  {'met' if figure['met'] else 'NOT MET'}"
        lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    main()

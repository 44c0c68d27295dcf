"""Somebody who talked to the whole line is erased while it runs; then everything is searched."""

import asyncio
import json
import os
import subprocess
import sys
import urllib.error
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from deploy.line import ROOT, Line
from hotline.database import Database
from hotline.partners.rows import ContactRow
from hotline.tables import METADATA
from tests.conftest import COLLEAGUE
from tests.core.personal import left_in_files
from tests.line.conftest import OPEN_HOURS
from tests.line.people import PartnerPage
from tests.line.talk import Talk

pytestmark = pytest.mark.line

NAME, EMAIL, PHONE = "黃犰狳", "armadillo.huang@heguang.example", "0987-001-002"
# Nobody else says these.
ADDRESS, HURRY, WHY, IN_FILE = (
    "送到穿山甲倉庫",
    "水豚明天上線",
    "樹懶都比較快",
    "aardvark in the rack",
)
MARKS = (NAME, EMAIL, PHONE, PHONE.replace("-", ""), "穿山甲", "水豚明天", "樹懶都", "aardvark")
Command = Callable[..., str]


@pytest.fixture
def command(line: Line) -> Command:
    """`hotline` beside the running line."""

    def run(*arguments: str) -> str:
        environment = {
            **os.environ,
            "HOTLINE_VAR_DIR": str(line.settings.var_dir),
            "HOTLINE_DATABASE_URL": line.settings.database_url,
        }
        done = subprocess.run(
            [sys.executable, "-m", "hotline.cli", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


@pytest.fixture
def newcomer(line: Line, at: Any) -> None:
    """A contact of a test's own: the others go on with theirs."""
    at(OPEN_HOURS)

    async def add() -> None:
        database = Database(line.settings.database_url)
        async with database.write() as session:
            session.add(
                ContactRow(partner_id="P-1001", name=NAME, email=EMAIL, phone=PHONE, roles=[])
            )
        await database.close()

    with ThreadPoolExecutor(1) as thread:  # Playwright keeps an event loop in this one
        thread.submit(asyncio.run, add()).result()


def left_in_rows(rows: Any, *words: str) -> list[str]:
    """The columns of the line's database, as the schema has them, with one of `words` in them."""
    return [
        f"{table.name}: {word}"
        for table in METADATA.sorted_tables
        for row in rows(f"SELECT * FROM {table.name}")  # noqa: S608 - our own names
        for word in words
        if word.lower() in _readable(row).lower()
    ]


def _readable(row: tuple[Any, ...]) -> str:
    """JSON is text with escapes in it."""
    said = []
    for value in row:
        try:
            said.append(str(json.loads(value)) if isinstance(value, str) else str(value))
        except ValueError:
            said.append(str(value))
    return "\n".join(said)


def test_nothing_is_left_of_somebody_who_talked_to_the_whole_line(
    line: Line, newcomer: None, command: Command, rows: Any, tmp_path: Path
) -> None:
    var = line.settings.var_dir
    talk = Talk(line, EMAIL, "zh-TW")
    talk.attach("aardvark.txt", IN_FILE.encode(), f"我是{NAME}，附上照片")
    talk.say(f"訂單 SO-2026-07777 什麼時候到，電話 {PHONE}")
    talk.press("確認開單")
    number = talk.number
    talk.say(f"幫我補充：{ADDRESS}")
    talk.say(f"幫我催一下這張，{HURRY}")
    talk.say("對")
    talk.say("這張可以結案了")
    talk.say("好")
    talk.say("二分")
    talk.say(WHY)
    colleague = Talk(line, COLLEAGUE, "zh-TW")
    colleague.say(f"{number} 進度")
    colleague.say(f"請聯絡{NAME}，{PHONE.replace('-', '')}，{EMAIL}")
    [[state, score]] = rows(
        "SELECT t.state, r.score FROM tickets t JOIN ratings r ON r.ticket_id = t.id"
        " WHERE t.number = ?",
        number,
    )
    assert (state, score) == ("closed", 2)

    exported = tmp_path / "out.zip"
    command("person", "export", EMAIL, "--out", str(exported))
    with zipfile.ZipFile(exported) as archive:
        told = archive.read("data.json").decode()
        [file] = [name for name in archive.namelist() if name.startswith("files/")]
        assert archive.read(file) == IN_FILE.encode()
    assert all(mark in told for mark in (NAME, EMAIL, PHONE, ADDRESS, HURRY, WHY, number))

    before = rows("SELECT count(*) FROM journal")
    erased = json.loads(command("person", "erase", EMAIL, "--json"))

    assert erased["complete"]
    assert erased["engine_events"] > 0
    assert erased["files"] == 1
    assert left_in_rows(rows, *MARKS) == []
    # Database, its log, the engine's events, files, mail, and the logs of all three processes.
    assert left_in_files(var, *MARKS) == []
    assert {"desk.log", "engine.log", "actions.log"} <= {it.name for it in (var / "log").iterdir()}
    [[state, queue, score]] = rows(
        "SELECT t.state, t.queue, r.score FROM tickets t JOIN ratings r ON r.ticket_id = t.id"
        " WHERE t.number = ?",
        number,
    )
    assert (state, queue, score) == ("closed", "admin", 2)
    assert rows("SELECT count(*) FROM journal")[0][0] >= before[0][0] + 2

    # Their page is shut; the colleague goes on, with an engine that remembers nothing of them.
    with pytest.raises(urllib.error.HTTPError, match="401"):
        talk.say("我還在")
    assert number in colleague.say(f"{number} 進度")
    assert left_in_rows(rows, *MARKS) == []
    assert left_in_files(var, *MARKS) == []


def test_an_open_page_of_somebody_who_is_erased_drops_every_word(
    newcomer: None, command: Command, new_context: Any
) -> None:
    partner = PartnerPage(new_context(1280, 800).new_page())
    partner.page.goto("/demo")
    partner.page.locator(f"[data-email='{EMAIL}']").dispatch_event("click")  # in a closed list
    expect(partner.said_by("bot")).to_have_count(1)
    partner.say(f"你們今天到幾點，{ADDRESS}")
    partner.page.fill("[data-test=composer]", HURRY)

    command("person", "erase", EMAIL, "--also-open")

    banner = partner.page.locator("[data-test=banner]")
    expect(banner).to_contain_text("您的資料已依要求刪除")
    expect(partner.page.locator("[data-test=message]")).to_have_count(0)
    expect(partner.page.locator("[data-test=composer]")).to_have_value("")
    kept = str(partner.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])"))
    assert ADDRESS not in kept
    assert HURRY not in kept

    banner.locator("button").click()
    expect(partner.said_by("bot")).to_have_count(1)
    assert NAME not in partner.page.content()


def test_retention_by_hand_beside_the_running_line(line: Line, at: Any, command: Command) -> None:
    at(OPEN_HOURS)
    told = json.loads(command("retention", "run", "--dry-run", "--json"))
    assert {gone["kind"] for gone in told["kinds"]} >= {"conversations", "tickets", "engine"}
    assert "conversations" in command("retention", "run")

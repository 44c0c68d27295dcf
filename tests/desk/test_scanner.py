"""Uploads and the virus scanner: what it does not call clean is not taken, and leaves nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from hotline.core import Hotline
from hotline.scanner import Infected, NotChecked, Scanner
from hotline.settings import Settings
from hotline.settings.sections import ScannerSettings
from tests.desk.clamd_double import ANSWERS, EICAR, LARGEST, ClamdDouble
from tests.desk.conftest import OpenDesk
from tests.desk.people import Chat, new_id, refusal_of
from tests.desk.test_uploads import kept, send


@pytest.fixture
async def clamd() -> AsyncIterator[ClamdDouble]:
    double = ClamdDouble()
    async with double.running():
        yield double


def scanner(address: str) -> ScannerSettings:
    return ScannerSettings(address=address, timeout_s=0.5)


@pytest.fixture
async def scanned(open_desk: OpenDesk, settings: Settings, clamd: ClamdDouble) -> Chat:
    """A conversation at a desk that has its uploads scanned."""
    wired = settings.model_copy(update={"scanner": scanner(clamd.address)})
    return await Chat.begin(await open_desk(wired))


async def upload(chat: Chat, content: bytes, name: str = "a.txt") -> tuple[int, str, str]:
    """Status, code and words of a refusal."""
    answer = await send(chat, ("id", new_id()), ("file", content), name=name)
    return *await refusal_of(answer), (await answer.json())["error"]["message"]


async def test_a_clean_file_is_scanned_whole_and_taken(
    scanned: Chat, clamd: ClamdDouble, hotline: Hotline
) -> None:
    content = b"line\n" * 130_000  # in several pieces
    answer = await send(scanned, ("id", new_id()), ("file", content), name="a.log")
    assert answer.status == 201
    assert clamd.scanned == kept(hotline) == [content]


async def test_an_infected_file_is_refused_in_words_and_leaves_nothing(
    scanned: Chat, hotline: Hotline
) -> None:
    with capture_logs() as logged:
        refused = await upload(scanned, b"invoice\n" + EICAR, "invoice.txt")
    words = hotline.replies.text("file_infected", "zh-TW", filename="invoice.txt")
    assert refused == (400, "file_refused", words)
    assert kept(hotline) == []
    assert len(await scanned.said()) == 1
    [line] = [entry for entry in logged if entry["event"] == "file_infected"]
    assert line["found"] == "Eicar-Test-Signature"
    assert "invoice" not in str(line)


@pytest.mark.parametrize("ill", ["slow", "hang up", *ANSWERS])
async def test_a_file_that_the_scanner_does_not_call_clean_is_not_taken(
    scanned: Chat, clamd: ClamdDouble, hotline: Hotline, ill: str
) -> None:
    clamd.behave = ill
    refused = await upload(scanned, b"temperatures")
    words = hotline.replies.text("file_not_checked", "zh-TW", filename="a.txt")
    assert refused == (503, "file_refused", words)
    assert kept(hotline) == []
    assert len(await scanned.said()) == 1
    clamd.behave = "well"
    answer = await send(scanned, ("id", new_id()), ("file", b"temperatures"), name="a.txt")
    assert answer.status == 201


async def test_without_the_scanner_nothing_is_let_through(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, tmp_path: Path
) -> None:
    for address in ("tcp://127.0.0.1:9", f"unix://{tmp_path}/nobody"):
        down = settings.model_copy(update={"scanner": scanner(address)})
        chat = await Chat.begin(await open_desk(down), language="en")
        words = hotline.replies.text("file_not_checked", "en", filename="a.txt")
        assert await upload(chat, b"temperatures") == (503, "file_refused", words)
        assert kept(hotline) == []


async def test_a_file_too_large_for_the_scanner_is_not_taken(
    scanned: Chat, hotline: Hotline
) -> None:
    assert (await upload(scanned, b"x" * (LARGEST * 3)))[0] == 503
    assert kept(hotline) == []


async def test_many_uploads_are_scanned_at_once(scanned: Chat, hotline: Hotline) -> None:
    contents = [b"clean %d" % n if n % 2 else EICAR + b"%d" % n for n in range(10)]
    answers = await asyncio.gather(
        *(send(scanned, ("id", new_id()), ("file", it), name="a.txt") for it in contents)
    )
    assert [answer.status for answer in answers] == [400, 201] * 5
    assert kept(hotline) == sorted(contents[1::2])


async def test_the_scanner_is_reached_over_a_unix_socket_too(tmp_path: Path) -> None:
    double, file = ClamdDouble(), tmp_path / "file"
    async with double.running(str(tmp_path / "clamd.ctl")):
        over_socket = Scanner(scanner(double.address))
        await over_socket.ping()
        file.write_bytes(b"clean")
        await over_socket.check(file)
        file.write_bytes(EICAR)
        with pytest.raises(Infected, match=r"^Eicar-Test-Signature$"):
            await over_socket.check(file)
        double.behave = "hang up"
        with pytest.raises(NotChecked):
            await over_socket.ping()

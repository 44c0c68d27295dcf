"""`POST /api/intake/messages`, as a PBX uses it: over HTTP, with real recordings."""

import io
import wave
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, FormData

from hotline.core import Hotline
from hotline.intake import keys
from hotline.settings import Settings
from hotline.settings.sections import IntakeSettings, ScannerSettings
from tests.core.desk_work import ticket_row
from tests.core.test_intake import row_of
from tests.desk.clamd_double import EICAR, ClamdDouble
from tests.desk.conftest import OpenDesk
from tests.desk.file_contents import PNG
from tests.desk.people import Client, bearer
from tests.desk.test_uploads import PDF, kept

pytestmark = pytest.mark.both
URL = "/api/intake/messages"
HERE = Path(__file__).parent
# Both recorded by a browser: two seconds of a tone.
WEBM, M4A = (HERE / "voice.webm").read_bytes(), (HERE / "voice.m4a").read_bytes()


def wav(seconds: float = 2.0) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * int(8000 * seconds))
    return file.getvalue()


def mp3(frames: int = 50) -> bytes:
    """Frames of silence: 128 kbit/s, 44.1 kHz, 26 ms each."""
    return b"ID3\x04\0\0\0\0\0\0" + (b"\xff\xfb\x90\x64" + b"\0" * 413) * frames


class Pbx:
    def __init__(self, client: Client, key: str) -> None:
        self.client, self.key = client, key

    async def post(
        self, *files: tuple[str, str, bytes], repeat: str | None = "vm-1", **fields: str
    ) -> ClientResponse:
        form = FormData(quote_fields=False, default_to_multipart=True)
        for name, value in ({"caller": "0912345678"} | fields).items():
            form.add_field(name, value)
        for field, name, content in files:
            form.add_field(field, content, filename=name)
        headers = bearer(self.key) | ({"Idempotency-Key": repeat} if repeat else {})
        return await self.client.post(URL, data=form, headers=headers)


@pytest.fixture
async def pbx(client: Client, hotline: Hotline) -> Pbx:
    return Pbx(client, await keys.add(hotline, "pbx"))


async def error(answer: ClientResponse) -> tuple[int, dict[str, Any]]:
    return answer.status, (await answer.json())["error"]


@pytest.mark.parametrize(
    ("name", "content", "kind", "seconds"),
    [
        ("vm.wav", wav(), "audio/wav", 2.0),
        ("vm.mp3", mp3(), "audio/mpeg", 1.3),
        ("vm.webm", WEBM, "audio/webm", 2.0),
        ("vm.m4a", M4A, "audio/mp4", 1.9),
        ("no ending", wav(61), "audio/wav", 61.0),
    ],
)
async def test_a_recording_is_kept_with_its_length(
    pbx: Pbx, hotline: Hotline, name: str, content: bytes, kind: str, seconds: float
) -> None:
    answer = await pbx.post(("audio", name, content))
    assert answer.status == 201, await answer.text()
    number = (await answer.json())["number"]
    ticket, row = await ticket_row(hotline, number), await row_of(hotline, number)
    assert ticket.source == "intake:pbx"
    assert row.audio_seconds == pytest.approx(seconds, abs=0.1)
    assert kept(hotline) == [content]


@pytest.mark.parametrize(
    ("files", "fields", "status"),
    [
        ([], {"caller": " "}, 422),
        ([], {"caller": "0" * 121, "text": "x"}, 422),
        ([], {}, 422),
        ([], {"text": "字" * 2001}, 413),
        ([], {"text": "x", "colour": "red"}, 422),
        ([], {"text": "x", "received_at": "soon"}, 422),
        ([], {"text": "x", "received_at": "2026-12-01T10:21:00+08:00"}, 422),
        ([], {"text": "x", "received_at": "2026-11-24T10:14:00+08:00"}, 422),
        ([("audio", "a.wav", PNG)], {}, 422),
        ([("audio", "a.wav", b"RIFF\0\0\0\0WAVEfmt ")], {}, 422),
        ([("audio", "a.wav", wav()), ("audio", "b.wav", wav())], {}, 422),
        ([("audio", "a.wav", wav() + b"\0" * 10 * 1024 * 1024)], {}, 413),
        ([("file", "a.exe", b"MZ" + b"\0" * 64)], {}, 415),
        ([("file", "a.png", PDF)], {}, 422),
        ([("file", "a.txt", b"")], {}, 422),
        ([("file", f"{n}.txt", b"x") for n in range(11)], {}, 413),
    ],
)
async def test_what_cannot_be_a_message_is_refused_with_its_field_and_leaves_nothing(
    pbx: Pbx,
    hotline: Hotline,
    files: list[tuple[str, str, bytes]],
    fields: dict[str, str],
    status: int,
) -> None:
    answer = await pbx.post(*files, **fields)
    told, said = await error(answer)
    assert told == status, said
    assert said["message"]
    assert kept(hotline) == []
    again = await pbx.post(text="請回電")
    assert again.status == 201


async def test_a_wrong_key_is_answered_like_any_other(pbx: Pbx, hotline: Hotline) -> None:
    await keys.end(hotline, "pbx")
    answers = [
        await (await Pbx(pbx.client, key).post(text="x")).json()
        for key in (pbx.key, "intake_wrong", "x")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["error"]["code"] == "unauthorized"


async def test_the_same_again_is_the_same_number_and_another_body_is_refused(
    pbx: Pbx, hotline: Hotline
) -> None:
    first = await pbx.post(("audio", "vm.wav", wav()), text="請回電")
    second = await pbx.post(("audio", "vm.wav", wav()), text="請回電")
    assert (first.status, second.status) == (201, 200)
    assert await first.json() == await second.json()
    assert kept(hotline) == [wav()]
    for other in (
        await pbx.post(("audio", "vm.wav", wav(3)), text="請回電"),
        await pbx.post(text="請回電"),
        await pbx.post(("audio", "vm.wav", wav()), text="請回電", caller="0933123456"),
    ):
        assert other.status == 409
    assert kept(hotline) == [wav()]
    assert (await pbx.post(text="x", repeat=None)).status == 400
    assert (await pbx.post(text="x", repeat="k" * 101)).status == 400


async def test_files_are_checked_as_those_of_the_chat(pbx: Pbx, hotline: Hotline) -> None:
    answer = await pbx.post(("file", "a.png", PNG), ("file", "../b.pdf", PDF), text="兩個檔案")
    assert answer.status == 201, await answer.text()
    assert kept(hotline) == sorted([PNG, PDF])


@pytest.fixture
async def clamd() -> AsyncIterator[ClamdDouble]:
    double = ClamdDouble()
    async with double.running():
        yield double


async def test_a_virus_is_refused_and_without_a_scanner_nothing_is_taken(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline, clamd: ClamdDouble
) -> None:
    scanner = ScannerSettings(address=clamd.address, timeout_s=0.5)
    desk = await open_desk(settings.model_copy(update={"scanner": scanner}))
    pbx = Pbx(desk, await keys.add(hotline, "pbx"))
    assert (await pbx.post(("file", "a.txt", b"x" + EICAR))).status == 422
    assert (await pbx.post(("audio", "a.wav", wav() + EICAR))).status == 422
    clamd.behave = "slow"
    assert (await pbx.post(("audio", "a.wav", wav()))).status == 503
    assert kept(hotline) == []


async def test_too_many_in_an_hour_are_told_when_to_come_again(
    open_desk: OpenDesk, settings: Settings, hotline: Hotline
) -> None:
    few = settings.model_copy(update={"intake": IntakeSettings(messages_per_hour=2)})
    pbx = Pbx(await open_desk(few), await keys.add(hotline, "pbx"))
    for n in range(2):
        assert (await pbx.post(text="x", repeat=f"k{n}")).status == 201
    answer = await pbx.post(text="x", repeat="k3")
    assert answer.status == 429
    assert int(answer.headers["Retry-After"]) > 0
    other = Pbx(pbx.client, await keys.add(hotline, "other"))
    assert (await other.post(text="x")).status == 201


async def test_a_body_that_is_none_is_refused(pbx: Pbx) -> None:
    headers = bearer(pbx.key) | {"Idempotency-Key": "k"}
    as_json = await pbx.client.post(URL, json={"caller": "0912"}, headers=headers)
    broken = headers | {"Content-Type": "multipart/form-data"}
    assert (as_json.status, (await pbx.client.post(URL, data=b"x", headers=broken)).status) == (
        415,
        400,
    )

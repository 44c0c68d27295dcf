"""The frame of the pages: their words are complete, and in the language the reader likes best."""

import shutil
from pathlib import Path

import pytest

from desk.languages import preferred
from desk.pages import ROOT, Pages
from hotline.core import Hotline
from tests.desk.people import Client


@pytest.fixture
def words_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "words", tmp_path / "words"))


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("send: {zh-TW: 送出, en: Send}", "send: {zh-TW: 送出}", "chat.send needs words"),
        ("{mb} MB 內", "10 MB 內", "chat.attach has other placeholders"),
    ],
)
async def test_a_missing_translation_stops_the_start(
    hotline: Hotline, words_folder: Path, before: str, after: str, fault: str
) -> None:
    file = words_folder / "partner.yml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        Pages(hotline, words_folder)


@pytest.mark.parametrize(
    ("accept_language", "language"),
    [
        ("", "zh-TW"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", "zh-TW"),
        ("en;q=0.5, zh-Hant;q=0.9", "zh-TW"),
        ("ja,en;q=0.8", "en"),
        ("fr-FR, de;q=0.9", "zh-TW"),
        ("zh;q=0, en;q=0.1", "en"),
        ("en;q=0", "zh-TW"),
        ("english", "zh-TW"),
        ("EN ; Q=0.9 , *;q=0.1", "en"),
        ("en;q=much, zh", "zh-TW"),
    ],
)
def test_the_page_comes_in_the_language_the_browser_likes_best(
    accept_language: str, language: str
) -> None:
    assert preferred(accept_language) == language


async def test_the_toggle_wins_over_the_browser_and_is_remembered(client: Client) -> None:
    chinese = {"Accept-Language": "zh-TW"}
    assert 'lang="zh-TW"' in await (await client.get("/", headers=chinese)).text()
    assert '<html lang="en">' in await (await client.get("/?lang=en", headers=chinese)).text()
    assert '<html lang="en">' in await (await client.get("/", headers=chinese)).text()


async def test_opening_hours_stand_on_the_page_without_a_leading_zero(client: Client) -> None:
    page = await (await client.get("/?lang=zh-TW")).text()
    assert "週一到週五 9:00–17:00" in page


async def test_the_script_gets_its_words_in_one_language(client: Client) -> None:
    page = await (await client.get("/?lang=en")).text()
    assert '"leave_queue": "Stop waiting"' in page
    assert "\u003c" not in page.partition("words-json")[2].partition("</script>")[0]

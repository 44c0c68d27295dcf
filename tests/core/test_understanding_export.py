"""Labelled messages as training data: nobody's data in it, and Rasa's reader takes it."""

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import update

from deploy.line import ROOT
from hotline.conversations.rows import MessageRow
from hotline.core import Hotline, open_hotline
from hotline.partners.service import Contact
from hotline.privacy.erasing import erase_contact
from hotline.settings import Settings
from hotline.staff.service import Staff
from hotline.understanding import service
from hotline.understanding.export import Export, Labelled, export, labelled, masked
from tests.conftest import CONTACT, ENGINEER, TUESDAY_MORNING, set_clock, staff_of
from tests.core.looks import Entity, begun, heard, looks
from tests.core.test_command_line import Command
from wording.facts import find_facts

READ_BY_RASA = """
import json, sys
from rasa.shared.nlu.training_data.loading import load_data
print(json.dumps([one.as_dict() for one in load_data(sys.argv[1]).intent_examples]))
"""


def kinds(text: str) -> list[str]:
    return [fact.kind for fact in find_facts(text)]


def said(text: str, *entities: Entity, **more: Any) -> Labelled:
    found = [{"kind": kind, "start": start, "end": end} for kind, start, end in entities]
    return Labelled(text, "technical_hardware", found, **more)


async def label(
    hotline: Hotline, staff: Staff, chat: str, text: str, intent: str, *entities: Entity
) -> None:
    await heard(hotline, chat, text, entities=entities)
    [look] = await looks(hotline)
    await service.label(hotline, staff, look.message_id, intent, look.version)


async def exported(hotline: Hotline) -> Export:
    async with hotline.database.read() as session:
        return export(await labelled(session))


def read(written: str) -> dict[str, list[str]]:
    """What the YAML says, by intent."""
    told = yaml.safe_load(written)
    assert told["version"] == "3.1"
    return {
        block["intent"]: [line.removeprefix("- ") for line in block["examples"].splitlines()]
        for block in told["nlu"]
    }


@pytest.mark.parametrize(
    "text",
    [
        "電話 0912-345-678 或 02-2345-6789 分機 12",
        "寫信到 Yichun.Chen@heguang.example 給我",
        "統編 97176270",
        "序號 78A1234 跟 S/N: 06B5512 都壞了",
        "T26-000042-7 那張，還有 t26 000043",
        "訂單 SO-2026-01234 到了嗎",
        "Dec 1 10:15:00 host kernel: oops\nDec 1 10:15:01 host call 0912-345-678",
        "０９１２－３４５－６７８ 打給我",
    ],
)
def test_facts_with_a_form_become_made_up_ones_that_are_recognised_alike(text: str) -> None:
    sentence = masked(said(text))
    assert sentence is not None
    assert kinds(sentence) == kinds(text)
    for real in ("345-6", "yichun", "9717", "A1234", "5512", "42", "43", "01234", "３４５"):
        assert real not in sentence.lower()
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("統編 04595257", "統編 12345675"),  # begins with a nought
        ("我們是 04595257", "我們是 12345675"),
        ("2026-12-09 要 20 台", "2026-12-09 要 20 台"),
        ("錯誤 00000042 一直跳", "錯誤 00000042 一直跳"),
    ],
)
def test_a_tax_id_is_made_up_also_where_it_is_read_as_nothing(text: str, expected: str) -> None:
    assert masked(said(text)) == expected


def test_what_the_engine_found_is_annotated_and_names_are_made_up() -> None:
    text = "青田機械的 Power S1014 序號 78A1234 壞了"
    found = (("customer", 0, 4), ("product", 6, 17), ("serial_number", 21, 28))
    assert masked(said(text, *found)) == (
        "[範例公司](customer)的 [Power S1014](product) 序號 [78X0000](serial_number) 壞了"
    )
    assert masked(said("自用，FS9500H 一台", ("customer", 0, 2), ("product", 3, 10))) == (
        "[自用](customer),[FS9500H](product) 一台".replace(",", "，")
    )


def test_a_customer_is_made_up_although_the_engine_kept_nothing() -> None:
    assert masked(said("客戶是青田機械 台中廠，很急")) == "客戶是範例公司，很急"
    assert masked(said("The customer is Qingtian Machinery")) == "The customer is Example Company"


def test_a_company_that_the_engine_found_is_made_up() -> None:
    text = "聯拓數位要加一個帳號"
    assert masked(said(text, ("company", 0, 4))) == "[範例公司](company)要加一個帳號"


def test_the_authors_own_name_and_company_are_made_up() -> None:
    author: dict[str, Any] = {"person": "陳怡君", "companies": ("和光系統", "Heguang Systems")}
    assert masked(said("我是和光系統的陳怡君，要報修", **author)) == (
        "我是範例公司的王小明，要報修"
    )
    assert masked(said("this is HEGUANG SYSTEMS", **author)) == "this is Example Company"


def test_brackets_and_lines_of_a_message_are_no_annotation_and_no_yaml() -> None:
    text = "[x](phone) - intent: y\n  - z: |\n[ERR] {a} #b"
    sentence = masked(said(text))
    assert sentence == "(x)(phone) - intent: y - z: | (ERR) {a} #b"
    written = Export({"greet": [sentence]}).to_yaml()
    assert read(written) == {"greet": [sentence]}


def test_offsets_that_do_not_fit_are_passed_over() -> None:
    found = (("product", 0, 99), ("phone", 5, 5), ("customer", -1, 2))
    assert masked(said("開不了機", *found)) == "開不了機"


async def test_each_sentence_is_written_once_by_its_newest_label(
    hotline: Hotline, engineer: Staff
) -> None:
    chat = await begun(hotline)
    await label(hotline, engineer, chat, "那台怪怪的", "technical_software")
    hotline.clock.advance(timedelta(minutes=1))
    await label(hotline, engineer, chat, "那台 怪怪的。", "technical_hardware")
    await label(hotline, engineer, chat, "訂單到哪了", "admin_order")
    written = await exported(hotline)
    assert written.sentences == {
        "admin_order": ["訂單到哪了"],
        "technical_hardware": ["那台 怪怪的。"],
    }
    assert written.summary() == "2 sentences written, 1 skipped (1 written already)"
    assert list(read(written.to_yaml())) == ["admin_order", "technical_hardware"]


async def test_what_was_skipped_or_waits_for_a_label_is_not_written(
    hotline: Hotline, engineer: Staff
) -> None:
    chat = await begun(hotline)
    await heard(hotline, chat, "啊啊啊")
    [look] = await looks(hotline)
    await service.label(hotline, engineer, look.message_id, None, 0)
    await heard(hotline, chat, "那個呢")
    written = await exported(hotline)
    assert written.count == 0
    assert yaml.safe_load(written.to_yaml())["nlu"] == []


async def test_nothing_of_an_erased_contact_is_written(
    hotline: Hotline, contact: Contact, engineer: Staff
) -> None:
    await label(hotline, engineer, await begun(hotline, contact), "鴨嘴獸壞了", "greet")
    visitors = await begun(hotline)
    await label(hotline, engineer, visitors, "水豚壞了", "greet")
    await erase_contact(hotline, CONTACT, also_open=True)
    assert (await exported(hotline)).sentences == {"greet": ["水豚壞了"]}
    # Named in somebody else's words: the places of facts no longer fit either.
    async with hotline.database.write() as session:
        await session.execute(
            update(MessageRow).where(MessageRow.text == "水豚壞了").values(text="●●●的水豚壞了")
        )
    written = await exported(hotline)
    assert (written.count, dict(written.left_out)) == (0, {"of somebody erased": 1})


def test_one_of_somebody_erased_is_left_out_even_if_its_words_are_there() -> None:
    assert export([said("鴨嘴獸壞了", erased=True)]).sentences == {}


async def test_the_engine_reads_it(hotline: Hotline, engineer: Staff, tmp_path: Path) -> None:
    chat = await begun(hotline)
    text = "電話 0912-345-678 [急] {x}"
    await label(hotline, engineer, chat, text, "leave_message", ("phone", 3, 15))
    await label(hotline, engineer, chat, "- 還有：# 那個 |", "greet")
    file = tmp_path / "labelled.yml"
    file.write_text((await exported(hotline)).to_yaml(), encoding="utf-8")
    done = subprocess.run(  # noqa: ASYNC221 - nothing else runs here
        [ROOT / ".venv/engine/bin/python", "-c", READ_BY_RASA, file],
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = json.loads(done.stdout.splitlines()[-1])
    assert (first["text"], first["intent"]) == ("- 還有：# 那個 |", "greet")
    assert (second["text"], second["intent"]) == ("電話 0900-000-000 (急) {x}", "leave_message")
    [entity] = second["entities"]
    assert (entity["entity"], entity["start"], entity["end"]) == ("phone", 3, 15)


@pytest.fixture
async def command(sqlite_settings: Settings) -> Command:
    """Over a database with one message labelled on Tuesday."""
    set_clock(sqlite_settings, TUESDAY_MORNING)
    async with open_hotline(sqlite_settings) as hotline:
        staff = await staff_of(hotline, ENGINEER)
        await label(hotline, staff, await begun(hotline), "序號 78A1234 壞了", "greet")
    return Command(sqlite_settings.var_dir)


async def test_the_command_prints_it_or_writes_a_file(command: Command, tmp_path: Path) -> None:
    printed = command("nlu", "export")
    assert printed.splitlines()[0] == "# 1 sentences written, 0 skipped"
    assert read(printed) == {"greet": ["序號 78X0000 壞了"]}
    file = tmp_path / "out.yml"
    assert command("nlu", "export", "--out", str(file)) == (
        f"{file}: 1 sentences written, 0 skipped"
    )
    assert read(file.read_text(encoding="utf-8")) == read(printed)
    assert command.refused("nlu", "export", "--out", str(file)) == f"{file} is there already"


async def test_the_command_takes_what_was_labelled_from_a_day_on(command: Command) -> None:
    assert "1 sentences" in command("nlu", "export", "--since", "2026-12-01")
    assert "# 0 sentences" in command("nlu", "export", "--since", "2026-12-02")
    assert "is not a time" in command.refused("nlu", "export", "--since", "yesterday")
    assert command.refused("nlu", "export", "--out", "/nowhere/x.yml").endswith("/nowhere/x.yml'")

"""Articles for tests: the text of a file, with anything in it changed."""

from pathlib import Path

from hotline.knowledge.library import Library
from hotline.knowledge.naming import known_to
from hotline.knowledge.reading import Known
from hotline.settings import load_settings

FILE = """---
id: coffee
topic: coffee
source: demo
owner: other
audience: everyone
valid_from: 2026-01-01
updated: 2026-11-27
title:
  zh-TW: 咖啡機怎麼清洗
  en: Cleaning the coffee machine
label:
  zh-TW: 洗咖啡機
  en: Clean the machine
intents: [ask_knowledge]
related: []
questions:
  zh-TW:
    - 咖啡機多久洗一次
  en:
    - how often is the coffee machine cleaned
---

# zh-TW

每週五洗一次。
問 {vendor}。

---

先關機，再用清水。

- 濾網每天洗
- 水箱每 7 天洗

# en

Every Friday.

---

Switch it off, then use water.
"""


def known() -> Known:
    return known_to(load_settings())


def written(folder: Path, name: str = "coffee", *changes: tuple[str, str]) -> Path:
    """A file in `folder` with an article called `name`, after `changes` of its text."""
    text = FILE.replace("id: coffee", f"id: {name}")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = folder / f"{name}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


class Impatient(Library):
    """A library that looks at its folder each time it is asked."""

    def shelf(self):  # type: ignore[no-untyped-def]
        self._looked_at = float("-inf")
        return super().shelf()


def library(folder: Path) -> Library:
    return Impatient(folder, known())

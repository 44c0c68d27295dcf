"""What the partner's scripts say is among the words that their pages give them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

DESK = Path(__file__).parents[2] / "desk"
SAID = re.compile(r"\bsay\(\s*\"([\w.]+)\"")
BUTTONS = re.compile(r"\bbutton\(\"(\w+)\"")
WORDS = yaml.safe_load((DESK / "words/partner.yml").read_text(encoding="utf-8"))["script"]


def found(key: str) -> Any:
    branch = WORDS
    for part in key.split("."):
        branch = branch.get(part) if isinstance(branch, dict) else None
    return branch


@pytest.mark.parametrize(
    "script", sorted((DESK / "static/js/partner").glob("*.js")), ids=lambda file: file.name
)
def test_every_sentence_that_a_script_says_is_there_in_both_languages(script: Path) -> None:
    written = script.read_text(encoding="utf-8")
    keys = {*SAID.findall(written)}
    if script.name == "banner.js":
        keys |= {*BUTTONS.findall(written)}
    missing = [key for key in keys if set(found(key) or ()) != {"zh-TW", "en"}]
    assert sorted(missing) == []

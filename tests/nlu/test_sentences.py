"""The sentences: enough of each intent, and none of the measured ones among those learned from."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LEAST_SENTENCES = 40


def sentences(*files: Path) -> list[tuple[str, str]]:
    blocks = [block for file in files for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]]
    return [
        (line.strip().removeprefix("- "), block["intent"])
        for block in blocks
        for line in block["examples"].splitlines()
    ]


LEARNED = sentences(*sorted((ROOT / "data" / "nlu").glob("*.yml")))


def test_every_intent_has_enough_sentences() -> None:
    intents = [intent for _, intent in LEARNED]
    assert min(intents.count(intent) for intent in set(intents)) >= LEAST_SENTENCES


def test_no_sentence_is_learned_twice() -> None:
    texts = [text.lower() for text, _ in LEARNED]
    assert sorted(text for text in set(texts) if texts.count(text) > 1) == []


@pytest.mark.parametrize("measured", ["heldout.yml", "tried.yml"])
def test_no_measured_sentence_is_learned(measured: str) -> None:
    learned = {text.lower() for text, _ in LEARNED}
    asked = sentences(ROOT / "tests" / "nlu" / measured)
    assert [text for text, _ in asked if text.lower() in learned] == []

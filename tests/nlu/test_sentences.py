"""The sentences: enough of each intent, and none of the measured ones among those learned from.

What is measured with was written first, by people who never saw a training sentence. A change to it
changes every figure before it, so it needs its reason in the commit, and its hash here.
"""

from hashlib import sha256
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LEAST_SENTENCES = 120
FROZEN = {
    "heldout.yml": "a7303c4281c4a387e00aa079d34e4ead11f0af437b0656c5ce287467cbddef48",
    "examination.yml": "283b882ff2ff99e64ec4ba42f0a1afd0eb3f0dc535bcb223c90fd8454752ce8c",
    "refused.yml": "681f81203b2ea511f75cf475e3b9f5f16927579e7d897bdc6643c4f38a02bc9f",
    "entities.yml": "cd34a853ce014d19d7480715fde155db958f924198590fe69da0e77433c2a64e",
    "entities_more.yml": "c33b9fe48afed6a437313b18bfce6fcff28cd8c897673f04b65fdd260c11824e",
    "entities_third.yml": "8537b6a9fb600c89812bbe50cefd6ae91864e0d78e1506eb48fc658b1559c1bb",
    "entities_fourth.yml": "acc474d0e03d613fc36cdfeb11fba340d921d4a0e21d5e6bea459281d05104ee",
    "entities_fifth.yml": "11ca20cf63a02d00fba51b9f223e8bea58338236f319c13e07a9aae547287de3",
    "entities_sixth.yml": "6b384c3d415bef91b39857309679d860bb28dc555f7fcc5b73c1c91b6e1b9b46",
    "entities_seventh.yml": "daa2dc9c8906af6f1f700080a530c26982d67c9ab8dd4135307181797536d8e0",
    "entities_unseen.yml": "183df08542121b871fec3148c48fcb3210981c8fa3f175cbd044f1f515bcc161",
}


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


@pytest.mark.parametrize("measured", ["heldout.yml", "examination.yml", "tried.yml", "refused.yml"])
def test_no_measured_sentence_is_learned(measured: str) -> None:
    learned = {text.lower() for text, _ in LEARNED}
    asked = sentences(ROOT / "tests" / "nlu" / measured)
    assert [text for text, _ in asked if text.lower() in learned] == []


@pytest.mark.parametrize("measured", FROZEN)
def test_what_is_measured_with_stays_as_it_was_written(measured: str) -> None:
    assert sha256((ROOT / "tests/nlu" / measured).read_bytes()).hexdigest() == FROZEN[measured]

"""The classifier, trained on a handful of sentences under the engine's own interpreter."""

import json
from typing import Any

import pytest

from tests.engine_side import told_by

TAUGHT = {
    "presales_quote": [
        "這台多少錢",
        "請給我報價",
        "報價單什麼時候好",
        "how much is it",
        "要一份報價",
    ],
    "technical_hardware": [
        "主機開不了機",
        "硬碟亮紅燈",
        "風扇很吵",
        "the server is down",
        "主機壞了",
    ],
    "out_of_scope": ["今天天氣如何", "講個笑話", "晚餐吃什麼", "tell me a joke", "天氣好熱"],
}
LEARNED = {"報價多少": "presales_quote", "主機亮紅燈": "technical_hardware", "天氣": "out_of_scope"}
FOREIGN = "ウイスキー"


@pytest.fixture(scope="module")
def told() -> Any:
    texts = [*LEARNED, FOREIGN, " "]
    return told_by("tests.nlu.classifier_as_json", json.dumps(TAUGHT), json.dumps(texts))


def best(told: Any, setting: str, text: str) -> tuple[str, float]:
    name, confidence = told["rankings"][setting][text][0]
    return name, confidence


@pytest.mark.parametrize(("text", "intent"), LEARNED.items())
def test_it_knows_what_it_was_taught_after_it_was_stored_and_loaded(
    told: Any, text: str, intent: str
) -> None:
    assert best(told, "plain", text)[0] == intent


def test_a_ranking_names_every_intent_once_best_first_and_sums_to_one(told: Any) -> None:
    for text in (*LEARNED, FOREIGN):
        ranking = told["rankings"]["plain"][text]
        confidences = [confidence for _, confidence in ranking]
        assert sorted(name for name, _ in ranking) == sorted(TAUGHT)
        assert confidences == sorted(confidences, reverse=True)
        assert sum(confidences) == pytest.approx(1)


def test_the_same_sentences_train_the_same_model(told: Any) -> None:
    assert told["rankings"]["plain"] == told["rankings"]["again"]


def test_a_lower_temperature_makes_it_surer_of_the_same(told: Any) -> None:
    for text in LEARNED:
        plain, surer = best(told, "plain", text), best(told, "surer", text)
        assert surer[0] == plain[0]
        assert surer[1] > plain[1]


def test_a_bias_takes_more_messages_for_foreign(told: Any) -> None:
    assert {best(told, "stricter", text)[0] for text in (*LEARNED, FOREIGN)} == {"out_of_scope"}


def test_a_temperature_of_nothing_is_refused_in_words(told: Any) -> None:
    assert told["refused"] == "MeanIntentClassifier: temperature must be above 0."

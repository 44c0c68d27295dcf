"""The tagger of words, taught by a handful of messages, under the engine's own interpreter."""

import json
from typing import Any

import pytest

from tests.engine_side import told_by

MARKED = """# taught for this test
[福瀚紡織](customer)的主機壞了
[永駿輪胎](customer)的磁帶機壞了
[聚晴診所](customer)的伺服器壞了
送到[德彰五金](customer)
我是[宏誠科技](company)的阿明
我是[立安資訊](company)的小陳
我是[雲杉數位](company)的老王
[很急](severity)，快派人
[超急](severity)，快派人
請[明天下午](date_time)回電
請[週五前](date_time)回電
請[6/30 前](date_time)回電
上個月 5/20 就付清了
上次 2/14 壞過一次
上個月 3/11 就付清了
上次 8/10 壞過一次
給你們[5分](score)
謝謝你們
"""
CUSTOMER = "梧港鋼鐵的主機壞了"
COMPANY = "我是晨鼎資訊的小美"
WISHED = "請後天回電"
PAST = "上個月 4/12 就付清了"
SCORE = "給你們4分"
RULED = "永駿輪胎的 S1022 壞了，打 0912-345-678"


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    marked = tmp_path_factory.mktemp("marked") / "marked.txt"
    marked.write_text(MARKED, encoding="utf-8")
    messages = [CUSTOMER, COMPANY, WISHED, PAST, SCORE, RULED, "😀", " "]
    return told_by("tests.nlu.tagger_as_json", marked, json.dumps(messages))


def test_a_name_that_was_never_taught_is_known_by_the_words_around_it(seen: Any) -> None:
    assert seen["told"][CUSTOMER] == [["customer", "梧港鋼鐵", "WordTagger"]]
    assert seen["told"][COMPANY] == [["company", "晨鼎資訊", "WordTagger"]]


def test_a_day_that_the_rules_found_stays_where_it_is_wished_for_and_goes_where_it_is_past(
    seen: Any,
) -> None:
    assert seen["told"][WISHED] == [["date_time", "後天", "SpacyFacts"]]
    assert seen["told"][PAST] == []


def test_a_score_is_the_rules_to_find(seen: Any) -> None:
    assert seen["told"][SCORE] == [["score", "4分", "SpacyFacts"]]


def test_what_the_rules_found_stays_beside_what_the_tagger_marks(seen: Any) -> None:
    assert sorted(seen["told"][RULED]) == [
        ["customer", "永駿輪胎", "WordTagger"],
        ["phone", "0912-345-678", "SpacyFacts"],
        ["product", "S1022", "SpacyFacts"],
    ]


def test_a_message_without_a_word_has_no_mark(seen: Any) -> None:
    assert seen["told"]["😀"] == seen["told"][" "] == []


def test_no_mark_goes_on_behind_a_comma(seen: Any) -> None:
    assert seen["split"] == [["severity", 0, 4], ["severity", 5, 9]]


def test_it_sees_how_a_name_ends_and_that_it_has_a_capital(seen: Any) -> None:
    features = seen["features"]
    assert "buyer in 2" in features["福"]
    assert "ends=buyer" in features["織"]
    assert {"0~Latin", "buyer in 1"} <= set(features["harbor"])


def test_it_sees_how_usual_a_word_and_its_neighbours_are_and_whose_address_there_is(
    seen: Any,
) -> None:
    usual = seen["usual"]
    assert {"0 known=0", "right pair=0", "left pair=<"} <= set(usual["府"])
    assert {"0 known=2", "left pair=0", "right pair=2"} <= set(usual["回"])
    assert "in domain" in usual["harbor"]
    assert "has domain" in usual["回"]


def test_training_without_marked_messages_says_where_they_were_looked_for(seen: Any) -> None:
    assert "nowhere.txt" in seen["missing"]

"""Our Rasa components, run under the engine's own interpreter."""

import json
from typing import Any

import pytest

from tests.engine_side import told_by

PRODUCTS = [
    "Power S1014",
    "S1014",
    "FlashSystem 5200",
    "LTO-9",
    "磁帶機",
    "tape library",
    "FS9500H",
    "伺服器",
]
GLUED = "客戶的PowerS1014壞了序號78A1234打０９１２３４５６７８"
FULL_WIDTH = "Ｓ／Ｎ：７８Ａ１２３４　ＰＯＷＥＲ　Ｓ１０１４"
SIMPLIFIED = "服务器开不了机，序列号 78E3310"
ODD_CHARACTERS = "😀 𠮷田的LTO9\t兩台"
LABEL = "9105-22A-SN78A1234"
OVERLAPS = "FS9500H，tape libraries，flashsystem-5200"
NAMED = "客戶是青田機械 台中廠，要 FlashSystem 5200"
SPECIFIC = "我要買三台伺服器，Power S1014"
WISHED = "ＳＯ－２０２６－０１１９８　下週三前要，給青田機械　台中廠"
RECORD = "合約還剩幾天"
PAPERS = "合約請幫忙續"
SAME_IN_SIMPLIFIED = "伺服器開不了機，序列號 78E3310"
LOGGED = "12/01 10:11:05 db2sysc: SQL1042C error 這是什麼"
MESSAGES = [
    RECORD,
    PAPERS,
    SAME_IN_SIMPLIFIED,
    LOGGED,
    SPECIFIC,
    WISHED,
    GLUED,
    FULL_WIDTH,
    SIMPLIFIED,
    ODD_CHARACTERS,
    LABEL,
    OVERLAPS,
    NAMED,
    "😀",
    " ",
]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    products = tmp_path_factory.mktemp("products") / "product.txt"
    products.write_text("# ours\n" + "\n".join(PRODUCTS) + "\n", encoding="utf-8")
    return told_by("tests.nlu.components_as_json", products, json.dumps(MESSAGES))


def entities(seen: Any, text: str) -> list[tuple[str, str, str]]:
    """(kind, value, raw words) of a message's entities."""
    found = seen["messages"][text]["entities"]
    return [(one["entity"], one["value"], text[one["start"] : one["end"]]) for one in found]


def tokens(seen: Any, text: str) -> list[str]:
    return [token for token, _, _ in seen["messages"][text]["tokens"]]


def test_facts_glued_to_chinese_keep_their_places_in_the_raw_text(seen: Any) -> None:
    assert entities(seen, GLUED) == [
        ("product", "Power S1014", "PowerS1014"),
        ("serial_number", "78A1234", "78A1234"),
        ("phone", "0912-345-678", "０９１２３４５６７８"),
    ]


def test_full_width_facts_have_half_width_values(seen: Any) -> None:
    assert entities(seen, FULL_WIDTH) == [
        ("serial_number", "78A1234", "７８Ａ１２３４"),
        ("product", "Power S1014", "ＰＯＷＥＲ　Ｓ１０１４"),
    ]


def test_emoji_and_rare_characters_do_not_move_offsets(seen: Any) -> None:
    assert entities(seen, ODD_CHARACTERS) == [
        ("product", "LTO-9", "LTO9"),
        ("quantity", "2", "兩台"),
    ]


def test_a_machine_type_is_not_reported_as_a_product_too(seen: Any) -> None:
    assert entities(seen, LABEL) == [
        ("machine_type", "9105-22A", "9105-22A"),
        ("serial_number", "78A1234", "78A1234"),
    ]


def test_a_listed_product_goes_before_a_serial_and_plurals_and_hyphens_are_read(seen: Any) -> None:
    assert entities(seen, OVERLAPS) == [
        ("product", "FS9500H", "FS9500H"),
        ("product", "tape library", "tape libraries"),
        ("product", "FlashSystem 5200", "flashsystem-5200"),
    ]


def test_a_named_customer_is_an_entity(seen: Any) -> None:
    assert entities(seen, NAMED) == [
        ("customer", "青田機械 台中廠", "青田機械 台中廠"),
        ("product", "FlashSystem 5200", "FlashSystem 5200"),
    ]


def test_an_everyday_word_beside_another_product_is_no_product_of_its_own(seen: Any) -> None:
    assert entities(seen, SPECIFIC) == [
        ("quantity", "3", "三台"),
        ("product", "Power S1014", "Power S1014"),
    ]


def test_entities_have_the_agreed_names_and_stand_in_the_full_width_text(seen: Any) -> None:
    assert entities(seen, WISHED) == [
        ("order_number", "SO-2026-01198", "ＳＯ－２０２６－０１１９８"),
        ("date_time", "下週三前", "下週三前"),
        ("customer", "青田機械 台中廠", "青田機械　台中廠"),
    ]


def test_an_entity_says_who_found_it_and_how_sure(seen: Any) -> None:
    (one, *_) = seen["messages"][LABEL]["entities"]
    assert one == {
        "entity": "machine_type",
        "value": "9105-22A",
        "start": 0,
        "end": 8,
        "confidence_entity": 1.0,
        "extractor": "SpacyFacts",
    }


def test_the_classifier_reads_traditional_lower_case_and_the_names_of_facts(seen: Any) -> None:
    assert tokens(seen, SIMPLIFIED) == [*"伺服器開不了機序列號", "serialnumber"]
    assert tokens(seen, FULL_WIDTH) == ["s", "n", "serialnumber", "power", "s1014"]


def test_the_classifier_reads_no_time_stamp_of_a_pasted_log(seen: Any) -> None:
    assert tokens(seen, LOGGED) == ["db2sysc", "sql1042c", "error", *"這是什麼"]


def test_every_token_stands_where_its_raw_text_stands(seen: Any) -> None:
    for text, message in seen["messages"].items():
        places = [(start, end) for _, start, end in message["tokens"]]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(text) for start, end in places)


def test_a_message_without_a_word_still_has_a_token_and_no_entity(seen: Any) -> None:
    for text in ("😀", " "):
        assert tokens(seen, text) == [text]
        assert entities(seen, text) == []


def test_simplified_and_traditional_text_have_the_same_features(seen: Any) -> None:
    simplified, same = (seen["messages"][text] for text in (SIMPLIFIED, SAME_IN_SIMPLIFIED))
    assert simplified["features"] == same["features"] != {}


def test_two_wishes_of_one_matter_have_other_features(seen: Any) -> None:
    record, papers = (seen["messages"][text]["features"] for text in (RECORD, PAPERS))
    assert record.keys() & papers.keys()
    assert record.keys() - papers.keys()
    assert papers.keys() - record.keys()


def test_no_feature_counts_below_nothing(seen: Any) -> None:
    features = [message["features"] for message in seen["messages"].values()]
    assert all(value > 0 for one in features for value in one.values())


def test_a_training_example_has_the_same_tokens_and_a_whole_intent(seen: Any) -> None:
    assert seen["training"] == ["序", "號", "serialnumber", "technical_hardware"]


def test_another_product_list_makes_another_fingerprint(seen: Any) -> None:
    same, again, other = seen["fingerprints"]
    assert same == again
    assert same != other

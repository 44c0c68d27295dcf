"""`wording.customers`: the end customer where it is plainly named, and nowhere else."""

import pytest

from wording.customers import customer_in, find_customer


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("對 客戶是青田機械 台中廠", "青田機械 台中廠"),
        ("客戶是青田機械台中廠的主機壞了", "青田機械台中廠"),
        ("客戶：青田機械（台中廠），兩台", "青田機械（台中廠）"),
        ("最終客戶名稱: 禾光資訊；序號 78A1234", "禾光資訊"),
        ("客户是青田机械", "青田机械"),
        ("客戶是Qingtian Machinery 台中廠 序號 78A1234", "Qingtian Machinery 台中廠"),
        ("customer is Qingtian Machinery", "Qingtian Machinery"),
        ("end customer is ABC Corp. in Taichung and they need 3", "ABC Corp. in Taichung"),
        (
            "quote for customer Qingtian Machinery Co., Ltd., 3 units",
            "Qingtian Machinery Co., Ltd.",
        ),
        ("customer: qingtian machinery", "qingtian machinery"),
    ],
)
def test_a_named_customer_is_found_with_its_site(text: str, name: str) -> None:
    assert customer_in(text) == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("主機開不了機，序號 78A1234，自用", "自用"),
        ("我們自己用。兩台", "自己用"),
        ("客戶是自用", "自用"),
        ("2 servers for our own use", "our own use"),
    ],
)
def test_a_partner_may_be_the_customer(text: str, words: str) -> None:
    assert customer_in(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "自用車停哪裡",
        "是自用還是幫客戶買",
        "我們客戶的 Power 主機從傍晚就開不了機",
        "客戶是誰",
        "客戶是說開不了機",
        "客戶是想換一台",
        "客戶在催",
        "the customer is waiting",
        "customer is down",
        "for customer service press 1",
        "客戶：",
        "",
    ],
)
def test_speaking_of_a_customer_names_none(text: str) -> None:
    assert customer_in(text) is None


def test_the_place_of_the_name_is_known() -> None:
    text = "報修，客戶是青田機械，急"
    found = find_customer(text)
    assert found is not None
    assert text[found.start : found.end] == found.value == "青田機械"

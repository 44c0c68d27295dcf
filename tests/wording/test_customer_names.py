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
        ("Customer: Ohana Mart. MTM 9043-MRX", "Ohana Mart"),
        ("customer is Foo Co. Ltd. thanks", "Foo Co. Ltd."),
        ("customer is Qingtian Machinery, Taichung plant", "Qingtian Machinery, Taichung plant"),
    ],
)
def test_a_named_customer_is_found_with_its_site(text: str, name: str) -> None:
    assert customer_in(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("報價給青田機械", "青田機械"),
        ("5148-24F 兩台 給青田機械 下週三要", "青田機械"),
        ("兩台 S1022 給青田機械台中廠", "青田機械台中廠"),
        ("報給晴川紙業股份有限公司", "晴川紙業股份有限公司"),
        ("要報價，兩台，客戶青田機械", "青田機械"),
        ("對 是石丘精密", "石丘精密"),
        ("quote 2 servers for Hualien hospital", "Hualien hospital"),
        ("price for Blue Magpie Biotech, 3 units", "Blue Magpie Biotech"),
    ],
)
def test_a_company_is_known_by_its_ending(text: str, name: str) -> None:
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
        "客戶還不能說",
        "客戶是還不能說",
        "客戶是五台",
        "客戶是78A1234",
        "客戶是青田機械嗎",
        "給青田機械嗎",
        "報價給我們公司",
        "可以給相關資訊嗎",
        "給一家銀行",
        "給工程師",
        "我是大立資訊 王小明",
        "這是什麼公司",
        "quote for our bank",
        "customer is Qingtian Machinery?",
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("客戶遠東 板橋", "遠東 板橋"),
        ("客戶大同 桃園廠", "大同 桃園廠"),
        ("主機開不了機，青田機械台中廠", "青田機械台中廠"),
        ("disk failed, Qingtian Taichung", "Qingtian Taichung"),
        ("it's for Qingtian Machinery, Taichung plant", "Qingtian Machinery, Taichung plant"),
        ("客戶是永昌鋼鐵 案子 備份主機 去年就登錄了", "永昌鋼鐵"),
        ("customer is 台達 in Taoyuan, all users out", "台達 in Taoyuan"),
    ],
)
def test_a_name_and_a_place_are_a_customer(text: str, name: str) -> None:
    assert customer_in(text) == name


@pytest.mark.parametrize(
    "text",
    ["客戶遠東 主機壞了", "客戶說 台中 那台", "請到青田機械台中廠", "We are in Taichung",
     "Power S1014 Taichung", "立凡科技 陳小明 0933123456"],
)  # fmt: skip
def test_a_place_alone_is_none(text: str) -> None:
    assert customer_in(text) is None

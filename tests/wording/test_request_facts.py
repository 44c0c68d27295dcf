"""`wording.request_facts`: the facts of single kinds of requests, by rule."""

import pytest

from wording.request_facts import find


@pytest.mark.parametrize(
    ("fact", "text", "value"),
    [
        ("purpose", "合約下個月到期 要續約", "續約"),
        ("purpose", "想申請 BDF 辦活動", "申請"),
        ("purpose", "we'd like to claim for the October event", "claim"),
        ("new_value", "地址要改成台北市信義路五段7號", "台北市信義路五段7號"),
        ("new_value", "our new address is 12 Main Road", "12 Main Road"),
        ("activity", "要核銷，十二月的客戶研討會", "十二月的客戶研討會"),
        ("course", "幫我報 12 月那梯 Power 課程", "Power 課程"),
        ("attendee", "Power 的課 幫我報兩位", "兩位"),
        ("attendee", "我要補考 FlashSystem 認證", "我"),
        ("years", "公司才八個月", "八個月"),
        ("years", "we've been around for 3 years", "3 years"),
        ("people", "業務3 技術5 行政1", "業務3 技術5 行政1"),
        ("error", "ERP 一直跳 Error 1045", "Error 1045"),
        ("scale", "規劃 20TB 的備份", "20TB"),
        ("outcome", "希望換整台", "換整台"),
        ("amount", "大概四百萬", "NT$4,000,000"),
        ("course", "我要考 C1000 那張認證", "C1000"),
        ("attendee", "2 of us", "2 of us"),
        ("years", "founded 2019", "founded 2019"),
        ("product", "產品是 Spectrum", "Spectrum"),
        ("product", "借一台 Power", "Power"),
        ("site", "在台中客戶那", "台中客戶"),
        ("new_value", "new one is 5F, No. 8 Songzhi Rd, Taipei", "5F, No. 8 Songzhi Rd, Taipei"),
        ("project", "是台中廠備援專案", "是台中廠備援專案"),
    ],
)
def test_what_is_plainly_said_is_found(fact: str, text: str, value: str) -> None:
    found = find(fact, text)
    assert found is not None
    assert " ".join(found.split()) == value


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("purpose", "合約有問題"),
        ("new_value", "地址要改"),
        ("activity", "活動"),
        ("attendee", "課程在哪裡上"),
        ("years", "三個月前下的訂單"),
        ("people", "業務很少"),
        ("error", "程式怪怪的"),
        ("customer", "客戶是青田機械"),
    ],
)
def test_what_is_not_said_is_not_guessed(fact: str, text: str) -> None:
    assert find(fact, text) is None

"""`wording.facts`: what a message says, with where it says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wording.facts import find_facts


def facts(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in find_facts(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("序號78A1234壞了", "78A1234"),
        ("Ｓ／Ｎ：７８ａ１２３４", "78A1234"),
        ("S/N 78A 1234", "78A1234"),
        ("SN78A1234", "78A1234"),
        ("s/n: 78A-1234", "78A1234"),
        ("serial number is 06B7721.", "06B7721"),
        ("序号 78E3310", "78E3310"),
        ("06B7721", "06B7721"),
    ],
)
def test_a_serial_is_seven_letters_and_digits_also_glued_to_chinese(text: str, value: str) -> None:
    assert facts(text) == [("serial", value)]


@pytest.mark.parametrize(
    "text",
    [
        "WINDOWS 壞了",
        "WIN2019",
        "1234567",
        "ABCDEFG",
        "ABCDEF1",
        "A78A1234",
        "78A12345",
        "78A1234@x",
        "2026GHz",
        "x-78A1234",
        "78A1234-5",
        "16000GB",
        "SQL0911",
        "零組件 01LK553",
        "补丁 IJ41975",
        "S1014x1",
    ],
)
def test_words_and_parts_of_longer_runs_are_no_serial(text: str) -> None:
    assert not [kind for kind, _ in facts(text) if kind == "serial"]


def test_o_and_zero_are_never_taken_for_each_other() -> None:
    assert facts("序號 O6B7721 和 06B7721") == [("serial", "O6B7721"), ("serial", "06B7721")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9105-22A壞了", "9105-22A"),
        ("先搬移 5148-24f", "5148-24F"),
        ("７０６３－ＣＲ１", "7063-CR1"),
        ("機型 5148", "5148"),
        ("型號是9105 22A", "9105-22A"),
        ("MTM: 2076-624", "2076-624"),
        ("type 9105", "9105"),
        ("儲存設備 5148 有異音", "5148"),
        ("the storage 5148 beeps", "5148"),
        ("v7000 (2076-624) 的 node 2", "2076-624"),
        ("9406-520 開機卡住", "9406-520"),
        ("8960 F24 那台", "8960-F24"),
    ],
)
def test_a_machine_type_has_a_model_or_a_word_before_it(text: str, value: str) -> None:
    assert facts(text) == [("machine_type", value)]


@pytest.mark.parametrize(
    "text",
    [
        "5148",
        "儲存設備 2024 年買的",
        "2048-bit",
        "2026-Q4",
        "2345-678",
        "2024-2025",
        "9105-22A1",
        "19105-22A",
    ],
)
def test_other_numbers_with_hyphens_are_no_machine_type(text: str) -> None:
    assert not [kind for kind, _ in facts(text) if kind == "machine_type"]


@pytest.mark.parametrize("text", ["9105-22A-SN78A1234", "9105-22A*78A1234", "9105-22A S/N 78A1234"])
def test_a_label_with_type_and_serial_in_one_gives_both(text: str) -> None:
    assert facts(text) == [("machine_type", "9105-22A"), ("serial", "78A1234")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SO-2026-01234", "SO-2026-01234"),
        ("查so2026-01234的進度", "SO-2026-01234"),
        ("ＳＯ－２０２６－０１１９８　何時到貨", "SO-2026-01198"),
        ("SO202601234", "SO-2026-01234"),
        ("SO 2026 01234", "SO-2026-01234"),
    ],
)
def test_an_order_number_is_found_in_any_writing(text: str, value: str) -> None:
    assert ("order_number", value) in facts(text)


@pytest.mark.parametrize("text", ["PSO-2026-01234", "SO-2026-01234-5", "SO-26-01234"])
def test_what_only_looks_like_an_order_number_is_none(text: str) -> None:
    assert not [kind for kind, _ in facts(text) if kind == "order_number"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 台", "3"),
        ("要兩台", "2"),
        ("二十台主機", "20"),
        ("３套", "3"),
        ("three units", "3"),
        ("2 sets", "2"),
        ("a couple of servers", "2"),
        ("2 entry servers", "2"),
        ("5 個授權", "5"),
        ("報兩位", "2"),
        ("3 x S1014", "3"),
        ("5148-24F兩台", "2"),
        ("2 Power S1022", "2"),
        ("three servers", "3"),
        ("I need 3 switches too", "3"),
        ("four tape libraries", "4"),
        ("5個人有2位吃素", "5"),
        ("三台主機，每台兩顆硬碟", "3"),
        ("2 servers with 4 disks each", "2"),
        ("數量從三台改成兩台", "2"),
    ],
)
def test_a_quantity_is_a_number_with_what_it_counts(text: str, value: str) -> None:
    assert ("quantity", value) in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "有2位吃素",
        "素食一位",
        "個人電腦",
        "第三台",
        "另一台",
        "一直",
        "一部分",
        "3 個月",
        "a server is down",
        "S1014 台北",
        "三年",
    ],
)
def test_pointing_at_a_thing_or_counting_time_is_no_quantity(text: str) -> None:
    assert not [kind for kind, _ in facts(text) if kind == "quantity"]


@pytest.mark.parametrize(
    "text", ["2 Power S1022, 3 storage 5148 and 10 licences", "兩台主機、三台交換器"]
)
def test_a_list_of_different_things_has_no_quantity(text: str) -> None:
    assert not [kind for kind, _ in facts(text) if kind == "quantity"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("週五前要", "週五前"),
        ("12/15 到貨", "12/15"),
        ("希望下週三早上來", "下週三早上"),
        ("need it by friday", "by friday"),
        ("明天下班前給我", "明天下班前"),
        ("月底要", "月底"),
        ("三個工作天內", "三個工作天內"),
        ("next Wed 10am", "next Wed 10am"),
        ("by the end of the month please", "by the end of the month"),
        ("2026-12-15 之前", "2026-12-15 之前"),
        ("friday. and register this deal", "friday"),
        ("週五", "週五"),
    ],
)
def test_a_date_wish_is_kept_in_its_own_words(text: str, words: str) -> None:
    assert ("needed_by", words) in facts(text)


@pytest.mark.parametrize(
    "text",
    ["昨天壞了", "上週五開始的", "今天早上開機沒反應", "每週一都這樣", "12/1 開始就壞了", "3.5/12"],
)
def test_a_day_on_which_something_happened_is_no_wish(text: str) -> None:
    assert not [kind for kind, _ in facts(text) if kind == "needed_by"]


def test_eight_digits_are_a_tax_id_if_the_check_holds_and_else_a_phone() -> None:
    assert facts("禾光資訊 12345675") == [("tax_id", "12345675")]
    assert facts("禾光資訊 12345678") == [("phone", "12345678")]


def test_an_address_is_found_between_chinese_and_lowered() -> None:
    assert facts("寄到Amy.Lin@Example.com謝謝") == [("email", "amy.lin@example.com")]


def test_digits_inside_an_address_are_no_fact_of_their_own() -> None:
    assert facts("a0912345678@example.com") == [("email", "a0912345678@example.com")]


def test_a_ticket_number_with_a_wrong_check_digit_is_still_a_fact() -> None:
    assert facts("幫我 check T26-000118-7 的 status") == [("ticket_number", "T26-000118-7")]


def test_all_facts_of_one_sentence_are_found_in_order() -> None:
    text = "SO-2026-01357 機型 5148 序號 06B7721 兩台 打０９３３－１２３－４５６ 週五前要"
    assert facts(text) == [
        ("order_number", "SO-2026-01357"),
        ("machine_type", "5148"),
        ("serial", "06B7721"),
        ("quantity", "2"),
        ("phone", "0933-123-456"),
        ("needed_by", "週五前"),
    ]


_PIECES = [
    *(
        "序號",
        "78A1234",
        "Ｓ／Ｎ",
        "９１０５－２２Ａ",
        "T26-000042-7",
        "0912345678",
        "#12",
        "12345675",
    ),
    *(
        "amy@example.com",
        "SO-2026-01234",
        "兩台",
        "週五前",
        "12/15",
        " ",
        "　",
        "壞了",
        "，",
        "-",
        "1",
    ),
]


@given(st.lists(st.sampled_from(_PIECES)).map("".join) | st.text())
def test_facts_never_overlap_and_their_words_stand_at_their_offsets(text: str) -> None:
    end = 0
    for fact in find_facts(text):
        assert fact.start >= end
        assert text[fact.start : fact.end] == fact.text
        assert fact.value
        end = fact.end


@pytest.mark.parametrize(
    "text", ["5148 要報修", "5148 序號 06B7721", "借測 5148", "5148 demo 下週", "機型 5148"]
)
def test_four_figures_are_a_machine_type_where_a_machine_is_spoken_of(text: str) -> None:
    assert [one.value for one in find_facts(text) if one.kind == "machine_type"] == ["5148"]


@pytest.mark.parametrize(
    "text",
    ["5148", "Error 1045 on demo", "分機 1234 報修", "2024 年裝機", "報修 10:30 之後",
     "我要報修 3200 元", "the storage shows code 1234", "電話 02-2345-6789 報修"],
)  # fmt: skip
def test_other_figures_are_none(text: str) -> None:
    assert not [one for one in find_facts(text) if one.kind == "machine_type"]


@pytest.mark.parametrize(
    ("text", "count"), [("5148-24F x2", "2"), ("training for 2 of us", "2"), ("three of us", "3")]
)
def test_counts_as_they_are_typed_in_passing(text: str, count: str) -> None:
    assert [one.value for one in find_facts(text) if one.kind == "quantity"] == [count]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("請回電 明天下午三點", "明天下午三點"),
        ("12/20 之後都可以", "12/20 之後"),
        ("明年二月要", "明年二月"),
    ],
)
def test_days_with_what_belongs_to_them(text: str, words: str) -> None:
    assert [one.value for one in find_facts(text) if one.kind == "needed_by"] == [words]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("統編00215810開頭是兩個零沒錯", [("tax_id", "00215810")]),
        ("統編９１２７　６８４２", [("tax_id", "91276842")]),
        ("統編開錯了，要開04595257", [("tax_id", "04595257")]),
        ("打 02-2345-6789", [("phone", "02-2345-6789")]),
        ("面板顯示 0459525", []),
    ],
)
def test_a_company_number_that_is_said_to_be_one_may_begin_with_a_nought(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert facts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9080-HEX 當了", [("machine_type", "9080-HEX")]),
        ("9080-hex firmware", [("machine_type", "9080-HEX")]),
        ("9040MR9 的電源", [("machine_type", "9040-MR9")]),
        ("9009 22A 還買得到記憶體嗎", [("machine_type", "9009-22A")]),
        ("9000 10G 網卡", []),
        ("4657-924 的 controller 要換", [("machine_type", "4657-924")]),
        ("2345-678 的電話打不通", []),
        ("9000-BTU 的冷氣", []),
        ("2048-bit 金鑰", []),
        ("料號 01AF555 有庫存嗎", []),
        ("P/N: 02PX543", []),
        ("序號 02PX543", [("serial", "02PX543")]),
    ],
)
def test_types_of_servers_have_letters_only_too_and_parts_are_no_serials(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert facts(text) == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("那台是 9009 42G", "9009-42G"),
        ("銘牌寫3555 L3A", "3555-L3A"),
        ("4662 6H2 冒煙了", "4662-6H2"),
        ("8335 GTH 要退租", "8335-GTH"),
        ("機型8960F64，對面", "8960-F64"),
        ("機種4666AH8", "4666-AH8"),
        ("MTM 828641A", "8286-41A"),
        ("910541B 還有貨嗎", "9105-41B"),
        ("這台 3573L4U 要換", "3573-L4U"),
        ("SAN switch 8969P64 的埠", "8969-P64"),
    ],
)
def test_a_machine_type_is_read_with_a_space_or_glued_to_its_model(text: str, value: str) -> None:
    assert facts(text) == [("machine_type", value)]


@pytest.mark.parametrize(
    "text",
    [
        "記憶體 4096 16G",
        "網路 9000 10G",
        "20260630 這個是到期日",
        "發票號碼 30418827",
        "錯誤碼 AMQ9503",
        "單號 33820145，麻煩",
        "料號 01EK552 跟拆下來的 00E4302",
    ],
)
def test_memory_days_and_numbers_of_papers_and_parts_are_no_facts(text: str) -> None:
    assert facts(text) == []


def test_a_serial_that_is_said_to_be_one_is_no_machine_type() -> None:
    assert facts("序號 9105A2B") == [("serial", "9105A2B")]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("call me after 3pm", "after 3pm"),
        ("swap the drive Thu 14:00 ok?", "Thu 14:00"),
        ("onsite Sat 8am", "Sat 8am"),
        ("the quote is due tmr noon", "due tmr noon"),
        ("before 6am tomorrow please", "before 6am tomorrow"),
    ],
)
def test_an_hour_is_a_wish_where_a_word_says_before_or_after_it(text: str, wish: str) -> None:
    assert facts(text) == [("needed_by", wish)]


def test_slashes_stand_between_fields_but_not_in_paths_and_dates() -> None:
    told = "吳建成/0955 318 402/wu@example.com/鼎犀/9105-22A/78B6603/記憶體報錯"
    assert facts(told) == [
        ("phone", "0955-318-402"),
        ("email", "wu@example.com"),
        ("machine_type", "9105-22A"),
        ("serial", "78B6603"),
    ]
    assert facts("看 /usr/lpp/mmfs/78A1234/bin") == []
    assert facts("8960-F24/78213QX/port 14 不亮") == [
        ("machine_type", "8960-F24"),
        ("serial", "78213QX"),
    ]


def test_a_company_number_in_brackets_is_no_telephone() -> None:
    assert facts("代理商捷翎(50861345)轉來的") == [("tax_id", "50861345")]

"""Two tickets about one matter share the words that say what it is; two others do not."""

import pytest

from wording.likeness import likeness, words_of

ALIKE = [
    ("Power 主機開不了機，面板亮紅燈", "主機面板亮紅燈，開不了機，產線停了"),
    ("S1014 開機後風扇狂轉，無法進系統", "客戶的 S1014 風扇狂轉"),
    ("The server does not start, the panel has a red light", "red light on the panel, no start"),
    ("請問 DB2 備份失敗，錯誤 SQL2062N", "DB2 備份又失敗了 SQL2062N"),
    ("License server rejects the key after an upgrade", "upgrade, now license key is no good"),
]  # fmt: skip
OTHER = [
    ("Power 主機開不了機，面板亮紅燈", "想要 Power 主機的報價，兩台"),
    ("我們客戶的系統目前無法使用，請協助處理", "我們客戶的問題目前沒有處理，需要協助"),
    ("Please help, the customer has a problem", "Customer needs help with the system please"),
    ("硬碟壞了要換", "風扇壞了要換"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_tells_of_one_matter_is_alike_both_ways(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found.share >= 0.5
    assert found.share == likeness(other, one).share
    assert set(found.shared) == set(likeness(other, one).shared)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_tells_of_two_matters_is_not(one: str, other: str) -> None:
    assert likeness(one, other).share < 0.5


def test_words_that_every_ticket_has_do_not_count() -> None:
    assert words_of("請問我們客戶的機器有問題 please help") == ()
    assert words_of("S1014 風扇，the fan") == ("s1014", "fan", "風扇")

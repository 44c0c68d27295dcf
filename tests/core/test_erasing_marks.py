"""A person is recognised by the whole name, e-mail and phone in any way of writing, by no less."""

import pytest

from hotline.privacy.marks import MASK, Marks

YICHUN = Marks(
    names=frozenset(("陳怡君",)),
    emails=frozenset(("yichun.chen@heguang.example",)),
    phones=frozenset(("0912-345-678",)),
)
AMY = Marks(names=frozenset(("Amy Wu",)), phones=frozenset(("+81-3-1234-5678",)))


@pytest.mark.parametrize(
    "said",
    [
        "請打 {} 找她",
        "{}您好",
        "窗口:{}。",
        "({})",
    ],
)
@pytest.mark.parametrize(
    "mark",
    [
        "陳怡君",
        "yichun.chen@heguang.example",
        "Yichun.Chen@Heguang.example",
        "0912-345-678",
        "0912345678",
        "0912 345 678",
        "０９１２３４５６７８",
        "+886 912 345 678",
        "(0912) 345-678",
    ],
)
def test_every_way_of_writing_is_masked(said: str, mark: str) -> None:
    assert MASK in YICHUN.masked(said.format(mark))
    assert not YICHUN.is_in(YICHUN.masked(said.format(mark)))
    assert "345" not in YICHUN.masked(said.format(mark))


@pytest.mark.parametrize(
    "said",
    [
        "陳小姐說的",
        "怡君",
        "0912-345-679",
        "序號 10912345678",
        "09123456789",
        "xyichun.chen@heguang.example",
        "yichun.chen@heguang.example.org",
        "T26-000042-7",
        "",
    ],
)
def test_somebody_else_is_left_alone(said: str) -> None:
    assert YICHUN.masked(said) == said


def test_a_latin_name_is_a_word_of_its_own() -> None:
    assert AMY.masked("ask amy  wu, +81 3 1234 5678") == f"ask {MASK}, {MASK}"
    assert AMY.masked("Tamy Wu and Amy Wurst") == "Tamy Wu and Amy Wurst"


def test_json_is_masked_at_any_depth() -> None:
    card = {"kind": "list", "items": [{"by": "陳怡君", "n": 3, "on": None}]}
    masked = {"kind": "list", "items": [{"by": MASK, "n": 3, "on": None}]}
    assert YICHUN.masked(card) == masked


def test_nobody_is_in_nothing() -> None:
    assert Marks().masked("陳怡君 0912-345-678") == "陳怡君 0912-345-678"
    assert Marks(names=frozenset(("陳",)), phones=frozenset(("119",))).masked("陳 119") == "陳 119"

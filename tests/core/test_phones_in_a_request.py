"""A telephone number in a request: one that lacks something is asked for again. Pure rules."""

import json
from dataclasses import replace

import pytest

from hotline.tickets.draft import draft_from_json
from tests.core.request_drafts import answer, begun, opened, then


def test_a_bad_phone_beside_an_answer_does_not_lose_the_answer() -> None:
    draft = opened("主機要報修", ("product", "主機"))
    assert draft.asked == "description"

    heard = then(draft, "開到一半就當機 電話 2345678", ("phone", "2345678"))

    assert heard.draft.value("description").startswith("開到一半就當機")
    assert (heard.problem, heard.draft.asked) == ("phone_missing_area_code", "phone")


@pytest.mark.parametrize("code", ["02", "區碼 02", "(02)", "02 啦", "area code is 02", "０２"])
def test_an_area_code_alone_belongs_to_the_number_before(code: str) -> None:
    draft = replace(opened("主機要報修，開到一半就當機", ("product", "主機")), asked="phone")
    lacking = then(draft, "2700-1234")
    assert lacking.problem == "phone_missing_area_code"

    stored = draft_from_json(json.loads(json.dumps(lacking.draft.to_json())))
    heard = then(stored, code)

    assert heard.draft.value("phone") == "02-2700-1234"
    assert (heard.problem, heard.draft.half_phone) == (None, "")


@pytest.mark.parametrize("text", ["09", "02-1", "01", "27001234", "2 樓", "02 分機 5"])
def test_what_is_no_area_code_is_joined_to_nothing(text: str) -> None:
    draft = replace(opened("主機要報修，開到一半就當機", ("product", "主機")), asked="phone")
    heard = then(then(draft, "2700-1234").draft, text)
    assert heard.draft.value("phone") in ("", text)


def test_a_phone_that_lacks_a_digit_is_asked_for_again() -> None:
    draft = begun("儲存設備一直叫", "technical_hardware", ("product", "儲存設備"),
                  ("serial", "06B7721"))  # fmt: skip
    heard = answer(draft, "電話改 0933-123-45")
    assert (heard.problem, heard.draft.asked) == ("phone_short_mobile", "phone")
    assert "customer" not in heard.draft.facts

"""A request on a telephone that does not go straight: a digression, a correction, and back."""

import json
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.line.people import PartnerPage

pytestmark = [pytest.mark.line, pytest.mark.browser]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_digression_and_a_correction_on_a_telephone(
    new_context: Any, rows: Any, scheme: str
) -> None:
    page = new_context(360, 740, color_scheme=scheme).new_page()
    partner = PartnerPage(page)
    partner.enter()
    assert "請問序號" in partner.say("儲存設備一直叫，機型 5148")
    aside = partner.say("等一下 你們今天到幾點")
    assert "09:00-17:00" in aside
    assert "回到報修：請問序號" in aside
    assert "哪家客戶" in partner.say("06B7721")
    assert "客戶：青田機械" in partner.say("客戶是青田機械 台中廠")
    corrected = partner.say("客戶打錯了 是大立營造")
    assert "客戶改成大立營造，其他不變" in corrected
    assert "要改哪一項" in partner.press("修改")
    assert "打哪支電話給您" in partner.press("電話")
    assert "0922-333-444" in partner.say("0922333444")
    partner.press("確認開單")
    expect(page.locator("[data-test=ticket-number]").last).to_be_visible()
    [[kept]] = rows("SELECT facts FROM tickets WHERE number = ?", partner.number)
    facts = json.loads(kept)
    assert facts["customer"]["value"] == "大立營造"
    assert facts["phone"]["value"] == "0922-333-444"
    assert facts["serial"]["value"] == "06B7721"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

"""Every request's form on a telephone of 360 pixels: its questions, its buttons, its summary.

`make pictures` keeps them; here they must fit, whether kept or not.
"""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hotline.partners.look_ups import LOOK_UPS
from hotline.tickets.kinds import KINDS
from tests.line.people import PartnerPage

pytestmark = [pytest.mark.line, pytest.mark.browser]

WIDTH = 360
MOST_TURNS = 8
# What begins each kind of request, and what answers a question that cannot be skipped.
WISHES = {
    "presales_quote": "請報價 S1014 兩台給青田機械",
    "presales_configuration": "客戶要跑 ERP，想請你們建議主機規格和配置",
    "presales_demo": "想借一台 S1014 做展示給客戶看",
    "presales_proposal": "標案的建議書想請你們幫忙，下週五截標",
    "presales_opportunity": "我們要登錄一個新的案子",
    "technical_hardware": "儲存設備一直叫，硬碟亮橘燈",
    "technical_software": "備份軟體一直跳錯誤訊息，備份跑不完",
    "technical_install": "新買的主機要請你們來安裝",
    "technical_warranty": "想查這台機器的保固，要送修換貨",
    "admin_order": "訂單的貨一直沒到，想問交期",
    "admin_invoice": "發票抬頭開錯了，要換一張",
    "admin_contract": "夥伴合約要辦續約",
    "admin_account": "同事的入口網帳號被鎖住了",
    "admin_company_data": "我們公司地址要變更",
    "campaign_event": "想報名下個月的夥伴說明會",
    "campaign_bdf": "想申請 BDF 辦活動",
    "campaign_training": "想報名 Academy 的課程",
    "campaign_certification": "要報名認證考試",
    "other_request": "開工單",
    "report_conflict": "你們業務直接去找我們的客戶報價，跟我們搶案子",
    "apply_partnership": "我們公司想成為你們的經銷商",
    "complain": "我要客訴，工程師約好又沒有來",
    "leave_message": "想留言給王志豪，請他回電談報價",
    "ask_knowledge": "請問保固有幾年",
}
# The answer to a question, by a word of it; the first that is in it.
ANSWERS = {
    "統一編號": "禾光資訊 12345675",
    "成立": "三年",
    "加值": "自有的 MES 軟體",
    "誰跟誰": "原廠業務跟我們",
    "哪家客戶": "青田機械 台中廠",
    "什麼案子": "備援主機，兩台 S1014",
    "哪個案子": "台中廠備援主機",
    "產品": "S1014",
    "哪一門": "Power 系統管理",
    "哪一科": "儲存設備專家",
    "誰": "我",
    "多少": "四十萬",
    "什麼活動": "12 月的客戶研討會",
    "改成什麼": "台北市中山路 1 號",
    "要辦的事": "招牌換新，想要新的商標圖檔",
}


def test_every_form_is_looked_at() -> None:
    assert set(WISHES) == set(KINDS) - set(LOOK_UPS)


@pytest.mark.parametrize("intent", WISHES)
def test_a_form_fits_on_a_telephone(new_context: Any, intent: str) -> None:
    scheme = "dark" if len(intent) % 2 else "light"
    page: Page = new_context(WIDTH, 740, color_scheme=scheme, reduced_motion="reduce").new_page()
    partner = PartnerPage(page)
    partner.enter()
    partner.say(WISHES[intent])
    if intent == "ask_knowledge":
        partner.press("留下問題")
    _keep(page, intent, "question")
    for _turn in range(MOST_TURNS):
        if page.locator(_PRESSABLE, has_text="確認開單").count():
            break
        skip = page.locator(_PRESSABLE, has_text="略過")
        if skip.count():
            partner.press("略過")
        else:
            asked = partner.said_by("bot").last.inner_text()
            partner.say(next(ANSWERS[word] for word in ANSWERS if word in asked))
    expect(page.locator(_PRESSABLE, has_text="確認開單").last).to_be_in_viewport()
    _keep(page, intent, "summary")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= WIDTH, f"{intent} is {width} pixels wide"
    partner.press("確認開單")
    assert partner.number.startswith("T26-")
    _keep(page, intent, "opened")


_PRESSABLE = "[data-test=button]:not([aria-disabled])"


def _keep(page: Page, intent: str, step: str) -> None:
    if folder := os.environ.get("FORM_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{intent}-{step}.png")

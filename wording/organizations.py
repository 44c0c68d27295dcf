"""What organizations are called at their end: 醫院, 農會, 科技, Bank, Systems.

The ending tells whom a partner sells to (a customer) from who sells (another partner), more often
than not: it is a hint for whoever reads the words around it, not a verdict.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wording.text import folded

_BUYERS = (
    "醫院|診所|牙醫|醫學中心|醫療財團法人|衛生所|藥局|護理之家|長照|安養院?|動物醫院|健檢中心|大學|科大|學院|高中|高職|高工|高商"
    "|國中|國小|小學|中學|幼兒園|補習班|美語|銀行|商銀|商業銀行|信合社|信用合作社|農會|漁會|證券|期貨|保險|人壽|產險|投信|金控"
    "|租賃|市政府|縣政府|公所|區公所|監理站|稅務局|警察局|消防局|圖書館|博物館|基金會|協會|公會|合作社|飯店|旅館|商旅|民宿"
    "|酒店|度假村|百貨|超市|量販|賣場|便利店|餐廳|小館|咖啡|烘焙坊?|麵包|茶行|食品|飲料|乳業|牧場|農場|水產|鋼鐵|鋼構|五金"
    "|螺絲|機械|工具機|精密|鑄造|鍛造|模具|塑膠|橡膠|輪胎|玻璃|水泥|紙業|紙器|印刷|紡織|織造|製衣|成衣|鞋業|家具|木業|化工"
    "|石化|製藥|藥廠|生技|生醫|光電|半導體|電路板|面板|封測|汽車|車業|車燈|客運|貨運|快遞|物流|倉儲|航運|船務|海運|報關行?"
    "|航空|捷運|鐵路|遊艇|造船|營造|建設|工程|水電|瓦斯|電力|能源|環保|建材|地產|物業|保全|出版社?|書局|報社|電視|廣播|影城|戲院"
    "|健身|高爾夫|宮|寺|教會|工業|實業|電機|電子|企業社?"
)
_SELLERS = (
    "資訊|資服|科技|系統|系統整合|網通|網路|網絡|軟體|軟件|電腦|數位|數據|雲端|信息|信息技術|信息科技|顧問|整合|通訊|通信|電通|國際"
    "|智能|智慧|代理|經銷"
)
_LIMITED = r"(?: ?(?:股份)?有限公司| ?公司)?"
_LATIN_BUYERS = (
    "hospital|clinic|medical cent(?:er|re)|dental|pharmacy|university|college|school|academy"
    "|institute|bank|credit union|insurance|securities|hotel|resort|restaurant|cafe|coffee|bakery"
    "|foods?|farms?|brewery|mart|stores?|retail|motors?|auto|tires?|steel|metals?|precision"
    "|machinery|plastics?|rubber|chemicals?|pharma|biotech|semiconductors?|electronics|optics"
    "|optoelectronics|textiles?|garments?|logistics|freight|shipping|express|airlines?|marine"
    "|power|energy|construction|properties|publishing|media|museum|library|foundation"
    "|manufacturing|mfg|industries|gear|council|government|3pl"
)
_LATIN_SELLERS = (
    "systems?|solutions?|technology|technologies|tech|infotech|software|networks?|computing"
    "|computers?|digital|data|cloud|consulting|consultants|integration|integrators|services|it|is"
)
_LATIN_LIMITED = r"(?:,? (?:co\.?,? ?)?(?:ltd|inc|corp|llc)\b\.?)?"
_ENDINGS = re.compile(
    rf"(?P<buyer>{_BUYERS})(?P<b>{_LIMITED})|(?P<seller>{_SELLERS})(?P<s>{_LIMITED})"
    r"|(?P<any>(?:股份)?有限公司)"
    rf"|(?<![a-z])(?:(?P<latin_buyer>{_LATIN_BUYERS})|(?P<latin_seller>{_LATIN_SELLERS})){_LATIN_LIMITED}"
    r"(?![a-z])"
)


_KINDS = {
    "buyer": "buyer",
    "seller": "seller",
    "any": "any",
    "latin_buyer": "buyer",
    "latin_seller": "seller",
}


class Ending(NamedTuple):
    """Where the end of a name may stand, and whether such a name buys or sells."""

    kind: str
    start: int
    end: int


def endings(text: str) -> list[Ending]:
    """The endings of names in `text`, Traditional; the kind is buyer, seller or any."""
    found = []
    for match in _ENDINGS.finditer(folded(text)):
        kind = next(name for name in _KINDS if match[name])
        found.append(Ending(_KINDS[kind], *match.span()))
    return found

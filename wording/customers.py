"""The end customer, where it is plainly named: 客戶是青田機械 台中廠, customer: Qingtian Machinery.

Without 客戶 in front, a name is one only by its ending: 報價給青田機械, for Hualien Hospital.
「我們客戶的 Power 主機」 and "the customer is waiting" name nobody. Better to ask once more than to
write a verb into the ticket as a company.
"""

from __future__ import annotations

import re

from wording.found import Found
from wording.machines import find_machine_types, find_serials
from wording.quantities import find_quantities
from wording.text import plain

_MARK = re.compile(
    r"""
    (?: (?: 最終 | 終端 )?客[戶户](?: 名稱 | 名 | 公司 )?
      | (?<![a-z])(?: end[\ \-]? )?customer(?: \ name | '?s\ name )? )
    \ *(?P<mark> 是 | 為 | 叫做? | is(?![a-z]) | [:=] )\ *
    | (?<![a-z])for\ (?: our\ | the\ | my\ )?(?: end[\ \-]? )?customer,?\ (?P<direct>)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# 「自用」, said as a clause of its own: the partner is the customer.
_OWN_USE = re.compile(
    r"(?:^|(?<=[,;、。\s])|(?<=我們)|(?<=公司)|(?<=是))(?P<own>自[家己]?用)(?=$|[,;、。\s])"
    r"|(?<![a-z])for (?P<use>our own use)(?![a-z])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^,;!?\n、。:/「」『』]+")
_LIMITED = re.compile(r",?\ (?:Co\.?,?\ )?(?:Ltd|Inc|Corp)\b\.?", re.IGNORECASE)
_SITE = re.compile(
    r"[\u4e00-\u9fff0-9]{1,10}(?:廠|店|公司|室|處|園區|總部|機房|門市|院區|校區|倉|大樓|所|中心|分行)"
)
# 「客戶是想換一台」, 「客戶是誰」: what begins like this is not a name.
_NO_NAME = re.compile(
    "[誰哪不說用想要在因有很從被把否需反昨今一沒同這那我您你他還個只就也]|[尚未][不未定知]|什麼|甚麼|自[己行]|希望|覺得"
    "|目前|現在|明天"
)
# 「客戶是青田機械嗎」 asks.
_ASKS = re.compile("[嗎呢吧?]|是誰|哪")
# Where a name ends although no punctuation says so.
_REMARK = re.compile(
    "的|[他她]們|想|要|需|希望|急|說|目前|現在|[昨今明]天|已|反[應映]|在催|有[一兩]台|主機|伺服器"
    "|序號|機型|電話|聯絡|因為|所以|但|而且|壞|不能|無法|一直"
)
_CITY = (
    "(?:台北|臺北|新北|桃園|新竹|苗栗|台中|臺中|彰化|南投|雲林|嘉義|台南|臺南|高雄|屏東|宜蘭|花蓮|台東"
    "|臺東|基隆|板橋|林口|中壢|龜山|土城|汐止|內湖|南港|竹北|竹科|中科|南科)"
)
_LATIN_CITY = (
    "(?:Taipei|New Taipei|Taoyuan|Hsinchu|Miaoli|Taichung|Changhua|Nantou|Yunlin|Chiayi|Tainan"
    "|Kaohsiung|Pingtung|Yilan|Hualien|Taitung|Keelung)"
)
# What companies are called at their end.
_ENDING = (
    "(?:股份有限公司|有限公司|公司|機械|科技|資訊|營造|電子|電機|電腦|工業|企業|實業|精密|物流|紙業|生技"
    "|生醫|建設|光電|半導體|紡織|製藥|化工|鋼鐵|食品|百貨|飯店|旅館|證券|保險|投信|金控|銀行|農會|醫院|大學"
    "|科大|高中|高職|國中|國小|市政府|縣政府|集團|航空|電信|汽車|重工|塑膠|玻璃|水泥|金屬|印刷|出版|數位)"
)
# 「給我們公司」, 「給相關資訊」, 「給一家銀行」 name nobody.
_NO_COMPANY = (
    "[改換][成為到]|[我您你妳他她它貴敝本該這那哪某每各點些個的沒在是什]|有|其[他它餘]|別[家的人]|客[戶户服]|主管"
    "|老闆|上[述面次]|同[一業事]|原廠|更[多新]|相關|[新舊]的"
    "|[一二兩三四五六七八九十幾數]\\ ?[家個間點些]"
)
_COMPANY = re.compile(
    rf"""
    (?: 給 | 客[戶户][ :]? | (?: ^ | (?<=[ ,對給:]) )是 )\ ?
    (?P<name> (?!{_NO_COMPANY})[\u4e00-\u9fff]{{1,8}}?{_ENDING}
        (?: \ ?[\u4e00-\u9fff0-9]{{1,6}}
            (?: 廠 | 店 | 分公司 | 總部 | 機房 | 院區 | 校區 | 分行 ) )? )
    (?= $ | [\ ,;、。!()\-0-9A-Za-z] | 的(?: $ | \ ?[報案標採] ) | [下本這週月明後] )
    """,
    re.VERBOSE,
)
_ENGLISH_ENDING = (
    r"(?:hospital|university|college|school|bank|machinery|technology|technologies|tech|electronics"
    r"|corporation|corp|company|industries|industrial|logistics|construction|insurance|group|foods"
    r"|steel|precision|semiconductor|biotech|pharma|city government|government|airlines|motors)"
)
_FOR_COMPANY = re.compile(
    rf"(?<![A-Za-z])for (?P<name>(?!The |Our |A |An |This |Your )"
    rf"(?:[A-Z][\w&.'’\-]* ){{1,4}}?(?i:{_ENGLISH_ENDING})(?![A-Za-z])(?: of [A-Z]\w+)?)"
)
# "Qingtian Machinery, Taichung plant": the comma does not end the name.
_LATIN_SITE = re.compile(
    r", ?(?:[A-Z][\w\-]*,? ){0,3}(?i:plant|factory|office|site|branch|campus|headquarters|warehouse"
    r"|data cent(?:er|re)|fab|store|hq|dc)(?![A-Za-z])"
)
_AT_CITY = re.compile(
    rf",? (?:in |at )?{_LATIN_CITY}(?: (?i:plant|factory|office|site))?(?![A-Za-z])"
)
# 「客戶遠東 板橋」: a name and a place, and no verb between.
_NAME_AND_PLACE = re.compile(
    rf"""客[戶户](?:\ |:)?\ ?(?P<name>[\u4e00-\u9fff]{{2,8}}\ ?
    (?:(?<=\ ){_CITY}[\u4e00-\u9fff]{{0,6}} | (?<=\ ){_SITE.pattern}))(?=$|[\ ,;、。!0-9A-Za-z])""",
    re.VERBOSE,
)
# A message's last clause that is a company with its site: 「… 青田機械台中廠」.
_AT_THE_END = re.compile(
    rf"""(?:^|[\s,;。、])(?P<name>(?!{_NO_COMPANY}|[請到送寄去跟和與來往幫派約])
    [\u4e00-\u9fff]{{1,8}}?{_ENDING}\ ?[\u4e00-\u9fff0-9]{{1,6}}
    (?:廠|店|分公司|總部|機房|院區|校區|分行))[\s。.]*$""",
    re.VERBOSE,
)
# "Qingtian Taichung": a clause of a name and a city; a product has figures or is known by name.
_LATIN_AT_THE_END = re.compile(
    rf"""(?:^|[,;.\n]\ ?)(?P<name>(?!(?:We|Our|The|In|At|From|To|For|Power|Storage|Server|Please|Hi
    |Hello)\b)(?:[A-Z][a-zA-Z&'’\-]+\ ){{1,4}}{_LATIN_CITY}(?:\ (?i:plant|factory|office|site))?)
    [\s.]*$""",
    re.VERBOSE,
)
# 「青田機械」 and nothing else; a 工業電腦 is a product.
_COMPANY_ALONE = re.compile(
    rf"(?!{_NO_COMPANY})[\u4e00-\u9fff]{{1,8}}?(?!電腦){_ENDING}(?: ?{_SITE.pattern})?"
)
# "Customer: Ohana Mart. MTM 9043-MRX": a full stop, save of a short word: St. Mary, Co. Ltd.
_ENDS_A_SENTENCE = re.compile(r"(?<![Cc]orp)(?<=[a-z]{3})\.$")
_LINKS = {"of", "de", "the", "and", "&", "in", "at"}
_LONGEST = 40


def customer_in(text: str) -> str | None:
    """The end customer that `text` names, with its site, or None."""
    found = find_customer(text)
    return found.value if found else None


def is_own_use(customer: str) -> bool:
    """Whether the partner itself is the customer: 自用, "our own"."""
    said = plain(customer).strip().lower()
    return _OWN_USE.search(said) is not None or said in ("our own", "ours", "us", "own use")


def is_company(text: str) -> bool:
    """Whether `text` is the name of a company, with its site at most."""
    return _COMPANY_ALONE.fullmatch(plain(text).strip(" 。.")) is not None


def with_site(customer: str, site: str) -> str:
    """`customer` with `site` in the place of its own; empty if it has none."""
    words = customer.split(" ")
    is_known = len(words) > 1 and _SITE.fullmatch(words[-1])
    if not is_known or not _SITE.fullmatch(plain(site)) or words[-1] == site:
        return ""
    return " ".join((*words[:-1], site))


def find_customer(text: str) -> Found | None:
    """The first end customer that is plainly named."""
    searched = plain(text)
    for mark in _MARK.finditer(searched):
        name = _name(searched, mark.end(), listed=mark["mark"] in (":", "="))
        if name:
            start, end = mark.end(), mark.end() + len(name)
            return _found(text, start, end)
    if named := _named(searched):
        start, end = named.span("name")
        if named.re is _FOR_COMPANY:
            end = _with_latin_site(searched, end)
        if not _ASKS.match(searched[end:].lstrip()):
            return _found(text, start, end)
    if own := _OWN_USE.search(searched):
        start, end = own.span("own" if own["own"] else "use")
        return _found(text, start, end)
    return None


def _named(searched: str) -> re.Match[str] | None:
    for pattern in (_NAME_AND_PLACE, _COMPANY, _FOR_COMPANY, _AT_THE_END, _LATIN_AT_THE_END):
        match = pattern.search(searched)
        if match and not (pattern is _NAME_AND_PLACE and _is_no_name(match["name"])):
            return match
    return None


def _is_no_name(words: str) -> bool:
    return bool(_NO_NAME.match(words) or _REMARK.search(words))


def _with_latin_site(text: str, end: int) -> int:
    """Where a name ends with the site behind it: ", Taichung plant"."""
    further = _LATIN_SITE.match(text, end) or _AT_CITY.match(text, end)
    return further.end() if further else end


def _found(text: str, start: int, end: int) -> Found:
    words = text[start:end]
    return Found("customer", words, words, start, end)


def _name(text: str, start: int, *, listed: bool) -> str | None:
    """The name that begins at `start`. `listed`: after a colon small letters will do."""
    clause = _CLAUSE.match(text, start)
    if not clause:
        return None
    words = clause.group().split(" ")
    if words[0][:1].isascii():
        name = _latin_name(words, listed=listed)
        further = _LIMITED.match(text, start + len(name)) if name else None
        name += further.group() if further else ""
    else:
        name = _chinese_name(words)
    name = text[start : _with_latin_site(text, start + len(name))] if name.strip() else ""
    name = name.strip()
    if _ASKS.match(text[start + len(name) :].lstrip()) or _ASKS.search(name):
        return None
    return name if 2 <= len(name) <= _LONGEST and not _is_other_fact(name) else None


def _is_other_fact(name: str) -> bool:
    """Whether the name is a serial number, a machine type or a number of things."""
    found = [*find_serials(name), *find_machine_types(name), *find_quantities(name)]
    return any(len(fact.text) == len(name) for fact in found)


def _chinese_name(words: list[str]) -> str:
    """The first word, and after spaces what is plainly a site: 青田機械 台中廠."""
    if _NO_NAME.match(words[0]):
        return ""
    remark = _REMARK.search(words[0])
    if remark:
        return words[0][: remark.start()]
    sites = 0
    while sites + 1 < len(words) and _SITE.fullmatch(words[sites + 1].strip("()")):
        sites += 1
    return " ".join(words[: sites + 1])


def _latin_name(words: list[str], *, listed: bool) -> str:
    """Words with capitals and the small ones between them: Bank of Taichung in Taichung."""
    kept = 0
    for place, word in enumerate(words):
        after = words[place + 1][:1] if place + 1 < len(words) else ""
        linked = place > 0 and word.lower() in _LINKS and after.isupper()
        named = word[:1].isupper() or word[:1].isdigit() or (listed and word[:1].isascii())
        if not (named or linked or (place > 0 and _SITE.fullmatch(word))):
            break
        kept = place + 1
        if _ENDS_A_SENTENCE.search(word):
            return " ".join(words[:kept])[:-1]
    return " ".join(words[:kept])

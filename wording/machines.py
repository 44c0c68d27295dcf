"""What stands on a machine's label: the serial number and the machine type with its model.

The label reads `9105-22A S/N 78A1234`, and often all in one: `9105-22A-SN78A1234` or
`9105-22A*78A1234`.
"""

from __future__ import annotations

import re

from wording.found import Found
from wording.text import NOT_BEFORE_LATIN, plain

# Words for a machine or a program that name no line of products.
EVERYDAY = frozenset(
    (
        "伺服器",
        "server",
        "儲存設備",
        "儲存裝置",
        "storage",
        "磁碟陣列",
        "交換器",
        "switch",
        "備份軟體",
        "backup software",
        "軟體",
        "software",
        "資料庫",
        "database",
    )
)

_PREFIXED = re.compile(
    r"(?:(?<![A-Za-z])(?:S/?N|serial(?: (?:number|no))?)|序號|序号|機號)"
    r"[ .]*(?:是|為|为|is)?[ :#\-]*"
    rf"(?P<serial>[A-Za-z0-9](?:[ \-]?[A-Za-z0-9]){{6}}){NOT_BEFORE_LATIN}",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![A-Za-z0-9\-_.@/+])(?P<serial>[A-Za-z0-9]{7})(?![A-Za-z0-9_@/+]|[.\-][A-Za-z0-9])"
)
# Begin like a serial number, but name a program, a release or an error.
_NOT_A_SERIAL = re.compile(
    r"(?:WIN|RHEL|SLES|ESXI|AIX|VIOS|SQL|ORA|DB2|HMC|TLS|SHA|AES|RFC|CVE|IPV|HTTP|USB|ERR|MSG"
    r"|CP[ACDFI]|MCH|RNX|ANS)\d"
    r"|(?:IJ|IV|IZ|IT|IC|PI|PH|OA|SI|MF|SE)\d{5}$"  # corrections of programs
    r"|0[0-3][A-Z]{2}\d{3}$"  # spare parts
    r"|[A-Z]\d{3,4}X\d{1,2}$"  # 「S1014x1」
    r"|[A-Z]{3}\d{4}$"
    r"|\d+(?:GB|TB|MB|GHZ|MHZ|RPM|KVA|[A-Z]{4,})$"
)
_TYPE_AND_MODEL = re.compile(
    r"(?<![A-Za-z0-9\-_.@/+#])(?P<type>[0-9]{4})-(?P<model>[A-Za-z0-9]{2,3})"
    r"(?![A-Za-z0-9_@]|\.[0-9]|-(?!S/?N|[0-9A-Z]{7}(?![A-Za-z0-9])))"
)
_TYPE_AFTER_CUE = re.compile(
    r"(?:機型|机型|型號|型号|機種|机种|交換器|(?<![A-Za-z])(?:MTM|M/T|type|model|switch))"
    r"(?:[ ]*(?:是|為|为|寫|写|is|[:#]))?[ ]*"
    r"(?P<type>[0-9]{4})(?:[ \-]?(?P<model>[0-9]{3}|(?=[A-Za-z]*[0-9])[A-Za-z0-9]{2,3}"
    r"|HEX|MRX|GT[HXGW]|MM[EABCD]|MH[EB]))?(?![A-Za-z0-9\-])",
    re.IGNORECASE,
)
# 「儲存設備 5148」; 「儲存設備 2024 年買的」 is a year.
_TYPE_AFTER_STORAGE = re.compile(
    r"(?:儲存設備|儲存陣列|磁碟陣列|存储设备|(?<![A-Za-z])(?:storage|array))[ ]?"
    r"(?P<type>(?!19|20[0-4])[0-9]{4})(?P<model>)(?![A-Za-z0-9\-]|\.[0-9]|[ ]?[年台顆個元])",
    re.IGNORECASE,
)
# 「5148 要報修」: four bare digits are a machine where a machine is spoken of and no count, year,
# code or extension is meant.
_ABOUT_A_MACHINE = re.compile(
    r"機型|型號|裝機|安裝|報修|報價|展示|借測|借機|借一?台|儲存|序號|機號|保固|壞了|故障|開不了機|當機"
    r"|那台|這台|(?<![A-Za-z])(?:demo|storage|serial|S/N|warranty|repair|install)(?![A-Za-z])",
    re.IGNORECASE,
)
_BARE_TYPE = re.compile(
    r"(?<![A-Za-z0-9\-_.@/+#:,$])(?P<type>(?!19|20[0-4]|.000|.500)[1-9][0-9]{3})(?P<model>)"
    r"(?![A-Za-z0-9\-]|[.:/,][0-9]|[ ]?[年元萬塊%人位顆個張片月號碼埠]"
    r"|[ ]?(?:[KMGT]B|MHz|users?)(?![a-z]))",
    re.IGNORECASE,
)
_NO_TYPE_AFTER = re.compile(
    r"(?:錯誤|代碼|碼|分機|轉|埠|單號|訂單|號|專線|電話|error|err|code|src|port|ext|version|ver|step|at"
    r"|pin|room|no|第)[^0-9A-Za-z]{0,3}$",
    re.IGNORECASE,
)
# Seven letters and digits name a spare part as well.
_PART_NUMBER = re.compile(
    r"(?:料號|料号|零件號碼?|parts?(?:\ ?(?:no\.?|number))?|p/n|fru)"
    r"(?:[^0-9A-Za-z]{1,4}[0-9A-Za-z]{7})?[^0-9A-Za-z號机機]{0,8}$",
    re.IGNORECASE,
)
# Models of servers that are letters only.
_LETTER_MODELS = frozenset(
    ("HEX", "MRX", "GTH", "GTX", "GTG", "GTW", "MME", "MMA", "MMB", "MMC", "MMD", "MHE", "MHB")
)
# The types of Power servers, and what their models look like: 9105-22A, 9080-HEX, 9040-MR9.
_SERVER = r"(?:8[2-4]|9[0-8])[0-9]{2}"
_SERVER_MODEL = r"(?:[0-9]{2}[A-HJ-Z]|[A-Z]{2}[0-9]|HEX|MRX|GT[HXGW]|MM[EABCD]|MH[EB])"
# Storage, tape, switches: 3555-L3A, 4662-6H2, 4666-AH8; 「4096 16G」 is memory.
_OTHER_MODEL = r"(?:[A-Z][0-9][A-Z]|[0-9][A-Z][0-9]|[A-Z]{2}[0-9])"
# The types of storage, tape, switches and consoles that are written without a hyphen as well.
_OTHER = (
    r"(?:207[2-8]|249[89]|3555|357[2-7]|358[0-8]|3592|3599|4657|466[2-6]|4680|4983|7042|7063|7226"
    r"|896[0-9]|8977)"
)
# 「9040MR9」: a type and its model glued together, which looks like a serial number.
_GLUED = re.compile(
    rf"(?<![A-Za-z0-9\-])(?:(?P<type>{_SERVER})(?P<model>{_SERVER_MODEL})"
    rf"|(?P<other>{_OTHER})(?P<kind>{_OTHER_MODEL}|[A-Z][0-9]{{2}}))(?![A-Za-z0-9\-])",
    re.IGNORECASE,
)
# 「9009 22A」: as the label has it, with a space; 「9000 10G」 is something else.
_SPACED = re.compile(
    rf"(?<![A-Za-z0-9\-_.@/+#:,$])(?!.[05]00)(?:(?P<type>{_SERVER}) (?P<model>{_SERVER_MODEL})"
    rf"|(?P<other>(?!19|20[0-4])[2-9][0-9]{{3}}) (?P<kind>{_OTHER_MODEL})"
    rf"|(?P<known>{_OTHER}) (?P<letter>[A-Z][0-9]{{2}}))(?![A-Za-z0-9\-])",
    re.IGNORECASE,
)
# 「4657-924 的 controller」: only digits are a machine's where one of its parts is spoken of.
_DIGIT_MODEL = re.compile(
    r"(?<![A-Za-z0-9\-_.@/+#])(?P<type>(?!19|20[0-4])[1-9][0-9]{3})-(?P<model>[0-9]{3})"
    r"(?![A-Za-z0-9\-]|\.[0-9])"
    r"(?=[ ]?(?:的 ?|那台|這台|\w{0,4}?)(?:主機|機器|controller|drive|battery|node|硬碟|電源|電池"
    r"|控制器|serial|S/N|序號))",
    re.IGNORECASE,
)
# 「2077-424」: of these types the models may be digits only.
_KNOWN_DIGITS = re.compile(
    rf"(?<![A-Za-z0-9\-_.@/+#])(?P<type>{_OTHER}|940[0-9])-(?P<model>[0-9]{{3}})"
    r"(?![A-Za-z0-9\-]|\.[0-9])"
)
_MTMS = re.compile(r"[0-9]{4}-[A-Za-z0-9]{3}[*\-](?P<serial>[A-Za-z0-9]{7})(?![A-Za-z0-9\-])")
_QUARTER = re.compile(r"(?:19|20)\d\d(?:Q[1-4]|H[12])")


def find_serials(text: str) -> list[Found]:
    """Serial numbers: seven letters and digits, one letter and two digits at least.

    Spaces and hyphens inside are read only where a word such as S/N or 序號 goes before. O and 0
    are never taken for each other.
    """
    found: dict[int, Found] = {}
    for pattern in (_PREFIXED, _MTMS, _BARE):
        for match in pattern.finditer(plain(text)):
            value = re.sub(r"[ \-]", "", match["serial"]).upper()
            if _is_serial(value) and (pattern is not _BARE or not _NOT_A_SERIAL.match(value)):
                start, end = match.span("serial")
                if pattern is _BARE and _PART_NUMBER.search(plain(text)[:start]):
                    continue
                found.setdefault(start, Found("serial", text[start:end], value, start, end))
    return [found[start] for start in sorted(found)]


def find_machine_types(text: str) -> list[Found]:
    """Machine types: `9105-22A`; four bare digits only after 機型, MTM, type, model or storage."""
    found: dict[int, Found] = {}
    for pattern in (
        _TYPE_AFTER_CUE,
        _TYPE_AFTER_STORAGE,
        _TYPE_AND_MODEL,
        _GLUED,
        _SPACED,
        _DIGIT_MODEL,
        _KNOWN_DIGITS,
    ):
        for match in pattern.finditer(plain(text)):
            named = {name: said for name, said in match.groupdict().items() if said}
            begins = next(name for name in ("type", "other", "known") if name in named)
            kind = named[begins]
            model = next((named[one] for one in ("model", "kind", "letter") if one in named), "")
            model = model.upper()
            if pattern is _TYPE_AND_MODEL and not _is_model(kind, model):
                continue
            start, end = match.start(begins), match.end()
            value = f"{kind}-{model}" if model else kind
            found.setdefault(start, Found("machine_type", text[start:end], value, start, end))
    if not found:
        found = _bare_type(text)
    return [found[start] for start in sorted(found)]


def _bare_type(text: str) -> dict[int, Found]:
    """The one bare machine type of a message that speaks of a machine."""
    searched = plain(text)
    if not _ABOUT_A_MACHINE.search(searched):
        return {}
    bare = [
        match
        for match in _BARE_TYPE.finditer(searched)
        if not _NO_TYPE_AFTER.search(searched[: match.start()])
    ]
    if len(bare) != 1:
        return {}
    start, end = bare[0].span("type")
    return {start: Found("machine_type", text[start:end], bare[0]["type"], start, end)}


def _is_serial(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    return 2 <= digits < len(value)


def _is_model(machine_type: str, model: str) -> bool:
    """A letter and a digit at least: 2048-bit, 2345-678 and 2026-Q4 are something else.

    The types of servers, 8 and 9 thousand, have models of letters too: 9080-HEX.
    """
    letters = machine_type[0] in "89" and model.upper() in _LETTER_MODELS
    mixed = not model.isdigit() and not model.isalpha()
    return letters or (mixed and not _QUARTER.fullmatch(machine_type + model.upper()))

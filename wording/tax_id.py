"""Taiwan's company number (統一編號): eight digits of which the last checks the others.

The rule since April 2023: weigh the digits, add the digits of the products, divisible by 5. The
seventh digit 7 weighs 28, whose digits add up to 10, which may count as 1 or as 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wording.found import Found
from wording.text import folded, plain

WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)
_CUE = r"(?:統編|統一編號|稅號|税号|稅籍|统编|统一编号|tax ?id|vat|ubn|gui)"
_SAID = re.compile(rf"{_CUE}[^0-9]{{0,12}}([0-9]{{4}}[ \-]?[0-9]{{4}})(?![0-9\-])")
# One that begins with 09 may be a mobile's number that lacks digits.
_BARE = re.compile(r"(?<![0-9a-z+\-])((?!09)[0-9]{8})(?![0-9a-z\-])")
# What stands before a number of something else.
_OTHER_NUMBER = re.compile(
    r"(?:單號|单号|號碼|号码|編號|发票|發票|合約|合约|料號|序號|電話|电话|手機|手机|[傳传]真|分機|日期|帳號|账号"
    r"|(?<![a-z])(?:po|invoice|contract|no|code|tel|phone|fax|call|account|installed|dated))"
    r"[ :#.\-]{0,3}(?:是|為|为|is)?[ :]?$"
)
# 20260630 is a day.
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def is_valid(text: str) -> bool:
    """Whether `text` is eight digits that pass the check."""
    digits = plain(text).strip()
    if len(digits) != 8 or not digits.isascii() or not digits.isdigit() or digits == "0" * 8:
        return False
    products = (int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (digits[6] == "7" and (total + 1) % 5 == 0)


def find_tax_ids(text: str) -> Iterator[Found]:
    """The company numbers in `text`, by themselves or said to be one; only with a right check."""
    searched = folded(text)
    for pattern in (_SAID, _BARE):
        for match in pattern.finditer(searched):
            start, end = match.span(1)
            value = "".join(char for char in match[1] if char.isdigit())
            if pattern is _BARE and _is_something_else(searched[:start], value):
                continue
            if is_valid(value):
                yield Found("tax_id", text[start:end], value, start, end)


def _is_something_else(before: str, value: str) -> bool:
    """Whether eight bare digits are a day, or are said to be another number."""
    return bool(_DAY.fullmatch(value) or _OTHER_NUMBER.search(before))

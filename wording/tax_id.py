"""Taiwan's company number (統一編號): eight digits of which the last checks the others.

The rule since April 2023: weigh the digits, add the digits of the products, divisible by 5. The
seventh digit 7 weighs 28, whose digits add up to 10, which may count as 1 or as 0.
"""

from __future__ import annotations

from wording.text import plain

WEIGHTS = (1, 2, 1, 2, 1, 2, 4, 1)


def is_valid(text: str) -> bool:
    """Whether `text` is eight digits that pass the check."""
    digits = plain(text).strip()
    if len(digits) != 8 or not digits.isascii() or not digits.isdigit() or digits == "0" * 8:
        return False
    products = (int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (digits[6] == "7" and (total + 1) % 5 == 0)

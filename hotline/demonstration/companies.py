"""The invented companies of the demonstration year."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from hotline.demonstration.chance import dice, read
from wording import tax_id

FIRST = 1003  # the two of demo.toml come before


@dataclass(frozen=True)
class Firm:
    """A company; `plot` is what its figures tell, `people` how many of it write to us."""

    id: str
    name_zh: str
    name_en: str
    site: str
    tax_id: str
    types: tuple[str, ...]
    tier: str
    region: str
    people: int
    plot: frozenset[str]
    territory: str | None = None
    status: str = "active"

    @property
    def number(self) -> int:
        return int(self.id.partition("-")[2])

    @property
    def domain(self) -> str:
        """Of the top-level domain that belongs to nobody (RFC 2606)."""
        return f"{self.site}.example"

    def columns(self) -> dict[str, Any]:
        """What the row of the company says, but for its day and source."""
        return {
            "id": self.id,
            "name_zh": self.name_zh,
            "name_en": self.name_en,
            "tax_id": self.tax_id,
            "types": list(self.types),
            "tier": self.tier,
            "region": self.region,
            "territory": self.territory,
            "status": self.status,
        }


def firms() -> tuple[Firm, ...]:
    written, numbers = read("companies.toml")["companies"], unused_tax_ids(dice("tax ids"))
    return tuple(
        Firm(
            **{
                **company,
                "id": f"P-{number}",
                "tax_id": next(numbers),
                "types": tuple(company["types"]),
                "plot": frozenset(company["plot"]),
            }
        )
        for number, company in enumerate(written, FIRST)
    )


def unused_tax_ids(chance: Random) -> Iterator[str]:
    """Tax ids that hold by the check of 2023 alone.

    By the older one, under which the companies there are were numbered, they are wrong.
    """
    while True:
        digits = f"{chance.randrange(10_000_000, 100_000_000)}"
        if digits[6] != "7" and tax_id.is_valid(digits) and _weighed(digits) % 10:
            yield digits


def _weighed(digits: str) -> int:
    products = (int(it) * weight for it, weight in zip(digits, tax_id.WEIGHTS, strict=True))
    return sum(product // 10 + product % 10 for product in products)

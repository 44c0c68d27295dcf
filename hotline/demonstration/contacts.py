"""The people of the invented companies: surnames and names as common as in Taiwan."""

from collections.abc import Sequence
from random import Random
from typing import Any

from faker import Faker

from hotline.demonstration.chance import SEED, dice, one_of, read
from hotline.demonstration.companies import Firm
from hotline.partners.vocabulary import ROLES

_ENGLISH = 0.12
_WITHOUT_PHONE = 0.08
_ROLES = {"sales": 0.36, "technical": 0.34, "administration": 0.16, "finance": 0.14}


def contacts(firms: Sequence[Firm]) -> list[dict[str, Any]]:
    """The rows of all contacts; every company has an owner, and somebody for each role."""
    naming, chance, taken = Faker("zh_TW"), dice("contacts"), set[str]()
    naming.seed_instance(SEED)
    return [
        {
            "partner_id": firm.id,
            "roles": _roles(place, chance),
            **_person(firm, naming, chance, taken),
        }
        for firm in firms
        for place in range(firm.people)
    ]


def _person(firm: Firm, naming: Faker, chance: Random, taken: set[str]) -> dict[str, Any]:
    """Somebody whose address nobody else has yet."""
    names = read("names.yml")
    while True:
        surname, is_woman = naming.last_name(), chance.random() < 0.5
        given = naming.first_name_female() if is_woman else naming.first_name_male()
        first = chance.choice(names["first_names"]["female" if is_woman else "male"])
        if surname not in names["surnames"]:
            continue
        written = names["surnames"][surname]
        email = f"{first.lower()}.{written}@{firm.domain}"
        if email in taken:
            continue
        taken.add(email)
        in_english = chance.random() < _ENGLISH
        return {
            "name": f"{first} {written.title()}" if in_english else surname + given,
            "email": email,
            "phone": None if chance.random() < _WITHOUT_PHONE else phone(chance),
            "language": "en" if in_english else "zh-TW",
        }


def phone(chance: Random) -> str:
    """Written like a mobile's; no mobile of Taiwan begins with 099."""
    return f"099{chance.randrange(10)}-{chance.randrange(1000):03}-{chance.randrange(1000):03}"


def _roles(place: int, chance: Random) -> list[str]:
    if place < len(ROLES):
        return [ROLES[place]]
    role = one_of(chance, _ROLES)
    more = one_of(chance, {"": 0.85, "sales": 0.08, "administration": 0.07})
    return [role, more] if more and more != role else [role]

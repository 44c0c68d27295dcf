"""The company's contract, told: one that has ended says so first."""

from collections.abc import Sequence

from hotline.partners.records import Contract, present_contract
from hotline.partners.telling import Card, Teller
from hotline.replies import Reply

# What comes of its end, where that is settled already.
_SETTLED = {"automatic": "rec_contract_automatic", "in_progress": "rec_contract_renewing"}


def tell(teller: Teller, contracts: Sequence[Contract]) -> Reply:
    contract = present_contract(contracts, teller.today)
    if contract is None:
        return teller.none()
    name = _name(teller, contract)
    standing = contract.standing(teller.today)
    days = teller.days(abs(contract.days_left(teller.today)))
    return teller.say(
        name,
        then=_then(name, contract),
        card=Card(
            title=teller.words("record.contract.title", number=contract.number),
            label=teller.words("record.contract.ends"),
            value=teller.day(contract.ends_on),
            missing=teller.words(f"record.contract.{name}", days=days),
            rows=(
                (teller.words("record.contract.status"), teller.words(f"record.{standing}")),
                (teller.words("record.contract.starts"), teller.day(contract.starts_on)),
            ),
            as_of=teller.as_of(contract.as_of),
        ),
        contract_no=contract.number,
        starts=teller.day(contract.starts_on),
        until=teller.day(contract.ends_on),
        days=days,
        as_of=teller.as_of(contract.as_of),
    )


def _name(teller: Teller, contract: Contract) -> str:
    standing, left = contract.standing(teller.today), contract.days_left(teller.today)
    if standing != "active":
        return f"rec_contract_{standing}"
    if contract.starts_on > teller.today:
        return "rec_contract_coming"
    return "rec_contract" if left else "rec_contract_last_day"


def _then(name: str, contract: Contract) -> str | None:
    if name in ("rec_contract_draft", "rec_contract_terminated"):
        return f"{name}_ask"
    if name == "rec_contract_coming":
        return None
    is_over = name == "rec_contract_expired"
    if contract.renewal == "in_progress" or not is_over:
        return _SETTLED.get(contract.renewal, "rec_contract_ask")
    return "rec_contract_ask"

"""A question about the own company's records, answered: read as the asker may, and told.

Who asks is the conversation's contact, whatever the words say: another company's number or name
in them changes nothing but that the answer says whose the figures are.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hotline import permissions
from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.partners import (
    told_certifications,
    told_contract,
    told_credit,
    told_fund,
    told_performance,
)
from hotline.partners.reading import NoRole, read_own
from hotline.partners.records import (
    Certification,
    Company,
    Contract,
    Credit,
    Fund,
    Performance,
    Recorded,
)
from hotline.partners.service import Contact
from hotline.partners.telling import Question, Teller
from hotline.partners.vocabulary import ROLES
from hotline.replies import Reply
from hotline.tickets import told
from wording.record_wishes import names_other_company


@dataclass(frozen=True)
class LookUp:
    """What is read for an intent, who tells it, and which buttons ask for more of it.

    `periods` are what it is kept by, beside how things stand now.
    """

    kind: type[Recorded]
    tell: Callable[[Teller, Sequence[Any]], Reply]
    views: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


LOOK_UPS = {
    "account_contract": LookUp(Contract, told_contract.tell),
    "account_certification": LookUp(Certification, told_certifications.tell, ("all",)),
    "account_bdf": LookUp(Fund, told_fund.tell, periods=("year",)),
    "account_performance": LookUp(
        Performance, told_performance.tell, ("quarters",), ("year", "quarter")
    ),
    "account_credit": LookUp(Credit, told_credit.tell, ("details",)),
}


async def answer(
    hotline: Hotline, conversation: Conversation, question: Question, language: str
) -> Reply:
    """The answer to `question` for whoever holds the conversation; every reading is journalled."""
    contact = conversation.contact
    if contact is None:
        return _not_known(hotline, conversation, language)
    teller, look_up = Teller(hotline, contact, language, question), LOOK_UPS[question.intent]
    try:
        found = await read_own(hotline, contact, look_up.kind, conversation.id)
    except NoRole as refused:
        return _no_role(teller, refused)
    reply = look_up.tell(teller, found)
    if question.quarter and "quarter" not in look_up.periods:
        reply = teller.led("rec_no_quarters", reply)
    elif question.year not in (None, teller.today.year) and "year" not in look_up.periods:
        reply = teller.led("rec_no_years", reply)
    if await _asks_for_another(hotline, contact, question, conversation.id):
        return teller.led("rec_own_only", reply, company=contact.company(language))
    return reply


async def over_balance(
    hotline: Hotline,
    conversation: Conversation,
    intent: str,
    amount: int,
    language: str,
    *,
    is_claim: bool = False,
) -> Reply | None:
    """That `amount` is over what this year's fund has left; None where it is not, or the asker
    may not know it.

    A claim is paid from what was applied for: left is what of that was not claimed yet.
    """
    contact = conversation.contact
    if contact is None or not permissions.may_read(contact.roles, permissions.FUND):
        return None
    funds = await read_own(hotline, contact, Fund, conversation.id)
    fund = told_fund.of_year(funds, hotline.today().year)
    if fund is None:
        return None
    left = max(0, fund.requested - fund.claimed) if is_claim else fund.balance
    if amount <= left:
        return None
    teller = Teller(hotline, contact, language, Question(intent))
    return teller.say(
        "over_claimable" if is_claim else "over_balance",
        amount=teller.money(amount),
        balance=teller.money(left),
        as_of=teller.as_of(fund.as_of),
    )


def _not_known(hotline: Hotline, conversation: Conversation, language: str) -> Reply:
    """A visitor; or an address that was proven, and is no contact's."""
    if not conversation.is_known:
        return told.sign_in(hotline, language)
    name = "rec_no_contact" if hotline.settings.sends_codes else "rec_no_contact_portal"
    toll_free = hotline.settings.vendor.toll_free
    return hotline.replies.say(name, language, toll_free=toll_free)


def _no_role(teller: Teller, refused: NoRole) -> Reply:
    record = teller.record
    roles = [teller.words(f"role.{one}") for one in ROLES if one in refused.fields["roles"]]
    named = [teller.words("list_comma").join(roles[:-1]), roles[-1]]
    return teller.say(
        "no_role",
        then="no_role_ask",
        record=record,
        record_first=record[:1].upper() + record[1:],
        role=teller.words("list_or").join(filter(None, named)),
        code=refused.fields["record"],
    )


async def _asks_for_another(
    hotline: Hotline, contact: Contact, question: Question, conversation_id: str
) -> bool:
    own = (contact.partner_id, contact.company_zh, contact.company_en)
    if not names_other_company(question.text, own):
        return False
    [company] = await read_own(hotline, contact, Company, conversation_id)
    return names_other_company(question.text, (*own, company.tax_id or ""))

"""Which fact a request asks for next, as what was said makes it. Pure rules."""

from dataclasses import replace

from hotline.tickets.draft import CHANGE, CONFIRM, Draft
from hotline.tickets.kinds import MOST_QUESTIONS, NEEDED
from wording import request_facts
from wording.machines import EVERYDAY

NAMES_SO_FAR = "contact_so_far"  # what a visitor said before leaving a phone or an address
_NEEDS_A_MODEL = ("technical_install", "technical_software", "presales_demo")


def next_question(draft: Draft) -> str:
    """The fact to ask for now, or CONFIRM when the summary is due."""
    contact_due = draft.visitor and "contact" not in draft.facts
    if draft.urgent_first:
        return "contact" if contact_due else CONFIRM
    for fact, need in asks_of(draft):
        if fact in draft.facts and not (fact == "product" and _only_says_what_it_is(draft)):
            continue
        if need == NEEDED or draft.questions < MOST_QUESTIONS or fact == draft.asked:
            return fact
    return "contact" if contact_due else CONFIRM


def asks_of(draft: Draft) -> tuple[tuple[str, str], ...]:
    """The facts to ask for, as what was said makes them: (fact, NEEDED | OPTIONAL)."""
    said = draft.value("description")
    left_out: set[str] = set()
    if draft.intent == "admin_invoice":
        is_numbered = not (request_facts.is_about_credit(said) or request_facts.is_statement(said))
        left_out.add("amount" if is_numbered else "order_number")
        if request_facts.is_statement(said):
            left_out.add("amount")
    if draft.intent == "admin_account" and request_facts.is_own_account(said):
        left_out.add("email")
    if draft.visitor or draft.reachable or draft.value("email"):
        left_out.add("phone")  # a visitor's is asked for with the name
    asks = tuple((fact, need) for fact, need in draft.kind.asks if fact not in left_out)
    if draft.intent == "presales_quote" and request_facts.is_special_bid(said):
        asks = tuple((fact, NEEDED if fact == "customer" else need) for fact, need in asks)
    return asks


def _only_says_what_it_is(draft: Draft) -> bool:
    """「新買的 storage」: which one is asked, once, where no serial number will tell."""
    product = draft.facts["product"]
    is_everyday = product.status == "known" and product.value.lower() in EVERYDAY
    return is_everyday and draft.intent in _NEEDS_A_MODEL


def known_by_now(draft: Draft, *, reachable: bool) -> Draft:
    """`draft` of a visitor who has signed in meanwhile: nobody asks any more who that is.

    `reachable` says whether a telephone number is on record.
    """
    facts = dict(draft.facts)
    if begun := facts.pop(NAMES_SO_FAR, None):
        facts["contact"] = begun
    known = replace(draft, visitor=False, reachable=reachable, facts=facts)
    due = next_question(known)
    if known.asked == "contact":
        known = replace(known, asked=due, misses=0)
    return replace(known, stood=due) if known.stood == "contact" else known


def ask(draft: Draft, what: str) -> Draft:
    """`draft` with `what` as the question that stands."""
    again = what == draft.asked or what in (CONFIRM, CHANGE)
    questions = draft.questions if again else draft.questions + 1
    return replace(draft, asked=what, questions=questions)


def open_facts(draft: Draft) -> dict[str, dict[str, str]]:
    """The facts for the ticket; what an outage left out is marked as not asked."""
    facts = {kind: dict(fact.__dict__) for kind, fact in draft.facts.items()}
    for kind, _need in asks_of(draft):
        facts.setdefault(kind, {"value": "", "status": "unasked"})
    return facts


def is_complete(draft: Draft) -> bool:
    """Whether a ticket may be opened: nothing that is needed is still to be asked."""
    return next_question(draft) == CONFIRM

"""Correcting what a ticket that is open already says: which fact, to what."""

from actions.base import Turn
from actions.follow_up_close import say_closed
from actions.which_ticket import Wanted
from hotline.errors import Conflict
from hotline.tickets import corrections
from hotline.tickets.asking import ask
from hotline.tickets.corrections import Unfit
from hotline.tickets.kinds import FACTS
from hotline.tickets.ticket import Ticket
from wording.fact_names import fact_to_change, is_tail, new_value, value_after_wrong
from wording.phones import find_phones
from wording.swaps import swapped

_MOST_BUTTONS = 4


async def correct(turn: Turn, wish: Wanted, ticket: Ticket) -> None:
    """Change the fact that the words name; ask which one or what to, where they do not say."""
    if ticket.state == "closed":
        say_closed(turn, ticket)
        return
    if turn.is_button and (fact := turn.entity("change")):
        await _ask_what_to(turn, ticket, fact)
        return
    given = new_value(wish.said) or _by_its_old_value(wish, ticket) or _by_its_kind(wish)
    if given:
        await change(turn, ticket, *given, tail=is_tail(wish.said), facts=wish)
    elif (named := fact_to_change(wish.said)) in FACTS and named is not None:
        await _ask_what_to(turn, ticket, named)
    else:
        await _ask_which(turn, ticket)


async def change(
    turn: Turn,
    ticket: Ticket,
    fact: str,
    said: str,
    *,
    tail: bool = False,
    facts: Wanted | None = None,
) -> None:
    """Write the new value, or say why it cannot be one and ask again."""
    language, words = turn.language, turn.hotline.words
    found = facts.values(fact) if facts else []
    known = ticket.fact(fact) or (_contacts(ticket, fact))
    value = corrections.value_for(
        fact, found[-1] if found else said, known, today=turn.today, is_tail=tail
    )
    if isinstance(value, Unfit):
        example = turn.hotline.settings.vendor.order_example
        if f"utter_{value.problem}" in turn.hotline.replies:
            turn.say(value.problem, example=example)
        else:
            turn.say("correct_to", number=ticket.number, fact=words.fact(fact, language))
        await _waits_for(turn, ticket, fact)
        return
    try:
        corrected = await corrections.correct(
            turn.hotline, turn.conversation.id, ticket.number, fact, value
        )
    except Conflict:  # closed meanwhile
        say_closed(turn, ticket)
        return
    is_new = ticket.fact(fact) != value
    turn.say(
        "corrected_on_ticket" if is_new else "corrected_before",
        fact=words.fact(fact, language),
        value=words.fact_value(value, language, fact),
        number=corrected.number,
    )


def _by_its_old_value(wish: Wanted, ticket: Ticket) -> tuple[str, str] | None:
    """「不是台中廠 是台南廠」 names the fact by what it says now."""
    old, new = swapped(wish.said) or ("", "")
    for kind in FACTS:
        known = ticket.fact(kind) or ""
        if old and old in known and kind != "description":
            return kind, known.replace(old, new)
    return None


def _by_its_kind(wish: Wanted) -> tuple[str, str] | None:
    """「打錯了 是 0933-123-456」 names nothing, but a number with a form is of one kind only."""
    for kind, value in reversed(wish.facts):
        if kind in FACTS:
            return kind, value
    said = value_after_wrong(wish.said)
    phones = find_phones(said)
    return ("phone", said) if phones else None


def _contacts(ticket: Ticket, fact: str) -> str:
    """What the contact's record says, where the ticket has nothing of its own."""
    if ticket.contact is None or fact not in ("phone", "email"):
        return ""
    return (ticket.contact.phone if fact == "phone" else ticket.contact.email) or ""


async def _ask_which(turn: Turn, ticket: Ticket) -> None:
    known = [kind for kind in FACTS if ticket.fact(kind)]
    payload = '/correct{{"ticket_number":"{number}","change":"{fact}"}}'
    buttons = [
        {
            "title": turn.hotline.words.fact(fact, turn.language),
            "payload": payload.format(number=ticket.number, fact=fact),
        }
        for fact in known[:_MOST_BUTTONS]
    ]
    turn.say("correct_which", number=ticket.number, buttons=buttons)
    await ask(turn.hotline, turn.conversation.id, "correct_what", ticket=ticket.number)


async def _ask_what_to(turn: Turn, ticket: Ticket, fact: str) -> None:
    name = turn.hotline.words.fact(fact, turn.language)
    turn.say("correct_to", number=ticket.number, fact=name)
    await _waits_for(turn, ticket, fact)


async def _waits_for(turn: Turn, ticket: Ticket, fact: str) -> None:
    await ask(turn.hotline, turn.conversation.id, "correct_to", ticket=ticket.number, fact=fact)

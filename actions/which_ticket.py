"""What a partner wants of a ticket that is open already, and which ticket that is."""

from dataclasses import dataclass
from typing import Any

from actions.base import Turn
from hotline.attempts import journalling
from hotline.errors import NotFound
from hotline.tickets import candidates, queries, told
from hotline.tickets.asking import ask
from hotline.tickets.cards import ticket_card
from hotline.tickets.ticket import Ticket
from hotline.tickets.which import Meant, which
from wording import ticket_number
from wording.pointing import pointing_in

# These are about what is done already; the others about what is still being worked on.
_OF_DONE = ("ticket_reopen", "rate_service")
_DONE = ("resolved", "closed")


@dataclass(frozen=True)
class Wanted:
    """`said` are the words it was said in, without any behind a button that was offered unasked.

    `number` is the ticket's number as it was typed; `step` the answer that a button gives.
    """

    intent: str
    said: str
    number: str | None = None
    step: str | None = None
    facts: tuple[tuple[str, str], ...] = ()

    def values(self, kind: str) -> list[str]:
        return [value for found, value in self.facts if found == kind]


def wish_of(turn: Turn, intent: str) -> Wanted:
    """The wish of a message; pressing one of several tickets keeps what was said before."""
    if turn.is_button:
        asking = turn.conversation.asking or {}
        kept = asking.get("said", "") if asking.get("intent") == intent else ""
        number, step = turn.entity("ticket_number"), turn.entity("step")
        return Wanted(intent, kept, number, step, _facts(asking) if kept else turn.entities())
    return Wanted(intent, turn.text, number_in(turn), None, turn.entities())


def kept_wish(turn: Turn) -> Wanted:
    """The wish whose ticket was not clear, as the conversation's row has kept it."""
    asking = turn.conversation.asking or {}
    return Wanted(asking["intent"], asking.get("said", ""), facts=_facts(asking))


def number_in(turn: Turn) -> str | None:
    """The ticket number in the words, right or wrong."""
    found = ticket_number.find(turn.text)
    return turn.entity("ticket_number") or (found[0].written if found else None)


def in_form(turn: Turn) -> bool:
    """Whether a request is being filled: then its own question comes last, and no other."""
    return bool(turn.tracker.get_slot("draft"))


async def ticket_meant(turn: Turn, wish: Wanted) -> Ticket | None:
    """The ticket that the wish is about; None if which one has been asked, or cannot be told."""
    if wish.number:
        try:
            return await _by_number(turn, wish, wish.number)
        except NotFound:
            await _unknown(turn, wish)
            return None
    async with turn.hotline.database.read() as session:
        meant = await _meant(session, turn, wish)
    if meant.several:
        await _ask_which(turn, wish, meant)
    elif meant.one is None:
        _none(turn, wish)
    return meant.one


def list_words(turn: Turn) -> str:
    """A company's tickets, those of an address that was proven, or those of this conversation."""
    if turn.conversation.contact:
        return "list"
    return "list_proven" if turn.conversation.proven_email else "list_own"


def show(turn: Turn, tickets: list[Ticket]) -> None:
    """The tickets as cards: number, subject, state and promise."""
    cards = [ticket_card(turn.hotline, ticket, turn.language) for ticket in tickets]
    turn.dispatcher.utter_message(json_message={"kind": "list", "tickets": cards})


async def _by_number(turn: Turn, wish: Wanted, number: str) -> Ticket:
    async with (
        journalling(turn.hotline, wish.intent, guessable=True),
        turn.hotline.database.read() as session,
    ):
        return await queries.find_for(session, turn.hotline, turn.conversation, number)


async def _meant(session: Any, turn: Turn, wish: Wanted) -> Meant:
    hotline, asker = turn.hotline, turn.conversation
    spoken_of = await candidates.last_spoken_of(session, hotline, asker)
    points = pointing_in(wish.said).at
    if wish.intent in _OF_DONE:
        if spoken_of and spoken_of.state not in _DONE and points != "spoken_of":
            spoken_of = None
        done = await candidates.done_lately(session, hotline, asker)
        return which(wish.said, done, spoken_of)
    opened = await candidates.open_ones(session, hotline, asker)
    meant = which(wish.said, opened, spoken_of)
    if wish.intent == "ticket_status" and points == "described" and meant.one is None:
        done = await candidates.done_lately(session, hotline, asker)
        found = which(wish.said, [ticket for ticket in done if ticket.state == "closed"])
        return found if found.one else meant
    return meant


async def _unknown(turn: Turn, wish: Wanted) -> None:
    """The same words whatever is wrong with the number; its end alone may be said next."""
    signed_in = turn.conversation.is_known
    typed = wish.number or ""
    turn.give(told.number_unknown(turn.hotline, typed, signed_in=signed_in, language=turn.language))
    if signed_in and not in_form(turn):
        await _keep(turn, "number", wish, typed=typed)


async def _ask_which(turn: Turn, wish: Wanted, meant: Meant) -> None:
    if in_form(turn):  # its own question follows, and is the only one
        turn.say("which_later")
        show(turn, list(meant.several))
        return
    show(turn, list(meant.several))
    payload = '/{intent}{{"ticket_number":"{number}"}}'
    buttons = [
        {
            "title": ticket.number,
            "payload": payload.format(intent=wish.intent, number=ticket.number),
        }
        for ticket in meant.several
    ]
    turn.say("which_ticket", buttons=buttons)
    await _keep(turn, "which", wish)


async def _keep(turn: Turn, kind: str, wish: Wanted, **about: Any) -> None:
    await ask(
        turn.hotline,
        turn.conversation.id,
        kind,
        intent=wish.intent,
        said=wish.said,
        facts=[list(fact) for fact in wish.facts],
        **about,
    )


def _none(turn: Turn, wish: Wanted) -> None:
    """A visitor's tickets are not looked up: to say that there are none would be a guess."""
    if wish.intent == "correct":
        turn.say("correct_nothing")
    elif not turn.conversation.is_known:
        turn.give(told.sign_in(turn.hotline, turn.language))
    else:
        turn.say("which_none" if wish.intent in _OF_DONE else "list_none")


def _facts(asking: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(kind), str(value)) for kind, value in asking.get("facts") or ())

"""Opening the ticket of a confirmed draft. Validates again: a form may end for other reasons."""

from dataclasses import replace

from rasa_sdk.events import SlotSet

from actions.base import Events, HotlineAction, Turn, offer_next
from actions.follow_up import follows_up
from hotline.tickets import questions, told
from hotline.tickets.draft import Draft, Wish, draft_from_json
from hotline.tickets.kinds import KINDS
from hotline.tickets.opening import NewTicket, open_ticket
from wording.customers import is_own_use

_RESET: Events = [SlotSet("draft", None), SlotSet("ticket_confirmed", None)]
_IN_A_SUBJECT = ("order_number", "serial", "purpose", "company", "course", "attendee", "activity",
                 "product", "quantity", "amount", "customer", "project", "needed_by")  # fmt: skip


class SubmitTicket(HotlineAction):
    """Opens it once, whatever happens: the draft's key is the ticket's.

    When it fails, the draft stays; a yes tries again.
    """

    action_name = "action_submit_ticket"
    failure_words = "submit_failed"

    async def act(self, turn: Turn) -> Events:
        stored = turn.tracker.get_slot("draft")
        if stored is None:  # the message went to a ticket that was open already
            return _RESET
        draft = draft_from_json(stored)
        if not questions.is_complete(draft):
            turn.say("action_failed")
            return _RESET
        ticket = await open_ticket(
            turn.hotline,
            turn.conversation.id,
            NewTicket(
                key=f"form:{draft.key}",
                intent=draft.intent,
                description=draft.value("description") or described(turn, draft),
                severity=draft.severity,
                severity_words=draft.severity_words,
                facts=questions.open_facts(draft),
                line_named=draft.urgent_first,
            ),
        )
        opened = await told.opened_now(
            turn.hotline, ticket, turn.language, line_first=draft.urgent_first
        )
        turn.give(opened)
        await offer_next(turn, tuple(_with_customer(wish, draft) for wish in draft.wishes))
        return _RESET

    async def afterwards(self, turn: Turn) -> Events:
        return []  # the draft knew what else is wished for


def _with_customer(wish: Wish, draft: Draft) -> Wish:
    """`wish` for the customer of the request before it, if it has a customer at all."""
    kind, customer = KINDS.get(wish.intent), draft.value("customer")
    if kind is None or not customer or is_own_use(customer) or "customer" not in dict(kind.asks):
        return wish
    return replace(wish, facts=(*wish.facts, ("customer", customer)))


class CancelRequest(HotlineAction):
    action_name = "action_cancel"

    async def act(self, turn: Turn) -> Events:
        stored = turn.tracker.get_slot("draft")
        if await follows_up(turn, "ticket_close"):  # nothing under way: the ticket just opened
            return []
        turn.say("cancelled" if stored else "cancelled_nothing")
        if stored:
            await offer_next(turn, draft_from_json(stored).wishes)
        return _RESET


def described(turn: Turn, draft: Draft) -> str:
    """The request in a line made of its facts, for one that was never put into words."""
    words = turn.hotline.words
    values = [words.fact_value(draft.value(kind), turn.language, kind) for kind in _IN_A_SUBJECT]
    facts = [value for value in values if value]
    joined = words.say("list_comma", turn.language).join(facts)
    task = words.say(f"wish.{draft.intent}", turn.language)
    if not joined:
        return task
    return words.say(f"subject.{draft.intent}", turn.language, facts=joined)

"""The table of moves: every move it has is made, everything else is refused by name."""

import pytest

from hotline.core import Hotline
from hotline.errors import BadInput, Conflict, HotlineError
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import answers, handling
from hotline.tickets.moves import MOVES, STATES, state_after
from tests.core.desk_work import brought_to, journal, ticket_row

TABLE = {
    ("claim", "new"): "open",
    ("claim", "open"): "open",
    ("unclaim", "open"): "new",
    ("release", "open"): "open",
    ("wait_partner", "open"): "waiting_partner",
    ("wait_partner", "waiting_other"): "waiting_partner",
    ("wait_other", "open"): "waiting_other",
    ("wait_other", "waiting_partner"): "waiting_other",
    ("resume", "waiting_partner"): "open",
    ("resume", "waiting_other"): "open",
    ("resolve", "new"): "resolved",
    ("resolve", "open"): "resolved",
    ("resolve", "waiting_partner"): "resolved",
    ("resolve", "waiting_other"): "resolved",
    ("confirm", "resolved"): "closed",
    ("reopen", "resolved"): "open",
    ("reopen", "closed"): "open",
    ("close", "new"): "closed",
    ("close", "open"): "closed",
    ("close", "waiting_partner"): "closed",
    ("close", "waiting_other"): "closed",
    ("close", "resolved"): "closed",
    ("lapse", "resolved"): "closed",
    ("lapse", "waiting_partner"): "closed",
}
# What staff may set by naming the state; who holds it, the partner's yes and the partner's silence
# have their own doors.
BY_STAFF = {
    (before, after): move
    for (move, before), after in TABLE.items()
    if move not in ("claim", "unclaim", "release", "confirm", "close", "lapse")
}
PAIRS = [(before, after) for before in STATES for after in (*STATES, "lost")]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
def test_a_move_leads_where_the_table_says_and_is_else_refused_by_name(
    move: str, state: str
) -> None:
    if (move, state) in TABLE:
        assert state_after(move, state) == TABLE[move, state]
        return
    with pytest.raises(Conflict) as refused:
        state_after(move, state)
    assert refused.value.fields == {"state": state, "move": move}
    assert refused.value.message == f"a ticket in state {state} cannot {move}"


@pytest.mark.parametrize(("before", "after"), PAIRS)
async def test_staff_set_a_state_by_the_table_only(
    hotline: Hotline, contact: Contact, engineer: Staff, before: str, after: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, before)
    known = len(await journal(hotline))
    if (before, after) in BY_STAFF:
        moved = await handling.set_state(hotline, engineer, ticket.number, after, text="說明")
        assert moved == await ticket_row(hotline, ticket.number)
        assert (moved.state, moved.version) == (after, ticket.version + 1)
        told = (await journal(hotline, "ticket.moved"))[-1]
        assert (told.actor, told.ticket_id) == (f"staff:{engineer.id}", ticket.id)
        move = BY_STAFF[before, after]
        # What was said with it, for the notices that tell it.
        said = {key: told.detail[key] for key in ("said", "asked", "mailed") if key in told.detail}
        assert told.detail == {"queue": "technical", "state": after, "move": move} | said
        assert ("asked" in said) == (after == "resolved")
        # Where the words are the partner's.
        assert ("said" in said) == (move in ("wait_partner", "resume"))
        return
    with pytest.raises(Conflict) as refused:
        await handling.set_state(hotline, engineer, ticket.number, after, text="說明")
    assert refused.value.fields == {"state": before, "target": after}
    assert await ticket_row(hotline, ticket.number) == ticket
    assert len(await journal(hotline)) == known


@pytest.mark.parametrize("state", STATES)
async def test_only_a_new_or_free_open_ticket_is_claimed(
    hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff, state: str
) -> None:
    ticket = await brought_to(hotline, contact, lead, state)
    if state == "new":
        assert (await handling.claim(hotline, engineer, ticket.number)).state == "open"
        return
    with pytest.raises(Conflict) as refused:
        await handling.claim(hotline, engineer, ticket.number)
    assert refused.value.fields == {"holder": lead.name}
    assert await ticket_row(hotline, ticket.number) == ticket


@pytest.mark.parametrize("state", STATES)
async def test_a_partner_confirms_only_what_is_resolved(
    hotline: Hotline, contact: Contact, engineer: Staff, state: str
) -> None:
    ticket = await brought_to(hotline, contact, engineer, state)
    assert ticket.conversation_id is not None
    if state in ("resolved", "closed"):  # saying so twice is harmless
        closed = await answers.confirm_solved(hotline, ticket.conversation_id, ticket.number)
        assert (closed.state, closed.closed_at is None) == ("closed", False)
        assert len(await journal(hotline, "ticket.moved")) == 2
        return
    assert await answers.confirm_solved(hotline, ticket.conversation_id, ticket.number) == ticket
    assert await ticket_row(hotline, ticket.number) == ticket


@pytest.mark.parametrize(
    ("target", "text", "refusal"), [("resolved", "  ", BadInput), ("", "說明", Conflict)]
)
async def test_a_resolution_says_what_was_done(
    hotline: Hotline,
    contact: Contact,
    engineer: Staff,
    target: str,
    text: str,
    refusal: type[HotlineError],
) -> None:
    ticket = await brought_to(hotline, contact, engineer, "open")
    with pytest.raises(refusal):
        await handling.set_state(hotline, engineer, ticket.number, target, text=text)
    assert await ticket_row(hotline, ticket.number) == ticket

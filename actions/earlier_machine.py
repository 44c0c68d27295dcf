"""An answer that only points at a machine: 「就上次那台」 is looked up in the asker's tickets."""

from actions.base import Turn
from actions.leaving_form import length
from actions.request_words import ask_for
from hotline.tickets.draft import Draft, Said
from hotline.tickets.machines import earlier_machines
from wording.pointing import points_at_a_machine

_MACHINE_FACTS = ("serial", "product")
_MOST_BUTTONS = 3
_LONGEST = 24  # a whole story says more than which machine it is


async def said_by_pointing(turn: Turn, draft: Draft) -> Said | Draft | None:
    """What was said when one machine is meant; the draft when more are asked about, or none known.

    None if nothing points at a machine.
    """
    asked = draft.asked or ""
    if asked not in _MACHINE_FACTS or turn.is_button or length(turn.text) > _LONGEST:
        return None
    if turn.entity("serial") or not points_at_a_machine(turn.text):
        return None
    async with turn.hotline.database.read() as session:
        found = await earlier_machines(
            session, turn.hotline, turn.conversation, at_most=_MOST_BUTTONS
        )
    if len(found) == 1:
        return Said(found[0].serial, found[0].facts, turn.today)
    if not found:
        turn.say("no_earlier_machine")
        return ask_for(turn, draft, asked)
    words = turn.hotline.words
    buttons = [
        {
            "title": words.say(
                "product_and_serial", turn.language, product=one.product, serial=one.serial
            )
            if one.product
            else one.serial,
            "payload": f"{one.product} {one.serial}".strip(),
        }
        for one in found
    ]
    turn.say("which_machine", buttons=buttons)
    return draft

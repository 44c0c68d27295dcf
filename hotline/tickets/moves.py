"""The table of moves: which state a ticket may go to from where, and by what name.

Anything that is not in the table is refused by name. Pure: no database, no clock.
"""

from hotline.errors import Conflict

STATES = ("new", "open", "waiting_partner", "waiting_other", "resolved", "closed")
OPEN_STATES = ("new", "open", "waiting_partner", "waiting_other", "resolved")
PAUSED_STATES = ("waiting_partner", "waiting_other")
DONE_STATES = ("resolved", "closed")  # nothing is due any more

MOVES: dict[str, dict[str, str]] = {
    "claim": {"new": "open", "open": "open"},
    "unclaim": {"open": "new"},
    "release": {"open": "open"},
    "wait_partner": {"open": "waiting_partner", "waiting_other": "waiting_partner"},
    "wait_other": {"open": "waiting_other", "waiting_partner": "waiting_other"},
    "resume": {"waiting_partner": "open", "waiting_other": "open"},
    "resolve": {
        "new": "resolved",
        "open": "resolved",
        "waiting_partner": "resolved",
        "waiting_other": "resolved",
    },
    "confirm": {"resolved": "closed"},
    "reopen": {"resolved": "open", "closed": "open"},
    "close": {state: "closed" for state in OPEN_STATES},
    "lapse": {"resolved": "closed", "waiting_partner": "closed"},
}
# These have doors of their own: they are about who holds the ticket, are the partner's, or come of
# the partner's silence.
_NOT_BY_STATE = ("claim", "unclaim", "release", "confirm", "close", "lapse")


def state_after(move: str, state: str) -> str:
    """The state that `move` leads to; Conflict, naming both, where the table has none."""
    try:
        return MOVES[move][state]
    except KeyError:
        raise Conflict(f"a ticket in state {state} cannot {move}", state=state, move=move) from None


def moves_from(state: str) -> tuple[str, ...]:
    return tuple(move for move, table in MOVES.items() if state in table)


def move_to(state: str, target: str) -> str:
    """The move by which staff set a ticket to `target`; Conflict where there is none."""
    for move, table in MOVES.items():
        if move not in _NOT_BY_STATE and table.get(state) == target:
            return move
    raise Conflict(f"a ticket in state {state} cannot become {target}", state=state, target=target)

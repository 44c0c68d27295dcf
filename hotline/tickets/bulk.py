"""One act on many tickets: each by itself, as if it had been asked alone, and told by itself."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from hotline.errors import Conflict, HotlineError, NotFound
from hotline.tickets.ticket import Ticket
from hotline.tickets.worklist import AT_ONCE

MOST = AT_ONCE  # a page of the queue

Act = Callable[[str], Awaitable[Ticket]]


@dataclass(frozen=True)
class Outcome:
    """What came of one: `refused` is None where it went through.

    `why` says more of a refusal: "gone", "holder" or "state" with what it is in `about`, or "".
    """

    number: str
    ticket: Ticket | None = None
    refused: HotlineError | None = None

    @property
    def why(self) -> str:
        if isinstance(self.refused, NotFound):
            return "gone"
        if isinstance(self.refused, Conflict):
            return next((key for key in ("holder", "state") if self.refused.fields.get(key)), "")
        return ""

    @property
    def about(self) -> str:
        """Who has it, or in which state it is."""
        return str(self.refused.fields.get(self.why, "")) if self.refused else ""


async def to_each(numbers: Sequence[str], act: Act) -> list[Outcome]:
    """Do `act` to each ticket once, in this order, each in a transaction of its own.

    A refusal stops none of the others; what nobody has foreseen stops all, and what was done stays.
    """
    outcomes = []
    for number in dict.fromkeys(numbers[:MOST]):
        try:
            outcomes.append(Outcome(number, ticket=await act(number)))
        except HotlineError as refused:
            outcomes.append(Outcome(number, refused=refused))
    return outcomes

"""What every console page is built from: the core, the reader, and the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from desk.console.views import Holder, TicketLink
from desk.pages import Pages
from hotline.core import Hotline
from hotline.staff.service import Staff
from hotline.tickets.headings import Heading
from hotline.tickets.ticket import Ticket
from hotline.words.lengths import say_length


@dataclass(frozen=True)
class Scene:
    """One page for one reader at one moment."""

    hotline: Hotline
    pages: Pages
    staff: Staff
    language: str
    now: datetime

    def t(self, key: str, **values: object) -> str:
        return self.pages.words(f"console.{key}", self.language, **values)

    def severity(self, ticket: Ticket) -> str:
        """The severity in a word; outside technical support the second is a deadline."""
        return self.level(ticket.severity, (ticket.queue,))

    def level(self, severity: int, queues: Sequence[str] = ()) -> str:
        """A severity of no ticket in particular, by these services; by all where none is named."""
        if severity != 2 or set(queues) == {"technical"}:
            return self.t(f"severity.{severity}")
        is_both = not queues or "technical" in queues
        return self.t("severity.either" if is_both else "severity.deadline")

    def length(self, minutes: int) -> str:
        return say_length(minutes, self.language)

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.hotline.calendar.timezone)

    @cached_property
    def today(self) -> date:
        return self.local(self.now).date()

    def iso(self, at: datetime) -> str:
        return self.local(at).isoformat(timespec="milliseconds")

    def clock(self, at: datetime) -> str:
        """The time of day without a leading zero: 9:05."""
        return self.hotline.words.clock(at, self.language)

    def at(self, at: datetime) -> str:
        """今天 11:15; another day with its date: 10/8（四）22:54."""
        if self.local(at).date() == self.today:
            return self.t("due.today", time=self.clock(at))
        return self.dated(at)

    def dated(self, at: datetime) -> str:
        """The same of today, too: 10/8（四）22:54."""
        return self.hotline.words.in_table(at, self.now, self.language)

    def name(self, staff: Staff) -> str:
        return staff.called(self.language)

    def link(self, ticket: Ticket | Heading) -> TicketLink:
        """A ticket in a list beside something else."""
        return TicketLink(
            number=ticket.number,
            subject=ticket.subject,
            state=ticket.state,  # type: ignore[arg-type]  # the database checks it
            state_word=self.t(f"state.{ticket.state}"),
            url=f"/console/tickets/{ticket.number}",
        )

    def holder(self, staff: Staff, since: datetime | None = None) -> Holder:
        name = self.name(staff)
        return Holder(name, initial(name), self.clock(since) if since else "")


def initial(name: str) -> str:
    """What stands in somebody's disc: the surname of a Chinese name, else the first letter."""
    return name.strip()[:1].upper() or "?"

"""What the commands of `hotline` do; each gives back text, or data that is printed as JSON."""

import getpass
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

from hotline import access, journal, schema
from hotline import seed as demonstration
from hotline.clock import Clock, parse_duration, parse_time
from hotline.core import Hotline, open_hotline
from hotline.errors import BadInput, NotAllowed, NotFound, Unavailable
from hotline.imports.checking import spoiling
from hotline.imports.files import read_path
from hotline.imports.service import import_table, named_kind
from hotline.imports.tables import Fault
from hotline.partners import sessions
from hotline.partners.service import Contact, contact_by_email
from hotline.scanner import NotChecked, Scanner
from hotline.settings import QUEUES, Settings, load_settings
from hotline.staff import service as staff_service
from hotline.tickets import queries
from hotline.tickets.promises import counting
from hotline.tickets.show import ticket_json
from hotline.tickets.ticket import Ticket

_MOST_MINUTES = 366 * 24 * 60


async def upgrade(arguments: Namespace) -> str:
    await schema.upgrade(load_settings().database_url)
    return "the database is current"


async def seed(arguments: Namespace) -> str:
    async with open_hotline(load_settings()) as hotline:
        await demonstration.seed(hotline)
    return "the demonstration data is there"


async def partner_token(arguments: Namespace) -> str:
    async with open_hotline(load_settings()) as hotline:
        return access.partner_token(hotline, await _contact(hotline, arguments.email))


async def list_sessions(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline:
        contact = await _contact(hotline, arguments.email)
        async with hotline.database.read() as session:
            found = await sessions.live_of(session, contact, hotline.now())
        zone = hotline.calendar.timezone
    shown = [
        {
            "began_at": one.began_at.astimezone(zone).isoformat(timespec="seconds"),
            "seen_at": one.seen_at.astimezone(zone).isoformat(timespec="seconds"),
            "ends_at": one.ends_at.astimezone(zone).isoformat(timespec="seconds"),
            "how": one.how,
            "browser": one.browser,
        }
        for one in found
    ]
    if arguments.json:
        return shown
    lines = [
        f"{one['began_at']}  seen {one['seen_at']}  {one['how']:<7} {one['browser'] or '-'}"
        for one in shown
    ]
    return "\n".join(lines) or "signed in nowhere"


async def end_sessions(arguments: Namespace) -> str:
    async with open_hotline(load_settings()) as hotline:
        contact = await _contact(hotline, arguments.email)
        number = await sessions.end_all(hotline, contact, actor="system")
    return f"sessions ended: {number}"


async def staff_token(arguments: Namespace) -> str:
    async with open_hotline(load_settings()) as hotline, hotline.database.read() as session:
        return await access.staff_token(hotline, session, arguments.email)


async def add_staff(arguments: Namespace) -> str:
    # From the terminal, or piped in; never from the command line, which others can read.
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    async with open_hotline(load_settings()) as hotline:
        added = await staff_service.add_staff(
            hotline.database,
            email=arguments.email,
            name=arguments.name,
            name_en=arguments.name_en,
            role=arguments.role,
            queues=tuple(arguments.queue),
            password=password,
        )
    return f"{added.email} may sign in"


async def list_staff(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline, hotline.database.read() as session:
        everybody = await staff_service.all_staff(session)
    if arguments.json:
        return [{**member.__dict__, "queues": list(member.queues)} for member in everybody]
    return "\n".join(
        f"{member.email:<36} {member.role:<16} {', '.join(member.queues)}" for member in everybody
    )


async def list_tickets(arguments: Namespace) -> Any:
    if arguments.queue not in (None, *QUEUES):
        raise BadInput(f"the queue must be one of {', '.join(QUEUES)}")
    async with open_hotline(load_settings()) as hotline:
        async with hotline.database.read() as session:
            found = await queries.queue_of(session, arguments.queue, closed=arguments.all)
        if arguments.json:
            return [ticket_json(hotline, ticket) for ticket in found]
        return "\n".join(_line(hotline, ticket) for ticket in found) or "no open tickets"


async def show_ticket(arguments: Namespace) -> Any:
    async with open_hotline(load_settings()) as hotline, hotline.database.read() as session:
        ticket = await queries.find(session, arguments.number)
        events = await journal.entries_of_ticket(session, ticket.id)
        shown = ticket_json(hotline, ticket, events)
    if arguments.json:
        return shown
    plain = {key: value for key, value in shown.items() if key != "events" and value}
    lines = [f"{key:<20} {value}" for key, value in plain.items()]
    lines += [f"  {event['at']}  {event['kind']}  {event['actor']}" for event in shown["events"]]
    return "\n".join(lines)


async def due(arguments: Namespace) -> Any:
    told: dict[str, Any] = {}
    async with open_hotline(load_settings()) as hotline:
        async with hotline.database.read() as session:
            await hotline.refresh(session)
        if arguments.number:
            async with hotline.database.read() as session:
                ticket = await queries.find(session, arguments.number)
            counted = counting(hotline, ticket)
            promise = counted.due
            told = {
                "promise": ticket.owes,
                "rule": counted.rule.name,
                "rules_version": hotline.deadlines.version,
                "calendar_version": hotline.calendars.version,
            }
        elif arguments.start and arguments.minutes is not None:
            if not 0 <= arguments.minutes <= _MOST_MINUTES:
                raise BadInput(f"the minutes must be from 0 to {_MOST_MINUTES}")
            promise = hotline.calendar.due(_time(arguments.start), arguments.minutes)
        else:
            raise BadInput("give a ticket number, or --from TIME and --minutes N")
        zone = hotline.calendar.timezone
    trace = [
        {
            "from": span.start.astimezone(zone).isoformat(),
            "to": span.end.astimezone(zone).isoformat(),
            "minutes": span.minutes,
            "why": span.why,
        }
        for span in promise.trace
    ]
    due_at = promise.due_at.astimezone(zone).isoformat()
    if arguments.json:
        return {"due_at": due_at, "trace": trace, **told}
    lines = [
        f"{line['from']} - {line['to']}  {line['minutes']:>5} min  {line['why']}" for line in trace
    ]
    if told:
        versions = f"rules {told['rules_version']}, calendar {told['calendar_version']}"
        lines.append(f"{told['promise']} by the rule {told['rule']!r} ({versions})")
    return "\n".join([*lines, f"due {due_at}"])


async def import_file(arguments: Namespace) -> Any:
    """Rows with faults are told, not failed for: the exit code is 0 once the file could be read.

    A heading that spoils every row is refused like a file that cannot be read.
    """
    path = Path(arguments.file)
    async with open_hotline(load_settings()) as hotline:
        kind = named_kind(hotline, arguments.kind)
        table = read_path(path)
        if faults := spoiling(kind, table):
            why = "; ".join(_fault_line(fault).partition(";")[0] for fault in faults)
            raise BadInput(f"{path}: no row can be read: {why}")
        outcome = await import_table(
            hotline, kind, table, source=path.name, dry_run=arguments.dry_run
        )
    if outcome.faults:
        left_out = "a row with a fault is not imported"
        count = f"{len(outcome.faults)} fault{'' if len(outcome.faults) == 1 else 's'}"
        print(f"hotline: {count} in {path}; {left_out}", file=sys.stderr)
    if arguments.json:
        return outcome.as_json()
    counts = f"{outcome.created} created, {outcome.updated} updated, {outcome.unchanged} unchanged"
    lines = [f"{counts} (a dry run: nothing was written)" if arguments.dry_run else counts]
    return "\n".join([*lines, *map(_fault_line, outcome.faults)])


def _fault_line(fault: Fault) -> str:
    return f"line {fault.line}{', ' if fault.column else ''}{fault.column}: {fault.reason}"


def show_clock(arguments: Namespace) -> str:
    settings = load_settings()
    return (
        Clock(settings.clock_file, settings.env).now().astimezone(settings.hours.zone).isoformat()
    )


def set_clock(arguments: Namespace) -> str:
    _clock().set(_time(arguments.time))
    return show_clock(arguments)


def advance_clock(arguments: Namespace) -> str:
    _clock().advance(parse_duration(arguments.by))
    return show_clock(arguments)


def real_clock(arguments: Namespace) -> str:
    _clock().real()
    return show_clock(arguments)


async def doctor(arguments: Namespace) -> str:
    """Settings, database, model and virus scanner; the first fault is the error."""
    settings = load_settings()
    try:
        current = await schema.is_current(settings.database_url)
    except OSError as failure:
        raise Unavailable(f"the database does not answer: {failure}") from failure
    if not current:
        raise Unavailable("the database is not current: run hotline db upgrade")
    if not sorted((settings.root / "models").glob("*.tar.gz")):
        raise Unavailable("there is no trained model: run make train")
    if settings.env == "production":
        await _refuse_demonstration(settings)
    try:
        await Scanner(settings.scanner).ping()
    except NotChecked as failure:
        raise Unavailable(
            f"the virus scanner at {settings.scanner.address} does not answer: {failure}"
        ) from failure
    if settings.scanner.address:
        return "settings, database, model and virus scanner are in order"
    return "settings, database and model are in order; uploads are not scanned for viruses"


async def _refuse_demonstration(settings: Settings) -> None:
    """Everybody can read the demonstration's password."""
    async with open_hotline(settings) as hotline, hotline.database.read() as session:
        for _role, email, _password in demonstration.demo_sign_ins():
            if await staff_service.staff_by_email(session, email) is not None:
                raise NotAllowed(f"the demonstration's {email} can sign in to production")


async def _contact(hotline: Hotline, email: str) -> Contact:
    async with hotline.database.read() as session:
        contact = await contact_by_email(session, email)
    if contact is None:
        raise NotFound(f"no contact has the e-mail {email}")
    return contact


def _clock() -> Clock:
    settings = load_settings()
    return Clock(settings.clock_file, settings.env)


def _time(text: str) -> datetime:
    return parse_time(text, load_settings().hours.zone)


def _line(hotline: Hotline, ticket: Ticket) -> str:
    due_at = ticket.due_at.astimezone(hotline.calendar.timezone)
    assignee = ticket.assignee.name if ticket.assignee else "-"
    return (
        f"{ticket.number}  {ticket.severity}  {ticket.state:<15} {ticket.queue:<10} "
        f"{due_at:%m-%d %H:%M}  {assignee:<8} {ticket.subject}"
    )

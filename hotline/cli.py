"""The `hotline` command: set up, look, and hand out tokens. Errors are one line and exit code 1."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Sequence

import asyncpg
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from hotline import commands
from hotline.calendar import commands as calendar
from hotline.errors import HotlineError
from hotline.imports.kinds import NAMES
from hotline.intake import commands as intake
from hotline.knowledge import commands as knowledge
from hotline.privacy import commands as privacy
from hotline.rota import commands as rota
from hotline.search import commands as search
from hotline.timers import commands as timers
from hotline.understanding import commands as understanding

# asyncpg's own come through unwrapped while a connection is made.
_DATABASE_ERRORS = (SQLAlchemyError, CommandError, asyncpg.PostgresError, asyncpg.InterfaceError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its output goes to standard output, a refusal to standard error."""
    arguments = _parser().parse_args(argv)
    os.umask(0o077)  # the database and the secrets are for their owner only
    try:
        result = arguments.run(arguments)
        if asyncio.iscoroutine(result):
            result = asyncio.run(result)
    except HotlineError as refused:
        return _failed(refused.message)
    except _DATABASE_ERRORS as failure:
        return _failed(f"{_first_line(failure)}; is the database current? hotline db upgrade")
    except OSError as failure:
        return _failed(f"the database or a file does not answer: {_first_line(failure)}")
    except OverflowError:
        return _failed("that is further than the calendar reaches")
    if isinstance(result, str):
        print(result)
    elif result is not None:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    return 0


def _failed(reason: str) -> int:
    print(f"hotline: {reason}", file=sys.stderr)
    return 1


def _first_line(failure: BaseException) -> str:
    """What the driver says, without the statement that SQLAlchemy adds to it."""
    said = str(failure.orig) if isinstance(failure, DBAPIError) else str(failure)
    return said.strip().partition("\n")[0] or type(failure).__name__


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hotline", description="The partner hotline's command line."
    )
    groups = parser.add_subparsers(required=True, metavar="COMMAND")

    database = groups.add_parser("db", help="the database").add_subparsers(required=True)
    database.add_parser("upgrade", help="bring it to this version").set_defaults(
        run=commands.upgrade
    )

    groups.add_parser("seed", help="add the demonstration data").set_defaults(run=commands.seed)

    partner = groups.add_parser("partner-token", help="a portal's token for a contact, for trying")
    partner.add_argument("email", metavar="EMAIL")
    partner.set_defaults(run=commands.partner_token)

    token = groups.add_parser("staff-token", help="an API token for a member of staff")
    token.add_argument("email", metavar="EMAIL")
    token.set_defaults(run=commands.staff_token)

    _staff(groups.add_parser("staff", help="hotline staff").add_subparsers(required=True))
    _sessions(
        groups.add_parser("sessions", help="contacts signed in").add_subparsers(required=True)
    )
    _intake_keys(
        groups.add_parser("intake-key", help="systems that hand over messages").add_subparsers(
            required=True
        )
    )
    _tickets(groups.add_parser("tickets", help="look at tickets").add_subparsers(required=True))
    _time(groups)
    _imports(groups)

    _calendar(groups)
    _rota(groups)
    _privacy(groups)
    _understanding(groups)
    _knowledge(groups)
    _search(groups)

    groups.add_parser("doctor", help="check settings, database and model").set_defaults(
        run=commands.doctor
    )
    return parser


def _staff(staff: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add = staff.add_parser(
        "add", help="add somebody, or let them in again: a new password, no second step"
    )
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--name-en", required=True)
    add.add_argument("--role", default="specialist")
    add.add_argument("--queue", action="append", default=[], help="may be given more than once")
    add.set_defaults(run=commands.add_staff)
    listing = staff.add_parser("list", help="everybody")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=commands.list_staff)


def _sessions(sessions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listing = sessions.add_parser("list", help="where a contact is signed in")
    listing.add_argument("email", metavar="EMAIL")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=commands.list_sessions)
    end = sessions.add_parser("end", help="sign a contact out everywhere")
    end.add_argument("email", metavar="EMAIL")
    end.set_defaults(run=commands.end_sessions)


def _intake_keys(keys: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add = keys.add_parser("add", help="a key for a source, shown this once")
    add.add_argument("name", metavar="NAME")
    add.set_defaults(run=intake.add_key)
    listing = keys.add_parser("list", help="every source")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=intake.list_keys)
    end = keys.add_parser("end", help="the source may hand over nothing more")
    end.add_argument("name", metavar="NAME")
    end.set_defaults(run=intake.end_key)


def _tickets(tickets: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    listing = tickets.add_parser("list", help="the open ones, most urgent first")
    listing.add_argument("--queue")
    listing.add_argument("--all", action="store_true", help="closed ones too")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=commands.list_tickets)
    show = tickets.add_parser("show", help="one, with its history")
    show.add_argument("number", metavar="NUMBER")
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=commands.show_ticket)


def _calendar(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parsers = groups.add_parser("calendar", help="when the hotline is open").add_subparsers(
        required=True
    )
    listing = parsers.add_parser("list", help="the week, official days, what is declared")
    listing.add_argument("--year", type=int)
    listing.set_defaults(run=calendar.show)
    close = parsers.add_parser("close", help="a day, a part of it, or from now on")
    close.add_argument("day", metavar="DAY", help="2026-12-24, or now")
    close.add_argument("--until", metavar="HH:MM", help="with now; else for the rest of the day")
    close.set_defaults(run=calendar.close)
    opening = parsers.add_parser("open", help="a day that would be closed, or longer hours")
    opening.add_argument("day", metavar="DAY", help="2026-12-19")
    opening.set_defaults(run=calendar.open_day)
    for parser in (close, opening):
        parser.add_argument("--hours", metavar="09:00-12:00", action="append", default=[])
        parser.add_argument("--reason", required=True, help="partners read it")
        parser.add_argument("--reason-en", help="the same in English")
    undo = parsers.add_parser("undo", help="take back what was declared for a day")
    undo.add_argument("day", metavar="DAY", help="2026-12-24, or now for today")
    undo.set_defaults(run=calendar.undo)
    for parser in (listing, close, opening, undo):
        parser.add_argument("--json", action="store_true")


def _rota(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parsers = groups.add_parser("rota", help="who is on call").add_subparsers(required=True)
    listing = parsers.add_parser("list", help="the coming turns, and when it is nobody's")
    listing.add_argument("--days", type=int, default=28, metavar="N")
    listing.set_defaults(run=rota.show)
    add = parsers.add_parser("add", help="put somebody on call")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("--from", dest="begins", metavar="TIME", help="else from now on")
    add.add_argument("--to", dest="ends", metavar="TIME", required=True)
    add.add_argument("--place", type=int, default=1, help="1 is alerted first, 2 after that")
    add.set_defaults(run=rota.add)
    swap = parsers.add_parser("swap", help="give a turn, or a part of it, to somebody else")
    swap.add_argument("id", type=int, metavar="ID", help="as in the list")
    swap.add_argument("email", metavar="EMAIL")
    swap.add_argument("--from", dest="begins", metavar="TIME")
    swap.add_argument("--to", dest="ends", metavar="TIME")
    swap.set_defaults(run=rota.swap)
    remove = parsers.add_parser("remove", help="take a turn off, or what is left of it")
    remove.add_argument("id", type=int, metavar="ID", help="as in the list")
    remove.set_defaults(run=rota.remove)
    for parser in (listing, add, swap, remove):
        parser.add_argument("--json", action="store_true")


def _privacy(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    person = groups.add_parser("person", help="what is kept on a person")
    people = person.add_subparsers(required=True)
    export = people.add_parser("export", help="give it out, as a zip")
    export.add_argument("--out", metavar="FILE.zip")
    export.add_argument(
        "--internal",
        action="store_true",
        help="with the notes that staff wrote for each other: read them before you hand them over",
    )
    export.set_defaults(run=privacy.export_person)
    erase = people.add_parser("erase", help="erase it; tickets stay without the person")
    erase.add_argument("--also-open", action="store_true", help="also while tickets are open")
    erase.add_argument("--dry-run", action="store_true", help="only say what would go")
    erase.add_argument("--json", action="store_true")
    erase.set_defaults(run=privacy.erase_person)
    for parser in (export, erase):
        parser.add_argument("email", metavar="EMAIL", nargs="?", help="a contact's")
        parser.add_argument("--address", metavar="EMAIL", help="a visitor's")

    retention = groups.add_parser("retention", help="what is kept for how long")
    run = retention.add_subparsers(required=True).add_parser("run", help="let go what is due")
    run.add_argument("--dry-run", action="store_true", help="only say what is due")
    run.add_argument("--json", action="store_true")
    run.set_defaults(run=privacy.run_retention)


def _understanding(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    nlu = groups.add_parser("nlu", help="what partners' messages mean")
    export = nlu.add_subparsers(required=True).add_parser(
        "export", help="what staff have labelled, as training data to be reviewed"
    )
    export.add_argument("--since", metavar="DATE", help="labelled from then on: 2026-12-01")
    export.add_argument("--out", metavar="FILE.yml", help="else to standard output")
    export.set_defaults(run=understanding.export_labelled)


def _knowledge(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ask = groups.add_parser("ask", help="what the articles say to a question, and why")
    ask.add_argument("question")
    ask.add_argument("--as", dest="email", metavar="EMAIL", help="asked by this contact")
    ask.add_argument("--json", action="store_true")
    ask.set_defaults(run=knowledge.ask)
    articles = groups.add_parser("articles", help="the articles").add_subparsers(required=True)
    check = articles.add_parser("check", help="tell every fault by file and line")
    check.set_defaults(run=knowledge.check)


def _search(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parsers = groups.add_parser("search", help="the index of tickets").add_subparsers(required=True)
    again = parsers.add_parser("rebuild", help="index every ticket anew, while work goes on")
    again.set_defaults(run=search.rebuild)


def _time(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    due = groups.add_parser("due", help="when a promise falls due, and why")
    due.add_argument("number", metavar="NUMBER", nargs="?")
    due.add_argument("--from", dest="start", metavar="TIME")
    due.add_argument("--minutes", type=int, metavar="N")
    due.add_argument("--json", action="store_true")
    due.set_defaults(run=commands.due)

    clock = groups.add_parser("clock", help="the hotline's clock").add_subparsers(required=True)
    clock.add_parser("show").set_defaults(run=commands.show_clock)
    set_clock = clock.add_parser("set", help="let it go on from TIME")
    set_clock.add_argument("time", metavar="TIME", help="e.g. 2026-12-01T10:15:00+08:00")
    set_clock.set_defaults(run=commands.set_clock)
    advance = clock.add_parser("advance", help="move it on by 6h, 90m, 2d")
    advance.add_argument("by", metavar="DURATION")
    advance.set_defaults(run=commands.advance_clock)
    clock.add_parser("real", help="back to the real time").set_defaults(run=commands.real_clock)

    waiting = groups.add_parser("timers", help="what is to happen, what has failed first")
    waiting.add_argument("--json", action="store_true")
    waiting.set_defaults(run=timers.show)


def _imports(groups: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    imports = groups.add_parser("import", help="records of partners, from a file")
    kinds = imports.add_subparsers(required=True, metavar="KIND", dest="kind")
    for kind in NAMES:
        one = kinds.add_parser(kind, help=f"{kind}, from CSV, XLSX or JSON; see docs/import.md")
        one.add_argument("file", metavar="FILE")
        one.add_argument("--dry-run", action="store_true", help="only say what would be done")
        one.add_argument("--json", action="store_true")
        one.set_defaults(run=commands.import_file)


if __name__ == "__main__":
    sys.exit(main())

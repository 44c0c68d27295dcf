"""`make permissions`: everybody asks for everything, and who was let in, as tables.

Over a database of its own. Exit code 1 if anybody was let in, or refused, against the tables.
"""

import asyncio
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hotline import schema, seed
from hotline.core import open_hotline
from hotline.settings import load_settings
from tests.conftest import TUESDAY_MORNING, set_clock
from tests.desk import action_walk, own_ticket_walk, record_walk
from tests.desk.permission_people import CONTACTS, ERASED, IN_SESSION, VISITORS
from tests.desk.permission_walk import Step, opened_desk, walk

# Whose conversation or ticket, where that decides.
LETTERS = {VISITORS: "v", CONTACTS: "c", IN_SESSION: "s", ERASED: "e"}
MARKS = """\
yes  let in          -  refused, or answered as if it did not exist          !  against the tables
v c s e  let in there only: in the conversation of a visitor, of a contact, of a contact that was
         begun signed in, of an erased contact"""
_RULES = 'under own: with colleagues_tickets = "own"; else contacts see the tickets of colleagues'
WIDTH = 52  # of the lines; the columns have four characters each


@dataclass(frozen=True)
class Section:
    """One table: what is asked are its rows, who asks its columns."""

    title: str
    steps: Sequence[Step]
    note: str = ""


async def sections_of_the_walk(folder: Path) -> list[Section]:
    settings = load_settings().model_copy(
        update={"database_url": f"sqlite+aiosqlite:///{folder / 'hotline.db'}", "var_dir": folder}
    )
    await schema.upgrade(settings.database_url)
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as hotline:
        await seed.seed(hotline)
        spoken = await action_walk.walk(hotline)
        read = await record_walk.walk(hotline)
    own = await own_ticket_walk.walk(settings)
    async with opened_desk(settings) as desk:
        asked = await walk(desk)
    return [
        Section("Routes and sockets: who comes through to what they ask for", asked),
        Section("The own page: whose ticket opens to whom who has signed in", own, _RULES),
        Section("The assistant: whose ticket it speaks of to whom", spoken, _RULES),
        Section("The assistant: whose records it tells to whom", read),
    ]


def told(section: Section) -> str:
    """The columns by number, then one row a line, under the audience that the line is for."""
    columns = list(dict.fromkeys(step.column for step in section.steps))
    people: defaultdict[str, set[str]] = defaultdict(set)
    for step in section.steps:
        people[step.column].add(step.who)
    written = [section.title, "=" * len(section.title), *filter(None, [section.note]), ""]
    for number, column in enumerate(columns, 1):
        several = f" ({len(people[column])} of them)" if len(people[column]) > 1 else ""
        written.append(f"{number:4}  {column}{several}")
    heads = "".join(f"{number:>4}" for number in range(1, len(columns) + 1))
    for audience in dict.fromkeys(step.audience for step in section.steps):
        written += ["", f"for: {audience}".ljust(WIDTH) + heads]
        of_audience = [step for step in section.steps if step.audience == audience]
        for line in dict.fromkeys(step.line for step in of_audience):
            asked = [step for step in of_audience if step.line == line]
            marks = (_mark([it for it in asked if it.column == column]) for column in columns)
            row = f"  {line}".ljust(WIDTH) + "".join(f"{mark:>4}" for mark in marks)
            written.append(row.rstrip())
    wrong = [step for step in section.steps if not step.is_right]
    written += ["", *(f"! {step}" for step in wrong)]
    return "\n".join(written)


def _mark(asked: Sequence[Step]) -> str:
    """For one line and one column; blank where nobody of the column was asked about."""
    if not asked:
        return ""
    if not all(step.is_right for step in asked):
        return "!"
    admitted = [step for step in asked if step.admitted]
    if len(admitted) in (0, len(asked)):
        return "yes" if admitted else "-"
    return "".join(letter for whose, letter in LETTERS.items() if whose in _whose(admitted))


def _whose(steps: Sequence[Step]) -> set[str]:
    return {step.whose for step in steps}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        sections = asyncio.run(sections_of_the_walk(Path(folder)))
    print(f"{MARKS}\n\n" + "\n".join(told(section) for section in sections))
    steps = [step for section in sections for step in section.steps]
    wrong = sum(not step.is_right for step in steps)
    print(f"{len(steps)} questions, {wrong} answered against the tables")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

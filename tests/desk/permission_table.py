"""`make permissions`: everybody asks for everything, and who was let in, as a table.

Over a database of its own. Exit code 1 if anybody was let in, or refused, against the tables.
"""

import asyncio
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from hotline import schema, seed
from hotline.core import open_hotline
from hotline.settings import load_settings
from tests.conftest import TUESDAY_MORNING, set_clock
from tests.desk import action_walk
from tests.desk.permission_walk import Step, opened_desk, walk


async def steps_of_the_walk(folder: Path) -> list[Step]:
    settings = load_settings().model_copy(
        update={"database_url": f"sqlite+aiosqlite:///{folder / 'hotline.db'}", "var_dir": folder}
    )
    await schema.upgrade(settings.database_url)
    set_clock(settings, TUESDAY_MORNING)
    async with open_hotline(settings) as hotline:
        await seed.seed(hotline)
        spoken = await action_walk.walk(hotline)
    async with opened_desk(settings) as desk:
        return [*await walk(desk), *spoken]


def told(steps: list[Step]) -> str:
    """One paragraph per line of the tables: for whom it is, who was let in, what others got."""
    by_line: defaultdict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in steps:
        by_line[step.line, step.audience].append(step)
    written = []
    for (line, audience), asked in by_line.items():
        admitted = [step for step in asked if step.admitted]
        refused = [step for step in asked if not step.admitted]
        written.append(f"{line}\n    for      {audience}")
        if refused:
            let_in = dict.fromkeys(_named(step) for step in admitted)
            answers = sorted({_in_short(step) for step in refused})
            written.append(f"    let in   {'; '.join(let_in)}")
            written.append(f"    refused  {len(refused)} others: {', '.join(answers)}")
        written += [f"    WRONG    {step}" for step in asked if not step.is_right]
    return "\n".join(written)


def _named(step: Step) -> str:
    return f"{step.who} ({step.whose})" if "{id}" in step.line else step.who


def _in_short(step: Step) -> str:
    """The status of an answer and where it leads, or how a socket was closed."""
    first, where, *_ = [*step.answer.split(" "), ""]
    return f"{first} {where.partition('?')[0]}".strip()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        steps = asyncio.run(steps_of_the_walk(Path(folder)))
    print(told(steps))
    wrong = sum(not step.is_right for step in steps)
    print(f"\n{len(steps)} questions, {wrong} answered against the tables")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

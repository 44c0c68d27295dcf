"""`hotline nlu …`: what staff have labelled, for whoever writes the training data."""

from argparse import Namespace
from pathlib import Path

from hotline.clock import parse_time
from hotline.core import open_hotline
from hotline.errors import BadInput
from hotline.settings import load_settings
from hotline.understanding import export


async def export_labelled(arguments: Namespace) -> str:
    """The sentences, or into `--out`; a summary either way."""
    async with open_hotline(load_settings()) as hotline:
        zone = hotline.calendar.timezone
        since = parse_time(arguments.since, zone) if arguments.since is not None else None
        async with hotline.database.read() as session:
            written = export.export(await export.labelled(session, since))
    if arguments.out is None:
        return written.to_yaml().rstrip()
    _write(Path(arguments.out), written.to_yaml())
    return f"{arguments.out}: {written.summary()}"


def _write(target: Path, text: str) -> None:
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise BadInput(f"{target} is there already") from None

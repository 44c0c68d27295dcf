"""Reading the settings, once, at the start of a process."""

import os
import re
from pathlib import Path

import tomllib
from pydantic import ValidationError
from pydantic_settings import SettingsError as UnreadableVariable

from hotline.errors import SettingsError
from hotline.settings.faults import faults_of, unknown_variables
from hotline.settings.model import FILE, Settings
from hotline.settings.secret_files import with_secrets

# Ours, but no settings: the clock's start, what the engine's own files at the root read, and
# where the tests find a PostgreSQL.
OTHER_VARIABLES = frozenset(
    {
        "HOTLINE_CLOCK",
        "HOTLINE_ENGINE_SECRET",
        "HOTLINE_ACTIONS_URL",
        "HOTLINE_TRACKER_DB",
    }
)


def load_settings(root: Path | None = None) -> Settings:
    """The settings of the hotline whose `hotline.toml` lies in `root`, by default this project.

    Relative paths in it are relative to `root`. SettingsError has one line for each fault.
    """
    root = (root or Path(__file__).parents[2]).resolve()
    faults = _faults_of_file(root / FILE) + unknown_variables(os.environ, OTHER_VARIABLES)
    try:
        settings = Settings(root=root)  # type: ignore[call-arg]  # the rest is read
    except ValidationError as error:
        faults += faults_of(error, os.environ)
    except UnreadableVariable as error:
        faults.append(_unreadable(error))
    if faults:
        raise SettingsError("\n".join(faults), faults=faults)
    return with_secrets(settings)


def _faults_of_file(path: Path) -> list[str]:
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"{path} is missing") from error
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    faults = []
    if "root" in written:
        faults.append(f"{FILE}: root is unknown; it is the folder of the file")
    if "secrets" in written:
        faults.append(f"{FILE}: secrets have no place here; use the environment or var/secrets")
    return faults


def _unreadable(error: UnreadableVariable) -> str:
    field = re.search(r'field "(\w+)"', str(error))
    start = f"HOTLINE_{field[1].upper()}" if field else "HOTLINE_"
    names = [name for name in os.environ if name == start or name.startswith(f"{start}__")]
    said = " or ".join(sorted(names))
    return f'{said} cannot be read; allowed: JSON, such as ["09:00-17:00"] for a list'

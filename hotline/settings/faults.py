"""A fault of the settings in one line: the key, what it is, what is allowed."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from hotline.settings.model import FILE, Settings

# May hold a password or a key, so a fault does not repeat the value.
_UNSPOKEN = re.compile(r"secrets|database_url")
_NOT_ITS_OWN = "default_factory_not_called"  # follows from another key's fault


def faults_of(error: ValidationError, environment: Mapping[str, str]) -> list[str]:
    """One line for each key that is wrong."""
    return [
        _line(fault["type"], fault["loc"], fault["msg"], fault["input"], environment)
        for fault in error.errors(include_url=False, include_context=False)
        if fault["type"] != _NOT_ITS_OWN
    ]


def unknown_variables(environment: Mapping[str, str], others: frozenset[str]) -> list[str]:
    """A HOTLINE_... variable that no setting reads is a slip of the pen; `others` are known."""
    known = settable()
    return [
        f"{name}: no such setting; known are {', '.join(known)}"
        for name in sorted(environment)
        if name.startswith("HOTLINE_")
        and name not in others
        and name.removeprefix("HOTLINE_").lower().split("__")[0] not in known
    ]


def settable() -> list[str]:
    return [name for name in Settings.model_fields if name != "root"]


def _line(
    kind: str, loc: tuple[int | str, ...], reason: str, value: Any, environment: Mapping[str, str]
) -> str:
    key, source = ".".join(map(str, loc)), _source(loc, environment)
    if kind == "extra_forbidden":
        return f"{source}: {key} is unknown; known here are {', '.join(_known_beside(loc))}"
    if kind == "missing":
        return f"{FILE}: {key} is missing"
    allowed = reason.removeprefix("Value error, ").removeprefix("Input should be ")
    if kind.endswith("_parsing"):
        allowed = allowed.split(",")[0]
    if isinstance(value, dict | BaseModel) or _UNSPOKEN.match(key):
        return f"{source}: {key} is not valid; allowed: {allowed}"
    return f"{source}: {key} is {value!r}; allowed: {allowed}"


def _source(loc: tuple[int | str, ...], environment: Mapping[str, str]) -> str:
    names = {name.upper(): name for name in environment}
    for length in range(len(loc), 0, -1):
        name = "HOTLINE_" + "__".join(str(part).upper() for part in loc[:length])
        if names.get(name):
            return names[name]
    return FILE


def _known_beside(loc: tuple[int | str, ...]) -> list[str]:
    """The keys of the section that the last part of `loc` stands in."""
    section: Any = Settings
    for part in loc[:-1]:
        fields = getattr(section, "model_fields", {})
        section = fields[part].annotation if part in fields else section
        section = next(
            (inner for inner in get_args(section) if isinstance(inner, type(BaseModel))), section
        )
    return settable() if section is Settings else list(section.model_fields)

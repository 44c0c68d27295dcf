"""YAML as the hotline reads it: safe, and by libyaml where there is one, ten times as fast."""

from typing import Any

import yaml

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(written: str) -> Any:
    """The value that `written` is. Raises yaml.YAMLError, which knows the line."""
    return yaml.load(written, Loader=LOADER)  # noqa: S506 - both are safe

"""A fingerprint of what components are made of beyond their own class.

Rasa takes a component for unchanged while its class reads the same, and would then give a cached
result although the modules it calls, or the lists it reads, have changed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import wording

_FOLDERS = (Path(wording.__file__).parent, Path(__file__).parent)


def fingerprint(*files: Path) -> str:
    """A hash of `wording`, of these components and of `files`; a missing file counts as empty."""
    digest = hashlib.sha256()
    modules = sorted(module for folder in _FOLDERS for module in folder.glob("*.py"))
    for file in [*modules, *files]:
        digest.update(file.name.encode())
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()

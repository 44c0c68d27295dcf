"""Every direct requirement has its reason in `docs/dependencies.md`, and every pin its hash."""

import re
from pathlib import Path

FILES = ("engine", "app", "test", "bench")
_NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


def faults(root: Path) -> list[str]:
    """One line per fault; none when all is well."""
    reasons = (root / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    found = []
    for file in FILES:
        for name in _direct(root / f"requirements/{file}.in"):
            if f"`{name.lower()}`" not in reasons:
                found.append(f"{name} ({file}.in) has no reason in docs/dependencies.md")
        pinned = (root / f"requirements/{file}.txt").read_text(encoding="utf-8")
        for requirement in pinned.replace("\\\n", " ").splitlines():
            if _NAME.match(requirement) and "--hash=sha256:" not in requirement:
                found.append(f"requirements/{file}.txt: {requirement.split()[0]} has no hash")
        if "http://" in pinned or "https://" in pinned:
            found.append(f"requirements/{file}.txt records a download address")
    return found


def _direct(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [match[1] for line in lines if (match := _NAME.match(line.strip()))]

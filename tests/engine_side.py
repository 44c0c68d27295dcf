"""Small programs of the tests that run under the engine's interpreter and print JSON."""

import json
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_ENGINE = ROOT / ".venv/engine/bin/python"
_WITHIN_S = 120


def told_by(module: str, *arguments: object) -> Any:
    """What `python -m module` prints in its last line."""
    done = subprocess.run(
        [_ENGINE, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_WITHIN_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])

"""`deploy/find-python` among programs that only look like a Python."""

import subprocess
import sys
from pathlib import Path

FIND = Path(__file__).parents[2] / "deploy/find-python"
HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
BROKEN = "echo 'pyenv: this version is not installed' >&2; exit 127"
REAL = f'exec {sys.executable} "$@"'
# Debian's Python without python3-venv.
WITHOUT_ENSUREPIP = (
    f"exec {sys.executable} -c "
    '\'import sys; sys.modules["ensurepip"] = None; exec(sys.argv[1])\' "$2"'
)


def find(folder: Path, programs: dict[str, str], *versions: str) -> tuple[int, str, str]:
    """Exit code, answer and complaint, where the PATH has these programs only."""
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    done = subprocess.run(
        [FIND, *versions],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout.strip(), done.stderr


def test_a_shim_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    programs = {f"python{HERE}": BROKEN, "python3": REAL}
    assert find(tmp_path, programs, HERE) == (0, sys.executable, "")


def test_another_version_under_a_general_name_is_not_taken(tmp_path: Path) -> None:
    code, found, _ = find(tmp_path, {"python3": REAL, "python": REAL}, "2.7")
    assert (code, found) == (1, "")


def test_the_first_version_that_is_there_wins(tmp_path: Path) -> None:
    assert find(tmp_path, {f"python{HERE}": REAL}, "2.7", HERE) == (0, sys.executable, "")


def test_a_python_that_cannot_make_environments_is_passed_over(tmp_path: Path) -> None:
    lacking = {f"python{HERE}": WITHOUT_ENSUREPIP, "python3": WITHOUT_ENSUREPIP}
    code, found, _ = find(tmp_path, lacking, HERE)
    assert (code, found) == (1, "")
    assert find(tmp_path, lacking | {"python": REAL}, HERE) == (0, sys.executable, "")


def test_where_none_runs_uv_fetches_one_of_its_own(tmp_path: Path) -> None:
    uv = (
        f'[ "$UV_PYTHON_PREFERENCE" = only-managed ] || exit 1\n'
        f'case "$*" in\n'
        f'  "python install {HERE}") touch "{tmp_path}/fetched" ;;\n'
        f'  "python find {HERE}") [ -e "{tmp_path}/fetched" ] && echo /uv/python ;;\n'
        f"  *) exit 1 ;;\n"
        f"esac"
    )
    programs = {f"python{HERE}": BROKEN, "uv": uv, "touch": 'exec /usr/bin/touch "$@"'}
    assert find(tmp_path, programs, "2.7", HERE) == (0, "/uv/python", "")


def test_where_nothing_helps_the_way_to_get_one_is_named(tmp_path: Path) -> None:
    code, found, complaint = find(tmp_path, {"python3": BROKEN, "uv": "exit 1"}, "3.10")
    assert (code, found) == (1, "")
    assert "3.10" in complaint
    assert "pyenv install 3.10" in complaint

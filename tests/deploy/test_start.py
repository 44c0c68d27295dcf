"""Starts that are refused: one clear line, exit code 2, and nothing is running."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.leftovers import living, new_mark
from deploy.ports import LOOPBACK, free_ports

ROOT = Path(__file__).parents[2]


def refused(folder: Path, **environment: str) -> str:
    """What a start in `folder` complains of; it must be refused."""
    mark = new_mark()
    own = {"HOTLINE_VAR_DIR": str(folder / "var")}
    own["HOTLINE_DATABASE_URL"] = f"sqlite+aiosqlite:///{folder}/var/hotline.db"
    done = subprocess.run(
        [sys.executable, "-m", "deploy.run"],
        cwd=ROOT,
        env={**os.environ, **mark, **own, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert living(mark) == []
    return done.stderr


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "８０８０", "80.5"])
def test_a_port_that_is_none_is_named_with_what_is_allowed(tmp_path: Path, port: str) -> None:
    assert refused(tmp_path, PORT=port) == f"PORT={port} is not a port; allowed: 1 to 65535\n"


def test_a_port_that_is_taken_is_named_with_the_variable_to_change(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(tmp_path, PORT=str(port))
    assert said.startswith(f"port {port} is taken; choose another: PORT=")
    assert said.count("\n") == 1


def test_a_wrong_setting_is_named_with_its_variable(tmp_path: Path) -> None:
    said = refused(tmp_path, HOTLINE_REOPEN_DAYS="soon")
    assert "HOTLINE_REOPEN_DAYS" in said
    assert "Traceback" not in said


def test_a_database_that_is_down_is_one_line_without_its_password(tmp_path: Path) -> None:
    [port] = free_ports(1)
    url = f"postgresql+asyncpg://hotline:geheim@{LOOPBACK}:{port}/hotline"
    said = refused(tmp_path, PORT=str(free_ports(1)[0]), HOTLINE_DATABASE_URL=url)
    assert said.startswith(f"the database {url.replace('geheim', '***')} cannot be used: ")
    assert said.count("\n") == 1


def test_a_database_file_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}"
    said = refused(tmp_path, PORT=str(free_ports(1)[0]), HOTLINE_DATABASE_URL=url)
    assert said.startswith(f"the database {url} cannot be used: ")
    assert said.count("\n") == 1


def test_what_the_line_keeps_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        refused(
            tmp_path,
            PORT=str(free_ports(1)[0]),
            HOTLINE_DATABASE_URL=f"sqlite+aiosqlite:///{tmp_path}",
        )
    finally:
        os.umask(before)
    kept = [tmp_path / "var", *(tmp_path / "var").rglob("*")]
    assert len(kept) > 2
    for path in kept:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path

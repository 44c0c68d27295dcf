"""A private PostgreSQL for the tests: own folder, own port, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from deploy.children import free_port

_DEBIAN = Path("/usr/lib/postgresql")


class PostgresMissing(Exception):
    """No PostgreSQL server is installed."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `url` is its maintenance database."""

    url: str
    folder: Path
    programs: Path

    def stop(self) -> None:
        _run(self.programs, "pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def private_server() -> PostgresServer:
    """Start a new server that trusts loopback and does not care for a crash."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="hotline-postgres-"))
    if os.geteuid() == 0:  # initdb refuses root
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", free_port()
    _run(programs, "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    log = str(folder / "log")
    _run(programs, "pg_ctl", "-D", str(data), "-o", options, "-l", log, "-w", "start")
    url = f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
    return PostgresServer(url, folder, programs)


def _programs() -> Path:
    """The folder of initdb: Debian keeps it off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    for version in sorted(_DEBIAN.glob("*/bin"), reverse=True):
        if (version / "initdb").exists():
            return version
    raise PostgresMissing


def _run(programs: Path, name: str, *arguments: str) -> None:
    command = [str(programs / name), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stderr.strip() or done.stdout.strip()}")

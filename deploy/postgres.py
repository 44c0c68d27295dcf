"""A private PostgreSQL for the tests: own folder, own port, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.children import Child, spawn, stop
from deploy.ports import LOOPBACK, free_ports
from deploy.processes import NotReady

_DEBIAN = Path("/usr/lib/postgresql")
_READY_WITHIN_S, _STOP_WITHIN_S = 30.0, 5.0


class PostgresMissing(Exception):
    """No PostgreSQL server is installed."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `url` is its maintenance database."""

    url: str
    folder: Path
    process: Child

    def stop(self) -> None:
        stop([self.process], within_s=_STOP_WITHIN_S)
        shutil.rmtree(self.folder, ignore_errors=True)


def private_server(**settings: str) -> PostgresServer:
    """Start a new server that trusts loopback and does not care for a crash.

    `settings` are the server's own, beside what it needs here.
    It is a child of this process and ends with it, whatever ends this process. ChildDied or
    NotReady if it does not come up; nothing is left of it then.
    """
    programs = _programs()
    # initdb and the server refuse root.
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="hotline-postgres-"))
    if user:
        shutil.chown(folder, user, user)
    data, [port] = folder / "data", free_ports(1)
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust"]
    done = subprocess.run(
        [*initdb, "-E", "UTF8"], capture_output=True, text=True, cwd="/", check=False, user=user
    )
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise RuntimeError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder)]
    command += ["-c", f"listen_addresses={LOOPBACK}", "-c", "fsync=off"]
    command += ["-c", "max_connections=200"]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    process = spawn("postgres", command, os.environ, folder / "log", Path("/"), user=user)
    url = f"postgresql+asyncpg://postgres@{LOOPBACK}:{port}/postgres"
    server = PostgresServer(url, folder, process)
    try:
        _wait_until_it_answers(programs / "pg_isready", port, process)
    except BaseException:
        server.stop()
        raise
    return server


def _wait_until_it_answers(pg_isready: Path, port: int, process: Child) -> None:
    asking = [str(pg_isready), "-q", "-h", LOOPBACK, "-p", str(port)]
    began = time.monotonic()
    while subprocess.run(asking, check=False).returncode:
        process.check()
        if time.monotonic() - began > _READY_WITHIN_S:
            raise NotReady(f"no answer from postgres in {_READY_WITHIN_S:.0f} s")
        time.sleep(0.1)


def _programs() -> Path:
    """The folder of initdb: Debian keeps it off the PATH."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    for version in sorted(_DEBIAN.glob("*/bin"), reverse=True):
        if (version / "initdb").exists():
            return version
    raise PostgresMissing

"""The line: action server, engine and desk over one configuration."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from deploy.ports import LOOPBACK, free_ports
from deploy.processes import Processes, Program
from hotline import schema
from hotline.canned.seeding import add_texts
from hotline.clock import Clock
from hotline.core import open_hotline
from hotline.errors import Unavailable
from hotline.seed import seed
from hotline.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
APP = ROOT / ".venv/app/bin/python"
ENGINE = ROOT / ".venv/engine/bin/python"

# For the runner alone; a process that read them would take another's port or turn the clock back.
_OURS = ("PORT", "HOTLINE_CLOCK")
_PREPARED_WITHIN_S = 120.0  # the demonstration year takes some seconds, on a busy machine many
_DATABASE_TROUBLE = (
    OSError,
    TimeoutError,
    SQLAlchemyError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    CommandError,
)
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - recognised, not listened on


class Line(Processes):
    """The three processes; only the desk may listen beyond loopback.

    `environment` is laid over that of this process: HOTLINE_VAR_DIR, HOTLINE_DATABASE_URL,
    HOTLINE_CLOCK and any setting. The desk takes `port`, or a free one; the others always take
    free ones. SettingsError if the settings are wrong.
    """

    def __init__(
        self, environment: Mapping[str, str] | None = None, port: int | None = None
    ) -> None:
        self._environment = {**os.environ, **(environment or {})}
        with _as_environment(self._environment):
            self.settings: Settings = load_settings()
        actions, engine, desk = free_ports(3)
        host = self.settings.desk.host
        self.port = port or desk
        self.url = f"http://{LOOPBACK if host in _EVERYWHERE else host}:{self.port}"
        self.engine_url = f"http://{LOOPBACK}:{engine}"
        self.actions_url = f"http://{LOOPBACK}:{actions}"
        programs = [self._actions(actions), self._engine(engine), self._desk()]
        super().__init__(programs, self.settings.var_dir / "log", ROOT)

    def prepare(self) -> None:
        """Start the clock where HOTLINE_CLOCK says, migrate the database, seed the demonstration.

        What is done already is skipped. Not from within a running event loop. Unavailable if the
        database cannot be used.
        """
        Clock(self.settings.clock_file, self.settings.env).apply_environment(self._environment)
        prepared = _migrate_and_seed(self.settings)
        try:
            asyncio.run(asyncio.wait_for(prepared, _PREPARED_WITHIN_S))
        except _DATABASE_TROUBLE as trouble:
            url = make_url(self.settings.database_url).render_as_string(hide_password=True)
            raise Unavailable(f"the database {url} cannot be used: {_why(trouble)}") from trouble

    def _actions(self, port: int) -> Program:
        return Program(
            "actions",
            [str(APP), "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)],
            self._common()
            | {"SANIC_HOST": LOOPBACK, "SANIC_WORKERS": "1", "ARTICLES_AT_START": "1"},
            f"{self.actions_url}/health",
        )

    def _engine(self, port: int) -> Program:
        """Rasa: of our variables it gets its own four only, no keys and no database."""
        secret = self.settings.secrets.engine.get_secret_value()
        environment = {
            key: value for key, value in self._common().items() if not key.startswith("HOTLINE_")
        } | {
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "2",
            "SANIC_WORKERS": "1",
            "HOTLINE_ACTIONS_URL": f"{self.actions_url}/webhook",
            "HOTLINE_ENGINE_SECRET": secret,
            "HOTLINE_TRACKER_DB": str(self.settings.var_dir / "tracker.db"),
        }
        command = [str(ENGINE), "-m", "rasa", "run", "-i", LOOPBACK, "-p", str(port)]
        command += ["--model", "models", "--credentials", "credentials.yml"]
        command += ["--endpoints", "endpoints.yml", "--response-timeout", "30"]
        answers_at, headers = f"{self.engine_url}/webhooks/desk/ready", {"X-Hotline-Secret": secret}
        return Program("engine", command, environment, answers_at, headers)

    def _desk(self) -> Program:
        return Program(
            "desk",
            [str(APP), "-m", "desk"],
            self._common()
            | {
                "HOTLINE_DESK__PORT": str(self.port),
                "HOTLINE_ENGINE__URL": self.engine_url,
                "HOTLINE_ACTIONS__URL": f"{self.actions_url}/webhook",
            },
            f"{self.url}/healthz",
        )

    def _common(self) -> dict[str, str]:
        kept = {key: value for key, value in self._environment.items() if key not in _OURS}
        return kept | {"PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}


def line_in(
    folder: Path,
    clock: str = "",
    database_url: str = "",
    environment: Mapping[str, str] | None = None,
) -> Line:
    """A line for tests and measurements: all it writes lies in `folder`, its database prepared.

    `clock` is a time such as 2026-12-01T10:15:00+08:00; without it the line has the real one.
    """
    line = Line(
        {
            "HOTLINE_VAR_DIR": str(folder),
            "HOTLINE_DATABASE_URL": database_url or f"sqlite+aiosqlite:///{folder / 'hotline.db'}",
            "HOTLINE_CLOCK": clock,
            "HOTLINE_DEMO": "people",
            **(environment or {}),
        }
    )
    line.prepare()
    return line


async def _migrate_and_seed(settings: Settings) -> None:
    await schema.upgrade(settings.database_url)
    async with open_hotline(settings) as hotline:
        await add_texts(hotline)
        if settings.demo != "none":
            await seed(hotline)


def _why(trouble: BaseException) -> str:
    """The reason in one line; SQLAlchemy's own words carry the statement below it."""
    if isinstance(trouble, TimeoutError):
        return f"no answer within {_PREPARED_WITHIN_S:.0f} s"
    return next(iter(str(trouble).splitlines()), "") or type(trouble).__name__


@contextmanager
def _as_environment(environment: Mapping[str, str]) -> Iterator[None]:
    """Settings are read from the environment of the process, so it is that for a moment."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)

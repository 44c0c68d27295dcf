"""The line: action server, engine and desk, started together and watched."""

import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.children import Child, free_port, spawn, stop
from hotline.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent
APP = ROOT / ".venv/app/bin/python"
ENGINE = ROOT / ".venv/engine/bin/python"
READY_WITHIN_S = 180.0
_POLL_S = 0.25

Progress = Callable[[str], None]


class NotReady(Exception):
    """A process runs but does not answer."""


class Line:
    """The three processes over one configuration.

    `environment` holds HOTLINE_... variables beside those of this process; the desk takes `port`,
    the others free ports of their own. Everything but the desk listens on loopback only.
    """

    def __init__(
        self, environment: Mapping[str, str] | None = None, port: int | None = None
    ) -> None:
        self._environment = {**os.environ, **(environment or {})}
        self.settings: Settings = _settings_in(self._environment)
        self.port = port or free_port()
        self.engine_url = f"http://127.0.0.1:{free_port()}"
        self._actions_port = free_port()
        self.children: dict[str, Child] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start all three; `wait_ready` tells when they answer."""
        common = {
            key: value for key, value in self._environment.items() if key not in ("PORT",)
        } | {"PYTHONWARNINGS": "ignore", "PYTHONUNBUFFERED": "1"}
        self._spawn(
            "actions",
            [str(APP), "-m", "rasa_sdk", "--actions", "actions", "--port", str(self._actions_port)],
            common | {"SANIC_HOST": "127.0.0.1", "SANIC_WORKERS": "1"},
        )
        self.start_engine()
        self._spawn(
            "desk",
            [str(APP), "-m", "desk"],
            common | {"HOTLINE_DESK__PORT": str(self.port), "HOTLINE_ENGINE__URL": self.engine_url},
        )

    def start_engine(self) -> None:
        """Start the engine alone: also after it was ended on purpose."""
        environment = self._environment | {
            "PYTHONWARNINGS": "ignore",
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "SANIC_WORKERS": "1",
            "HOTLINE_ACTIONS_URL": f"http://127.0.0.1:{self._actions_port}/webhook",
            "HOTLINE_ENGINE_SECRET": self.settings.secrets.engine.get_secret_value(),
            "HOTLINE_TRACKER_DB": str(self.settings.var_dir / "tracker.db"),
        }
        port = self.engine_url.rpartition(":")[2]
        command = [str(ENGINE), "-m", "rasa", "run", "-i", "127.0.0.1", "-p", port]
        command += ["--model", "models", "--credentials", "credentials.yml"]
        command += ["--endpoints", "endpoints.yml", "--response-timeout", "30"]
        self._spawn("engine", command, environment)

    def wait_ready(self, progress: Progress = lambda words: None) -> None:
        """Until every process answers, the engine with a real parse. ChildDied or NotReady else."""
        waiting = {
            "actions": f"http://127.0.0.1:{self._actions_port}/health",
            "desk": f"{self.url}/healthz",
            "engine": f"{self.engine_url}/webhooks/desk/ready",
        }
        began = told = time.monotonic()
        while waiting:
            self.check()
            for name, url in list(waiting.items()):
                if self._answers(url):
                    del waiting[name]
                    progress(f"  {name:<8} ready after {time.monotonic() - began:.0f} s")
            now = time.monotonic()
            if waiting and now - began > READY_WITHIN_S:
                raise NotReady(f"{', '.join(waiting)} did not answer in {READY_WITHIN_S:.0f} s")
            if waiting and now - told >= 5:
                told = now
                progress(f"  {', '.join(waiting)} starting ... {now - began:.0f} s")
            time.sleep(_POLL_S)

    def check(self) -> None:
        """ChildDied if any of the three has ended."""
        for child in self.children.values():
            child.check()

    def stop(self) -> None:
        stop(list(self.children.values()))
        self.children.clear()

    def _spawn(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        log = self.settings.var_dir / "log" / f"{name}.log"
        self.children[name] = spawn(name, command, environment, log, ROOT)

    def _answers(self, url: str) -> bool:
        secret = self.settings.secrets.engine.get_secret_value()
        request = urllib.request.Request(url, headers={"X-Hotline-Secret": secret})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def _settings_in(environment: Mapping[str, str]) -> Settings:
    """The settings that the children will read."""
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        return load_settings()
    finally:
        os.environ.clear()
        os.environ.update(before)

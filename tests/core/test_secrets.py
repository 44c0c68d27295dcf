"""Secrets: made in development, demanded in production, never shown."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from hotline.settings import load_settings
from tests.core.settings_file import faults, written

KEY = "k" * 32


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("HOTLINE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    written(tmp_path)
    return tmp_path


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_ENV", "production")
    for secret in ("JWT_KEY", "ENGINE", "PARTNER_TOKEN"):
        monkeypatch.setenv(f"HOTLINE_SECRETS__{secret}", KEY)


def test_development_makes_its_own_secrets_for_the_owner_only(root: Path) -> None:
    first = load_settings(root)
    kept = root / "var" / "secrets"
    assert sorted(file.name for file in kept.iterdir()) == ["engine", "jwt_key", "partner_token"]
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in kept.iterdir())
    assert first.secrets.jwt_key.get_secret_value() != first.secrets.engine.get_secret_value()
    assert load_settings(root) == first


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    together = Barrier(8)

    def key_of(root: Path) -> str:
        together.wait()
        return load_settings(root).secrets.jwt_key.get_secret_value()

    with ThreadPoolExecutor(8) as pool:
        for attempt in range(8):
            root = tmp_path / str(attempt)
            root.mkdir()
            written(root)
            assert len(set(pool.map(key_of, [root] * 8))) == 1


def test_production_refuses_to_start_without_its_secrets(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTLINE_ENV", "production")
    told = faults(root)
    assert [fault.split(";")[0] for fault in told] == [
        "secrets.jwt_key is missing",
        "secrets.engine is missing",
        "secrets.partner_token is missing",
    ]
    assert "HOTLINE_SECRETS__JWT_KEY" in told[0]
    assert not (root / "var").exists()


@pytest.mark.usefixtures("production")
def test_production_takes_its_secrets_from_the_environment_or_from_files(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOTLINE_SECRETS__ENGINE")
    (root / "var" / "secrets").mkdir(parents=True)
    (root / "var" / "secrets" / "engine").write_text("e" * 40 + "\n", encoding="ascii")
    settings = load_settings(root)
    assert settings.secrets.jwt_key.get_secret_value() == KEY
    assert settings.secrets.engine.get_secret_value() == "e" * 40
    assert settings.demo == "none"


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("demo", ["true", "people", "year"])
def test_production_refuses_the_demonstration(
    root: Path, monkeypatch: pytest.MonkeyPatch, demo: str
) -> None:
    monkeypatch.setenv("HOTLINE_DEMO", demo)
    assert faults(root) == [
        f"HOTLINE_DEMO: demo is '{demo}'; allowed: none, because env is production"
    ]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("", "year"), ("true", "year"), ("False", "none"), ("people", "people"), ("none", "none")],
)
def test_development_has_the_demonstration_that_is_wanted(
    root: Path, monkeypatch: pytest.MonkeyPatch, said: str, meant: str
) -> None:
    monkeypatch.setenv("HOTLINE_DEMO", said)
    assert load_settings(root).demo == meant


def test_an_older_file_may_still_say_yes_or_no(root: Path) -> None:
    written(root, before="demo = false\n")
    assert load_settings(root).demo == "none"


def test_a_short_secret_is_refused_without_being_repeated(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTLINE_SECRETS__JWT_KEY", "hunter2")
    told = faults(root)
    assert told[0].startswith("secrets.jwt_key is too short; allowed: 32 characters or more")
    assert "hunter2" not in told[0]


def test_secrets_do_not_show_when_settings_are_printed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTLINE_SECRETS__JWT_KEY", KEY)
    assert KEY not in repr(load_settings(root))


def test_a_portal_with_its_own_key_pair_gives_the_public_key(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOTLINE_PARTNER_TOKEN__ALGORITHM", "RS256")
    assert faults(root)[0].startswith("secrets.partner_token is missing")
    monkeypatch.setenv("HOTLINE_SECRETS__PARTNER_TOKEN", KEY)
    assert faults(root)[0].startswith("secrets.partner_token must be the portal's public key")
    public = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"
    monkeypatch.setenv("HOTLINE_SECRETS__PARTNER_TOKEN", public)
    assert load_settings(root).secrets.partner_token.get_secret_value() == public

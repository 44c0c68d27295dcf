"""The mail server's settings: what is missing is named at the start, if it is wanted."""

import os
from pathlib import Path

import pytest

from hotline.settings import load_settings
from tests.core.settings_file import faults, written

SERVER = '[mail]\nhost = "mail.daybreak.example"\nfrom_address = "hotline@daybreak.example"\n'


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
        monkeypatch.setenv(f"HOTLINE_SECRETS__{secret}", "k" * 32)


def test_development_sends_codes_without_a_server(root: Path) -> None:
    assert load_settings(root).sends_codes


@pytest.mark.usefixtures("production")
def test_production_sends_codes_where_it_has_a_server(root: Path) -> None:
    assert not load_settings(root).sends_codes
    written(root, after=SERVER)
    assert load_settings(root).sends_codes
    written(root, after=SERVER + "codes = false\n")
    assert not load_settings(root).sends_codes


@pytest.mark.usefixtures("production")
def test_production_refuses_to_start_if_codes_are_wanted_and_cannot_be_sent(root: Path) -> None:
    written(root, after="[mail]\ncodes = true\n")
    assert faults(root) == [
        "hotline.toml: mail is not valid; allowed: one with a host, because codes is true and "
        "env is production"
    ]


def test_a_server_needs_an_address_to_write_from(root: Path) -> None:
    written(root, after='[mail]\nhost = "mail.daybreak.example"\n')
    assert faults(root) == [
        "hotline.toml: mail is not valid; allowed: one with a from_address, because host is set"
    ]


def test_a_user_needs_a_password_of_whatever_length_and_nobody_invents_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(root, after=SERVER + 'user = "hotline"\n')
    assert faults(root)[0].startswith("secrets.mail_password is missing; set HOTLINE_SECRETS__")
    assert not (root / "var/secrets/mail_password").exists()
    monkeypatch.setenv("HOTLINE_SECRETS__MAIL_PASSWORD", "short")
    settings = load_settings(root)
    assert settings.secrets.mail_password.get_secret_value() == "short"
    assert "short" not in repr(settings)

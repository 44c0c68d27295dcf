"""Secrets: from the environment, else from files; development makes the missing ones itself."""

import base64
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from hotline.errors import SettingsError
from hotline.settings.model import Settings
from hotline.settings.sections import SecretsSettings

LEAST_CHARS = 32
_WEBHOOKS = "webhooks"
_GIVEN = "mail_password"  # by whoever runs the mail server; needed where mail.user is set


def with_secrets(settings: Settings) -> Settings:
    """The same settings with every secret filled in, or SettingsError naming those that lack."""
    found, faults = dict[str, Any](), list[str]()
    found[_WEBHOOKS] = _of_webhooks(settings, faults)
    for name in SecretsSettings.model_fields:
        if name == _WEBHOOKS:
            continue
        given: SecretStr = getattr(settings.secrets, name)
        secret = given.get_secret_value() or _from_file(settings, name)
        if fault := _fault(settings, name, secret):
            faults.append(fault)
        found[name] = SecretStr(secret)
    if faults:
        raise SettingsError("\n".join(faults), faults=faults)
    return settings.model_copy(update={"secrets": SecretsSettings(**found)})


def _of_webhooks(settings: Settings, faults: list[str]) -> dict[str, SecretStr]:
    """The secret of each webhook, which its receiver has given; a missing one is a fault."""
    found = dict[str, SecretStr]()
    for hook in settings.webhooks:
        given = settings.secrets.webhooks.get(hook.name, SecretStr(""))
        path = settings.secrets_dir / f"webhook_{hook.name}"
        secret = given.get_secret_value() or _read(path)
        if not _is_webhook_secret(secret):
            faults.append(
                f"secrets.webhooks.{hook.name} must be whsec_ and 24 to 64 bytes as base64; set "
                f"HOTLINE_SECRETS__WEBHOOKS__{hook.name.upper()} or the file {path}"
            )
        found[hook.name] = SecretStr(secret)
    return found


def _is_webhook_secret(secret: str) -> bool:
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        return False
    return secret.startswith("whsec_") and 24 <= len(key) <= 64


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def _from_file(settings: Settings, name: str) -> str:
    path = settings.secrets_dir / name
    is_ours = not _is_public_key(settings, name) and name != _GIVEN
    may_create = settings.env == "development" and is_ours
    try:
        if may_create and not path.exists():
            _create(path)
        return path.read_text(encoding="utf-8").strip() if path.exists() else ""
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{path} cannot be read or made: {error}") from error


def _create(path: Path) -> None:
    """A new random secret for its owner only; of several processes at once, one makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        # Unlike a rename, a link never replaces what another process made meanwhile.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def _fault(settings: Settings, name: str, secret: str) -> str | None:
    source = f"HOTLINE_SECRETS__{name.upper()} or the file {settings.secrets_dir / name}"
    if name == _GIVEN and (secret or not settings.mail.user):
        return None
    if not secret:
        return f"secrets.{name} is missing; set {source}"
    if _is_public_key(settings, name):
        if not secret.startswith("-----BEGIN PUBLIC KEY-----"):
            return f"secrets.{name} must be the portal's public key (PEM), as RS256 asks: {source}"
    elif len(secret) < LEAST_CHARS:
        return f"secrets.{name} is too short; allowed: {LEAST_CHARS} characters or more in {source}"
    return None


def _is_public_key(settings: Settings, name: str) -> bool:
    return name == "partner_token" and settings.partner_token.algorithm == "RS256"

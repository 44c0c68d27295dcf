"""Where the bytes of an uploaded file lie: once by their hash, outside the database."""

from pathlib import Path

from hotline.settings import Settings


def folder(settings: Settings) -> Path:
    return settings.var_dir / "files"


def path_of(settings: Settings, sha256: str) -> Path:
    return folder(settings) / sha256[:2] / sha256

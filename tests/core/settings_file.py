"""A hotline.toml of a test's own, and what is wrong with it."""

from pathlib import Path

import pytest

from hotline.errors import SettingsError
from hotline.settings import load_settings

VENDOR = """
[vendor]
name_zh = "晨曦資訊"
name_en = "Daybreak Systems"
toll_free = "0800-000-006"
hardware_line = "0800-000-024"
order_example = "SO-2026-01234"
serial_example = "78A1234"
"""


def written(root: Path, before: str = "", after: str = "") -> None:
    (root / "hotline.toml").write_text(before + VENDOR + after, encoding="utf-8")


def faults(root: Path) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        load_settings(root)
    assert refused.value.message == "\n".join(refused.value.fields["faults"])
    assert "pydantic" not in refused.value.message
    return list(refused.value.fields["faults"])

"""The setting of whose pages may carry the chat: origins as browsers write them, or no start."""

from pathlib import Path

import pytest

from hotline.settings import load_settings
from tests.core.settings_file import faults, written


def with_origin(root: Path, origin: str) -> None:
    written(root, after=f"[widget]\norigins = [{origin!r}]\n")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://portal.example", "https://portal.example"),
        ("https://Portal.Example:443", "https://portal.example"),
        ("https://portal.example:8443", "https://portal.example:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:3000", "http://[::1]:3000"),
    ],
)
def test_an_origin_is_kept_as_browsers_write_it(tmp_path: Path, given: str, kept: str) -> None:
    with_origin(tmp_path, given)
    assert load_settings(tmp_path).widget.origins == (kept,)


def test_by_default_nobodys_page_may(tmp_path: Path) -> None:
    written(tmp_path)
    assert load_settings(tmp_path).widget.origins == ()


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://portal.example", "https; http for localhost, 127.0.0.1, [::1] only"),
        ("http://localhost.portal.example", "https; http for localhost"),
        ("https://portal.example/", "an origin: https://host or https://host:port"),
        ("https://portal.example/chat", "an origin: "),
        ("https://*.portal.example", "an origin: "),
        ("https://me@portal.example", "an origin: "),
        ("https://portal.example:0", "an origin: "),
        ("https://portal.example:70000", "an origin: "),
        ("https://", "an origin: "),
        ("portal.example", "an origin: "),
        ("null", "an origin: "),
        ("*", "an origin: "),
        ("", "an origin: "),
        ("https://入口.example", "an origin: "),
    ],
)
def test_what_is_no_origin_stops_the_start(tmp_path: Path, origin: str, allowed: str) -> None:
    with_origin(tmp_path, origin)
    [fault] = faults(tmp_path)
    assert fault.startswith(f"hotline.toml: widget.origins.0 is {origin!r}; allowed: {allowed}")

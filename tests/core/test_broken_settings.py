"""A `hotline.toml` that cannot be read stops every command, with one clear line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[desk\nport = 1", "cannot be read"),
        ("[desk]\nport = 'eighty'", "port"),
        ("[desk]\nporrt = 8080", "porrt"),
        ("[hours]\nmon = ['17:00-09:00']", "mon"),
        ("env = 'staging'", "env"),
    ],
)
def test_a_broken_hotline_toml_stops_every_command_with_one_clear_line(
    tmp_path: Path, toml: str, told: str
) -> None:
    for part in ("hotline", "wording", "domain.yml"):
        (tmp_path / part).symlink_to(ROOT / part)
    vendor = (ROOT / "hotline.toml").read_text(encoding="utf-8")
    vendor = vendor[vendor.index("[vendor]") : vendor.index("[hours]")]
    (tmp_path / "hotline.toml").write_text(f"{toml}\n{vendor}", encoding="utf-8")
    ours = {name for name in os.environ if name.startswith("HOTLINE_")}
    done = subprocess.run(
        [sys.executable, "-m", "hotline.cli", "tickets", "list"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name not in ours},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("hotline: ")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1

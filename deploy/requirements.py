"""`make requirements`: renew the pinned and hashed requirements from their `.in` files, by uv."""

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
# The engine is tied to one Python; the app's files hold for all that it supports.
WISHES = {
    "engine": ("--python-version", "3.10"),
    "app": ("--python-version", "3.11", "--universal"),
    "test": ("--python-version", "3.11", "--universal"),
    "bench": ("--python-version", "3.10"),
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv") or _install_uv(Path(folder))
        for name, wishes in WISHES.items():
            print(f"requirements/{name}.txt", flush=True)
            command = [uv, "pip", "compile", f"requirements/{name}.in", "--upgrade"]
            command += ["-o", f"requirements/{name}.txt", *wishes, "--generate-hashes"]
            command += ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url"]
            subprocess.run(command, cwd=ROOT, check=True)
    return 0


def _install_uv(folder: Path) -> str:
    venv.create(folder, with_pip=True)
    subprocess.run([str(folder / "bin/pip"), "install", "--quiet", "uv"], check=True)
    return str(folder / "bin/uv")


if __name__ == "__main__":
    sys.exit(main())

"""`make check`: style, types, training data, dependencies; runs all, then tells what failed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from deploy import pins

ROOT = Path(__file__).parent.parent
APP, ENGINE = ROOT / ".venv/app/bin", ROOT / ".venv/engine/bin"
TYPED_IN_APP = (
    "wording",
    "hotline",
    "actions",
    "desk",
    "deploy",
    "bench/turns.py",
    "bench/claims.py",
    "bench/deadlines.py",
    "bench/knowledge.py",
    "bench/knowledge_chat.py",
    "bench/tickets.py",
    "bench/tickets_filling.py",
    "bench/tickets_invented.py",
    "bench/tickets_loading.py",
    "tests",
)
# The rest of the tests' programs run under the engine's interpreter.
ENGINE_TESTS = (
    "tests/bot/channel_as_json.py",
    "tests/bot/serve_channel.py",
    "tests/bot/store_as_json.py",
    "tests/nlu/classifier_as_json.py",
    "tests/nlu/components_as_json.py",
    "tests/nlu/tagger_as_json.py",
)
TYPED_IN_ENGINE = (
    "bot",
    "bench/fewer_colours.py",
    "bench/nlu.py",
    "bench/nlu_data.py",
    "bench/nlu_diet.py",
    "bench/nlu_entities.py",
    "bench/nlu_models.py",
    "bench/nlu_pictures.py",
    "bench/nlu_questions.py",
    "bench/nlu_textcat.py",
    *ENGINE_TESTS,
)
_RASA_FAULTS = ("ERROR", "Project validation completed with errors")


def main() -> int:
    checks: dict[str, Callable[[], str]] = {
        "style": lambda: _run(APP / "ruff", "check", "."),
        "format": lambda: _run(APP / "ruff", "format", "--check", "."),
        "types": lambda: _run(APP / "mypy", *TYPED_IN_APP, "--exclude", "|".join(ENGINE_TESTS)),
        "types, engine": lambda: _run(
            APP / "mypy",
            "--python-executable",
            str(ENGINE / "python"),
            "--python-version",
            "3.10",
            *TYPED_IN_ENGINE,
        ),
        "training data": _training_data,
        "articles": lambda: _run(APP / "hotline", "articles", "check"),
        "dependencies": lambda: "\n".join(pins.faults(ROOT)),
    }
    failed = 0
    for name, check in checks.items():
        began = time.monotonic()
        fault = check()
        verdict = "failed" if fault else "ok"
        print(f"{name:<16} {verdict:<7} {time.monotonic() - began:5.1f} s", flush=True)
        if fault:
            failed += 1
            print(fault)
    return 1 if failed else 0


def _run(program: Path, *arguments: str) -> str:
    """What the program said if it failed, else nothing."""
    done = subprocess.run(
        [str(program), *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def _training_data() -> str:
    """`rasa data validate`, whose exit code alone hides what it found."""
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(
        [str(ENGINE / "python"), "-m", "rasa", "data", "validate", "--fail-on-warnings"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    said = done.stdout + done.stderr
    wrong = done.returncode or any(fault in said for fault in _RASA_FAULTS)
    return said[-4000:] if wrong else ""


if __name__ == "__main__":
    sys.exit(main())

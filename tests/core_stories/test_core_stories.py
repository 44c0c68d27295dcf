"""The rules, walked through: `rasa test core` on the stories of this folder, and none left out."""

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml

from deploy.line import ENGINE, ROOT

STORIES = Path(__file__).parent / "test_stories.yml"
Step = dict[str, Any]


def test_every_story_goes_as_the_rules_say(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(ENGINE), "-m", "rasa", "test", "core", "--model", "models", "--stories", str(STORIES),
         "--out", str(tmp_path), "--fail-on-prediction-errors", "--no-plot"],
        cwd=ROOT,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )  # fmt: skip
    failed = tmp_path / "failed_test_stories.yml"
    wrong = failed.read_text(encoding="utf-8")[-3000:] if failed.is_file() else ""
    assert done.returncode == 0, f"{wrong}\n{(done.stdout + done.stderr)[-3000:]}"


def test_every_rule_is_walked() -> None:
    rules = yaml.safe_load((ROOT / "data/rules/rules.yml").read_text(encoding="utf-8"))["rules"]
    stories = yaml.safe_load(STORIES.read_text(encoding="utf-8"))["stories"]
    walked = [_walk(story["steps"]) for story in stories]
    assert [rule["rule"] for rule in rules if not _is_walked(rule, walked)] == []


def _walk(steps: list[Step]) -> list[str]:
    """The steps in a line each; before each intent, whether a form is under way."""
    line, form = [], False
    for step in steps:
        if "intent" in step:
            line += [f"in a form: {form}", f"intent {step['intent']}"]
        elif "action" in step:
            line.append(f"action {step['action']}")
        elif "slot_was_set" in step:
            line.append(f"set {step['slot_was_set']}")
        if "active_loop" in step:
            form = bool(step["active_loop"])
    return line


def _is_walked(rule: Step, stories: list[list[str]]) -> bool:
    steps = [step for step in rule["steps"] if not set(step) <= {"active_loop"}]
    wanted = _walk(steps)
    if "intent" in steps[0]:
        in_form = any(c.get("active_loop") for c in rule.get("condition", ()))
        wanted[0] = f"in a form: {in_form}"
    length = len(wanted)
    return any(
        story[start : start + length] == wanted
        for story in stories
        for start in range(len(story) - length + 1)
    )

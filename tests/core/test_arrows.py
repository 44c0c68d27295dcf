"""The tree is the architecture: who may import whom, and where sentences for people live."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
OURS = ("wording", "bot", "actions", "hotline", "desk")
ALLOWED = {
    "wording": {"wording"},
    "bot": {"bot", "wording"},
    "hotline": {"hotline", "wording"},
    "actions": {"actions", "hotline", "wording"},
    "desk": {"desk", "hotline", "wording"},
}
# Rules are pure: the standard library, `wording`, and each other.
RULES = (
    "hotline/errors.py",
    "hotline/access_codes/heard.py",
    "hotline/access_codes/rules.py",
    "hotline/calendar/days.py",
    "hotline/calendar/plan.py",
    "hotline/calendar/rules.py",
    "hotline/deadlines/counting.py",
    "hotline/deadlines/rules.py",
    "hotline/hand_off/rules.py",
    "hotline/imports/checks.py",
    "hotline/imports/outcome.py",
    "hotline/imports/readers.py",
    "hotline/imports/tables.py",
    "hotline/partners/records.py",
    "hotline/partners/vocabulary.py",
    "hotline/permissions.py",
    "hotline/rota/rules.py",
    "hotline/staff/rules.py",
    "hotline/tickets/audience.py",
    "hotline/tickets/kinds.py",
    "hotline/tickets/moves.py",
    "hotline/tickets/draft.py",
    "hotline/tickets/intake.py",
    "hotline/tickets/noting.py",
    "hotline/tickets/questions.py",
    "hotline/tickets/correcting.py",
    "hotline/tickets/wish_order.py",
)
# Said to somebody whose language we do not know: each of its variations speaks both.
FOR_ANYBODY = "utter_only_two_languages"
_HAN = re.compile(r"[\u3400-\u9fff]")


def files_of(package: str) -> list[Path]:
    return sorted(
        file for file in (ROOT / package).rglob("*.py") if "migrations/versions" not in str(file)
    )


def imports_of(file: Path) -> Iterator[str]:
    """The full names of all modules that `file` imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file} imports relatively"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("package", OURS)
def test_a_package_imports_only_those_below_it(package: str) -> None:
    used = {name.partition(".")[0] for file in files_of(package) for name in imports_of(file)}
    assert used & {*OURS, "deploy", "bench", "tests"} <= ALLOWED[package]


def test_wording_is_the_standard_library_only() -> None:
    used = {name.partition(".")[0] for file in files_of("wording") for name in imports_of(file)}
    assert used - {"wording"} <= sys.stdlib_module_names


def test_the_core_knows_neither_the_engine_nor_the_web() -> None:
    used = {name.partition(".")[0] for file in files_of("hotline") for name in imports_of(file)}
    assert not used & {"rasa", "rasa_sdk", "aiohttp", "jinja2", "spacy"}


@pytest.mark.parametrize("rule", RULES)
def test_rules_import_only_the_standard_library_wording_and_rules(rule: str) -> None:
    rules = {module_of(ROOT / other) for other in RULES}
    for name in imports_of(ROOT / rule):
        top = name.partition(".")[0]
        pure = top in sys.stdlib_module_names or top == "wording"
        assert pure or name in rules or name.rpartition(".")[0] in rules, name


@pytest.mark.parametrize("package", OURS)
def test_no_module_imports_itself_around_a_corner(package: str) -> None:
    files = files_of(package)
    modules = {module_of(file) for file in files}
    graph = {module_of(file): {*imports_of(file)} & modules - {module_of(file)} for file in files}
    # A package's own docstring module is imported by `from package import part`.
    for module, used in graph.items():
        used -= {name for name in used if any(other.startswith(f"{name}.") for other in used)}
        used.discard(module.rpartition(".")[0])
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("package", ["actions", "desk", "hotline"])
def test_no_sentence_for_people_stands_in_python(package: str) -> None:
    """Chinese strings live in the domain and the catalogues; comments may quote an example."""
    found = []
    for file in files_of(package):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        quoted = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        found += [
            f"{file.relative_to(ROOT)}:{node.lineno}: {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in quoted
            and _HAN.search(node.value)
        ]
    assert found == []


def payloads_of(variation: dict[str, Any]) -> list[str]:
    return [button["payload"] for button in variation.get("buttons", [])]


def test_every_response_of_the_domain_speaks_both_languages_alike() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    for name, variations in responses.items():
        spoken = {}
        for variation in variations:
            conditions = {c["name"]: c["value"] for c in variation.get("condition", [])}
            spoken[conditions.get("language", "zh-TW")] = variation
        assert set(spoken) == {"zh-TW", "en"}, name
        chinese, english = spoken["zh-TW"], spoken["en"]
        # "queue_first" is the queue's name as a sentence begins with it.
        blanks = [
            {blank.removesuffix("_first") for blank in re.findall(r"\{(\w+)\}", v["text"])}
            for v in (chinese, english)
        ]
        assert blanks[0] == blanks[1], name
        # Words that a button stands for differ, what it commands does not.
        commands = [
            [p if p.startswith(("/", "desk:")) else "words" for p in payloads_of(v)]
            for v in (chinese, english)
        ]
        assert commands[0] == commands[1], name
        assert _HAN.search(chinese["text"]) or "{" in chinese["text"], name
        if name == FOR_ANYBODY:
            continue
        titles = [button["title"] for button in english.get("buttons", [])]
        assert not _HAN.search(" ".join([english["text"], *titles])), name

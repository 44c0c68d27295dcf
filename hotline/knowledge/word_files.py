"""The two lists beside the articles: ways of saying one thing, and questions without an answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from hotline.knowledge.reading import Fault
from hotline.yaml_files import parsed

SYNONYMS = "synonyms.yml"
UNANSWERED = "unanswered.yml"


def read_synonyms(path: Path, name: str) -> tuple[list[Sequence[str]], list[Fault]]:
    """Groups of words; none, with a fault, where the file is no list of lists."""
    groups, faults = _read(path, name)
    if not all(isinstance(group, list) and group and _are_texts(group) for group in groups):
        return [], [Fault(name, 1, "is a list of lists of words")]
    return groups, faults


def read_unanswered(path: Path, name: str) -> tuple[list[str], list[Fault]]:
    """Questions; none, with a fault, where the file is no list of texts."""
    questions, faults = _read(path, name)
    if not _are_texts(questions):
        return [], [Fault(name, 1, "is a list of questions")]
    return questions, faults


def _read(path: Path, name: str) -> tuple[list[Any], list[Fault]]:
    """What a file lists; one that is not there lists nothing."""
    try:
        written = parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as failure:
        mark = getattr(failure, "problem_mark", None)
        return [], [Fault(name, mark.line + 1 if mark else 1, "cannot be read as YAML")]
    if written is None:
        return [], []
    return (written, []) if isinstance(written, list) else ([], [Fault(name, 1, "is no list")])


def _are_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)

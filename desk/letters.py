"""A letter's parts laid out twice: as text and as plain HTML that loads nothing from anywhere."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from hotline.notices.parts import Parts


def laid_out(parts: Parts) -> tuple[str, str]:
    """As text and as HTML."""
    templates = _environment()
    return (
        templates.get_template("letter.txt").render(letter=parts),
        templates.get_template("letter.html").render(letter=parts),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates") / "mail"),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

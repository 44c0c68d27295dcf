"""An article's Markdown as HTML for a page, and as plain text for a bubble of the chat.

HTML in an article is text, not markup; what the renderer writes goes through a list of what is
allowed all the same.
"""

from collections.abc import Callable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from wording.tokens import has_cjk

ARTICLE = "article:"

_TAGS = {
    "p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "h2", "h3", "h4", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "a", "hr",
}  # fmt: skip
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_MARKDOWN.validateLink = lambda url: url.startswith(ARTICLE)  # type: ignore[method-assign]
# Between the name of a column and its value, between two of them, and around them all.
_CHINESE, _ENGLISH = ("：", "；", "（", "）"), (": ", "; ", " (", ")")
_NOTHING = ("", "-", "–", "—")


def to_html(text: str, address: Callable[[str], str | None]) -> str:
    """Safe HTML; `address` says where the article with an id is found, None leaves its words."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        return address(value.removeprefix(ARTICLE)) if (tag, name) == ("a", "href") else value

    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=attribute,
        url_schemes={"article"},
        link_rel=None,
    )


def to_plain(text: str) -> str:
    """The same to be read in a bubble: lists keep their signs, links are their words."""
    tree = SyntaxTreeNode(_MARKDOWN.parse(text))
    blocks = ["\n".join(_lines(block)) for block in tree.children]
    return "\n\n".join(block for block in blocks if block.strip())


def _lines(block: SyntaxTreeNode) -> Iterator[str]:
    if block.type in ("bullet_list", "ordered_list"):
        number = int(block.attrs.get("start", 1)) if block.type == "ordered_list" else None
        for item in block.children:
            sign = "・" if number is None else f"{number}. "
            first, *rest = [line for child in item.children for line in _lines(child)] or [""]
            yield sign + first
            yield from (f"　{line}" for line in rest)
            number = None if number is None else number + 1
    elif block.type == "table":
        yield from _rows(block)
    elif block.type == "inline":
        yield from _words(block).splitlines()
    elif block.children:
        for child in block.children:
            yield from _lines(child)
    else:
        yield from block.content.rstrip("\n").splitlines()


def _rows(table: SyntaxTreeNode) -> Iterator[str]:
    """Each row as its first cell, and behind it the others that say something, by their columns."""
    rows = [
        [_words(cell) for cell in row.children] for part in table.children for row in part.children
    ]
    head, *body = rows
    colon, comma, opened, closed = _CHINESE if has_cjk("".join(head)) else _ENGLISH
    for first, *rest in body:
        said = [
            f"{name}{colon}{value}"
            for name, value in zip(head[1:], rest, strict=False)
            if value not in _NOTHING
        ]
        yield f"・{first}{opened}{comma.join(said)}{closed}" if said else f"・{first}"


def _words(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.children:
        return "".join(_words(child) for child in node.children)
    return node.content

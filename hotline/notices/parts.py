"""What a letter says, in parts; how they look as text and as HTML is the desk's matter."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Quote:
    who: str
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@dataclass(frozen=True)
class Parts:
    """What a letter says. `url` and `choices_url` are "" where there is no page to lead to."""

    language: str
    subject: str
    paragraphs: tuple[str, ...]
    quotes: tuple[Quote, ...]
    url: str
    url_words: str
    choices_url: str
    choices_words: str
    sign: str
    how_to_answer: str
    is_answerable: bool


# As text and as HTML.
LayOut = Callable[[Parts], tuple[str, str]]

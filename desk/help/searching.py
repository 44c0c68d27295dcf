"""A search of the help centre: the assistant's own ranking and judgement, with more to choose."""

from dataclasses import dataclass

from desk.inputs import one_line
from hotline.core import Hotline
from hotline.knowledge import asking
from hotline.knowledge.articles import Article, Reader
from hotline.knowledge.deciding import REFUSE

LONGEST = 200
_MOST, _MOST_PERHAPS = 10, 5
# What comes less near than half as near as the best only fills the list.
_LEAST_OF_BEST = 0.5


@dataclass(frozen=True)
class Found:
    """The articles, best first; where none answers, those that come nearest."""

    is_answered: bool
    articles: tuple[Article, ...]


def words_of(said: str) -> str:
    """What is searched for; of more than anybody asks the beginning."""
    return one_line(said, LONGEST)


def search(hotline: Hotline, reader: Reader, words: str) -> Found:
    """Among what this reader may see today. Blocks while an index is made: ask in a thread."""
    is_answered = asking.decided(hotline, reader, words).kind != REFUSE
    index = hotline.library.index(asking.readable(hotline, reader))
    ranked = index.rank(words, _MOST if is_answered else _MOST_PERHAPS).ranked
    if is_answered:
        ranked = [one for one in ranked if one.score >= _LEAST_OF_BEST * ranked[0].score]
    return Found(is_answered, tuple(one.article for one in ranked))

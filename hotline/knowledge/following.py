"""A question on what was just answered: the passage of the same article that speaks of it. Pure."""

from hotline.knowledge.articles import Wording
from hotline.knowledge.markdown import to_plain
from hotline.knowledge.terms import Synonyms, normal, terms, terms_of_question
from wording.elliptic import tells

_MOST_LINES = 4
_TELLING = 2  # shared terms that a time is worth, where a time is asked for


def passage(wording: Wording, question: str, synonyms: Synonyms) -> str | None:
    """The lines of the full answer that have most of what is asked; None where none has any."""
    asked, cue = set(terms_of_question(question, synonyms)), tells(question)
    lines = [line for line in to_plain(wording.answer).splitlines() if line.strip()]
    shared = [
        len(asked & set(terms(normal(line), synonyms)))
        + (_TELLING if cue is not None and cue.search(normal(line)) else 0)
        for line in lines
    ]
    most = max(shared, default=0)
    if not most:
        return None
    fitting = [line for line, number in zip(lines, shared, strict=True) if number == most]
    return "\n".join(fitting[:_MOST_LINES])

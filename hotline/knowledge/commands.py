"""`hotline ask` and `hotline articles`: what the articles say, and what is wrong with them."""

from argparse import Namespace
from typing import Any

from hotline.core import Hotline, open_hotline
from hotline.errors import BadInput, NotFound
from hotline.knowledge import asking
from hotline.knowledge.articles import Reader
from hotline.knowledge.deciding import REFUSE, Decision
from hotline.knowledge.library import Library
from hotline.knowledge.markdown import to_plain
from hotline.knowledge.naming import known_to
from hotline.knowledge.ranking import Ranked
from hotline.partners.service import contact_by_email
from hotline.settings import load_settings
from wording.language import language_of

_MOST = 5


async def ask(arguments: Namespace) -> Any:
    """The ranking of a question for everyone, or for a contact; nothing is written down."""
    async with open_hotline(load_settings()) as hotline:
        reader = await _reader(hotline, arguments.email)
        decision = asking.decided(hotline, reader, arguments.question)
        language = language_of(arguments.question, "zh-TW")
        if arguments.json:
            return {
                "answerable": decision.kind != REFUSE,
                "results": [_result(hotline, one, language) for one in decision.ranked[:_MOST]],
            }
        return "\n".join(_told(hotline, decision, language))


def check(arguments: Namespace) -> str:
    """How many articles there are, if nothing is wrong with any of them or with their words."""
    settings = load_settings()
    shelf = Library(settings.knowledge_dir, known_to(settings)).shelf()
    if shelf.faults:
        raise BadInput("\n".join(map(str, shelf.faults)))
    return f"{len(shelf.articles)} articles, no faults"


async def _reader(hotline: Hotline, email: str | None) -> Reader:
    if email is None:
        return Reader()
    async with hotline.database.read() as session:
        contact = await contact_by_email(session, email)
    if contact is None:
        raise NotFound(f"no contact has the address {email}")
    return asking.reader_of(contact)


def _result(hotline: Hotline, one: Ranked, language: str) -> dict[str, Any]:
    said = asking.wording(hotline, one.article, language)
    return {
        "topic": one.article.topic,
        "article": one.article.id,
        "title": said.title,
        "score": round(one.score, 4),
        "short": said.short,
        "answer": to_plain(said.answer),
    }


def _told(hotline: Hotline, decision: Decision, language: str) -> list[str]:
    lines = [f"{decision.kind}, certainty {decision.certainty:.2f}"]
    for one in decision.ranked[:_MOST]:
        said = asking.wording(hotline, one.article, language)
        parts = ", ".join(f"{name} {value:.2f}" for name, value in one.parts.items())
        lines.append(f"{one.score:5.2f}  {one.article.id}  {said.title}")
        lines.append(f"       {parts}")
    return lines

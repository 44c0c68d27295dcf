"""A partner's question: which articles answer it, for this reader, on this day; and a note of it.

What a reader may not see and what does not hold today is not ranked at all, so that no answer, no
score and no "which one" tells that it exists.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.service import Conversation
from hotline.core import Hotline
from hotline.knowledge.articles import Article, Reader, Wording
from hotline.knowledge.deciding import ANSWER, OFFER, REFUSE, Decision, decide
from hotline.knowledge.rows import TEXT_CHARS, QuestionRow
from hotline.knowledge.terms import terms_of_question
from hotline.partners.service import Contact
from wording.sentences import fill

# How certain an answer must be that is given to what was not taken for a question: where somebody
# asks how or when, and where nothing was understood. `make knowledge-chat` tells what comes of it.
LIKELY, SURE = 0.9, 0.99
# A message of fewer terms says too little to be certain of: 「那個東西」.
LEAST_TERMS = 6
_STILL_SPOKEN_OF = timedelta(minutes=30)


@dataclass(frozen=True)
class Asked:
    """What came of a question: the one article, those to choose from, or none."""

    outcome: str
    articles: tuple[Article, ...]


def reader_of(contact: Contact | None) -> Reader:
    if contact is None:
        return Reader()
    return Reader(is_partner=True, types=frozenset(contact.types), tier=contact.tier)


def readable(hotline: Hotline, reader: Reader) -> dict[str, Article]:
    """The articles that `reader` may see today, by id."""
    return hotline.library.shelf().readable(reader, hotline.today())


def decided(hotline: Hotline, reader: Reader, question: str) -> Decision:
    """What would be said to `question`; nothing is written down."""
    return decide(hotline.library.index(readable(hotline, reader)).rank(question))


async def ask(hotline: Hotline, conversation: Conversation, question: str) -> Asked:
    """Answer, offer or refuse, and keep the question for whoever writes articles."""
    # In a thread: after an article was edited the index is made anew, which takes its time.
    reader = reader_of(conversation.contact)
    decision = await asyncio.to_thread(decided, hotline, reader, question)
    return await _kept(hotline, conversation, question, decision)


async def surely(
    hotline: Hotline, conversation: Conversation, question: str, least: float
) -> Asked | None:
    """What answers with a certainty of `least`; then, and only then, the question is kept."""
    reader = reader_of(conversation.contact)
    decision = await asyncio.to_thread(decided, hotline, reader, question)
    if decision.kind == REFUSE or decision.certainty < least:
        return None
    return await _kept(hotline, conversation, question, decision)


def says_enough(hotline: Hotline, question: str) -> bool:
    """Whether a message that nobody understood has words enough to be taken for a question."""
    terms = terms_of_question(question, hotline.library.shelf().synonyms)
    return len(terms) >= LEAST_TERMS


async def chosen(hotline: Hotline, conversation: Conversation, article_id: str) -> Article | None:
    """The article that a button names, if this reader may see it; it is what was meant."""
    article = readable(hotline, reader_of(conversation.contact)).get(article_id)
    if article is None:
        return None
    async with hotline.database.write() as session:
        row = await _last(session, conversation.id)
        if row is not None and row.outcome == OFFER and row.article is None:
            row.article = article.id
    return article


async def note_helped(hotline: Hotline, conversation: Conversation, helped: bool) -> None:
    """Whether the last answer helped; said again, the last word counts."""
    async with hotline.database.write() as session:
        row = await _last(session, conversation.id)
        if row is not None:
            row.helped = helped


async def spoken_of(hotline: Hotline, conversation: Conversation) -> Article | None:
    """The article that was shown last, if that is not long ago."""
    async with hotline.database.read() as session:
        row = await _last(session, conversation.id)
    if row is None or row.article is None or hotline.now() - row.asked_at > _STILL_SPOKEN_OF:
        return None
    return readable(hotline, reader_of(conversation.contact)).get(row.article)


async def last_question(hotline: Hotline, conversation: Conversation) -> str:
    """The words of the last question; none where none was asked."""
    async with hotline.database.read() as session:
        row = await _last(session, conversation.id)
    return row.text if row else ""


async def note_follow_up(
    hotline: Hotline, conversation: Conversation, question: str, article: Article
) -> None:
    """A question that a passage of the article spoken of has answered."""
    await _note(hotline, conversation, question, ANSWER, 1.0, article.id)


def wording(hotline: Hotline, article: Article, language: str) -> Wording:
    """The article's words with what differs between hotlines filled in."""
    values = placeholders(hotline, language)
    written = article.wordings[language]
    return Wording(
        title=fill(written.title, values.__getitem__),
        label=written.label,
        short=fill(written.short, values.__getitem__),
        answer=fill(written.answer, values.__getitem__),
        questions=written.questions,
    )


def placeholders(hotline: Hotline, language: str) -> Mapping[str, str]:
    """What stands for {vendor}, {toll_free}, {hardware_line} and {hours} at this moment."""
    vendor = hotline.settings.vendor
    return {
        "vendor": vendor.name(language),
        "toll_free": vendor.toll_free,
        "hardware_line": vendor.hardware_line,
        "hours": hotline.words.weekly(language),
    }


async def _kept(
    hotline: Hotline, conversation: Conversation, question: str, decision: Decision
) -> Asked:
    articles = tuple(one.article for one in decision.shown)
    shown = articles[0].id if decision.kind == ANSWER else None
    await _note(hotline, conversation, question, decision.kind, decision.certainty, shown)
    return Asked(decision.kind, articles)


async def _note(
    hotline: Hotline,
    conversation: Conversation,
    question: str,
    outcome: str,
    certainty: float,
    article: str | None,
) -> None:
    async with hotline.database.write() as session:
        session.add(
            QuestionRow(
                conversation_id=conversation.id,
                text=question[:TEXT_CHARS],
                language=conversation.language,
                outcome=outcome,
                article=article,
                certainty=round(certainty, 4),
                asked_at=hotline.now(),
            )
        )


async def _last(session: AsyncSession, conversation_id: str) -> QuestionRow | None:
    found: QuestionRow | None = await session.scalar(
        select(QuestionRow)
        .where(QuestionRow.conversation_id == conversation_id)
        .order_by(QuestionRow.id.desc())
        .limit(1)
    )
    return found

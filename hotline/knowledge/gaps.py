"""What partners asked and no article answered well, grouped so that one article may close a gap."""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.core import Hotline
from hotline.errors import BadInput
from hotline.journal import write_entry
from hotline.knowledge.deciding import REFUSE
from hotline.knowledge.library import Shelf
from hotline.knowledge.rows import QuestionRow
from hotline.knowledge.terms import Synonyms, terms_of_question
from hotline.staff.service import Staff

MOST_QUESTIONS = 500  # the newest that are looked at
ANSWERED, NOT_OURS = "answered", "not_ours"
REASONS = (ANSWERED, NOT_OURS)

# Two questions are alike from here on: among some hundred of several hands above it are those about
# one thing, from 0.45 on little but the same words, below 0.3 whatever shares a word.
_ALIKE = 0.37
_SYNONYM = 1.5  # what a term weighs that stands for all ways of saying something
_IS_OPEN = (
    QuestionRow.done_at.is_(None),
    or_(QuestionRow.outcome == REFUSE, QuestionRow.helped.is_(False)),
)


@dataclass(frozen=True)
class Question:
    """One that was refused (`article` is None), or whose answer or offer did not help.

    `asker` is the contact, or the conversation of whoever is not known.
    """

    id: int
    conversation_id: str
    asker: str
    text: str
    language: str
    asked_at: datetime
    is_refused: bool
    article: str | None = None


@dataclass(frozen=True)
class Gap:
    """Questions that are alike, the newest first."""

    questions: tuple[Question, ...]

    @property
    def askers(self) -> int:
        return len({question.asker for question in self.questions})

    @property
    def since(self) -> datetime:
        return self.questions[-1].asked_at

    @property
    def last(self) -> datetime:
        return self.questions[0].asked_at

    @property
    def refused(self) -> int:
        """How many had no answer at all."""
        return sum(question.is_refused for question in self.questions)

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of those that did not help."""
        found = (question.article for question in self.questions)
        return tuple(dict.fromkeys(article for article in found if article))


def grouped(questions: Iterable[Question], shelf: Shelf) -> list[Gap]:
    """The gaps, most askers first, then the newest. Pure.

    Each question, in the order of asking, joins the one that it is most like, or begins a gap.
    """
    in_order = sorted(questions, key=lambda question: (question.asked_at, question.id))
    terms = [_terms(question.text, shelf.synonyms) for question in in_order]
    likeness = _likeness(terms, shelf.unanswered)
    having: dict[str, list[int]] = {}
    of_question: list[list[Question]] = []
    gaps: list[list[Question]] = []
    for at, question in enumerate(in_order):
        others = {other for term in terms[at] for other in having.get(term, ())}
        near, best = max(((likeness(at, other), other) for other in others), default=(0.0, 0))
        if near >= _ALIKE:
            gap = of_question[best]
        else:
            gaps.append(gap := [])
        gap.append(question)
        of_question.append(gap)
        for term in terms[at]:
            having.setdefault(term, []).append(at)
    found = [Gap(tuple(reversed(gap))) for gap in gaps]
    return sorted(found, key=lambda gap: (gap.askers, gap.last), reverse=True)


async def open_gaps(hotline: Hotline, session: AsyncSession) -> list[Gap]:
    """Those that nobody has seen to."""
    rows = await session.execute(
        select(QuestionRow, ConversationRow.contact_id)
        .join(ConversationRow, ConversationRow.id == QuestionRow.conversation_id)
        .where(*_IS_OPEN)
        .order_by(QuestionRow.id.desc())
        .limit(MOST_QUESTIONS)
    )
    questions = [_question(row, contact_id) for row, contact_id in rows]
    return await asyncio.to_thread(grouped, questions, hotline.library.shelf())


async def gap_with(hotline: Hotline, session: AsyncSession, question_id: int) -> Gap | None:
    """The gap that this question is in now."""
    gaps = await open_gaps(hotline, session)
    return next((gap for gap in gaps if question_id in {it.id for it in gap.questions}), None)


async def mark_done(
    hotline: Hotline, staff: Staff, question_ids: Collection[int], reason: str
) -> int:
    """`staff` has seen to these questions; how many that nobody had seen to before.

    What was asked since the list was looked at stays open; said twice, the second is nothing.
    """
    if reason not in REASONS:
        raise BadInput("there is no such reason", field="reason")
    async with hotline.database.write() as session:
        now = hotline.now()
        rows = await session.scalars(
            update(QuestionRow)
            .where(QuestionRow.id.in_(sorted(question_ids)[:MOST_QUESTIONS]), *_IS_OPEN)
            .values(staff_id=staff.id, done_at=now)
            .returning(QuestionRow.id)
        )
        done = sorted(rows)
        if done:
            actor = f"staff:{staff.id}"
            await write_entry(session, now, "gap.done", actor, questions=done, reason=reason)
        return len(done)


@lru_cache(maxsize=2 * MOST_QUESTIONS)
def _terms(text: str, synonyms: Synonyms) -> frozenset[str]:
    """Some milliseconds for each; most are the same as when the gaps were looked at before."""
    return frozenset(terms_of_question(text, synonyms))


def _likeness(
    terms: Sequence[frozenset[str]], heard_before: Sequence[Sequence[str]]
) -> Callable[[int, int], float]:
    """What two of them share of their weight, by the geometric mean of both: a long question may
    be like a short one. What few people say tells more than what many do."""
    counts = Counter(term for asked in (*terms, *map(set, heard_before)) for term in asked)
    total = len(terms) + len(heard_before)
    weights = {
        term: math.log(1 + total / count) * (_SYNONYM if term.startswith("=") else 1)
        for term, count in counts.items()
    }
    masses = [sum(weights[term] for term in asked) for asked in terms]

    def of(one: int, other: int) -> float:
        common = sum(weights[term] for term in terms[one] & terms[other])
        return common / math.sqrt(masses[one] * masses[other])

    return of


def _question(row: QuestionRow, contact_id: int | None) -> Question:
    return Question(
        id=row.id,
        conversation_id=row.conversation_id,
        asker=f"contact {contact_id}" if contact_id else row.conversation_id,
        text=row.text,
        language=row.language,
        asked_at=row.asked_at,
        is_refused=row.outcome == REFUSE,
        article=row.article,
    )

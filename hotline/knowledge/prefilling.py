"""What a draft begins with: a gap's questions, or a ticket that was solved; with nobody in it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow, MessageRow
from hotline.core import Hotline
from hotline.errors import Conflict
from hotline.knowledge.articles import LANGUAGES
from hotline.knowledge.gaps import Gap
from hotline.knowledge.reading import SHORT_CHARACTERS, SHORT_LINES
from hotline.knowledge.writing import Draft, Text, one_line
from hotline.partners.rows import ContactRow
from hotline.privacy.marks import MASK
from hotline.privacy.masking import Names, masked
from hotline.settings import QUEUES
from hotline.staff import service as staff_service
from hotline.staff.rules import ANY_QUEUE
from hotline.tickets.ticket import Ticket
from wording.language import language_of

SOLVED_STATES = ("resolved", "closed")
_MOST_QUESTIONS = 40
_MOST_QUESTION_CHARS = 200
_COMPANY_FACTS = ("company", "customer")


def empty(hotline: Hotline) -> Draft:
    today = hotline.today().isoformat()
    return Draft(owner=ANY_QUEUE, valid_from=today, updated=today)


async def from_gap(hotline: Hotline, session: AsyncSession, gap: Gap) -> Draft:
    """The questions in the words of whoever asked, with the owner of what did not help."""
    conversations = await session.scalars(
        select(ConversationRow).where(
            ConversationRow.id.in_({question.conversation_id for question in gap.questions})
        )
    )
    contacts = [row.contact for row in conversations if row.contact is not None]
    names = await _names(session, contacts)
    asked: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for question in gap.questions:
        language = language_of(question.text, "en" if question.language == "en" else "zh-TW")
        asked[language].append(masked(question.text, names))
    articles = hotline.library.shelf().articles
    begun = empty(hotline)
    if beside := next((articles[it] for it in gap.articles if it in articles), None):
        begun = replace(begun, topic=beside.topic, owner=beside.owner)
    texts = {language: Text(questions=_questions(asked[language])) for language in LANGUAGES}
    return replace(begun, texts=texts)


async def from_ticket(hotline: Hotline, session: AsyncSession, ticket: Ticket) -> Draft:
    """What was asked and how it was solved, in the ticket's language; Conflict while it is open."""
    if ticket.state not in SOLVED_STATES:
        raise Conflict("the ticket is not solved", state=ticket.state)
    contact = await session.get(ContactRow, ticket.contact.id) if ticket.contact else None
    of_contact = await _names(session, [contact] if contact else [])
    companies = (value for fact in _COMPANY_FACTS if (value := ticket.fact(fact)))
    names = Names(
        (*of_contact.people, ticket.fact("contact") or ""), (*of_contact.companies, *companies)
    )
    solution = ticket.resolution or await _last_reply(session, ticket) or ""
    answer = _without_erased(masked(solution, names))
    description = _without_erased(masked(ticket.description, names))
    subject = _without_erased(masked(ticket.subject, names))
    text = Text(
        title=one_line(subject),
        questions=_questions([description.partition("\n")[0], subject]),
        short=answer if _fits(answer, ticket.language) else "",
        answer=answer,
    )
    owner = ticket.queue if ticket.queue in QUEUES else ANY_QUEUE
    begun = replace(empty(hotline), owner=owner)
    return replace(begun, texts={**begun.texts, ticket.language: text})


async def _names(session: AsyncSession, of: Sequence[ContactRow]) -> Names:
    """Of these contacts, their companies, and all of staff."""
    staff = await staff_service.all_staff(session, also_left=True)
    people = [contact.name for contact in of]
    people += [name for member in staff for name in (member.name, member.name_en)]
    companies = [name for it in of for name in (it.partner.name_zh, it.partner.name_en)]
    return Names(tuple(people), tuple(companies))


async def _last_reply(session: AsyncSession, ticket: Ticket) -> str | None:
    """The last that a colleague said in the ticket's conversation."""
    found: str | None = await session.scalar(
        select(MessageRow.text)
        .where(
            MessageRow.conversation_id == ticket.conversation_id,
            MessageRow.sender == "staff",
            MessageRow.text != "",
        )
        .order_by(MessageRow.seq.desc())
        .limit(1)
    )
    return found


def _questions(asked: Iterable[str]) -> tuple[str, ...]:
    """Each once, on a line; none of somebody who was erased."""
    lines = {one_line(text).casefold(): one_line(text) for text in asked if MASK not in text}
    kept = [line for line in lines.values() if 0 < len(line) <= _MOST_QUESTION_CHARS]
    return tuple(kept[:_MOST_QUESTIONS])


def _without_erased(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if MASK not in line)


def _fits(answer: str, language: str) -> bool:
    lines = answer.splitlines()
    return len(lines) <= SHORT_LINES and len(answer) <= SHORT_CHARACTERS[language]

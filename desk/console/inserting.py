"""What may be put into a reply to a partner, in the partner's language and filled."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.scene import Scene
from desk.console.views import Insert, Inserts, Suggestion
from desk.help.contents import url_of
from hotline.canned.filling import filled, values_for
from hotline.canned.service import all_texts
from hotline.conversations.service import Conversation
from hotline.errors import NotFound
from hotline.knowledge.asking import wording
from hotline.knowledge.suggesting import suggested
from hotline.tickets import queries
from hotline.tickets.ticket import Ticket


async def inserts_for_ticket(
    scene: Scene,
    session: AsyncSession,
    ticket: Ticket,
    language: str,
    url: str,
    insert: tuple[str, str] | None = None,
) -> Inserts:
    """Canned texts whose gaps can all be filled here, and the articles that its words find; in the
    `language` that its partner is spoken to in.

    `insert` is the value of one of them that goes behind what was typed.
    """
    values = values_for(scene.hotline, scene.staff, language, contact=ticket.contact, ticket=ticket)
    articles = []
    for article in await suggested(scene.hotline, ticket):
        said = wording(scene.hotline, article, language)
        short = Insert(f"article:{article.id}", said.title, said.short)
        articles.append(Suggestion(short, language, url_of(article.id)))
    canned = await _canned(scene, session, language, values)
    return _with(Inserts(canned, tuple(articles), url), insert)


async def inserts_for_chat(
    scene: Scene,
    session: AsyncSession,
    chat: Conversation,
    url: str,
    insert: tuple[str, str] | None = None,
) -> Inserts:
    """The same of a live chat; the ticket is the one that was spoken of last."""
    ticket = None
    if chat.last_ticket is not None:
        try:
            ticket = await queries.find(session, chat.last_ticket)
        except NotFound:
            ticket = None
    values = values_for(
        scene.hotline, scene.staff, chat.language, contact=chat.contact, ticket=ticket
    )
    canned = await _canned(scene, session, chat.language, values)
    return _with(Inserts(canned, (), url), insert)


def _with(inserts: Inserts, insert: tuple[str, str] | None) -> Inserts:
    """What was typed stands there with the chosen text behind it; what is unknown adds nothing."""
    if insert is None:
        return inserts
    chosen, typed = insert
    every = (*inserts.canned, *(one.insert for one in inserts.articles))
    text = next((one.text for one in every if one.value == chosen), "")
    return replace(inserts, typed="\n".join(filter(None, (typed, text))))


async def _canned(
    scene: Scene, session: AsyncSession, language: str, values: Mapping[str, str]
) -> tuple[Insert, ...]:
    found = []
    for text in await all_texts(session):
        said = filled(text.text(language), values)
        if said is not None:
            found.append(Insert(f"text:{text.id}", text.title(scene.language), said))
    return tuple(found)

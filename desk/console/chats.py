"""Live conversations as the console lists and shows them."""

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.scene import Scene, initial
from desk.console.timeline import message_item
from desk.console.views import ConversationPage, ConversationRow, ConversationsPage, TicketLink
from hotline.conversations import holding, messages
from hotline.conversations.service import Conversation
from hotline.tickets import queries

_SPEAKERS = {"bot": "assistant", "queue": "queue", "person": "person", "nobody": "nobody"}


async def conversations_page(scene: Scene, session: AsyncSession) -> ConversationsPage:
    """Those who wait (longest first), the reader's own, and what colleagues hold."""
    waiting = await holding.held(session, "queue")
    talking = await holding.held(session, "person")
    mine = [c for c in talking if c.staff and c.staff.id == scene.staff.id]
    others = [c for c in talking if not (c.staff and c.staff.id == scene.staff.id)]
    return ConversationsPage(
        waiting=tuple(
            [
                await chat_row(scene, session, conversation, place)
                for place, conversation in enumerate(waiting, 1)
            ]
        ),
        mine=tuple([await chat_row(scene, session, conversation) for conversation in mine]),
        others=tuple([await chat_row(scene, session, conversation) for conversation in others]),
    )


async def chat_row(
    scene: Scene, session: AsyncSession, conversation: Conversation, place: int = 0
) -> ConversationRow:
    """One conversation in a list, with the partner's last words."""
    said = await messages.recent(session, conversation.id, limit=20)
    last = next((m for m in reversed(said) if m.sender == "partner"), None)
    contact = conversation.contact
    name = contact.name if contact else scene.t("conversation.visitor")
    return ConversationRow(
        id=conversation.id,
        speaker=_SPEAKERS[conversation.holder],  # type: ignore[arg-type]  # the table above
        contact=name,
        company=contact.company(scene.language) if contact else "",
        surname=initial(name),
        words=_holder_words(scene, conversation),
        last_words=last.text if last else "",
        lang=last.language if last else conversation.language,
        url=f"/console/conversations/{conversation.id}",
        may_take=conversation.holder == "queue",
        mine=_is_mine(scene, conversation),
        place=place,
    )


async def conversation_page(
    scene: Scene, session: AsyncSession, conversation: Conversation
) -> ConversationPage:
    """One conversation; colleagues may read along, only its holder may write."""
    said = await messages.messages_after(session, conversation.id, 0)
    tickets = await queries.tickets_of_conversation(session, conversation.id)
    contact, mine = conversation.contact, _is_mine(scene, conversation)
    return ConversationPage(
        id=conversation.id,
        speaker=_SPEAKERS[conversation.holder],  # type: ignore[arg-type]  # the table above
        contact=contact.name if contact else scene.t("conversation.visitor"),
        company=contact.company(scene.language) if contact else "",
        holder_words=_holder_words(scene, conversation),
        timeline=tuple(message_item(scene, m, contact, conversation.id) for m in said),
        may_take=conversation.holder != "person",
        may_give_back=mine,
        may_write=mine,
        tickets=tuple(
            TicketLink(
                ticket.number,
                ticket.subject,
                scene.t(f"state.{ticket.state}"),
                f"/console/tickets/{ticket.number}",
            )
            for ticket in tickets
        ),
        drafts_key=f"conversation:{conversation.id}:{scene.staff.id}",
    )


def _holder_words(scene: Scene, conversation: Conversation) -> str:
    if conversation.holder == "person" and conversation.staff is not None:
        return scene.t("conversation.held_by", name=scene.name(conversation.staff))
    if conversation.holder == "queue":
        minutes = int((scene.now - conversation.held_since).total_seconds() // 60)
        key = "conversation.waited" if minutes else "conversation.waited_short"
        return scene.t(key, n=minutes)
    key = "with_assistant" if conversation.holder == "bot" else "ended"
    return scene.t(f"conversation.{key}")


def _is_mine(scene: Scene, conversation: Conversation) -> bool:
    return conversation.staff is not None and conversation.staff.id == scene.staff.id

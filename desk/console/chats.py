"""Live conversations as the console lists and shows them."""

import math
import uuid
from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.brief import brief_of_chat
from desk.console.inserting import inserts_for_chat
from desk.console.scene import Scene, initial
from desk.console.stretches import Stretch
from desk.console.timeline import in_order, message_item, note_item, withheld_item
from desk.console.views import ConversationPage, ConversationRow, ConversationsPage, HandOn
from hotline.conversations import holding, messages, waits
from hotline.conversations.messages import Message
from hotline.conversations.notes import notes_of
from hotline.conversations.seen import unread_chats
from hotline.conversations.service import Conversation
from hotline.conversations.withheld import withheld_of
from hotline.hand_off.people import loads
from hotline.permissions import HANDLERS
from hotline.settings import QUEUES
from hotline.staff.presence import presences
from hotline.staff.service import staff_by_ids
from hotline.tickets import queries
from hotline.tickets.kinds import KINDS

_SPEAKERS = {"bot": "assistant", "queue": "queue", "person": "person", "nobody": "nobody"}
# Whom a chat that waits is offered to, and that in words.
Offer = tuple[Literal["", "me", "other"], str]
_NO_OFFER: Offer = ("", "")
_WISH, _WISH_BUTTON = "talk_to_human", "desk:human"


async def conversations_page(
    scene: Scene, session: AsyncSession, waiting_count: int
) -> ConversationsPage:
    """Those who wait (longest first), the reader's own, and what colleagues hold.

    `waiting_count` is how many wait, as the page's frame has counted them.
    """
    talking = await holding.held(session, "person")
    unread = await unread_chats(session, scene.staff.id)
    others = [c for c in talking if not _is_mine(scene, c)]
    return ConversationsPage(
        waiting=await waiting_rows(scene, session) if waiting_count else (),
        mine=tuple(
            [
                await chat_row(scene, session, conversation, unread=unread.get(conversation.id, 0))
                for conversation in await holding.held_by(session, scene.staff.id)
            ]
        ),
        others=tuple([await chat_row(scene, session, conversation) for conversation in others]),
        waiting_count=waiting_count,
    )


async def waiting_rows(
    scene: Scene, session: AsyncSession, limit: int = 100
) -> tuple[ConversationRow, ...]:
    """Those who wait for a person, longest first."""
    waiting = await holding.held(session, "queue", limit)
    offers = await _offers(scene, session, [conversation.id for conversation in waiting])
    return tuple(
        [
            await chat_row(scene, session, conversation, place, offers.get(conversation.id))
            for place, conversation in enumerate(waiting, 1)
        ]
    )


async def chat_row(
    scene: Scene,
    session: AsyncSession,
    conversation: Conversation,
    place: int = 0,
    offer: Offer | None = None,
    *,
    unread: int = 0,
) -> ConversationRow:
    """One conversation in a list, with the partner's last words; `offer` of one that waits."""
    said = [
        message
        for message in await messages.recent(session, conversation.id, limit=20)
        if message.sender == "partner"
    ]
    is_waiting = conversation.holder == "queue"
    last = _before_the_wish(said) if is_waiting else said[-1] if said else None
    contact = conversation.contact
    name = contact.name if contact else scene.t("conversation.visitor")
    offered, offered_words = offer or _NO_OFFER
    url = f"/console/conversations/{conversation.id}"
    return ConversationRow(
        id=conversation.id,
        speaker=_SPEAKERS[conversation.holder],  # type: ignore[arg-type]  # the table above
        contact=name,
        company=contact.company(scene.language) if contact else "",
        surname=initial(name),
        words=_holder_words(scene, conversation),
        last_words=last.text if last else "",
        lang=last.language if last else conversation.language,
        url=url,
        may_take=is_waiting,
        mine=_is_mine(scene, conversation),
        place=place,
        unread=unread,
        about=await _about(scene, session, conversation, last) if is_waiting else "",
        offered=offered,
        offered_words=offered_words,
        pass_url=f"{url}/pass" if offered == "me" else "",
    )


async def conversation_page(
    scene: Scene, session: AsyncSession, conversation: Conversation, said: Stretch
) -> ConversationPage:
    """One conversation; colleagues may read along, only its holder may write."""
    tickets = await queries.tickets_of_conversation(session, conversation.id)
    notes = await notes_of(session, conversation.id)
    contact, mine = conversation.contact, _is_mine(scene, conversation)
    url = f"/console/conversations/{conversation.id}"
    items = [message_item(scene, m, contact, conversation.id) for m in said.messages]
    items += [note_item(scene, note, "c") for note in notes if said.has(note.created_at)]
    late = await withheld_of(session, conversation.id)
    items += [withheld_item(scene, one) for one in late if said.has(one.created_at)]
    offers = await _offers(scene, session, [conversation.id])
    offered, offered_words = offers.get(conversation.id, _NO_OFFER)
    return ConversationPage(
        id=conversation.id,
        brief=await brief_of_chat(scene, session, conversation, tickets),
        speaker=_SPEAKERS[conversation.holder],  # type: ignore[arg-type]  # the table above
        contact=contact.name if contact else scene.t("conversation.visitor"),
        company=contact.company(scene.language) if contact else "",
        holder_words=_holder_words(scene, conversation),
        timeline=in_order(items),
        may_take=conversation.holder != "person",
        may_give_back=mine,
        may_write=mine,
        tickets=tuple(scene.link(ticket) for ticket in tickets),
        drafts_key=f"conversation:{conversation.id}:{scene.staff.id}",
        draft_id=str(uuid.uuid4()),
        fragments=" ".join(f"{url}?fragment={part}" for part in (*said.live_parts, "brief")),
        newest_url=None if said.is_newest else url,
        earlier_url=f"{url}?before={said.before}" if said.before else None,
        hand_on=await _hand_on(scene, session) if mine else None,
        offered_words=offered_words,
        pass_url=f"{url}/pass" if offered == "me" else "",
    )


async def with_inserts(
    scene: Scene,
    session: AsyncSession,
    conversation: Conversation,
    page: ConversationPage,
    insert: tuple[str, str] | None,
) -> ConversationPage:
    """The page with the texts to choose from; `insert` is a chosen one and what was typed."""
    url = f"/console/conversations/{conversation.id}/insert"
    return replace(page, inserts=await inserts_for_chat(scene, session, conversation, url, insert))


async def live_words(scene: Scene, session: AsyncSession, conversation: Conversation) -> str:
    """How a conversation stands, for its ticket: waiting in which place, or going on; else ""."""
    if conversation.holder == "queue":
        place = await waits.ahead_of(session, conversation.held_since) + 1
        return scene.t("ticket.conversation_waits", n=place)
    return scene.t("ticket.conversation") if conversation.holder == "person" else ""


async def _offers(scene: Scene, session: AsyncSession, ids: Collection[str]) -> dict[str, Offer]:
    """Of these conversations those that are offered to somebody, asked once for all."""
    going_on = await waits.current_of(session, ids)
    asked = {wait.offered_to_id for wait in going_on.values() if wait.offered_to_id is not None}
    staff = await staff_by_ids(session, asked - {scene.staff.id})
    found: dict[str, Offer] = {}
    for conversation_id, wait in going_on.items():
        if wait.offered_to_id is None or wait.offered_until is None:
            continue
        if wait.offered_to_id == scene.staff.id:
            left = max(0, math.ceil((wait.offered_until - scene.now).total_seconds()))
            found[conversation_id] = "me", scene.t("conversations.offered_me", n=left)
        else:
            name = scene.name(staff[wait.offered_to_id])
            found[conversation_id] = "other", scene.t("conversations.offered_other", name=name)
    return found


async def _hand_on(scene: Scene, session: AsyncSession) -> HandOn:
    """Colleagues, who is there first, and the queues."""
    load = await loads(session)
    most = scene.hotline.settings.hand_off.chats_at_once
    people = []
    for one in await presences(session):
        if one.staff.id == scene.staff.id or one.staff.role not in HANDLERS:
            continue
        there = one.is_there(scene.hotline)
        words = scene.t(
            "conversation.hand_on_person",
            name=scene.name(one.staff),
            stands=scene.t(f"presence.{one.stands}" if there else "conversation.hand_on_gone"),
            load=scene.t("presence.load", n=load[one.staff.id], most=most),
        )
        people.append((not there, load[one.staff.id], f"staff:{one.staff.id}", words))
    return HandOn(
        people=tuple((value, words) for _gone, _load, value, words in sorted(people)),
        queues=tuple((f"queue:{queue}", scene.t(f"service_queue.{queue}")) for queue in QUEUES),
    )


def _before_the_wish(said: list[Message]) -> Message | None:
    """What the partner said before asking for a person, or the asking itself if that was all."""
    for message in reversed(said):
        if message.intent != _WISH and message.payload not in (f"/{_WISH}", _WISH_BUTTON):
            return message
    return said[-1] if said else None


async def _about(
    scene: Scene, session: AsyncSession, conversation: Conversation, last: Message | None
) -> str:
    """The service by the ticket or the words, and the language to answer in."""
    queue = ""
    if conversation.last_ticket:
        queue = (await queries.find(session, conversation.last_ticket)).queue
    elif last is not None and last.intent in KINDS:
        queue = KINDS[last.intent].queue
    in_english = conversation.language == "en"
    language = scene.t(f"language.{'in_english' if in_english else 'in_chinese'}")
    if not queue:
        return language
    return scene.t("conversation.about", queue=scene.t(f"service_queue.{queue}"), spoken=language)


def _holder_words(scene: Scene, conversation: Conversation) -> str:
    if conversation.holder == "person" and conversation.staff is not None:
        if _is_mine(scene, conversation):
            return scene.t("conversation.you_speak")
        return scene.t("conversation.held_by", name=scene.name(conversation.staff))
    if conversation.holder == "queue":
        minutes = int((scene.now - conversation.held_since).total_seconds() // 60)
        key = "conversation.waited" if minutes else "conversation.waited_short"
        return scene.t(key, n=minutes)
    key = "with_assistant" if conversation.holder == "bot" else "ended"
    return scene.t(f"conversation.{key}")


def _is_mine(scene: Scene, conversation: Conversation) -> bool:
    return conversation.staff is not None and conversation.staff.id == scene.staff.id

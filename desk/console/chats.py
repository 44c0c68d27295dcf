"""Live conversations as the console lists and shows them."""

import math
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.brief import brief_of_chat
from desk.console.inserting import inserts_for_chat
from desk.console.scene import Scene, initial
from desk.console.stretches import Stretch
from desk.console.timeline import in_order, message_item, note_item, withheld_item
from desk.console.views import ConversationPage, ConversationRow, ConversationsPage, Frame, HandOn
from hotline.conversations import live, waits
from hotline.conversations.messages import Message
from hotline.conversations.notes import notes_of
from hotline.conversations.service import Conversation
from hotline.conversations.withheld import withheld_of
from hotline.hand_off.about import queues_of_tickets
from hotline.hand_off.people import chats_held
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
_FIRST = 3


async def conversations_page(
    scene: Scene, session: AsyncSession, frame: Frame, open_id: str = ""
) -> ConversationsPage:
    """Those who wait (longest first), the reader's own, a few of the assistant's, and what
    colleagues hold.

    Beside the chat `open_id` there is less room: colleagues' are left out, and of those who wait
    and the assistant's the first are shown, and whoever is the reader's to take.
    """
    listed = await live.listed(session, scene.now, scene.staff.id if open_id else None)
    rows = await chat_rows(scene, session, listed, frame.unread, open_id)
    waiting = [row for row in rows if row.speaker == "queue"]
    assistants = sorted(
        (row for row in rows if row.speaker == "assistant"),
        key=lambda row: row.at_iso,
        reverse=True,
    )
    if open_id:
        waiting = [row for row in waiting if row.place <= _FIRST or row.offered == "me"]
        assistants = assistants[:_FIRST]
    return ConversationsPage(
        waiting=tuple(waiting),
        mine=tuple(row for row in rows if row.mine),
        assistant=tuple(assistants),
        others=tuple(row for row in rows if row.speaker == "person" and not row.mine),
        waiting_count=frame.conversation_count,
        most=scene.hotline.settings.hand_off.chats_at_once,
    )


async def chat_rows(
    scene: Scene,
    session: AsyncSession,
    conversations: Sequence[Conversation],
    unread: Mapping[str, int],
    open_id: str = "",
) -> list[ConversationRow]:
    """Conversations in a list, with the partners' last words; those that wait have their places in
    the order given. `unread` is how much is new in each, `open_id` the one that stands open."""
    said = await live.partners_words(session, conversations)
    waiting = [one for one in conversations if one.holder == "queue"]
    queues = await queues_of_tickets(session, {c.last_ticket for c in waiting if c.last_ticket})
    offers = await _offers(scene, session, [one.id for one in waiting]) if waiting else {}
    places = count(1)
    rows = []
    for one in conversations:
        is_waiting = one.holder == "queue"
        words = said.get(one.id, [])
        last = _before_the_wish(words) if is_waiting else words[-1] if words else None
        offered, offered_words = offers.get(one.id, _NO_OFFER)
        contact, url = one.contact, f"/console/conversations/{one.id}"
        name = contact.name if contact else scene.t("conversation.visitor")
        rows.append(
            ConversationRow(
                id=one.id,
                speaker=_SPEAKERS[one.holder],  # type: ignore[arg-type]  # the table above
                contact=name,
                company=contact.company(scene.language) if contact else "",
                surname=initial(name),
                words=_holder_words(scene, one),
                last_words=last.text if last else "",
                lang=last.language if last else one.language,
                url=url,
                may_take=is_waiting,
                mine=_is_mine(scene, one),
                place=next(places) if is_waiting else 0,
                unread=unread.get(one.id, 0),
                about=_about(scene, one, last, queues) if is_waiting else "",
                offered=offered,
                offered_words=offered_words,
                pass_url=f"{url}/pass" if offered == "me" else "",
                at_iso=scene.iso(last.at) if last else "",
                at_words=_at(scene, last.at) if last else "",
                is_open=one.id == open_id,
            )
        )
    return rows


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
    is_waiting = conversation.holder == "queue"
    offers = await _offers(scene, session, [conversation.id]) if is_waiting else {}
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


async def with_others(
    scene: Scene, session: AsyncSession, page: ConversationPage, frame: Frame
) -> ConversationPage:
    """The page with the other chats beside it."""
    beside = await conversations_page(scene, session, frame, page.id)
    return replace(
        page, beside=beside, beside_url=f"/console/conversations?fragment=list&open={page.id}"
    )


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
    load = await chats_held(session)
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


def _about(
    scene: Scene, conversation: Conversation, last: Message | None, queues: Mapping[str, str]
) -> str:
    """The service by the ticket or the words, and the language to answer in."""
    queue = queues.get(conversation.last_ticket or "", "")
    if not queue and last is not None and last.intent in KINDS:
        queue = KINDS[last.intent].queue
    in_english = conversation.language == "en"
    language = scene.t(f"language.{'in_english' if in_english else 'in_chinese'}")
    if not queue:
        return language
    return scene.t("conversation.about", queue=scene.t(f"service_queue.{queue}"), spoken=language)


def _at(scene: Scene, at: datetime) -> str:
    """The time of day; of another day its date."""
    if scene.local(at).date() == scene.today:
        return scene.clock(at)
    return scene.hotline.words.in_table(at, scene.now, scene.language)


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

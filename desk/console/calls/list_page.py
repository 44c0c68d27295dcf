"""The list of calls, one of them, and who waits for a call back."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.calls.places import call_url, new_url
from desk.console.players import players_of
from desk.console.scene import Scene
from desk.console.views import CallBack, CallLine, CallPage, CallsPage
from hotline.calls import backs, log
from hotline.calls.backs import Back
from hotline.calls.log import Call
from hotline.calls.rows import ADDED, OPENED, OUT
from hotline.tickets import queries, told
from hotline.tickets.ticket import Ticket
from hotline.voice import keeping


@dataclass(frozen=True)
class Refused:
    """Why the outcome of a call back was refused: of which ticket, and what was typed."""

    number: str = ""
    words: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


NOTHING_REFUSED = Refused()


async def calls_page(scene: Scene, session: AsyncSession, refused: Refused) -> CallsPage:
    waiting = await backs.waiting(session, scene.hotline)
    spoken = await keeping.of_tickets(session, {back.ticket.id for back in waiting})
    lines = [
        replace(back_of(scene, back, refused), recordings=players_of(scene, back.ticket, spoken))
        for back in waiting
    ]
    calls = await log.recent(session)
    tickets = await queries.by_ids(session, {call.ticket_id for call in calls if call.ticket_id})
    return CallsPage(
        due=tuple(line for line in lines if line.is_due),
        later=tuple(line for line in lines if not line.is_due),
        calls=tuple(_line(scene, call, tickets.get(call.ticket_id or 0)) for call in calls),
        new_url=new_url(),
        failed_words="" if any(line.wrong for line in lines) else refused.words,
    )


async def call_page(scene: Scene, session: AsyncSession, call: Call) -> CallPage:
    tickets = await queries.by_ids(session, {call.ticket_id} if call.ticket_id else set())
    ticket = tickets.get(call.ticket_id or 0)
    sentence = ""
    if ticket is not None and call.outcome in (OPENED, ADDED):
        sentence = await _sentence(scene, call, ticket)
    return CallPage(
        call=_line(scene, call, ticket),
        sentence=sentence,
        sentence_lang=ticket.language if ticket else "",
        new_url=new_url(),
    )


def back_of(scene: Scene, back: Back, refused: Refused = NOTHING_REFUSED) -> CallBack:
    """A call that is waited for, with the form of its outcome."""
    ticket, contact = back.ticket, back.ticket.contact
    is_wrong = refused.number == ticket.number
    return CallBack(
        ticket=scene.link(ticket),
        who=contact.name if contact else ticket.fact("contact") or scene.t("brief.visitor"),
        company=contact.company(scene.language) if contact else "",
        phone=ticket.fact("phone") or (contact.phone if contact else None) or "",
        when_words=_when(scene, back),
        when_iso=scene.iso(back.begins_at),
        tries_words=scene.t("calls.tries", n=back.tries) if back.tries else "",
        is_due=back.is_due(scene.now),
        action=f"/console/tickets/{ticket.number}/call-back",
        client_id=str(uuid.uuid4()),
        wrong=refused.words if is_wrong else "",
        text=refused.typed.get("text", "") if is_wrong else "",
        again_at=refused.typed.get("again_at", "") if is_wrong else "",
    )


def wish_words(scene: Scene, back: Back) -> str:
    """When they are to be called as was agreed or wished; "" where nothing was said of it."""
    ticket, wish = back.ticket, back.ticket.fact("needed_by")
    if ticket.callback_at is not None:
        return scene.t("calls.when.agreed", at=scene.at(ticket.callback_at))
    if not wish:
        return ""
    if back.ends_at is None:
        return scene.t("calls.when.wish", at=scene.at(ticket.opened_at), wish=wish)
    said = scene.hotline.words.fact_value(wish, scene.language)
    return scene.t("calls.when.wished", at=said)


def who_called(scene: Scene, call: Call) -> str:
    """The name of the other end; a call of somebody erased or unknown has none."""
    return call.name or scene.t("calls.somebody")


async def _sentence(scene: Scene, call: Call, ticket: Ticket) -> str:
    """What the caller is told, in the words and the language of the chat."""
    if call.outcome == OPENED:
        return (await told.opened_now(scene.hotline, ticket, ticket.language)).text
    promise = told.next_promise(scene.hotline, ticket, ticket.language)
    return scene.pages.words(
        "console.calls.added_sentence", ticket.language, number=ticket.number, promise=promise
    )


def _line(scene: Scene, call: Call, ticket: Ticket | None) -> CallLine:
    contact = call.contact
    return CallLine(
        id=call.id,
        url=call_url(call.id),
        who=who_called(scene, call),
        company=contact.company(scene.language) if contact else call.company,
        phone=call.phone or (contact.phone if contact else None) or "",
        when_words=span_words(scene, call),
        when_iso=scene.iso(call.began_at),
        taken_words=scene.t(f"calls.taken.{call.direction}", name=scene.name(call.staff)),
        outcome=call.outcome,
        outcome_words=scene.t(f"calls.outcome.{call.outcome}"),
        words=call.words,
        is_out=call.direction == OUT,
        ticket=scene.link(ticket) if ticket else None,
    )


def span_words(scene: Scene, call: Call) -> str:
    """From when to when; one time where it lasted less than a minute."""
    began, ended = scene.at(call.began_at), scene.clock(call.ended_at)
    return began if scene.clock(call.began_at) == ended else f"{began}–{ended}"


def _when(scene: Scene, back: Back) -> str:
    since = scene.at(back.ticket.opened_at)
    return wish_words(scene, back) or scene.t("calls.when.soon", at=since)

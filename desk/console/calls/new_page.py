"""The page of a new call: the search, the caller's card, and the form as far as it is filled."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.brief import company_line
from desk.console.calls.inputs import FACT, Form
from desk.console.calls.places import began_of, new_url
from desk.console.meanings import named
from desk.console.places import search_url
from desk.console.scene import Scene
from desk.console.views import (
    CallerCard,
    CallerHit,
    CallFact,
    CallKind,
    CallProblem,
    Choice,
    NewCallPage,
)
from hotline.calls import callers
from hotline.calls.request import fields_of
from hotline.conversations.service import LANGUAGES
from hotline.partners.service import Contact
from hotline.settings import QUEUES
from hotline.tickets.kinds import FACTS, KINDS, Kind
from hotline.tickets.noting import PAST
from wording.phones import Phone, read_phone

_ASKED = frozenset(fact for intent in KINDS for fact in fields_of(intent))


async def new_call_page(
    scene: Scene,
    session: AsyncSession,
    form: Form,
    query: str = "",
    problems: Mapping[str, str] | None = None,
    failed_words: str = "",
) -> NewCallPage:
    """`problems` are codes by field; `form` is what is known or was typed."""
    problems, began = problems or {}, began_of(scene.hotline, form.get("began"))
    contact = await callers.find(session, form.contact_id) if form.contact_id else None
    hits = await callers.search(session, query) if query and contact is None else []
    typed = dict(form.fields) | {"client_id": form.call_id}
    if contact is None and query and not hits:
        # Nobody is known by it: it is the new caller's own.
        is_phone = isinstance(read_phone(query), Phone)
        typed.setdefault("phone" if is_phone else "caller", query)
    language = form.get("language") or (contact.language if contact else scene.language)
    return NewCallPage(
        query=query,
        hits=tuple(hit_of(scene, hit, began.isoformat(), query) for hit in hits),
        is_searched=bool(query),
        card=await _card(scene, session, contact) if contact else None,
        kinds=_kinds(scene, form, contact),
        facts=_facts(scene, form, problems),
        severities=tuple(
            Choice(
                level, scene.t(f"calls.severity.{level or 'judged'}"), form.get("severity") == level
            )
            for level in ("", "1", "2", "3", "4")
        ),
        languages=tuple(
            Choice(each, scene.t(f"language.{_NAMES[each]}"), each == language)
            for each in LANGUAGES
        ),
        typed=typed,
        began_words=scene.clock(began),
        began_iso=began.isoformat(),
        new_url=new_url(began=began.isoformat()),
        focus=_focus(form, contact, query, hits, problems),
        problems=tuple(_problem(scene, field, code) for field, code in problems.items()),
        failed_words=failed_words,
    )


def hit_of(scene: Scene, contact: Contact, began: str, query: str) -> CallerHit:
    """A contact in the list of those who may be the caller."""
    phone = query if isinstance(read_phone(query), Phone) else ""
    return CallerHit(
        contact.name,
        contact.company(scene.language),
        scene.t("brief.between").join(filter(None, (contact.phone, company_line(scene, contact)))),
        new_url(caller=contact.id, phone=phone, began=began),
    )


_CODES = ("missing", "too_long", PAST, "tax_id", "number")
_NAMES = {"zh-TW": "in_chinese", "en": "in_english"}


def _focus(
    form: Form,
    contact: Contact | None,
    query: str,
    hits: list[Contact],
    problems: Mapping[str, str],
) -> str:
    """The id of the field that one goes on with."""
    if problems:
        first = next(iter(problems))
        return f"{'fact' if first in _ASKED else 'call'}-{first}"
    if form.intent:
        return "call-words"
    if contact is not None:
        return "call-intent"
    return "call-caller" if query and not hits else "call-q"


async def _card(scene: Scene, session: AsyncSession, contact: Contact) -> CallerCard:
    card = await callers.card_of(session, contact)
    rating, complaint = card.rating, card.complaint
    company = contact.company(scene.language)
    return CallerCard(
        name=contact.name,
        company=company,
        company_line=company_line(scene, contact),
        phone=contact.phone or "",
        open_tickets=tuple(scene.link(ticket) for ticket in card.open_tickets),
        open_count=card.open_count,
        open_url=search_url(company),
        rating_words=scene.t(
            "calls.rated", score=scene.t("brief.score", n=rating.score), at=scene.at(rating.at)
        )
        if rating
        else "",
        complaint_words=scene.t(
            f"calls.complained.{'open' if complaint.is_open else 'closed'}",
            number=complaint.number,
            at=scene.at(complaint.at),
        )
        if complaint
        else "",
        complaint_url=f"/console/tickets/{complaint.number}" if complaint else "",
    )


def _kinds(
    scene: Scene, form: Form, contact: Contact | None
) -> tuple[tuple[str, tuple[CallKind, ...]], ...]:
    """Every kind, by service. The company's own record is looked up for whoever is known only.

    Each begins with two digits, its service and its place there, which never change: typed in the
    closed list, they choose it.
    """
    return tuple(
        (
            f"{group} {scene.t(f'service_queue.{queue}')}",
            tuple(
                CallKind(
                    kind.intent,
                    f"{group}{place} {named(scene, kind.intent)}",
                    " ".join(fields_of(kind.intent)),
                    form.intent == kind.intent,
                )
                for place, kind in enumerate(_of_queue(queue), 1)
                if contact or not kind.is_about_own_record
            ),
        )
        for group, queue in enumerate(QUEUES, 1)
    )


def _of_queue(queue: str) -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.queue == queue]


def _facts(scene: Scene, form: Form, problems: Mapping[str, str]) -> tuple[CallFact, ...]:
    """The field of every fact that any kind asks for; those of the chosen kind are shown."""
    shown = fields_of(form.intent) if form.intent else ()
    return tuple(
        CallFact(
            fact,
            scene.hotline.words.fact(fact, scene.language),
            form.get(FACT + fact),
            fact in shown,
            form.get(FACT + fact) if fact in problems else "",
        )
        for fact in FACTS
        if fact in _ASKED
    )


def _problem(scene: Scene, field: str, code: str) -> CallProblem:
    known = code in _CODES or code.startswith("phone_")
    words = scene.t(f"calls.problem.{code if known else 'unreadable'}")
    if field not in _ASKED:
        return CallProblem(f"call-{field}", scene.t(f"calls.field.{field}"), words)
    if code != PAST:
        words += scene.t("calls.problem.again")
    return CallProblem(f"fact-{field}", scene.hotline.words.fact(field, scene.language), words)

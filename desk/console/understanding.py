"""The page of messages worth a look: the list, the label, and who was first."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.door import scene_of
from desk.console.forms import done
from desk.console.frame import frame_of
from desk.console.meanings import named
from desk.console.scene import Scene
from desk.console.views import (
    FieldError,
    LookItem,
    Meaning,
    MeaningGroup,
    SaidBefore,
    UnderstandingPage,
    UnderstandingTab,
)
from desk.inputs import form_of
from desk.keys import PAGES
from hotline.conversations.messages import Message
from hotline.errors import BadInput, Conflict
from hotline.permissions import LABELLERS
from hotline.understanding import service
from hotline.understanding.intents import FALLBACK, GROUPS, INTENTS, NONE_OF_THESE
from hotline.understanding.looks import REASONS
from hotline.understanding.service import DONE, Look

URL = "/console/understanding"
_TABS = (None, *REASONS, DONE)
_MOST_LIKELY = 4
_LONGEST_NUMBER = 9  # fits a number of the database
_SPEAKERS = {"partner": "partner", "bot": "assistant"}
_HEAD = 30  # characters of the message, by which its form is known


@dataclass(frozen=True)
class _Place:
    """Which of them, and from where on; `last` was done a moment ago."""

    reason: str | None = None
    before: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, request: web.Request) -> "_Place":
        reason = request.query.get("reason")
        return cls(
            reason if reason in _TABS else None,
            _number(request.query.get("before", "")),
            _number(request.query.get("last", "")),
        )

    def url(self, path: str = URL, last: int | None = None) -> str:
        wishes = {"reason": self.reason, "before": self.before, "last": last}
        told = urlencode({key: value for key, value in wishes.items() if value is not None})
        return f"{path}?{told}" if told else path


async def understanding(request: web.Request) -> web.Response:
    return await _show(request, await scene_of(request))


async def back_to_page(request: web.Request) -> web.Response:
    """Whoever opens a form's own address again wants its page."""
    raise web.HTTPSeeOther(URL)


async def label(request: web.Request) -> web.Response:
    scene, message_id = await scene_of(request), int(request.match_info["message"])
    form = await form_of(request)
    meaning = None if form.get("skip") else form.get("likely") or form.get("other") or ""
    version = _number(form.get("version", "")) or 0
    try:
        await service.label(scene.hotline, scene.staff, message_id, meaning, version)
    except BadInput as refused:
        words = scene.t("understanding.none_chosen")
        return await _show(request, scene, message_id, words, refused.status)
    except Conflict as refused:
        return await _show(request, scene, message_id, None, refused.status)
    return done(request, _Place.of(request).url(last=message_id))


async def _show(
    request: web.Request,
    scene: Scene,
    refused: int | None = None,
    words: str | None = None,
    status: int = 200,
) -> web.Response:
    """The list; a message whose label was `refused` stands in it, first if it had left it."""
    place, error = _Place.of(request), None
    async with scene.hotline.database.read() as session:
        looks, more = await service.offered(session, place.reason, place.before)
        if refused is not None:
            shown = await service.find(session, refused)
            if shown is not None and shown.message_id not in {it.message_id for it in looks}:
                looks = [shown, *looks]
            why = words or (_first_words(scene, shown) if shown else "")
            error = FieldError("other", why, str(refused))
        page = await _page(scene, session, place, looks, more)
        frame = await frame_of(scene, session, "understanding", place.url())
    return request.app[PAGES].render(
        request, "console/understanding.html", frame=frame, page=page, error=error, status=status
    )


async def _page(
    scene: Scene, session: AsyncSession, place: _Place, looks: list[Look], more: bool
) -> UnderstandingPage:
    may_label = scene.staff.role in LABELLERS
    last = await service.find(session, place.last) if place.last else None
    is_done = last is not None and last.done_at is not None
    older = _Place(place.reason, looks[-1].message_id) if more else None
    return UnderstandingPage(
        tabs=tuple(_tabs(scene, place)),
        items=tuple(
            _item(scene, place, look, has_keys=may_label and n == 0) for n, look in enumerate(looks)
        ),
        groups=tuple(
            MeaningGroup(
                scene.t(f"understanding.group.{group}"),
                tuple(Meaning(intent, named(scene, intent)) for intent in intents),
            )
            for group, intents in GROUPS.items()
        ),
        may_label=may_label,
        newest_url=_Place(place.reason).url() if place.before else None,
        older_url=older.url() if older else None,
        last_words=_done_words(scene, last) if last and is_done else "",
        last_url=f"{_Place(DONE, last.message_id + 1).url()}#m{last.message_id}" if last else "",
    )


def _tabs(scene: Scene, place: _Place) -> Iterator[UnderstandingTab]:
    for reason in _TABS:
        key = f"reason.{reason}" if reason in REASONS else reason or "all"
        words = scene.t(f"understanding.{key}")
        yield UnderstandingTab(reason or "all", words, _Place(reason).url(), reason == place.reason)


def _item(scene: Scene, place: _Place, look: Look, *, has_keys: bool) -> LookItem:
    said = look.message
    return LookItem(
        id=look.message_id,
        text=said.text,
        lang=said.language,
        at_words=scene.at(said.at),
        at_iso=scene.iso(said.at),
        chat_url=f"/console/conversations/{look.conversation_id}",
        reasons=tuple(scene.t(f"understanding.reason.{reason}") for reason in look.reasons),
        understood_words=_understood(scene, look),
        pressed_words=_pressed(scene, look),
        before=tuple(
            SaidBefore(_who(scene, message), message.text, message.language)
            for message in look.before
        ),
        likely=tuple(
            Meaning(intent, named(scene, intent), str(n) if has_keys else "")
            for n, intent in enumerate(_likely(look), 1)
        ),
        label=look.label,
        done_words=_done_words(scene, look),
        version=look.version,
        url=place.url(f"{URL}/{look.message_id}"),
        form_label=scene.t("understanding.meaning", text=said.text[:_HEAD]),
        has_keys=has_keys,
    )


def _likely(look: Look) -> list[str]:
    """What the partner pressed instead, then the engine's readings, best first."""
    pressed = look.pressed if look.pressed != NONE_OF_THESE else None
    found = (pressed, look.message.intent, *(intent for intent, _share in look.ranking))
    known = (intent for intent in found if intent in INTENTS)
    return list(dict.fromkeys(known))[:_MOST_LIKELY]


def _understood(scene: Scene, look: Look) -> str:
    said = look.message
    if said.intent in INTENTS:
        return _reading(scene, said.intent, said.confidence or 0)
    readings = [_reading(scene, *one) for one in look.ranking if one[0] in INTENTS]
    if said.intent != FALLBACK or not readings:
        return scene.t("understanding.not_sure_of_any")
    comma = scene.hotline.words.say("list_comma", scene.language)
    return scene.t("understanding.not_sure", readings=comma.join(readings))


def _reading(scene: Scene, intent: str, confidence: float) -> str:
    meaning = named(scene, intent)
    return scene.t("understanding.reading", meaning=meaning, share=round(confidence * 100))


def _pressed(scene: Scene, look: Look) -> str:
    if look.pressed == NONE_OF_THESE:
        return scene.t("understanding.pressed_none")
    if look.pressed not in INTENTS:
        return ""
    return scene.t("understanding.pressed", meaning=named(scene, look.pressed))


def _done_words(scene: Scene, look: Look) -> str:
    if look.by is None or look.done_at is None:
        return ""
    told = {"name": scene.name(look.by), "at": scene.at(look.done_at)}
    if look.label is None:
        return scene.t("understanding.skipped", **told)
    return scene.t("understanding.labelled", meaning=named(scene, look.label), **told)


def _first_words(scene: Scene, look: Look) -> str:
    """Who labelled it before whoever tries now."""
    name = scene.name(look.by) if look.by else ""
    if look.label is None:
        return scene.t("understanding.first_skipped", name=name)
    return scene.t("understanding.first", name=name, meaning=named(scene, look.label))


def _who(scene: Scene, message: Message) -> str:
    name = message.staff_name_en if scene.language == "en" else message.staff_name
    return name or scene.t(f"understanding.{_SPEAKERS.get(message.sender, 'system')}")


def _number(said: str) -> int | None:
    is_number = said.isascii() and said.isdecimal() and len(said) <= _LONGEST_NUMBER
    return int(said) if is_number else None

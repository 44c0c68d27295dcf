"""What the form of a draft shows: what was typed, what is wrong, and how it would look."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from desk.console.knowledge.page import topics_of
from desk.console.knowledge.places import DRAFT_URL
from desk.console.knowledge.told import LANGUAGE_NAMES, fault_words, field_label
from desk.console.scene import Scene
from desk.console.views import DraftFaultLine, DraftPage, Option, Previewed, WrittenIn
from hotline.knowledge import asking
from hotline.knowledge.articles import LANGUAGES
from hotline.knowledge.markdown import to_html
from hotline.knowledge.reading import Fault
from hotline.knowledge.writing import EVERYONE, PARTNERS, Draft
from hotline.partners import vocabulary
from hotline.permissions import AUTHORS
from hotline.settings import QUEUES
from wording.sentences import fill

_ORIGINS = ("gap", "ticket", "draft")


@dataclass(frozen=True)
class Showing:
    """The form at a moment: `seen` is the stamp of the draft that was opened, `other` of one that
    has the same id."""

    draft: Draft
    seen: str = ""
    origin: str = ""
    faults: Sequence[Fault] = ()
    is_previewed: bool = False
    is_refused: bool = False
    other: str = ""
    has_failed: bool = False

    def with_(self, **changes: Any) -> "Showing":
        return replace(self, **changes)


def draft_page(scene: Scene, showing: Showing) -> DraftPage:
    draft, hotline = showing.draft, scene.hotline
    partner = hotline.words.partner
    return DraftPage(
        id=draft.id,
        topic=draft.topic,
        topics=tuple(topics_of(scene)),
        source=draft.source,
        owners=tuple(
            Option(queue, scene.t(f"service_queue.{queue}"), queue == draft.owner)
            for queue in QUEUES
        ),
        audiences=tuple(
            Option(whom, scene.t(f"knowledge.audience.{whom}"), whom == draft.audience)
            for whom in (EVERYONE, PARTNERS)
        ),
        types=tuple(
            Option(code, partner(code, scene.language), code in draft.types)
            for code in vocabulary.TYPES
        ),
        tiers=tuple(
            Option(code, partner(code, scene.language), code in draft.tiers)
            for code in hotline.settings.partners.tiers
        ),
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        intents=", ".join(draft.intents),
        related=", ".join(draft.related),
        texts=tuple(_written(scene, draft, language) for language in LANGUAGES),
        seen=showing.seen,
        origin=showing.origin,
        origin_words=_origin(scene, showing),
        may_write=scene.staff.role in AUTHORS,
        faults=tuple(_fault_lines(scene, showing.faults)),
        preview=tuple(_previewed(scene, draft)) if showing.is_previewed else (),
        existing_words=scene.t("knowledge.exists", id=draft.id) if showing.other else "",
        existing_url=f"{DRAFT_URL}?id={draft.id}" if showing.other else "",
        overwrite=f"overwrite:{showing.other}" if showing.other else "",
        failed_words=_failed(scene) if showing.has_failed else "",
    )


def _written(scene: Scene, draft: Draft, language: str) -> WrittenIn:
    said = draft.texts[language]
    return WrittenIn(
        code=language,
        name=LANGUAGE_NAMES[language],
        label=scene.t(f"knowledge.in.{LANGUAGE_NAMES[language]}"),
        title=said.title,
        label_text=said.label,
        questions="\n".join(said.questions),
        short=said.short,
        answer=said.answer,
    )


def _fault_lines(scene: Scene, faults: Sequence[Fault]) -> Iterator[DraftFaultLine]:
    """Each once; of a field the first."""
    told: set[tuple[str, str]] = set()
    for fault in faults:
        words = fault_words(scene, fault)
        label = field_label(scene, fault.key)
        key = fault.key if label else ""
        if (key, "" if key else words) not in told:
            told.add((key, "" if key else words))
            yield DraftFaultLine(key, label, words)


def _previewed(scene: Scene, draft: Draft) -> Iterator[Previewed]:
    for language in LANGUAGES:
        said = draft.texts[language]
        values = asking.placeholders(scene.hotline, language)

        def value(name: str, values: Any = values) -> object:
            return values.get(name, f"{{{name}}}")

        yield Previewed(
            code=language,
            label=scene.t(f"knowledge.in.{LANGUAGE_NAMES[language]}"),
            title=fill(said.title, value),
            button=said.label,
            bubble=fill(said.short, value),
            # The renderer lets nothing through but what an article may have.
            html=Markup(to_html(fill(said.answer, value), _in_help_centre)),  # noqa: S704
        )


def _in_help_centre(article_id: str) -> str:
    return f"/help/{article_id}"


def _origin(scene: Scene, showing: Showing) -> str:
    if showing.origin not in _ORIGINS:
        return ""
    return scene.t(f"knowledge.from.{showing.origin}")


def _failed(scene: Scene) -> str:
    folder = scene.hotline.library.folder
    return scene.t("knowledge.not_writable", folder=f"{folder.name}/drafts")

"""What the page of gaps, drafts and tasks shows."""

from collections.abc import Iterator, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.knowledge.places import (
    DRAFT_URL,
    DRAFTS,
    GAPS,
    GAPS_URL,
    TABS,
    TASKS,
    Place,
    number,
)
from desk.console.knowledge.told import told_whole
from desk.console.scene import Scene
from desk.console.views import (
    AskedItem,
    DraftItem,
    ExpiredItem,
    FaultItem,
    GapItem,
    KnowledgePage,
    KnowledgeTab,
)
from hotline.errors import NotFound
from hotline.knowledge import asking, drafts, gaps, tasks
from hotline.knowledge.articles import Article
from hotline.knowledge.gaps import Gap, Question
from hotline.permissions import AUTHORS

_AT_ONCE = 20  # gaps
_SHOWN = 4  # questions of a gap; the others are folded
_HEAD = 30  # characters of a question, by which a gap's form is known


async def knowledge_page(
    scene: Scene, session: AsyncSession, place: Place, notice: tuple[str, str]
) -> KnowledgePage:
    found = await gaps.open_gaps(scene.hotline, session)
    kept = drafts.listed(scene.hotline)
    expired = tasks.expired(scene.hotline, scene.staff)
    faults = scene.hotline.library.shelf().faults
    counts = {GAPS: len(found), DRAFTS: len(kept), TASKS: len(expired) + len(faults)}
    start = (place.page - 1) * _AT_ONCE
    has_more = place.tab == GAPS and start + _AT_ONCE < len(found)
    mine = sum(article.owner in scene.staff.queues for article in expired)
    return KnowledgePage(
        tabs=tuple(
            KnowledgeTab(
                tab, scene.t(f"knowledge.{tab}"), counts[tab], Place(tab).url(), tab == place.tab
            )
            for tab in TABS
        ),
        tab=place.tab,
        may_write=scene.staff.role in AUTHORS,
        notice=_notice(scene, *notice),
        mine_words=scene.t("knowledge.mine_expired", n=mine) if mine else "",
        gaps=tuple(_gap(scene, gap) for gap in found[start : start + _AT_ONCE]),
        drafts=tuple(_draft(scene, draft) for draft in kept),
        expired=tuple(_expired(scene, article) for article in expired),
        faults=tuple(
            FaultItem(f"{fault.file}:{fault.line}", told_whole(scene, fault)) for fault in faults
        ),
        done_url=place.url(GAPS_URL),
        newer_url=Place(place.tab, place.page - 1).url() if place.page > 1 else None,
        older_url=Place(place.tab, place.page + 1).url() if has_more else None,
    )


def _gap(scene: Scene, gap: Gap) -> GapItem:
    asked = tuple(_asked(scene, question) for question in gap.questions)
    newest = gap.questions[0]
    one = len(gap.questions) == 1
    when = {"since": scene.at(gap.since), "last": scene.at(gap.last)}
    return GapItem(
        id=newest.id,
        first=asked[:_SHOWN],
        rest=asked[_SHOWN:],
        askers_words=scene.t(
            _askers_key(gap),
            n=gap.askers,
            questions=len(gap.questions),
        ),
        when_words="" if one else scene.t("knowledge.between", **when),
        question_ids=",".join(str(question.id) for question in gap.questions),
        write_url=f"{DRAFT_URL}?gap={newest.id}",
        form_label=scene.t("knowledge.gap", text=newest.text[:_HEAD]),
    )


def _askers_key(gap: Gap) -> str:
    if len(gap.questions) == 1:
        return "knowledge.one_question"
    return "knowledge.one_asker" if gap.askers == 1 else "knowledge.askers"


def _asked(scene: Scene, question: Question) -> AskedItem:
    return AskedItem(
        text=question.text,
        lang=question.language,
        at_words=scene.at(question.asked_at),
        at_iso=scene.iso(question.asked_at),
        outcome_words=_outcome(scene, question),
        chat_url=f"/console/conversations/{question.conversation_id}",
    )


def _outcome(scene: Scene, question: Question) -> str:
    if question.is_refused:
        return scene.t("knowledge.refused")
    if question.article is None:
        return scene.t("knowledge.none_chosen")
    article = scene.hotline.library.shelf().articles.get(question.article)
    title = _title(scene, article) if article else question.article
    return scene.t("knowledge.no_help", title=title)


def _draft(scene: Scene, kept: drafts.Kept) -> DraftItem:
    article = kept.article
    meta = ""
    if article is not None:
        owner = scene.t(f"service_queue.{article.owner}")
        meta = scene.t("knowledge.draft_meta", owner=owner, day=article.updated.isoformat())
    return DraftItem(
        id=kept.id,
        title=_title(scene, article) if article else kept.id,
        file=kept.file,
        meta_words=meta,
        url=f"{DRAFT_URL}?id={kept.id}" if article else None,
        faults=tuple(_placed_faults(scene, kept)),
    )


def _placed_faults(scene: Scene, kept: drafts.Kept) -> Iterator[str]:
    for fault in kept.faults:
        place = f"{fault.file}:{fault.line}"
        yield scene.t("knowledge.fault_at", place=place, why=told_whole(scene, fault))


def _expired(scene: Scene, article: Article) -> ExpiredItem:
    until = article.valid_to.isoformat() if article.valid_to else ""
    return ExpiredItem(
        title=_title(scene, article),
        file=article.file,
        owner_words=scene.t(f"service_queue.{article.owner}"),
        until_words=scene.t("knowledge.until", day=until),
        mine=article.owner in scene.staff.queues,
    )


def _notice(scene: Scene, kind: str, about: str) -> str:
    if kind == "done":
        return scene.t("knowledge.done" if number(about) else "knowledge.done_before")
    if kind == "saved":
        try:
            kept = drafts.opened(scene.hotline, about)
        except NotFound:
            return ""
        return scene.t("knowledge.saved", file=kept.file)
    return ""


def _title(scene: Scene, article: Article) -> str:
    return asking.wording(scene.hotline, article, scene.language).title


def topics_of(scene: Scene) -> Sequence[str]:
    """What the articles are about, to choose from."""
    return sorted({article.topic for article in scene.hotline.library.shelf().articles.values()})

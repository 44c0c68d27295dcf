"""What the page of canned texts shows: the list, the form, and the text as a partner reads it."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from desk.console.scene import Scene
from desk.console.views import TextLine, TextsPage, Variable
from hotline.canned.filling import VARIABLES
from hotline.canned.service import CannedText, all_texts
from hotline.conversations.service import LANGUAGES
from wording.sentences import fill

URL = "/console/texts"
FIELDS = ("title_zh", "title_en", "text_zh", "text_en")


async def texts_page(
    scene: Scene,
    session: AsyncSession,
    chosen: int | None = None,
    typed: Mapping[str, str] | None = None,
    done_words: str = "",
) -> TextsPage:
    """With the form of text `chosen`, else of a new one; `typed` is what was refused."""
    texts = await all_texts(session)
    text = next((one for one in texts if one.id == chosen), None)
    filled = {field: getattr(text, field) if text else "" for field in FIELDS}
    if typed is not None:
        filled |= {field: typed.get(field, "") for field in FIELDS}
    return TextsPage(
        lines=tuple(_line(scene, one, is_chosen=one is text) for one in texts),
        variables=tuple(Variable(f"{{{name}}}", scene.t(f"texts.variable.{name}"))
                        for name in VARIABLES),
        filled=filled,
        id=str(text.id) if text else "",
        version=text.version if text else 0,
        previewed=_previewed(scene, text) if text and typed is None else (),
        done_words=done_words,
    )  # fmt: skip


def _line(scene: Scene, text: CannedText, *, is_chosen: bool) -> TextLine:
    return TextLine(
        id=text.id,
        version=text.version,
        title=text.title(scene.language),
        text=text.text(scene.language),
        by_words=scene.name(text.by) if text.by else scene.t("texts.from_start"),
        at_words=scene.at(text.changed_at),
        at_iso=scene.iso(text.changed_at),
        url=f"{URL}?text={text.id}#form",
        chosen=is_chosen,
    )


def _previewed(scene: Scene, text: CannedText) -> tuple[tuple[str, str], ...]:
    """In both languages, with made-up values in the gaps."""

    def read(language: str) -> str:
        return fill(
            text.text(language),
            lambda name: scene.pages.words(f"console.texts.example.{name}", language),
        )

    return tuple((language, read(language)) for language in LANGUAGES)

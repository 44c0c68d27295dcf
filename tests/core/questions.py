"""Questions as partners have asked them, and a folder of articles to write drafts beside."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hotline.conversations.service import start
from hotline.core import Hotline
from hotline.knowledge.gaps import Gap, open_gaps
from hotline.knowledge.rows import QuestionRow
from hotline.knowledge.writing import Draft, Text
from hotline.partners.service import Contact
from hotline.settings import Settings

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
# One article is enough to be beside; it is the one that did not help.
ARTICLE, FILE = "order-lead-time", "orders/order-lead-time.md"
COMPLETE = Draft(
    id="visitor-parking",
    topic="hotline-contact",
    source="demo",
    owner="admin",
    valid_from="2026-12-01",
    updated="2026-12-01",
    texts={
        "zh-TW": Text(
            "拜訪時的停車位",
            "停車位",
            ("有停車位嗎",),
            "先打 {toll_free}。",
            "- 打 **{toll_free}**",
        ),
        "en": Text("Parking", "Parking", ("Can I park?",), "Call {toll_free}.", "**Call** first."),
    },
)


def with_own_articles(settings: Settings, folder: Path) -> Settings:
    """The same with a folder of articles of its own: one, and the words of all."""
    knowledge = folder / "knowledge"
    (knowledge / "orders").mkdir(parents=True)
    shutil.copy(KNOWLEDGE / "synonyms.yml", knowledge)
    text = (KNOWLEDGE / FILE).read_text(encoding="utf-8")
    alone = "\n".join(line for line in text.splitlines() if not line.startswith("related:"))
    lines = (line.replace("(article:", "(article:order-lead-time#") for line in alone.split("\n"))
    joined = "\n".join(lines)
    (knowledge / FILE).write_text(_own_links(joined), encoding="utf-8")
    own = settings.knowledge.model_copy(update={"folder": knowledge})
    return settings.model_copy(update={"knowledge": own})


def _own_links(text: str) -> str:
    """Whatever it links to is itself."""
    head, *rest = text.split("(article:order-lead-time#")
    return head + "".join(f"(article:{ARTICLE}){part.partition(')')[2]}" for part in rest)


def expire(settings: Settings, day: str) -> None:
    file = settings.knowledge_dir / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("updated:", f"valid_to: {day}\nupdated:", 1), encoding="utf-8")


async def asked(
    hotline: Hotline,
    text: str,
    contact: Contact | None = None,
    *,
    conversation: str | None = None,
    outcome: str = "refused",
    article: str | None = None,
    helped: bool | None = None,
    hours_ago: float = 0,
) -> int:
    """The id of a question that was asked so, in a conversation of its own if none is named."""
    if conversation is None:
        begun, _greeting = await start(hotline, contact)
        conversation = begun.id
    row = QuestionRow(
        conversation_id=conversation,
        text=text,
        language="en" if text.isascii() else "zh-TW",
        outcome=outcome,
        article=article,
        certainty=0.1,
        helped=helped,
        asked_at=hotline.now() - timedelta(hours=hours_ago),
    )
    async with hotline.database.write() as session:
        session.add(row)
        await session.flush()
        return row.id


async def gaps_of(hotline: Hotline) -> list[Gap]:
    async with hotline.database.read() as session:
        return await open_gaps(hotline, session)


async def texts_of(hotline: Hotline) -> list[list[str]]:
    return [[question.text for question in gap.questions] for gap in await gaps_of(hotline)]


def in_words(draft: Draft, language: str, **words: object) -> Draft:
    texts = {**draft.texts, language: replace(draft.texts[language], **words)}  # type: ignore[arg-type]
    return replace(draft, texts=texts)

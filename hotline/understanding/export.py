"""Labelled messages as sentences for training data, for somebody to review, with nobody in them.

What a rule or the engine has found of a person or a company becomes made up, of the same form
(`privacy/masking.py`), so that the tokenizer takes it for the same kind of fact.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from hotline.conversations.rows import ConversationRow
from hotline.privacy import marks, masking
from hotline.privacy.masking import Names
from hotline.privacy.placeholders import is_erased
from hotline.understanding.rows import LookRow
from wording.text import folded

_NO_WORD = re.compile(r"[\W_]+")
_BRACKETS = str.maketrans("[]", "()")  # those of annotations


@dataclass(frozen=True)
class Labelled:
    """A message, what it means, the facts that the engine found, and who its author is."""

    text: str
    label: str
    entities: Sequence[dict[str, Any]]
    erased: bool = False
    person: str | None = None
    companies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Export:
    """Sentences by what they mean, and how many were left out for which reason."""

    sentences: dict[str, list[str]]
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        return sum(map(len, self.sentences.values()))

    def summary(self) -> str:
        why = "".join(f", {count} {reason}" for reason, count in sorted(self.left_out.items()))
        skipped = self.left_out.total()
        return f"{self.count} sentences written, {skipped} skipped{why and f' ({why[2:]})'}"

    def to_yaml(self) -> str:
        """As Rasa reads it; a literal block takes any line as it stands."""
        lines = [f"# {self.summary()}", 'version: "3.1"', "", "nlu:"]
        for intent, sentences in sorted(self.sentences.items()):
            lines += [f"  - intent: {intent}", "    examples: |"]
            lines += [f"      - {sentence}" for sentence in sentences]
        return "\n".join(lines) + (" []\n" if not self.sentences else "\n")


async def labelled(session: AsyncSession, since: datetime | None = None) -> list[Labelled]:
    """The labelled messages, the newest label first."""
    query = select(LookRow, ConversationRow).join(
        ConversationRow, ConversationRow.id == LookRow.conversation_id
    )
    query = query.where(LookRow.label.is_not(None))
    if since is not None:
        query = query.where(LookRow.done_at >= since)
    rows = await session.execute(query.order_by(LookRow.done_at.desc(), LookRow.message_id.desc()))
    return [_labelled(look, conversation) for look, conversation in rows]


def export(messages: Iterable[Labelled]) -> Export:
    """Each sentence once, by its first label; what names somebody erased not at all. Pure."""
    sentences: defaultdict[str, list[str]] = defaultdict(list)
    left_out: Counter[str] = Counter()
    known: set[str] = set()
    for message in messages:
        if message.erased or marks.MASK in message.text:
            left_out["of somebody erased"] += 1
            continue
        sentence = masked(message)
        key = _NO_WORD.sub("", folded(sentence or "")) or sentence
        if sentence is None:
            left_out["not surely masked"] += 1
        elif key in known:
            left_out["written already"] += 1
        else:
            known.add(str(key))
            sentences[message.label].append(sentence)
    return Export(dict(sentences), left_out)


def masked(message: Labelled) -> str | None:
    """One line, annotated, with what is personal made up; None if something of it was left."""
    text, written, bare, end = message.text, [], [], 0
    names = Names((message.person,) if message.person else (), message.companies)
    for span in masking.spans(text, message.entities, names):
        said = _line(masking.made_up(span.kind, text[span.start : span.end])).strip()
        written += [_line(text[end : span.start]), f"[{said}]({span.kind})" if span.kept else said]
        bare += [_line(text[end : span.start]), " " * len(said) if span.is_product else said]
        end = span.end
    sentence = "".join((*written, _line(text[end:]))).strip()
    if not sentence or masking.still_has("".join((*bare, _line(text[end:])))):
        return None
    return sentence


def _line(text: str) -> str:
    """On one line, with nothing in it that an annotation or YAML would read."""
    said = "".join(char if char.isprintable() else " " for char in text.translate(_BRACKETS))
    return re.sub(r"\s+", " ", said)


def _labelled(look: LookRow, conversation: ConversationRow) -> Labelled:
    contact = conversation.contact
    was_erased = contact is not None and contact.erased_at is not None
    partner = contact.partner if contact else None
    return Labelled(
        look.message.text,
        look.label or "",
        look.message.entities or (),
        erased=is_erased(conversation.proven_email) or was_erased,
        person=contact.name if contact else None,
        companies=(partner.name_zh, partner.name_en) if partner else (),
    )

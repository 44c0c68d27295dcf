"""The articles of `knowledge/` as they are now: a file that was edited counts without a restart.

A file with a fault is left out and its fault told; the version before it goes on being spoken,
if this process has read one. Nothing is read that has not changed.
"""

import os
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hotline.knowledge import word_files
from hotline.knowledge.articles import Article, Reader
from hotline.knowledge.reading import Fault, Known, links, read_article
from hotline.knowledge.terms import Synonyms, terms_of_question

if TYPE_CHECKING:  # numpy comes with it: half a second that most commands need not wait
    from hotline.knowledge.ranking import Index, Terms

DRAFTS = "drafts"  # a folder of articles that nobody has reviewed
_LOOK_EVERY_S = 1.0

_Stamp = tuple[int, int]


@dataclass(frozen=True)
class Shelf:
    """The articles at one moment, by id, with what is wrong with the rest.

    `unanswered` are the terms of questions that are known to have no answer here.
    """

    articles: Mapping[str, Article] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    synonyms: Synonyms = field(default_factory=Synonyms)
    unanswered: Sequence[Sequence[str]] = ()

    def readable(self, reader: Reader, today: date) -> dict[str, Article]:
        """The articles that `reader` may see on this day, by id."""
        return {
            article.id: article
            for article in self.articles.values()
            if article.holds_on(today) and article.audience.admits(reader)
        }


@dataclass
class _Read:
    stamp: _Stamp | None
    article: Article | None
    faults: list[Fault]


class Library:
    """Reads a folder of articles, and again what has changed in it, at most once a second.

    For several threads: an index takes its time, so whoever asks does it beside the event loop.
    """

    def __init__(self, folder: Path, known: Known) -> None:
        self.folder, self.known = folder, known
        self._lock = threading.RLock()
        self._read: dict[Path, _Read] = {}
        self._words_stamp: tuple[_Stamp | None, ...] = ()
        self._looked_at = float("-inf")
        self._shelf = Shelf()
        self._terms: dict[str, tuple[Article, Terms]] = {}
        self._indexes: dict[frozenset[str], Index] = {}

    def shelf(self) -> Shelf:
        """What the folder holds now."""
        with self._lock:
            if time.monotonic() - self._looked_at >= _LOOK_EVERY_S:
                self._look()
                self._looked_at = time.monotonic()
            return self._shelf

    def index(self, ids: Iterable[str]) -> "Index":
        """The index of these articles only: what a reader may not see weighs nothing."""
        from hotline.knowledge.ranking import Index

        with self._lock:
            shelf = self.shelf()
            wanted = frozenset(one for one in ids if one in shelf.articles)
            if wanted not in self._indexes:
                chosen = [(shelf.articles[one], self._terms_of(one)) for one in sorted(wanted)]
                self._indexes[wanted] = Index(chosen, shelf.synonyms, shelf.unanswered)
            return self._indexes[wanted]

    def _terms_of(self, article_id: str) -> "Terms":
        from hotline.knowledge.ranking import Terms

        article = self._shelf.articles[article_id]
        before = self._terms.get(article_id)
        if before is None or before[0] is not article:
            self._terms[article_id] = article, Terms.of(article, self._shelf.synonyms)
        return self._terms[article_id][1]

    def _look(self) -> None:
        stamps = {path: _stamp(path) for path in sorted(_articles_in(self.folder))}
        changed = [
            path
            for path, stamp in stamps.items()
            if path not in self._read or self._read[path].stamp != stamp
        ]
        gone = self._read.keys() - stamps.keys()
        for path in gone:
            del self._read[path]
        for path in changed:
            before = self._read.get(path)
            article, faults = read_article(path, self._name(path), self.known)
            kept = article or (before.article if before else None)
            self._read[path] = _Read(stamps[path], kept, faults)
        words = [self.folder / name for name in (word_files.SYNONYMS, word_files.UNANSWERED)]
        words_stamp = tuple(_stamp(path) for path in words)
        if changed or gone or words_stamp != self._words_stamp:
            if words_stamp != self._words_stamp:
                self._terms = {}
            self._words_stamp = words_stamp
            self._shelf, self._indexes = self._gathered(*words), {}

    def _gathered(self, synonyms_file: Path, unanswered_file: Path) -> Shelf:
        groups, no_groups = word_files.read_synonyms(synonyms_file, self._name(synonyms_file))
        questions, no_questions = word_files.read_unanswered(
            unanswered_file, self._name(unanswered_file)
        )
        synonyms = Synonyms(groups)
        articles: dict[str, Article] = {}
        faults = [*no_groups, *no_questions]
        for read in self._read.values():
            faults += read.faults
            if read.article is None:
                continue
            other = articles.setdefault(read.article.id, read.article)
            if other is not read.article:
                why = f"{other.file} has the same id"
                faults.append(Fault(read.article.file, 2, why, "twice", "id", other.file))
        for article in articles.values():
            faults += [
                Fault(
                    article.file,
                    1,
                    f"links to {target or 'nothing'}, which is no article",
                    "link",
                    about=target,
                )
                for target in dict.fromkeys(links(article))
                if target not in articles
            ]
        unanswered = [terms_of_question(question, synonyms) for question in questions]
        return Shelf(articles, tuple(sorted(faults)), synonyms, unanswered)

    def _name(self, path: Path) -> str:
        return str(path.relative_to(self.folder.parent))


@cache
def library_in(folder: Path, known: Known) -> Library:
    """The one library of a process: whoever asks has its indexes made already."""
    return Library(folder, known)


def _articles_in(folder: Path) -> Iterator[Path]:
    """Every article that is no draft; asked every second, and so without the comfort of `rglob`."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != DRAFTS:
                    yield from _articles_in(Path(entry.path))
            elif entry.name.endswith(".md"):
                yield Path(entry.path)


def _stamp(path: Path) -> _Stamp | None:
    """What differs once a file was written again; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size

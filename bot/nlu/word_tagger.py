"""The extractor of what has no form: companies, customers, how urgent, by when, what score.

A conditional random field over our tokens, taught by messages that people marked, which is told
what the rules of `wording` see. What `SpacyFacts` has found already stays theirs, save a time: the
words around it tell whether it is wished for or past, and how far it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pycrfsuite
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.mixed_text_tokenizer import MixedTextTokenizer
from bot.nlu.simplified import traditional
from bot.nlu.sources import fingerprint
from wording.customers import find_customer
from wording.facts import find_facts
from wording.organizations import endings
from wording.scores import find_scores
from wording.severity import telling_words
from wording.text import plain
from wording.tokens import has_cjk

_STORED = "words.crfsuite"
_MARK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<kind>[a-z_]+)\)")
_TRAINER = {"c1": 0.05, "c2": 0.05, "max_iterations": 50, "feature.possible_transitions": True}
_AROUND = 3
_NOTHING, _BEGIN, _INSIDE = "O", "B-", "I-"
_ENDS_A_SPAN = re.compile(r"[,;!?、。]")
_TIME = "date_time"
# What the rules find wherever it stands; its marks only teach what the words around them are not.
_ONLY_BY_RULE = ("score",)
_NAME_AT_MOST = 6


class Marked(NamedTuple):
    """A message without its marks, and the kind and the place of each."""

    text: str
    spans: tuple[tuple[str, int, int], ...]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class WordTagger(GraphComponent, EntityExtractorMixin):
    """Tags words by the words around them."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the marked messages are while training: one a line, `[words](kind)`."""
        return {"marked": "data/nlu/marked.txt"}

    @classmethod
    def required_components(cls) -> list[type]:
        """A tokenizer must have run."""
        return [Tokenizer]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrain when `wording` or the marked messages change."""
        return fingerprint(Path({**cls.get_default_config(), **config}["marked"]))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> WordTagger:
        """A tagger that knows nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> WordTagger:
        """The tagger as it was trained; a model without it is broken and says so."""
        tagger = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            tagger._take((folder / _STORED).read_bytes())
        return tagger

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._tagger = pycrfsuite.Tagger()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the marked messages. Raises where there are none."""
        path = Path(self._config["marked"])
        if not path.is_file():
            raise InvalidConfigException(f"WordTagger: there are no marked messages at '{path}'.")
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params(_TRAINER)
        tokenizer = MixedTextTokenizer(MixedTextTokenizer.get_default_config())
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                marked = read(line.strip())
                tokens = tokenizer.tokenize(Message({TEXT: marked.text}), TEXT)
                trainer.append(features_of(marked.text, tokens), labels_of(tokens, marked.spans))
        with self._model_storage.write_to(self._resource) as folder:
            trainer.train(str(folder / _STORED))
            self._take((folder / _STORED).read_bytes())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what the rules have not found to the entities of every message."""
        for message in messages:
            text, tokens = message.get(TEXT), message.get(TOKENS_NAMES[TEXT])
            if text and tokens:
                told = self._entities(text, tokens)
                found = _with_wished_times(message.get(ENTITIES, []), told, text)
                new = [one for one in told if _is_beside(one, found)]
                message.set(ENTITIES, found + new, add_to_output=True)
        return messages

    def _take(self, learned: bytes) -> None:
        self._learned = learned  # the tagger reads in it as long as it lives
        self._tagger.open_inmemory(learned)

    def _entities(self, text: str, tokens: list[Token]) -> list[dict[str, Any]]:
        labels = self._tagger.tag(features_of(text, tokens))
        return [
            {
                "entity": kind,
                "value": plain(text[start:end]),
                "start": start,
                "end": end,
                "extractor": self.name,
            }
            for kind, start, end in spans_of(text, tokens, labels)
            if kind not in _ONLY_BY_RULE
        ]


def read(line: str) -> Marked:
    """A marked line: `[很急](severity) 主機當了`."""
    text, spans, done = "", [], 0
    for match in _MARK.finditer(line):
        text += line[done : match.start()]
        spans.append((match["kind"], len(text), len(text) + len(match["words"])))
        text += match["words"]
        done = match.end()
    return Marked(text + line[done:], tuple(spans))


def labels_of(tokens: list[Token], spans: Iterable[tuple[str, int, int]]) -> list[str]:
    """Of each token, whether something marked begins with it, goes on, or neither."""
    labels = [_NOTHING] * len(tokens)
    for kind, start, end in spans:
        inside = [at for at, token in enumerate(tokens) if start <= token.start < end]
        for place in inside:
            labels[place] = (_BEGIN if place == inside[0] else _INSIDE) + kind
    return labels


def spans_of(text: str, tokens: list[Token], labels: list[str]) -> list[tuple[str, int, int]]:
    """What the labels mark: the kind, and where it begins and ends in the raw text.

    Nothing goes on behind a comma: 「門診停診、影響很大」 are two.
    """
    spans: list[tuple[str, int, int]] = []
    before = _NOTHING
    for token, label in zip(tokens, labels, strict=True):
        kind = label[2:]
        goes_on = label.startswith(_INSIDE) and before[2:] == kind
        if goes_on and not _ENDS_A_SPAN.search(plain(text[spans[-1][2] : token.start])):
            spans[-1] = (kind, spans[-1][1], token.end)
        elif label != _NOTHING:
            spans.append((kind, token.start, token.end))
        before = label
    return spans


def features_of(text: str, tokens: list[Token]) -> list[list[str]]:
    """Of each token its word and shape, those of three on each side, and pairs of neighbours.

    And what stands between it and its neighbours, for a comma ends a name; and what rules and lists
    of words say of it, with whether it begins there.
    """
    told = [*telling_words(text), *_seen_by_rules(text)]
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    gaps = [plain(text[end:start]).strip() for end, start in zip(ends, starts, strict=True)]
    words = ["<", *(token.text for token in tokens), ">"]
    typed = [plain(text[token.start : token.end]) for token in tokens]
    shapes = ["<", *map(_shape, typed), ">"]
    ahead = _endings_ahead(text, tokens, gaps)
    features = []
    for place in range(1, len(words) - 1):
        mine = ["bias", *_tail(words[place])]
        for step in range(-_AROUND, _AROUND + 1):
            if 0 <= place + step < len(words):
                mine.append(f"{step}={words[place + step]}")
                mine.append(f"{step}~{shapes[place + step]}")
        for step in range(-2, 2):
            if place + step >= 0 and place + step + 1 < len(words):
                mine.append(f"{step}+={words[place + step]} {words[place + step + 1]}")
        mine.append("ahead=" + "".join(words[place : place + _AROUND]))
        mine.append("behind=" + "".join(words[max(0, place - _AROUND) : place]))
        mine += [f"gap before={gaps[place - 1]}", f"gap after={gaps[place]}"]
        mine += ahead[place - 1]
        token = tokens[place - 1]
        for kind, start, end in told:
            if start <= token.start < end:
                mine.append(f"tells={kind}")
                mine.append(f"tells={kind} {'first' if token.start == start else 'then'}")
            elif token.end == start:
                mine.append(f"next tells={kind}")
            elif token.start == end:
                mine.append(f"told={kind}")
        features.append(mine)
    return features


def _seen_by_rules(text: str) -> list[tuple[str, int, int]]:
    """The kind and the place of what the rules of `wording` find."""
    customer = find_customer(text)
    found = [*find_facts(text), *find_scores(text), *([customer] if customer else [])]
    return [(fact.kind, fact.start, fact.end) for fact in found]


def _endings_ahead(text: str, tokens: list[Token], gaps: list[str]) -> list[list[str]]:
    """Of each token, what kind of name ends in how many tokens: 福, 瀚, 紡織 is 2, 1, 0.

    Punctuation between them ends the look ahead, and so does an ending before.
    """
    told: list[list[str]] = [[] for _ in tokens]
    for kind, start, end in endings(traditional(text)):
        inside = [place for place, token in enumerate(tokens) if start <= token.start < end]
        if not inside:
            continue
        for place in inside:
            told[place].append(f"ending={kind}")
        told[inside[-1]].append(f"ends={kind}")
        first = inside[0]
        for far in range(1, _NAME_AT_MOST + 1):
            place = first - far
            if place < 0 or gaps[place + 1] or any("ending=" in one for one in told[place]):
                break
            told[place].append(f"{kind} in {far}")
    return told


def _tail(word: str) -> list[str]:
    """The end of a Latin word: systems and system, Corp. and corp."""
    return [f"tail={word[-3:]}"] if word.isascii() and len(word) > 3 else []


def _shape(word: str) -> str:
    if has_cjk(word):
        return "cjk"
    if word.isdigit():
        return f"digits {min(len(word), 4)}"
    if not word[0].isalpha():
        return "mixed"
    if word.isupper():
        return "capitals"
    return "Latin" if word[0].isupper() else "latin"


def _is_beside(one: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    return not any(_overlap(one, other) for other in found)


def _with_wished_times(
    found: list[dict[str, Any]], told: list[dict[str, Any]], text: str
) -> list[dict[str, Any]]:
    """`found` with its times as far as the tagger says that they go, and without past ones."""
    kept: list[dict[str, Any]] = []
    for one in found:
        if one["entity"] == _TIME:
            same = [other for other in told if other["entity"] == _TIME and _overlap(one, other)]
            if not same:
                continue
            start = min(one["start"], *(other["start"] for other in same))
            end = max(one["end"], *(other["end"] for other in same))
            if (start, end) != (one["start"], one["end"]):
                one = {**one, "start": start, "end": end, "value": plain(text[start:end])}
        if not any(_overlap(one, other) for other in kept if one["entity"] == _TIME):
            kept.append(one)
    return kept


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])

"""The extractor of what has no form: companies, customers, how urgent, by when, what score.

A conditional random field over our tokens, taught by messages that people marked; what it sees of
them stands in `word_features`. What `SpacyFacts` has found already stays theirs, save a time: the
words around it tell whether it is wished for or past, and how far it goes.
"""

from __future__ import annotations

import json
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

from bot.nlu.familiar_words import FamiliarWords
from bot.nlu.mixed_text_tokenizer import MixedTextTokenizer
from bot.nlu.sources import fingerprint
from bot.nlu.word_features import features_of
from wording.text import plain

_STORED, _STORED_WORDS = "words.crfsuite", "words.json"
_MARK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<kind>[a-z_]+)\)")
_TRAINER = {"c1": 0.05, "c2": 0.05, "max_iterations": 50, "feature.possible_transitions": True}
_NOTHING, _BEGIN, _INSIDE = "O", "B-", "I-"
_ENDS_A_SPAN = re.compile(r"[,;!?、。]")
_TIME = "date_time"
# What the rules find wherever it stands; its marks only teach what the words around them are not.
_ONLY_BY_RULE = ("score",)


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
            steps = json.loads((folder / _STORED_WORDS).read_text(encoding="utf-8"))
        tagger._familiar = FamiliarWords(steps)
        return tagger

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._tagger = pycrfsuite.Tagger()
        self._familiar = FamiliarWords({})

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the marked messages, and what is usual from all sentences. Raises where there
        are no marked ones."""
        path = Path(self._config["marked"])
        if not path.is_file():
            raise InvalidConfigException(f"WordTagger: there are no marked messages at '{path}'.")
        tokenized = (example.get(TOKENS_NAMES[TEXT]) for example in training_data.intent_examples)
        self._familiar = FamiliarWords.learned(tokens for tokens in tokenized if tokens)
        trainer = pycrfsuite.Trainer(verbose=False)
        trainer.set_params(_TRAINER)
        tokenizer = MixedTextTokenizer(MixedTextTokenizer.get_default_config())
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                marked = read(line.strip())
                tokens = tokenizer.tokenize(Message({TEXT: marked.text}), TEXT)
                seen = features_of(marked.text, tokens, self._familiar)
                trainer.append(seen, labels_of(tokens, marked.spans))
        with self._model_storage.write_to(self._resource) as folder:
            steps = json.dumps(self._familiar.steps, ensure_ascii=False)
            (folder / _STORED_WORDS).write_text(steps, encoding="utf-8")
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
        labels = self._tagger.tag(features_of(text, tokens, self._familiar))
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

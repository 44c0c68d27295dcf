"""The extractor of what has no form: companies, customers, how urgent, by when, what score.

A conditional random field over our tokens, taught by messages that people marked. What the rules
of `SpacyFacts` have found already stays theirs.
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
from bot.nlu.sources import fingerprint
from wording.severity import telling_words
from wording.text import plain
from wording.tokens import has_cjk

_STORED = "words.crfsuite"
_MARK = re.compile(r"\[(?P<words>[^\]]+)\]\((?P<kind>[a-z_]+)\)")
_TRAINER = {"c1": 0.05, "c2": 0.05, "max_iterations": 80, "feature.possible_transitions": True}
_AROUND = 3
_NOTHING, _BEGIN, _INSIDE = "O", "B-", "I-"


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
                found = message.get(ENTITIES, [])
                new = [one for one in self._entities(text, tokens) if _is_beside(one, found)]
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
            for kind, start, end in spans_of(tokens, labels)
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


def spans_of(tokens: list[Token], labels: list[str]) -> list[tuple[str, int, int]]:
    """What the labels mark: the kind, and where it begins and ends in the raw text."""
    spans: list[tuple[str, int, int]] = []
    before = _NOTHING
    for token, label in zip(tokens, labels, strict=True):
        kind = label[2:]
        if label.startswith(_INSIDE) and before[2:] == kind:
            spans[-1] = (kind, spans[-1][1], token.end)
        elif label != _NOTHING:
            spans.append((kind, token.start, token.end))
        before = label
    return spans


def features_of(text: str, tokens: list[Token]) -> list[list[str]]:
    """Of each token its word and shape, those of three on each side, and pairs of neighbours.

    And what stands between it and its neighbours, for a comma ends a name; and what the lists of
    words say of how bad it is, with whether it begins there.
    """
    told = telling_words(text)
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    gaps = [plain(text[end:start]).strip() for end, start in zip(ends, starts, strict=True)]
    words = ["<", *(token.text for token in tokens), ">"]
    shapes = [_shape(word) for word in words]
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
        token = tokens[place - 1]
        for severity, start, end in told:
            if start <= token.start < end:
                mine.append(f"tells={severity}")
                mine.append(f"tells={severity} {'first' if token.start == start else 'then'}")
        features.append(mine)
    return features


def _tail(word: str) -> list[str]:
    """The end of a Latin word: systems and system, Corp. and corp."""
    return [f"tail={word[-3:]}"] if word.isascii() and len(word) > 3 else []


def _shape(word: str) -> str:
    if has_cjk(word):
        return "cjk"
    if word.isdigit():
        return f"digits {min(len(word), 4)}"
    return "latin" if word.isalpha() else "mixed"


def _is_beside(one: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    return all(one["end"] <= other["start"] or other["end"] <= one["start"] for other in found)

"""The spaCy pipeline that finds facts: our tokenizer, the product list, the facts of `wording`.

A blank pipeline; no model is needed. Its tokens are those of `wording`, cut where a fact begins or
ends, so that every fact is a span of whole tokens. The entities of a `Doc` are its facts: the
label is the kind, the id is the value.
"""

# No `from __future__ import annotations` here: spaCy reads the factory's annotations while it is
# being defined.
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans
from spacy.vocab import Vocab

from bot.nlu.simplified import traditional
from wording.customers import find_customer
from wording.facts import Found, find_facts
from wording.grades import find_grades
from wording.machines import EVERYDAY
from wording.scores import find_scores, is_given
from wording.text import folded, plain
from wording.tokens import tokens

PRODUCT = "product"
# What a product name beats when both read the same characters: FS9500H looks like a serial.
_LESS_SPECIFIC_THAN_PRODUCT = ("serial", "customer")

# 「S1014x2」: the product, and how many of it.
_TIMES = re.compile(r"(?<=[A-Z0-9])[xX](?=[0-9]{1,3}(?![A-Za-z0-9]))")


def build(products: Iterable[str]) -> Language:
    """A pipeline that knows `products`, one canonical name each."""
    pipeline = spacy.blank("xx")
    pipeline.tokenizer = MixedTextSplitter(pipeline.vocab)
    pipeline.add_pipe("hotline_facts", config={"products": list(products)})
    return pipeline


class MixedTextSplitter:
    """spaCy's tokenizer made of `wording.tokens`."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """A `Doc` that holds `text`, in `plain` writing and without losing a character."""
        text = plain(text)
        facts = _facts(text)
        words: list[str] = []
        spaces: list[bool] = []
        for word in _pieces(text, facts):
            if word == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        norm = folded(traditional(text))
        for token in doc:
            token.norm_ = norm[token.idx : token.idx + len(token)]
        doc.user_data["facts"] = facts
        return doc


@Language.factory("hotline_facts", default_config={"products": []})
class HotlineFacts:
    """Sets the entities of a `Doc`: facts and products, the longest where they overlap."""

    def __init__(self, nlp: Language, name: str, products: list[str]) -> None:
        self.matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        for product in products:
            self.matcher.add(product, [nlp.make_doc(text) for text in _writings(product)])

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc` with its entities."""
        strong: list[Span] = []
        weak: list[Span] = []
        for fact in doc.user_data["facts"]:
            span = doc.char_span(fact.start, fact.end, label=fact.kind, span_id=fact.value)
            if span is not None:
                (weak if fact.kind in _LESS_SPECIFIC_THAN_PRODUCT else strong).append(span)
        products = [
            Span(doc, start, end, label=PRODUCT, span_id=doc.vocab.strings[product])
            for product, start, end in self.matcher(doc)
        ]
        # Of equally long spans, `filter_spans` keeps the first.
        doc.ents = tuple(_most_telling(filter_spans([*strong, *products, *weak])))
        return doc


def _most_telling(facts: list[Span]) -> list[Span]:
    """`facts` without an everyday word beside another product: 「伺服器 S1022」 is S1022."""
    if all(fact.id_ in EVERYDAY for fact in facts if fact.label_ == PRODUCT):
        return facts
    return [fact for fact in facts if fact.label_ != PRODUCT or fact.id_ not in EVERYDAY]


def _facts(text: str) -> list[Found]:
    customer = find_customer(text)
    scores = list(find_scores(text))
    # 「評分：4/5」 is no fifth of April; of equally long facts the first is kept.
    said = [score for score in scores if is_given(text, score)]
    named = [*scores, *find_grades(text), *([customer] if customer else [])]
    return [*said, *find_facts(text), *named]


def _pieces(text: str, facts: list[Found]) -> Iterator[str]:
    """`text` cut at the edges of tokens and facts; what is between tokens, in characters."""
    inside = {place for token in tokens(text) for place in range(token.start + 1, token.end)}
    edges = {edge for fact in facts for edge in (fact.start, fact.end)}
    edges |= {number.start() for number in _TIMES.finditer(text)}
    cuts = [place for place in range(len(text) + 1) if place in edges or place not in inside]
    for start, end in pairwise(cuts):
        yield text[start:end]


def _writings(product: str) -> set[str]:
    """How a product is written: PowerS1014 and power-s1014, LTO9 and LTO 9, servers for server."""
    names = {product, *_plural(product)}
    words = product.replace("-", " ").split()
    if len(words) > 1 and product.isascii():
        names |= {"".join(words), "-".join(words), " ".join(words)}
    return names


def _plural(product: str) -> set[str]:
    """The plural of a common noun; names with a capital or a digit at the end have none."""
    last = product.split()[-1]
    if not (last.isascii() and last.isalpha() and last.islower() and len(last) > 3):
        return set()
    if last.endswith(("s", "x", "ch", "sh")):
        return {f"{product}es"}
    return {f"{product[:-1]}ies"} if last.endswith("ry") else {f"{product}s"}

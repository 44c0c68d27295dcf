"""What the tagger of words sees of each token: words, shapes, what rules and lists say, how usual.

Features are strings, as the conditional random field takes them.
"""

from __future__ import annotations

import re

from rasa.nlu.tokenizers.tokenizer import Token

from bot.nlu.familiar_words import FamiliarWords
from bot.nlu.simplified import traditional
from wording.customers import find_customer
from wording.facts import find_facts
from wording.organizations import endings
from wording.scores import find_scores
from wording.severity import telling_words
from wording.text import folded, plain
from wording.tokens import has_cjk

_AROUND = 3
_NAME_AT_MOST = 6
_DOMAIN = re.compile(r"@([a-z0-9.\-]+)")
_SHORTEST_IN_DOMAIN = 3
# Of a domain, what no company is called.
_IN_ALL_DOMAINS = frozenset(
    ("com", "net", "org", "edu", "gov", "gmail", "hotmail", "yahoo", "outlook")
)


def features_of(text: str, tokens: list[Token], familiar: FamiliarWords) -> list[list[str]]:
    """Of each token its word and shape, those of three on each side, and pairs of neighbours.

    And what stands between it and its neighbours, for a comma ends a name; what rules and lists
    of words say of it, with whether it begins there; how usual it is; and whether an e-mail address
    in the message is of a company of that name.
    """
    told = [*telling_words(text), *_seen_by_rules(text)]
    ends = [0, *(token.end for token in tokens)]
    starts = [*(token.start for token in tokens), len(text)]
    gaps = [plain(text[end:start]).strip() for end, start in zip(ends, starts, strict=True)]
    words = ["<", *(token.text for token in tokens), ">"]
    typed = [plain(text[token.start : token.end]) for token in tokens]
    shapes = ["<", *map(_shape, typed), ">"]
    ahead = _endings_ahead(text, tokens, gaps)
    usual, domains = familiar.features(tokens), _domains(text)
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
        mine += [*ahead[place - 1], *usual[place - 1]]
        token = tokens[place - 1]
        mine += _of_domain(token.text, domains)
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


def _domains(text: str) -> list[str]:
    """What the companies of the e-mail addresses in `text` are called in them."""
    parts = {part for found in _DOMAIN.findall(folded(text)) for part in found.split(".")}
    return sorted(part for part in parts - _IN_ALL_DOMAINS if len(part) >= _SHORTEST_IN_DOMAIN)


def _of_domain(word: str, domains: list[str]) -> list[str]:
    """Whether `word` begins one of `domains`, or only that there are some."""
    begins = len(word) >= _SHORTEST_IN_DOMAIN and any(
        domain.startswith(word) or domain.replace("-", "").startswith(word) for domain in domains
    )
    return ["in domain"] if begins else ["has domain"] if domains else []

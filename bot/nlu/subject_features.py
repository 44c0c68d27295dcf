"""Features for the classifier: what a message speaks of, how bad it is, how much of it is facts.

Characters and words alone generalise poorly; the lists of `wording` bring words that no sentence
has. `docs/nlu.md` has what they are worth.
"""

from __future__ import annotations

from bisect import bisect_left

from bot.nlu.simplified import traditional
from wording.act_words import ACTS
from wording.facts import find_facts
from wording.logs import pasted_spans
from wording.reply_words import REPLIES
from wording.severity import hardware_is_down, severity_of
from wording.subject_words import SUBJECTS
from wording.subjects import subject_shares
from wording.trade_words import MATTERS

# A message of up to so many tokens; the last bucket is everything longer.
_LENGTHS = (1, 3, 6, 12)
# Whether a list is spoken of; what share of the message a list, or facts, cover; how long it is;
# and whether its words tell of an outage.
_SPOKEN = (*SUBJECTS, *MATTERS, *ACTS)
NAMES = [
    *(f"speaks of {listed}" for listed in _SPOKEN),
    *(f"share of {listed}" for listed in (*_SPOKEN, *REPLIES)),
    *(f"trouble with {subject}" for subject in SUBJECTS),
    *(f"length {bucket}" for bucket in range(len(_LENGTHS) + 1)),
    *("share of facts", "severity 1", "severity 2", "machine down"),
    *("trouble", "facts beside trouble", "facts alone", "pasted"),
]
# An outage is no farewell and drops nothing, whatever else 停 may mean.
_OUTAGE_WEIGHT = 3.0
_TROUBLE = {"physical_trouble", "broken", "error", "light"}
# What is spoken of where nothing is wished: 「儲存設備 5148 兩台」.
_NO_WISH = {"fact_name", "machine", "part", "software", "day_and_time", "company_data"}


def subject_features(text: str, length: int) -> dict[str, float]:
    """Which of `NAMES` a message of `length` tokens has, and how much."""
    shares = subject_shares(traditional(text))
    spoken = shares.keys() - REPLIES.keys()
    features = {f"length {bisect_left(_LENGTHS, length)}": 1.0}
    features |= {f"share of {listed}": min(share, 1.0) for listed, share in shares.items()}
    features |= {f"speaks of {listed}": 1.0 for listed in spoken}
    level = severity_of(text, technical=True).level
    if level <= 2:
        features[f"severity {level}"] = _OUTAGE_WEIGHT if level == 1 else 1.0
    if hardware_is_down(text):
        features["machine down"] = 1.0
    is_pasted = bool(pasted_spans(text))
    if is_pasted:
        features["pasted"] = 1.0
    facts = find_facts(text)
    if facts:
        features["share of facts"] = sum(fact.end - fact.start for fact in facts) / len(text)
    if level == 1 or is_pasted or spoken & _TROUBLE:
        features["trouble"] = 1.0
        features |= {f"trouble with {subject}": 1.0 for subject in spoken & SUBJECTS.keys()}
        if facts:
            features["facts beside trouble"] = 1.0
    elif facts and spoken - ACTS.keys() <= _NO_WISH:
        features["facts alone"] = 1.0
    return features

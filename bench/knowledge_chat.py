"""How many questions are answered in the chat; the second half of `make knowledge-chat`.

    .venv/engine/bin/python -m bench.nlu_questions && .venv/app/bin/python -m bench.knowledge_chat

The measured questions go through the trained model first, as in the chat: what it takes for a
request, or does not understand, is answered only where that is all but certain.
"""

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from hotline.knowledge.articles import Reader
from hotline.knowledge.asking import LEAST_TERMS, LIKELY, SURE
from hotline.knowledge.deciding import REFUSE, Decision, decide
from hotline.knowledge.library import Library
from hotline.knowledge.naming import known_to
from hotline.knowledge.terms import terms_of_question
from hotline.settings import load_settings
from hotline.tickets.kinds import KINDS, NOT_TO_BE_EXPLAINED
from wording.asking import asks_to_know, wants_done

REPORT = Path("var/reports/questions.json")
HOLDS_ON = date(2026, 12, 1)
NONE, UNCLEAR = "none", "nlu_fallback"


def main() -> int:
    """Print how the questions and the requests fare."""
    settings = load_settings()
    library = Library(settings.knowledge_dir, known_to(settings))
    reader = Reader(is_partner=True, types=frozenset(("reseller",)), tier="gold")
    index = library.index(library.shelf().readable(reader, HOLDS_ON))
    told: dict[str, Counter[str]] = {"with an answer": Counter(), "without": Counter()}
    requests = Counter[str]()
    for which, text, wanted, intent, facts in json.loads(REPORT.read_text(encoding="utf-8")):
        decision = decide(index.rank(text))
        enough = len(terms_of_question(text, library.shelf().synonyms)) >= LEAST_TERMS
        way = _way(text, intent, facts, decision, enough)
        if which == "held out":
            if wanted in KINDS and wanted != "ask_knowledge":
                requests["all"] += 1
                requests["answered first"] += way == "in the words of a request"
            continue
        shown = {name for one in decision.shown for name in (one.article.id, one.article.topic)}
        is_right = way != "no answer" and wanted in shown
        kind = "without" if wanted == NONE else "with an answer"
        told[kind][f"{way}{', right' if is_right else ''}"] += 1
    for kind, ways in told.items():
        print(f"{sum(ways.values())} questions {kind}")
        for way, number in ways.most_common():
            print(f"  {number:4} {way}")
    print(f"{requests['answered first']} of {requests['all']} held-out requests answered first")
    return 0


def _way(text: str, intent: str, facts: int, decision: Decision, enough: bool) -> str:
    """How the chat comes to an answer, if it does."""
    if decision.kind == REFUSE:
        return "no answer"
    if intent == "ask_knowledge":
        return "as a question"
    if intent == UNCLEAR and decision.certainty >= SURE and enough and not wants_done(text):
        return "not understood"
    explained = intent in KINDS and intent not in NOT_TO_BE_EXPLAINED and not facts
    if explained and decision.certainty >= LIKELY and asks_to_know(text):
        return "in the words of a request"
    return "no answer"


if __name__ == "__main__":
    sys.exit(main())

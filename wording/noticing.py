"""Whether an answer to an alert begins with taking notice of it: 「收到，馬上打」, "OK, on it".

A question is none (「收到了嗎？」), and neither is what a mail program says while somebody is away.
"""

import re

from wording.text import folded

_WORDS = (
    r"收到(?:了|囉|嘍)?|知道(?:了|囉)|了解|瞭解|好的?|我來(?:處理|接|打|看)?|我(?:接手?|處理)(?:了)?"
    r"|ok(?:ay)?|ack(?:nowledged)?|got it|(?:i'?m )?on it|noted|roger(?: that)?|taking it"
    r"|i'?ll take it"
)
_BEGINS = re.compile(rf"(?:{_WORDS})(?P<after>[^\n]{{0,200}})", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[,.!;:~，。！；：、～\-—])|\s+\S")
_QUESTION = re.compile(r"[?？]|嗎")


def takes_notice(text: str) -> bool:
    """Whether the first line that says something begins so."""
    first = next((line.strip() for line in folded(text).splitlines() if line.strip()), "")
    found = _BEGINS.match(first)
    if found is None:
        return False
    after = found["after"]
    return bool(_ENDS.match(after)) and not _QUESTION.search(after)

"""How urgent or grave somebody says by a grade: "Sev 2", P1, "priority low", 「急迫度：高」.

Of what has a label in front the value alone is the grade; a grade that is its own label is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wording.found import Found
from wording.text import folded

_VALUE = (
    r"(?:[非最很]?常?高|中[等高低]?|[最很]?低|普通|一般|緊急|輕微|嚴重|critical|highest|high|medium"
    r"|moderate|normal|low(?:est)?|no impact|none|[abc](?![a-z])|[1-4](?![0-9]))"
)
_LABELLED = re.compile(
    r"(?:(?:急迫|緊急|嚴重|重要|優先)(?:程度|等級|度|性|順序)"
    r"|(?<![a-z])(?:urgency|severity|priority|impact|criticality))"
    rf" ?(?:[:=是為填選寫勾設算]|is(?![a-z])|as(?![a-z])|在)+ ?(?P<grade>{_VALUE})"
)
_WHOLE = re.compile(
    r"(?<![a-z0-9])(?P<grade>(?:sev(?:erity)?|prio(?:rity)?)[ \-]?[0-4](?![0-9a-z])"
    r"|p[1-4](?![0-9a-z\-])"
    r"|(?:priority|severity|urgency) (?:critical|high|medium|normal|low)(?![a-z])"
    r"|(?:critical|high(?:est)?|top|medium|normal|low(?:est)?)"
    r" (?:priority|severity|urgency)(?![a-z])"
    r"|business[ \-]critical(?= ?(?:$|[,.;!。、]))"
    r"|(?:full|total|complete) outage(?![a-z]))"
)


def find_grades(text: str) -> Iterator[Found]:
    """The grades in `text`, in order; the value is what was said, in lower case."""
    searched = folded(text)
    found = [match.span("grade") for one in (_LABELLED, _WHOLE) for match in one.finditer(searched)]
    done = 0
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= done:
            done = end
            yield Found("severity", text[start:end], searched[start:end], start, end)

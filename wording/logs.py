"""Where a message is pasted from a log: time stamps, tracebacks, error codes, a BMC's events.

Nobody says anything in a pasted line: its dates are no wishes, its numbers are no telephones, and
its English is not the language that somebody wants to read. A pasted run ends with its line or
with the first Chinese character.
"""

from __future__ import annotations

import re

from wording.text import folded
from wording.tokens import CJK

_REST = rf"[^\n{CJK}]*"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,:][0-9]{1,6})?"
_DATE = r"(?:[0-9]{4}[/\-.][0-9]{1,2}[/\-.][0-9]{1,2}|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
_PASTED = re.compile(
    rf"""
    # A day with a clock that shows seconds: nobody writes an appointment so.
    (?: \[?(?: error | warn(?:ing)? | info | fatal | debug )\]?[:\ ]\ * )?
        \[?(?: {_DATE}[t\ ]\ * | {_MONTH}\ +[0-9]{{1,2}}\ + ){_CLOCK}{_REST}
    # Or with a level in front of it or behind it.
    | \[?(?: error | warn(?:ing)? | fatal | sel | bmc )\]?[:\ ]\ ?{_DATE}\ [0-9]{{1,2}}:{_REST}
    | \[?{_DATE}[t\ ][0-9]{{1,2}}:[0-9]{{2}}\]?\ +\[?(?: error | warn | fatal | info ){_REST}
    | traceback\ \(most{_REST}(?: \n[\ \t]+{_REST} )*(?: \n[\w.]+(?: error | exception ){_REST} )?
    | exception\ in\ thread{_REST} | caused\ by:{_REST}
    | ^[\ \t]+at\ [\w.$]+\({_REST}
    | (?<![\w.])(?: [\w$]+\. )+[\w$]*(?: error | exception )(?![a-z]){_REST}
    # Codes of databases, middleware and backup programs, with what they say.
    | (?<![a-z0-9])(?: ora | tns | sql | jvm[a-z]{{2,4}} | ans | amq | cpf | mch | srve | dsra )
        -?[0-9]{{3,6}}[a-z]?:?\ {_REST}
    # Service processors: "PSU1 AC lost asserted".
    | (?<![a-z])(?: bmc | ipmi | sel | errpt | syslog )(?: \ (?: log | event | entry ) )?:\ {_REST}
    | ^[^\n{CJK}]*(?<![a-z])(?: de )?asserted\ *$
    """,
    re.VERBOSE | re.MULTILINE,
)


def pasted_spans(text: str) -> list[tuple[int, int]]:
    """Where `text` is pasted from a log, in order."""
    return [match.span() for match in _PASTED.finditer(folded(text))]


def without_pasted(text: str) -> str:
    """`text` with spaces in place of what is pasted; same length."""
    for start, end in pasted_spans(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
